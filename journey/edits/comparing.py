"""What differs between two states of a journey, for people: what was added, removed, changed, moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from journey.edits.places import placed_items, short
from journey.model import Journey, Touchpoint

Part = Literal["text", "phase", "step", "feeling", "card", "link", "reading"]
Key = tuple[Part, str]


@dataclass(frozen=True)
class Change:
    """One difference; `before` is empty for what was added, `after` for what was removed; they are the same words for
    what moved. `id` is that of the part, of the step for a feeling, the field's name for a text of the journey."""

    what: Literal["added", "removed", "changed", "moved"]
    part: Part
    id: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        if self.what == "added":
            return f"Added the {self.part} {short(self.after)}"
        if self.what == "removed":
            return f"Removed the {self.part} {short(self.before)}"
        if self.what == "moved":
            return f"Moved the {self.part} {short(self.after)}"
        return f"Changed the {self.part} {short(self.before)} to {short(self.after)}"


@dataclass(frozen=True)
class _Told:
    """A part of a journey: what it says, and the row it stands in, if its place there means something."""

    part: Part
    id: str
    words: str
    row: str = ""


def compare(before: Journey, after: Journey) -> tuple[Change, ...]:
    """Return what differs: what was removed, then added or changed, then moved, each in the order of the map.

    Parts are the same by their ids; of a row whose order changed, the fewest possible parts count as moved.
    """
    then, now = dict(_told(before)), dict(_told(after))
    removed = (Change("removed", old.part, old.id, old.words) for key, old in then.items() if key not in now)
    return (*removed, *_added_or_changed(then, now), *_moved(then, now))


def _added_or_changed(then: Mapping[Key, _Told], now: Mapping[Key, _Told]) -> Iterator[Change]:
    for key, new in now.items():
        old = then.get(key)
        if old is None:
            yield Change("added", new.part, new.id, "", new.words)
        elif old.words != new.words:
            yield Change("changed", new.part, new.id, old.words, new.words)


def _moved(then: Mapping[Key, _Told], now: Mapping[Key, _Told]) -> Iterator[Change]:
    stayed = {key: new for key, new in now.items() if key in then}
    still = {key for key, new in stayed.items() if then[key].row == new.row}
    for row in dict.fromkeys(new.row for new in stayed.values()):
        before = [key for key, old in then.items() if key in still and old.row == row]
        after = [key for key in stayed if key in still and stayed[key].row == row]
        if row:
            still -= set(after) - _in_order(before, after)
    for key, new in stayed.items():
        if key not in still:
            yield Change("moved", new.part, new.id, new.words, new.words)


def _in_order(before: list[Key], after: list[Key]) -> set[Key]:
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return {before[at] for block in blocks for at in range(block.a, block.a + block.size)}


def _told(journey: Journey) -> Iterator[tuple[Key, _Told]]:
    """Yield every part under its kind and id, in the order of the map."""
    for told in (*_head(journey), *_steps(journey), *_cards(journey), *_links(journey), *_readings(journey)):
        yield (told.part, told.id), told


def _head(journey: Journey) -> Iterator[_Told]:
    actor = journey.actor.name if journey.actor else ""
    head = {"title": journey.title, "actor": actor, "scenario": journey.scenario, "goal": journey.goal}
    yield from (_Told("text", name, words) for name, words in head.items() if words)


def _steps(journey: Journey) -> Iterator[_Told]:
    for phase in journey.phases:
        yield _Told("phase", phase.id, f"{phase.name} ({phase.goal})" if phase.goal else phase.name, "phases")
        for step in phase.steps:
            yield _Told("step", step.id, step.title, phase.id)
            if step.emotion:
                yield _Told("feeling", step.id, f"{step.emotion.label} ({step.emotion.score:+g})")


def _cards(journey: Journey) -> Iterator[_Told]:
    for placed in placed_items(journey):
        row = placed.lane if placed.step is None else f"{placed.step.id} {placed.lane}"
        channel = placed.item.channel if isinstance(placed.item, Touchpoint) else None
        yield _Told("card", placed.item.id, f"{placed.item.text} ({channel})" if channel else placed.item.text, row)


def _links(journey: Journey) -> Iterator[_Told]:
    titles = {step.id: step.title for step in journey.steps()}
    for link in journey.links:
        ends = f"{titles.get(link.before, link.before)} → {titles.get(link.after, link.after)}"
        told = f"{ends} ({link.kind}{f': {link.label}' if link.label else ''})"
        yield _Told("link", f"{link.before} {link.after} {link.kind} {link.label}", told)


def _readings(journey: Journey) -> Iterator[_Told]:
    """Yield what was read in pictures: a correction need not have altered any card."""
    for source in journey.sources:
        for passage in source.passages:
            if passage.box is not None and source.slice(passage):
                yield _Told("reading", f"{source.id} {passage.id}", source.slice(passage))
