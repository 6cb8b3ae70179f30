"""Two states of a journey laid side by side: every part in its place, with what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeVar

from journey.edits.comparing import Change, Part, compare
from journey.edits.places import lane_title, lanes_of
from journey.model import Emotion, Item, Journey, Phase, Step, Touchpoint

What = Literal["same", "added", "removed", "changed", "moved"]

T = TypeVar("T", Phase, Step, Item)

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A stretch of words that is or is not the same on the other side."""

    words: str
    differs: bool = False


@dataclass(frozen=True)
class Row:
    """One part of the map on both sides; a side is empty where the part does not stand in that place."""

    part: Part
    what: What
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()
    lane: str = ""


def side_by_side(before: Journey, after: Journey, *, only_changes: bool = False) -> tuple[Row, ...]:
    """Return the rows of a comparison in the order of the map; what was taken away stands where it stood.

    Args:
        only_changes: leave out what is the same, but for the phase and step that something different stands in.
    """
    rows = tuple(_Sides(before, after).rows())
    return tuple(_differing(rows)) if only_changes else rows


class _Sides:
    """Two journeys being laid side by side."""

    def __init__(self, before: Journey, after: Journey) -> None:
        self._before, self._after = before, after
        self._changes = {(change.part, change.id): change for change in compare(before, after)}
        self._steps_before = {step.id: step for step in before.steps()}
        self._in_before, self._in_after = set(_keys(before)), set(_keys(after))

    def rows(self) -> Iterator[Row]:
        yield from (self._of_change(change) for change in self._changes.values() if change.part == "text")
        phases = (_by_id(self._before.phases), _by_id(self._after.phases))
        for phase_id in _union(*phases):
            before, after = (side.get(phase_id) for side in phases)
            yield self._row("phase", phase_id, before.name if before else None, after.name if after else None)
            yield from self._steps(before, after)
        yield from (self._of_change(change) for change in self._changes.values() if change.part == "link")

    def _steps(self, before: Phase | None, after: Phase | None) -> Iterator[Row]:
        steps = (_by_id(before.steps if before else ()), _by_id(after.steps if after else ()))
        for step_id in _union(*steps):
            left, right = (side.get(step_id) for side in steps)
            yield self._row("step", step_id, left.title if left else None, right.title if right else None)
            if right is not None:  # a step that moved is compared with itself where it stands now
                yield from self._in_step(left or self._steps_before.get(step_id), right)
            elif left is not None and ("step", step_id) not in self._in_after:
                yield from self._in_step(left, None)

    def _in_step(self, left: Step | None, right: Step | None) -> Iterator[Row]:
        step = right or left
        if step is None:
            return
        feelings = (left.emotion if left else None, right.emotion if right else None)
        if any(feelings):
            yield self._row("feeling", step.id, _felt(feelings[0]), _felt(feelings[1]), lane="emotion")
        lanes = (dict(lanes_of(left)) if left else {}, dict(lanes_of(right)) if right else {})
        for lane in dict.fromkeys([*lanes[0], *lanes[1]]):
            cards = (_by_id(lanes[0].get(lane, ())), _by_id(lanes[1].get(lane, ())))
            for item_id in _union(*cards):
                before, after = (side.get(item_id) for side in cards)
                yield self._row("card", item_id, _said(before), _said(after), lane=lane_title(lane))

    def _row(self, part: Part, part_id: str, before: str | None, after: str | None, *, lane: str = "") -> Row:
        what = self._what(part, part_id, before, after)
        left, right = _pieces(before or "", after or "")
        return Row(part, what, left, right, lane)

    def _what(self, part: Part, part_id: str, before: str | None, after: str | None) -> What:
        if before is not None and after is not None:
            change = self._changes.get((part, part_id))
            return "changed" if before != after else change.what if change and change.what == "moved" else "same"
        if before is None:
            return "moved" if (part, part_id) in self._in_before else "added"
        return "moved" if (part, part_id) in self._in_after else "removed"

    def _of_change(self, change: Change) -> Row:
        left, right = _pieces(change.before, change.after)
        return Row(change.part, change.what, left, right, change.id if change.part == "text" else "")


def _keys(journey: Journey) -> Iterator[tuple[Part, str]]:
    for phase in journey.phases:
        yield "phase", phase.id
        for step in phase.steps:
            yield "step", step.id
            if step.emotion:
                yield "feeling", step.id
            yield from (("card", item.id) for _, item in step.items())


def _by_id(parts: Sequence[T]) -> Mapping[str, T]:
    return {part.id: part for part in parts}


def _union(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """Return the ids of both in the order of the second; one that left stands after what stood before it.

    >>> _union({"a": 0, "b": 0, "c": 0}, {"c": 0, "a": 0, "d": 0})
    ['c', 'a', 'b', 'd']
    """
    row, last = list(after), None
    for one in before:
        if one not in after:
            row.insert(row.index(last) + 1 if last is not None else 0, one)
        last = one
    return row


def _felt(emotion: Emotion | None) -> str | None:
    return None if emotion is None else f"{emotion.label} ({emotion.score:+g})"


def _said(item: Item | None) -> str | None:
    if isinstance(item, Touchpoint) and item.channel:
        return f"{item.text} ({item.channel})"
    return item.text if item else None


def _whole(words: str) -> tuple[Piece, ...]:
    return (Piece(words),) if words else ()


def _pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts cut where they begin and end to differ, by words.

    >>> _pieces("It took ages", "It took days")[1]
    (Piece(words='It took ', differs=False), Piece(words='days', differs=True))
    """
    if not before or not after:
        return _whole(before), _whole(after)
    left, right = _WORDS.findall(before), _WORDS.findall(after)
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for side, words in zip(sides, ("".join(left[a:b]), "".join(right[c:d])), strict=True):
            if words:
                side.append(Piece(words, kind != "equal"))
    return tuple(sides[0]), tuple(sides[1])


def _differing(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield what differs, each under the phase and step that it stands in."""
    above: dict[Part, Row] = {}
    for row in rows:
        if row.part == "phase":
            above = {"phase": row}
        elif row.part == "step":
            above["step"] = row
        if row.what == "same":
            continue
        if row.part not in {"text", "link"}:
            yield from (head for head in above.values() if head is not row)
            above = {}
        yield row
