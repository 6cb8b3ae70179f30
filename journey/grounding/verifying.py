"""Check every quote of a journey against the sources inside it, trusting nothing that wrote it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from journey.model import Evidence, Item, Journey, Link, Origin, Passage, Role, Source, Step

_OPEN_TO_OTHERS = frozenset({"actions", "touchpoints"})
"""The lanes in which words of an agent or a system may stand as evidence."""


@dataclass(frozen=True)
class Flaw:
    """One thing that does not hold: where in the journey, and what is wrong, for a person to read."""

    where: str
    problem: str


@dataclass(frozen=True)
class _Claim:
    where: str
    origin: Origin
    evidence: tuple[Evidence, ...]
    counter: tuple[Evidence, ...] = ()
    open_to_others: bool = False
    is_step: bool = False


def verify(journey: Journey) -> tuple[Flaw, ...]:
    """Return every flaw of a journey; none means that each quote is a slice of its source and may stand there."""
    sources = {source.id: _Quotable(source) for source in journey.sources}
    flaws = [*_flawed_sources(journey.sources), *_repeated_ids(journey), *_dangling_links(journey)]
    for claim in _claims(journey):
        flaws += [Flaw(claim.where, problem) for problem in _problems(claim, sources)]
    return tuple(flaws)


class _Quotable:
    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.passages: dict[str, Passage] = {passage.id: passage for passage in source.passages}


def _claims(journey: Journey) -> Iterator[_Claim]:
    for n, item in enumerate(journey.expectations, 1):
        yield _item_claim(f"expectations {n}", item)
    for n, phase in enumerate(journey.phases, 1):
        for step in phase.steps:
            yield from _step_claims(f"phase {n}, step '{step.title}'", step)
    for n, link in enumerate(journey.links, 1):
        yield _Claim(f"link {n}", link.origin, link.evidence, open_to_others=True)


def _step_claims(where: str, step: Step) -> Iterator[_Claim]:
    yield _Claim(where, step.origin, step.evidence, open_to_others=True, is_step=True)
    seen: Counter[str] = Counter()
    for lane, item in step.items():
        seen[lane] += 1
        yield _item_claim(f"{where}, {lane} {seen[lane]}", item, open_to_others=lane in _OPEN_TO_OTHERS)
    if step.emotion:
        yield _Claim(f"{where}, emotion", step.emotion.origin, step.emotion.evidence)


def _item_claim(where: str, item: Item, *, open_to_others: bool = False) -> _Claim:
    return _Claim(where, item.origin, item.evidence, item.counter, open_to_others)


def _problems(claim: _Claim, sources: dict[str, _Quotable]) -> Iterator[str]:
    if claim.origin is Origin.QUOTED and not claim.evidence:
        yield "it claims to be quoted and shows no quote"
    if claim.origin is Origin.INFERRED and claim.evidence and claim.is_step:
        yield "it is inferred and must not show a quote"
    for evidence in (*claim.evidence, *claim.counter):
        yield from _broken(evidence, sources, open_to_others=claim.open_to_others)
    for group in (claim.evidence, claim.counter):
        if not _is_in_order(group):
            yield "the parts of its quote do not stand in the order of the source"


def _broken(evidence: Evidence, sources: dict[str, _Quotable], *, open_to_others: bool) -> Iterator[str]:
    source = sources.get(evidence.source)
    if source is None:
        yield f"it quotes a source that is not in this journey: {evidence.source!r}"
        return
    if source.text[evidence.start : evidence.end] != evidence.quote or not evidence.quote.strip():
        yield f"its quote does not stand in the source at {evidence.start}"
    passage = source.passages.get(evidence.passage)
    if passage is None:
        yield f"it quotes a passage that is not in the source: {evidence.passage!r}"
        return
    if not passage.start <= evidence.start < evidence.end <= passage.end:
        yield f"its quote reaches outside passage {passage.id!r}"
    if passage.role is Role.INTERVIEWER:
        yield f"it quotes the interviewer (passage {passage.id!r})"
    elif passage.role is Role.OTHER and not open_to_others:
        yield f"it quotes somebody who is not the customer (passage {passage.id!r})"


def _is_in_order(pieces: tuple[Evidence, ...]) -> bool:
    """Tell whether neighbouring pieces from one passage stand in its order."""
    return all(
        before.start <= after.start
        for before, after in pairwise(pieces)
        if (before.source, before.passage) == (after.source, after.passage)
    )


def _flawed_sources(sources: tuple[Source, ...]) -> Iterator[Flaw]:
    yield from _repeats("sources", (source.id for source in sources))
    for source in sources:
        where = f"source '{source.name}'"
        yield from _repeats(where, (passage.id for passage in source.passages))
        for passage in source.passages:
            if not passage.start <= passage.end <= len(source.text):
                yield Flaw(where, f"passage {passage.id!r} reaches outside the text")


def _repeated_ids(journey: Journey) -> Iterator[Flaw]:
    yield from _repeats("phases", (phase.id for phase in journey.phases))
    yield from _repeats("steps", (step.id for step in journey.steps()))
    items = [item.id for step in journey.steps() for _, item in step.items()]
    yield from _repeats("items", (*items, *(item.id for item in journey.expectations)))


def _repeats(where: str, ids: Iterable[str]) -> Iterator[Flaw]:
    for repeated, count in Counter(ids).items():
        if count > 1:
            yield Flaw(where, f"the id {repeated!r} stands for {count} different things")


def _dangling_links(journey: Journey) -> Iterator[Flaw]:
    steps = {step.id for step in journey.steps()}
    for n, link in enumerate(journey.links, 1):
        for end in _ends(link):
            if end not in steps:
                yield Flaw(f"link {n}", f"there is no step {end!r}")


def _ends(link: Link) -> tuple[str, str]:
    return link.before, link.after
