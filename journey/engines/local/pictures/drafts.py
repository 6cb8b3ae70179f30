"""Steps and phases being put together from a picture, and the records they become."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from journey.engines.local.pictures.entries import Entry
from journey.engines.local.touchpoints import channel_of
from journey.model import Emotion, Item, Lane, Origin, Phase, Step, Touchpoint

ITEM_LANES = ("actions", "thoughts", "pains", "gains", "needs", "opportunities")


@dataclass
class Draft:
    """A step being put together; its title is what its evidence says."""

    title: str
    entry: Entry
    columns: range
    found: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    own: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    emotion: Emotion | None = None
    role: str | None = None
    shape: str = ""


@dataclass(frozen=True, slots=True)
class DrawnPhase:
    """A phase being put together: its name as read, if it has one, and its goal."""

    name: Entry | None
    goal: str | None
    steps: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class DrawnLink:
    """An arrow from the step of one shape to that of another, with what is written on it."""

    before: str
    after: str
    label: Entry | None


def to_phase(drawn: DrawnPhase, number: int, first_step: int, *, unnamed: str) -> Phase:
    """Return the record of a phase; one that the picture does not name gets a name and says so."""
    return Phase(
        id=f"phase{number}",
        name=unnamed if drawn.name is None else drawn.name.text,
        origin=Origin.INFERRED if drawn.name is None else Origin.QUOTED,
        goal=drawn.goal,
        steps=tuple(_step(draft, f"step{first_step + at}") for at, draft in enumerate(drawn.steps)),
    )


def _step(draft: Draft, step_id: str) -> Step:
    lanes = {lane: tuple(_items(step_id, lane, draft.found[lane])) for lane in ITEM_LANES}
    return Step(
        id=step_id,
        title=draft.title,
        origin=Origin.QUOTED,
        role=draft.role,
        evidence=draft.entry.evidence,
        emotion=draft.emotion,
        touchpoints=tuple(_touchpoints(step_id, draft.found["touchpoints"])),
        lanes=tuple(
            Lane(title=title, items=tuple(_items(step_id, f"lane{at}.", entries)))
            for at, (title, entries) in enumerate(draft.own.items(), start=1)
            if entries
        ),
        **lanes,
    )


def _items(step_id: str, lane: str, entries: Sequence[Entry]) -> Iterator[Item]:
    for number, entry in enumerate(entries, start=1):
        yield Item(id=f"{step_id}.{lane}{number}", text=entry.text, origin=Origin.QUOTED, evidence=entry.evidence)


def _touchpoints(step_id: str, entries: Sequence[Entry]) -> Iterator[Touchpoint]:
    for number, entry in enumerate(entries, start=1):
        yield Touchpoint(
            id=f"{step_id}.touchpoints{number}",
            text=entry.text,
            channel=channel_of(entry.text),
            origin=Origin.QUOTED,
            evidence=entry.evidence,
        )
