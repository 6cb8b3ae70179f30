"""The edit that undoes any other: put the changed parts of a journey back as they were."""

from __future__ import annotations

from typing import Literal

from journey.errors import EditRefused
from journey.model import Actor, Item, Journey, Link, Phase, Record, Source


class Head(Record):
    """What of a journey stands in no phase and can be edited."""

    title: str
    actor: Actor | None
    scenario: str | None
    goal: str | None
    expectations: tuple[Item, ...]
    links: tuple[Link, ...]


class PutBack(Record):
    """Put back the phases that were different, the order of all phases, and the head if it was different.

    It holds whole phases because they are small beside the sources, and because that undoes whatever was done in
    them, exactly: ids, origins and places included. Sources are in it only where a reading of a picture was corrected.
    """

    kind: Literal["put_back"] = "put_back"
    head: Head | None = None
    order: tuple[str, ...]
    phases: tuple[Phase, ...] = ()
    sources: tuple[Source, ...] = ()

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with these parts."""
        known = {phase.id: phase for phase in (*journey.phases, *self.phases)}
        if not set(self.order) <= known.keys():
            raise EditRefused("The map has changed since: this cannot be put back any more.")
        head = {name: getattr(self.head, name) for name in Head.model_fields} if self.head else {}
        phases = tuple(known[phase_id] for phase_id in self.order)
        sources = {source.id: source for source in self.sources}
        read = tuple(sources.get(source.id, source) for source in journey.sources)
        return journey.model_copy(update={**head, "phases": phases, "sources": read})

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        return "Put the map back as it was"


def difference(now: Journey, then: Journey) -> PutBack:
    """Return the edit that leads from one state of a journey back to another."""
    known = {phase.id: phase for phase in now.phases}
    read = {source.id: source for source in now.sources}
    return PutBack(
        head=None if _head(now) == _head(then) else _head(then),
        order=tuple(phase.id for phase in then.phases),
        phases=tuple(phase for phase in then.phases if known.get(phase.id) != phase),
        sources=tuple(source for source in then.sources if source != read.get(source.id, source)),
    )


def _head(journey: Journey) -> Head:
    return Head(**{name: getattr(journey, name) for name in Head.model_fields})
