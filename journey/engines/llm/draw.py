"""Turn a drawing made of observation ids into a journey whose claims are grounded observations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, pairwise

from journey.engines.llm.evidence import OPEN_TO_OTHERS, Grounded
from journey.engines.llm.schema import Disagreement, Drawing, DrawnStep
from journey.grounding import negations_stand, numbers_stand
from journey.model import (
    Actor,
    Emotion,
    EmotionReading,
    Evidence,
    Item,
    Journey,
    Link,
    Note,
    Origin,
    Outcome,
    Phase,
    Role,
    Run,
    Source,
    Step,
    Touchpoint,
)

_SCORES = {"very_bad": -2.0, "bad": -1.0, "neutral": 0.0, "good": 1.0, "very_good": 2.0}
_LANE_OF = {
    "action": "actions",
    "thought": "thoughts",
    "pain": "pains",
    "gain": "gains",
    "need": "needs",
    "opportunity": "opportunities",
}
_PLACEHOLDER = re.compile(r"\[[a-z ]+ \d+\]")
"""What stands in a redacted text for what is hidden: its number is a name and says nothing."""
NOTHING = "The model found no step of a customer's journey that the text supports."


def draw(drawing: Drawing, grounded: Mapping[int, Grounded], sources: Sequence[Source], run: Run) -> Journey:
    """Draw the journey: each step stands on its observations, and what nothing supports is left out."""
    pen = _Pen(drawing, grounded, sources)
    phases = tuple(pen.phases())
    return Journey(
        title=_shown(drawing.title) or "Customer journey",
        actor=Actor(name=_shown(drawing.actor), role=_shown(drawing.actor_role) or None) if drawing.actor else None,
        scenario=_shown(drawing.scenario) or None,
        goal=_shown(drawing.goal) or None,
        expectations=tuple(pen.items(list(grounded), "expectation")) if phases else (),
        phases=phases,
        links=tuple(pen.links()),
        sources=tuple(sources),
        outcome=Outcome.COMPLETE if phases else Outcome.NOT_ENOUGH,
        reason=None if phases else NOTHING,
        run=run,
    )


def _shown(text: str | None) -> str:
    """Return text on one line, without characters that are not meant to be seen."""
    return " ".join("".join(char for char in text or "" if char.isprintable() or char.isspace()).split())


class _Pen:
    """Draws one journey, giving out ids in order."""

    def __init__(self, drawing: Drawing, grounded: Mapping[int, Grounded], sources: Sequence[Source]) -> None:
        self._drawing = drawing
        self._grounded = grounded
        self._against = against(drawing.disagreements, grounded)
        self._others = {
            (source.id, passage.id) for source in sources for passage in source.passages if passage.role is Role.OTHER
        }
        self._item_ids = (f"item-{n}" for n in count(1))
        self._phase_ids = (f"phase-{n}" for n in count(1))
        self._used: set[int] = set()
        self._steps: dict[int, str] = {}
        """The id of each step that was drawn, by the number the model gave it."""

    def phases(self) -> Iterator[Phase]:
        for phase in self._drawing.phases:
            steps = tuple(step for drawn in phase.steps if (step := self._step(drawn)))
            if steps:
                name = _shown(phase.name) or "Phase"
                goal = _shown(phase.goal) or None
                phase_id = next(self._phase_ids)
                yield Phase(id=phase_id, name=name, origin=Origin.INFERRED, goal=goal, steps=steps)

    def _step(self, drawn: DrawnStep) -> Step | None:
        """Return a step, or None when it is neither supported by words nor marked as inferred."""
        ids = [n for n in dict.fromkeys(drawn.observations) if n in self._grounded and n not in self._used]
        evidence = () if drawn.support == "inferred" else self._supporting(ids)
        title = _title(drawn, [self._grounded[n] for n in ids])
        if not title or drawn.number in self._steps or (drawn.support == "stated" and not evidence):
            return None
        self._used.update(ids)
        self._steps[drawn.number] = f"step-{len(self._steps) + 1}"
        return Step(
            id=self._steps[drawn.number],
            title=title,
            kind=drawn.kind,
            origin=Origin.QUOTED if evidence else Origin.INFERRED,
            evidence=evidence,
            touchpoints=tuple(self._touchpoints(ids)),
            emotion=self._emotion(ids),
            notes=tuple(self._denials(ids)),
            moment_of_truth=drawn.moment_of_truth,
            **{lane: tuple(self.items(ids, kind)) for kind, lane in _LANE_OF.items()},
        )

    def _supporting(self, ids: Sequence[int]) -> tuple[Evidence, ...]:
        """Return the evidence of the step itself, else of anything the customer said about it."""
        told = [self._grounded[n] for n in ids]
        own = [one for one in told if one.observation.kind in ("step", "action", "touchpoint")]
        return _in_order(one.evidence for one in own or told)

    def items(self, ids: Sequence[int], kind: str) -> Iterator[Item]:
        for n in ids:
            one = self._grounded[n]
            if one.observation.kind == kind:
                yield Item(
                    id=next(self._item_ids),
                    text=_text(one),
                    origin=Origin.QUOTED,
                    evidence=one.evidence,
                    counter=self._counter(n, open_to_others=kind in OPEN_TO_OTHERS),
                )

    def _counter(self, number: int, *, open_to_others: bool = False) -> tuple[Evidence, ...]:
        """Return the quotes that say the opposite of an observation, of those who may say it."""
        own = self._grounded[number].evidence
        return _in_order(
            tuple(piece for piece in self._grounded[other].evidence if piece not in own)
            for other in self._against.get(number, ())
            if open_to_others or not self._is_of_others(other)
        )

    def _is_of_others(self, number: int) -> bool:
        return any((piece.source, piece.passage) in self._others for piece in self._grounded[number].evidence)

    def _denials(self, ids: Sequence[int]) -> Iterator[Note]:
        """Yield a note for what contradicts a step or a feeling, which have no place for it themselves."""
        for n in ids:
            counter = self._counter(n) if self._grounded[n].observation.kind in ("step", "emotion") else ()
            if counter:
                other = next(other for other in self._against[n] if not self._is_of_others(other))
                text = _text(self._grounded[other])
                yield Note(id=next(self._item_ids), text=text, origin=Origin.QUOTED, evidence=counter, kind="warning")

    def _touchpoints(self, ids: Sequence[int]) -> Iterator[Touchpoint]:
        met = [self._grounded[n].observation for n in ids if self._grounded[n].observation.kind == "touchpoint"]
        for observation, item in zip(met, self.items(ids, "touchpoint"), strict=True):
            yield Touchpoint(**dict(item), channel=observation.channel)

    def _emotion(self, ids: Sequence[int]) -> Emotion | None:
        """Return the strongest feeling; the others stay beside it."""
        told = [self._grounded[n] for n in ids]
        felt = [one for one in told if one.observation.kind == "emotion" and one.observation.feeling in _SCORES]
        if not felt:
            return None
        felt.sort(key=lambda one: -abs(_SCORES[one.observation.feeling]))
        readings = [(_SCORES[one.observation.feeling], _text(one)) for one in felt]
        others = tuple(
            EmotionReading(score=score, label=label, read_from="another turn") for score, label in readings[1:]
        )
        score, label = readings[0]
        return Emotion(score=score, label=label, origin=Origin.QUOTED, evidence=felt[0].evidence, other_readings=others)

    def links(self) -> Iterator[Link]:
        """Yield links where the model saw a branch or a loop; a plain sequence needs none."""
        drawn = [step for phase in self._drawing.phases for step in phase.steps if step.number in self._steps]
        if not any(step.next for step in drawn):
            return
        for step, following in pairwise([*drawn, None]):
            if step is None:
                continue
            named = [one for one in step.next if one.to in self._steps and one.to != step.number]
            onward = [(one.to, _shown(one.label) or None) for one in named]
            if not onward and following is not None:
                onward = [(following.number, None)]
            for to, label in dict.fromkeys(onward):
                yield self._link(step.number, to, label, branches=len(onward) > 1)

    def _link(self, before: int, after: int, label: str | None, *, branches: bool) -> Link:
        order = list(self._steps)
        back = order.index(after) <= order.index(before)
        kind = "loop" if back else "branch" if branches or label else "next"
        return Link(before=self._steps[before], after=self._steps[after], kind=kind, label=label)


def against(disagreements: Sequence[Disagreement], grounded: Mapping[int, Grounded]) -> dict[int, list[int]]:
    """Return, for each observation that another contradicts, the others: each of the two speaks against the other."""
    found: dict[int, list[int]] = {}
    for one in disagreements:
        if one.observation in grounded and one.against in grounded and one.observation != one.against:
            found.setdefault(one.against, []).append(one.observation)
            found.setdefault(one.observation, []).append(one.against)
    return found


def _in_order(groups: Iterable[tuple[Evidence, ...]]) -> tuple[Evidence, ...]:
    """Return the pieces of several quotes without repetition, in the order of the sources."""
    pieces = dict.fromkeys(piece for group in groups for piece in group)
    return tuple(sorted(pieces, key=lambda piece: (piece.source, piece.start, piece.end)))


def _text(one: Grounded) -> str:
    """Return the model's short wording, or the quote itself where the wording is missing or says something else."""
    wording = _shown(one.observation.text)
    return wording if wording and _agrees(wording, one.evidence) else one.evidence[0].quote


def _title(drawn: DrawnStep, told: Sequence[Grounded]) -> str:
    """Return the model's title, or the wording of an observation where the title says what no quote does."""
    title = _shown(drawn.title)
    evidence = [piece for one in told for piece in one.evidence]
    if drawn.support == "inferred" or not evidence or _agrees(title, evidence):
        return title
    return next((_text(one) for one in told if one.observation.kind == "step"), _text(told[0]))


def _agrees(wording: str, evidence: Sequence[Evidence]) -> bool:
    """Tell whether a wording has no number, and denies nothing, that its quotes do not."""
    return numbers_stand(_PLACEHOLDER.sub(" ", wording), evidence) and negations_stand(wording, evidence)
