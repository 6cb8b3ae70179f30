"""The journey that comes of a map read from a file.

A claim whose quote stands in the file keeps it: the quotes become a source of their own, in the file's order, so that
every one is a slice of a source like everywhere else. A claim that has no quote is the user's, unless the file calls it
inferred.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from journey.exports.citations import LANE_TITLES
from journey.imports.draft import Claim, LinkDraft, MapDraft, PhaseDraft, Said, StepDraft
from journey.model import (
    Actor,
    Emotion,
    Evidence,
    Item,
    Journey,
    Lane,
    Link,
    Note,
    Origin,
    Passage,
    Phase,
    Role,
    Run,
    Source,
    Step,
    Touchpoint,
)

ENGINE = "import"
"""What a journey that was read from a file names as its engine."""

BETWEEN = " … "
"""Between two quotes of one turn: what was said between them is not in the file."""

Turn = tuple[str, str, float | None]
"""A turn's name, speaker and time."""


def build(draft: MapDraft, *, name: str, content: bytes) -> Journey:
    """Make the journey; `name` and `content` are those of the file, for the source of its quotes."""
    return _Building(draft, name, hashlib.sha256(content).hexdigest()).journey()


class _Building:
    def __init__(self, draft: MapDraft, name: str, sha256: str) -> None:
        self._draft, self._name = draft, name
        said = [quote for claim in draft.claims() for quote in (*claim.quotes, *claim.against)]
        said += [quote for link in draft.links for quote in link.quotes]
        self._sources, self._places = _collect(said, name, sha256)
        self._items = 0
        self._steps = 0
        self._bare = 0

    def journey(self) -> Journey:
        draft = self._draft
        phases = tuple(self._phase(number, phase) for number, phase in enumerate(draft.phases, start=1))
        ids = [step.id for phase in phases for step in phase.steps]
        expectations = tuple(self._item(claim) for claim in draft.expectations)
        return Journey(
            title=draft.title.strip() or self._name.rpartition(".")[0] or self._name or "Journey",
            actor=Actor(name=draft.actor, role=draft.role or None) if draft.actor else None,
            scenario=draft.scenario or None,
            goal=draft.goal or None,
            expectations=expectations,
            phases=phases,
            links=tuple(self._link(link, ids) for link in draft.links if max(link.before, link.after) < len(ids)),
            sources=self._sources,
            run=Run(engine=ENGINE, dropped=self._bare, warnings=tuple(self._warnings())),
        )

    def _warnings(self) -> Iterator[str]:
        yield f"Taken in from {self._name}. What had no quote in the file is marked as the user's."
        yield from self._draft.warnings
        if self._bare:
            yield f"{self._bare} claims called themselves quoted, and their quotes were left out of the file."

    def _phase(self, number: int, phase: PhaseDraft) -> Phase:
        steps = tuple(map(self._step, phase.steps))
        origin = Origin.USER if phase.origin is Origin.QUOTED else phase.origin
        return Phase(
            id=f"f{number}", name=phase.name or f"Phase {number}", origin=origin, goal=phase.goal or None, steps=steps
        )

    def _step(self, step: StepDraft) -> Step:
        self._steps += 1
        usual = {name: step.lanes.get(title, []) for name, title in LANE_TITLES.items()}
        origin, evidence, _ = self._standing(step.head)
        if origin is Origin.INFERRED:
            evidence = ()
        return Step(
            id=f"p{self._steps}",
            title=step.head.text or f"Step {self._steps}",
            kind=step.kind,
            origin=origin,
            role=step.role or None,
            evidence=evidence,
            emotion=self._emotion(step),
            moment_of_truth=step.moment_of_truth,
            touchpoints=tuple(self._touchpoint(claim) for claim in usual.pop("touchpoints")),
            notes=tuple(self._note(claim) for claim in usual.pop("notes")),
            lanes=tuple(self._extra_lanes(step)),
            **{name: tuple(self._item(claim) for claim in claims) for name, claims in usual.items()},
        )

    def _extra_lanes(self, step: StepDraft) -> Iterator[Lane]:
        for title, claims in step.lanes.items():
            if title not in LANE_TITLES.values():
                yield Lane(title=title, items=tuple(self._item(claim) for claim in claims))

    def _emotion(self, step: StepDraft) -> Emotion | None:
        if step.feeling is None:
            return None
        origin, evidence, _ = self._standing(step.feeling)
        return Emotion(score=step.score, label=step.feeling.text, origin=origin, evidence=evidence)

    def _item(self, claim: Claim) -> Item:
        origin, evidence, counter = self._standing(claim)
        return Item(id=self._next(), text=claim.text, origin=origin, evidence=evidence, counter=counter)

    def _touchpoint(self, claim: Claim) -> Touchpoint:
        origin, evidence, counter = self._standing(claim)
        return Touchpoint(
            id=self._next(),
            text=claim.text,
            origin=origin,
            evidence=evidence,
            counter=counter,
            channel=claim.channel or None,
        )

    def _note(self, claim: Claim) -> Note:
        origin, evidence, counter = self._standing(claim)
        return Note(
            id=self._next(), text=claim.text, origin=origin, evidence=evidence, counter=counter, kind=claim.kind
        )

    def _link(self, link: LinkDraft, ids: list[str]) -> Link:
        evidence = self._evidence(link.quotes)
        origin = link.origin if evidence or link.origin is not Origin.QUOTED else Origin.USER
        before, after = ids[link.before], ids[link.after]
        return Link(
            before=before, after=after, kind=link.kind, label=link.label or None, origin=origin, evidence=evidence
        )

    def _next(self) -> str:
        self._items += 1
        return f"i{self._items}"

    def _standing(self, claim: Claim) -> tuple[Origin, tuple[Evidence, ...], tuple[Evidence, ...]]:
        """Return what a claim may call itself: quoted only with a quote."""
        evidence, counter = self._evidence(claim.quotes), self._evidence(claim.against)
        if claim.origin is Origin.QUOTED and not evidence:
            self._bare += 1
            return Origin.USER, evidence, counter
        return claim.origin, evidence, counter

    def _evidence(self, quotes: Iterable[Said]) -> tuple[Evidence, ...]:
        """Return the slices, those of one passage in its order."""
        found = [self._places[said] for said in dict.fromkeys(quotes)]
        order = list(dict.fromkeys((one.source, one.passage) for one in found))
        return tuple(sorted(found, key=lambda one: (order.index((one.source, one.passage)), one.start)))


