"""Which of the customer's turns a journey uses, and which it passes over."""

from __future__ import annotations

from collections.abc import Iterator

from journey.model import Evidence, Journey, Role

TENTHS = 10


def coverage(journey: Journey) -> tuple[float, ...]:
    """Return the share of the customer's turns that are quoted somewhere, by tenth of the sources.

    Fewer than ten turns give as many shares as there are turns; none give ().
    """
    turns = _customer_turns(journey)
    used = _used(journey)
    groups = min(TENTHS, len(turns))
    shares = []
    for group in range(groups):
        part = turns[group * len(turns) // groups : (group + 1) * len(turns) // groups]
        shares.append(sum(turn in used for turn in part) / len(part))
    return tuple(shares)


def unused(journey: Journey) -> tuple[tuple[str, str], ...]:
    """Return (source id, passage id) of the customer's turns that are quoted nowhere, in order."""
    used = _used(journey)
    return tuple(turn for turn in _customer_turns(journey) if turn not in used)


def _customer_turns(journey: Journey) -> list[tuple[str, str]]:
    return [
        (source.id, passage.id)
        for source in journey.sources
        for passage in source.passages
        if passage.role in (Role.PARTICIPANT, Role.UNKNOWN)
    ]


def _used(journey: Journey) -> set[tuple[str, str]]:
    return {(evidence.source, evidence.passage) for evidence in _all_evidence(journey)}


def _all_evidence(journey: Journey) -> Iterator[Evidence]:
    for item in journey.expectations:
        yield from (*item.evidence, *item.counter)
    for step in journey.steps():
        yield from step.evidence
        for _, item in step.items():
            yield from (*item.evidence, *item.counter)
        if step.emotion:
            yield from step.emotion.evidence
    for link in journey.links:
        yield from link.evidence
