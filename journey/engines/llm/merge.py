"""Make one journey of many observations: the model sees ids and what they say, and answers with ids only.

What it cannot name it cannot invent. More observations than it can keep in view are merged in groups, and then the
groups' steps are joined.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count, groupby, pairwise

from journey.engines.llm.asking import Asker
from journey.engines.llm.faults import AnswerCutOff, BudgetReached, ContentRefused, QuestionTooLong
from journey.engines.llm.parallel import in_parallel
from journey.engines.llm.prompt import CONTRAST_TASK, JOIN_TASK, MERGE_TASK
from journey.engines.llm.replies import Reply
from journey.engines.llm.schema import (
    Contrasts,
    Drawing,
    DrawnPhase,
    DrawnStep,
    JoinedPhase,
    JoinedStep,
    Joining,
    NextStep,
    Observation,
)
from journey.errors import EngineReplyInvalid

MOST = 200
"""Observations in one merge."""
MOST_CONTRASTED = 1000
"""Observations in one search for disagreement: pairs are wanted, and no order, so that more can be kept in view."""
_MAY_DISAGREE = frozenset({"touchpoint", "thought", "pain", "gain", "need", "expectation", "emotion"})

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Merged:
    """One drawing of many observations, and what it took."""

    drawing: Drawing
    replies: tuple[Reply, ...] = ()
    was_refused: bool = False
    """Whether the model would not arrange a part, which stands in the order in which it was told."""


def merge(asker: Asker, observations: Sequence[Observation], *, at_once: int) -> Merged:
    """Make one drawing of all observations: whatever the model does, none of them is lost."""
    parts = _groups(observations, MOST)
    tasks = [partial(_draw, asker, part) for part in parts]
    if len(parts) > 1:
        told = [one for one in observations if one.kind in _MAY_DISAGREE]
        tasks += [partial(_contrast, asker, part) for part in _groups(told, MOST_CONTRASTED) if len(part) > 1]
    drawn = [one for group in in_parallel(tasks, limit=at_once) for one in group]
    return drawn[0] if len(drawn) == 1 else _join(asker, drawn)


def _join(asker: Asker, parts: Sequence[Merged]) -> Merged:
    """Ask for one journey of the steps of several parts, which else stand one after the other."""
    replies = tuple(reply for part in parts for reply in part.replies)
    was_refused = any(part.was_refused for part in parts)
    drawings = [part.drawing for part in parts]
    numbered = list(_renumbered(drawings))
    steps = [step for _, _, step in numbered]
    try:
        joining = asker.ask("joining", JOIN_TASK, "\n".join(_step_lines(numbered)), Joining)
    except (AnswerCutOff, QuestionTooLong, BudgetReached, ContentRefused) as error:
        was_refused = was_refused or isinstance(error, ContentRefused)
        return Merged(_arranged(_in_sequence(drawings, numbered), steps, drawings), replies, was_refused)
    return Merged(_arranged(joining.answer, steps, drawings), (*replies, joining.reply), was_refused)


def _draw(asker: Asker, observations: Sequence[Observation]) -> list[Merged]:
    try:
        asked = asker.ask("merge", MERGE_TASK, "\n".join(map(_line, observations)), Drawing)
        return [Merged(asked.answer, (asked.reply,))]
    except (BudgetReached, ContentRefused) as error:
        return [Merged(as_told(observations), was_refused=isinstance(error, ContentRefused))]
    except (AnswerCutOff, QuestionTooLong):
        middle = len(observations) // 2
        if not middle:
            raise
        return [*_draw(asker, observations[:middle]), *_draw(asker, observations[middle:])]


def _contrast(asker: Asker, observations: Sequence[Observation]) -> list[Merged]:
    """Return a drawing of nothing but the disagreements, which merges of groups do not see across their borders."""
    try:
        asked = asker.ask("contrasts", CONTRAST_TASK, "\n".join(map(_line, observations)), Contrasts)
    except (EngineReplyInvalid, ContentRefused, QuestionTooLong, BudgetReached) as error:
        log.info("disagreement was not looked for: %s", type(error).__name__)
        return []
    head = dict.fromkeys(_HEAD[1:])
    drawing = Drawing(title="", **head, phases=[], disagreements=asked.answer.disagreements)
    return [Merged(drawing, (asked.reply,))]


def _groups(observations: Sequence[Observation], most: int) -> list[Sequence[Observation]]:
    """Return runs of about equal length, none longer than `most`."""
    count = -(-len(observations) // most)
    borders = [n * len(observations) // count for n in range(count + 1)] if count else []
    return [observations[start:end] for start, end in pairwise(borders)]


def as_told(observations: Sequence[Observation]) -> Drawing:
    """Draw without the model: each step as it was told, with what was said until the next. Nothing is left out."""
    steps: list[DrawnStep] = []
    for one in sorted(observations, key=lambda one: (one.turn, one.id)):
        if one.kind == "step" or not steps:
            steps.append(_told_step(len(steps) + 1, one))
        else:
            steps[-1].observations.append(one.id)
    head = dict.fromkeys(_HEAD[1:])
    phases = [DrawnPhase(name="As told", goal=None, steps=steps)] if steps else []
    return Drawing(title="", **head, phases=phases, disagreements=[])


def _told_step(number: int, told: Observation) -> DrawnStep:
    title = told.text.strip() or told.quote
    return DrawnStep(
        number=number,
        title=title,
        kind="action",
        support="stated",
        observations=[told.id],
        next=[],
        moment_of_truth=False,
    )


def _line(observation: Observation) -> str:
    """Return an observation as it is listed; most are steps, so that a kind is named where it is another."""
    marks = [mark for mark in (observation.kind, observation.polarity) if mark not in ("step", "does")]
    named = f"{', '.join(marks)}: " if marks else ""
    return f"{observation.id} {named}{' '.join(observation.text.split())}"


def _step_lines(steps: Sequence[tuple[int, str, DrawnStep]]) -> Iterator[str]:
    """Yield the steps under the phases they were drawn in: headings are shorter than a name in every line."""
    for (part, phase), told in groupby(steps, key=lambda step: step[:2]):
        yield f"PART {part}, {' '.join(phase.split())}"
        yield from (f"{step.number}: {' '.join(step.title.split())}" for _, _, step in told)


def _renumbered(drawings: Sequence[Drawing]) -> Iterator[tuple[int, str, DrawnStep]]:
    """Yield each step with its part and phase, numbered over all drawings, its onward steps likewise."""
    fresh = count(1)
    for part, drawing in enumerate(drawings, 1):
        told = [(phase.name, step) for phase in drawing.phases for step in phase.steps]
        numbers = {step.number: next(fresh) for _, step in told}
        for name, step in told:
            onward = [NextStep(to=numbers[one.to], label=one.label) for one in step.next if one.to in numbers]
            yield part, name, step.model_copy(update={"number": numbers[step.number], "next": onward})


def _in_sequence(drawings: Sequence[Drawing], steps: Sequence[tuple[int, str, DrawnStep]]) -> Joining:
    """Put the parts one after the other, for a model that cannot keep all steps in view."""
    first = drawings[0]
    phases = [
        JoinedPhase(
            name=name, goal=None, steps=[JoinedStep(steps=[step.number], title=step.title) for _, _, step in told]
        )
        for (_, name), told in groupby(steps, key=lambda step: step[:2])
    ]
    head = {name: getattr(first, name) for name in _HEAD}
    return Joining(**head, phases=phases)


_HEAD = ("title", "actor", "actor_role", "scenario", "goal")


def _arranged(joining: Joining, steps: Sequence[DrawnStep], drawings: Sequence[Drawing]) -> Drawing:
    """Return the joined drawing; a step that the model forgot follows the one before it."""
    known = {step.number: step for step in steps}
    order: list[list[tuple[str, list[int]]]] = []
    placed: set[int] = set()
    for phase in joining.phases:
        order.append([])
        for one in phase.steps:
            members = [n for n in dict.fromkeys(one.steps) if n in known and n not in placed]
            placed.update(members)
            if members:
                order[-1].append((one.title, members))
    _place_forgotten(order, [step for step in steps if step.number not in placed])
    first = {n: members[0] for phase in order for _, members in phase for n in members}
    phases = [
        DrawnPhase(
            name=phase.name,
            goal=phase.goal,
            steps=[_joined([known[n] for n in ns], title, first) for title, ns in part],
        )
        for phase, part in zip(joining.phases or [_UNNAMED], order, strict=True)
    ]
    disagreements = [one for drawing in drawings for one in drawing.disagreements]
    head = {name: getattr(joining, name) for name in _HEAD}
    return Drawing(**head, phases=phases, disagreements=disagreements)


_UNNAMED = JoinedPhase(name="Journey", goal=None, steps=[])


def _place_forgotten(order: list[list[tuple[str, list[int]]]], forgotten: Sequence[DrawnStep]) -> None:
    if not order:
        order.append([])
    for step in forgotten:
        places = [
            (number, phase, at)
            for phase in order
            for at, (_, members) in enumerate(phase)
            for number in members
            if number < step.number
        ]
        _, phase, at = max(places, key=lambda place: place[0], default=(0, order[0], -1))
        phase.insert(at + 1, (step.title, [step.number]))


def _joined(members: Sequence[DrawnStep], title: str, first: dict[int, int]) -> DrawnStep:
    """Return steps that are the same as one, under the number of the first."""
    lead = members[0]
    onward = {first[one.to]: one.label for step in members for one in step.next if one.to in first}
    onward.pop(lead.number, None)
    return lead.model_copy(
        update={
            "title": title or lead.title,
            "support": "stated" if any(step.support == "stated" for step in members) else "inferred",
            "observations": [n for step in members for n in step.observations],
            "next": [NextStep(to=to, label=label) for to, label in onward.items()],
            "moment_of_truth": any(step.moment_of_truth for step in members),
        }
    )