def _collect(said: Iterable[Said], name: str, sha256: str) -> tuple[tuple[Source, ...], dict[Said, Evidence]]:
    """Make a source of the quotes of each source that the file names, a passage for each turn; say where each is."""
    by_source: dict[str, dict[Turn, list[Said]]] = {}
    for quote in dict.fromkeys(said):
        turns = by_source.setdefault(quote.source or name, {})
        turns.setdefault((quote.turn or f"q{len(turns) + 1}", quote.speaker, quote.time), []).append(quote)
    sources: list[Source] = []
    places: dict[Said, Evidence] = {}
    for number, (source_name, turns) in enumerate(by_source.items(), start=1):
        sources.append(_source(f"s{number}", source_name, sha256, turns, places))
    return tuple(sources) or (empty_source(name, sha256),), places


def empty_source(name: str, sha256: str) -> Source:
    """Return the file itself as a source: a map without a quote still comes from somewhere."""
    return Source(id="s1", kind="transcript", name=name, sha256=sha256, text="")


def _source(
    source_id: str,
    name: str,
    sha256: str,
    turns: dict[Turn, list[Said]],
    places: dict[Said, Evidence],
) -> Source:
    text, passages, used = "", list[Passage](), set[str]()
    for (turn, speaker, time), quotes in turns.items():
        passage = turn if turn not in used else f"{turn}-{len(passages) + 1}"
        used.add(passage)
        start = len(text)
        for number, said in enumerate(quotes):
            text += BETWEEN if number else ""
            at = len(text)
            text += said.quote
            span = {"start": at, "end": len(text), "quote": said.quote}
            places[said] = Evidence(source=source_id, passage=passage, match=said.match, **span)
        role = Role.PARTICIPANT if speaker else Role.UNKNOWN
        passages.append(Passage(id=passage, start=start, end=len(text), speaker=speaker or None, role=role, time=time))
        text += "\n"
    return Source(id=source_id, kind="transcript", name=name, sha256=sha256, text=text, passages=tuple(passages))
