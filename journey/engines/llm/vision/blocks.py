"""The numbered blocks of a picture, and what a model read beside them: taken in where the pixels bear it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journey.engines.llm.vision.answers import Added
from journey.engines.llm.vision.pixels import written
from journey.grounding.folding import fold
from journey.model import Box, Passage, Source
from journey.work import Work

_WHOLE = 1000
"""Places are told in thousandths of the picture's width and height."""
_SAME_PLACE = 0.5
"""Share of the smaller of two regions that the other covers when both are one."""


@dataclass(frozen=True)
class Blocks:
    """The text blocks of one picture by the numbers under which a model cites them, unread ones among them."""

    source: Source

    @property
    def by_number(self) -> Mapping[int, Passage]:
        """Every block."""
        return dict(enumerate(self.source.passages, 1))

    def lines(self, numbers: Sequence[int] | None = None) -> str:
        """Return blocks as the model sees them, all of them unless told which."""
        wanted = self.by_number if numbers is None else {number: self.by_number[number] for number in numbers}
        return "\n".join(f"[{number}] {place(block)} {self._words(block)}" for number, block in wanted.items())

    def _words(self, block: Passage) -> str:
        return " ".join(self.source.slice(block).split()) or "(unread)"


@dataclass(frozen=True)
class TakenIn:
    """A source with what the model has added, and under which passage each of its ids now stands."""

    source: Source
    passage_of: Mapping[int, Passage]
    """Passages by the numbers and ids that the model's answer uses; additions that were left out are not in it."""
    added: int = 0
    left_out: int = 0


def take_in(source: Source, blocks: Blocks, added: Sequence[Added], work: Work) -> TakenIn:
    """Add to a source what the model read beyond its blocks, each marked as read by the model.

    A place outside the picture, or where nothing is written, is left out: the model saw what is not there. What stands
    in a block already is that block.

    Args:
        blocks: as they were shown to the model; a source that was added to keeps all of them.
    """
    known = {**blocks.by_number}
    inside = [one for one in added if one.id not in known and _is_inside(one) and _words(one)]
    borne_out = written(source, [_box(one) for one in inside], work)
    count = 0
    for one, is_written in zip(inside, borne_out, strict=True):
        if one.id in known or not is_written:
            continue
        block = _same(source, one)
        if block is None:
            source, block = _with(source, one)
            count += 1
        known[one.id] = block
    now = {block.id: block for block in source.passages}  # an unread block that was read now has its words
    known = {number: now[block.id] for number, block in known.items()}
    return TakenIn(source, known, count, len(added) - sum(one.id in known for one in added))


def place(*blocks: Passage) -> str:
    """Return the middle of some blocks in thousandths of the picture."""
    boxes = [block.box for block in blocks if block.box]
    if not boxes:
        return "(?)"
    left, right = min(box.x for box in boxes), max(box.x + box.w for box in boxes)
    top, bottom = min(box.y for box in boxes), max(box.y + box.h for box in boxes)
    return f"({round((left + right) * _WHOLE / 2)},{round((top + bottom) * _WHOLE / 2)})"


def _is_inside(one: Added) -> bool:
    """Tell whether a place lies in the picture."""
    return one.x >= 0 and one.y >= 0 and one.w > 0 and one.h > 0 and one.x + one.w <= _WHOLE and one.y + one.h <= _WHOLE


def _box(one: Added) -> Box:
    return Box(x=one.x / _WHOLE, y=one.y / _WHOLE, w=one.w / _WHOLE, h=one.h / _WHOLE)


def _words(one: Added) -> str:
    return " ".join("".join(char for char in one.text if char.isprintable() or char.isspace()).split())


def _same(source: Source, one: Added) -> Passage | None:
    """Return the block that says the same at the same place."""
    wanted = fold(_words(one)).text
    for block in source.passages:
        said = fold(source.slice(block)).text
        if said and block.box and wanted in said and _overlap(block.box, _box(one)) >= _SAME_PLACE:
            return block
    return None


def _with(source: Source, one: Added) -> tuple[Source, Passage]:
    """Return the source with a further block; an unread one at its place is what was read now."""
    words = _words(one)
    start = len(source.text) + 1 if source.text else 0
    unread = [block for block in source.passages if block.read_by == "unread" and block.box]
    there = next((block for block in unread if block.box and _overlap(block.box, _box(one)) >= _SAME_PLACE), None)
    block = Passage(
        id=there.id if there else f"m{sum(block.read_by == 'model' for block in source.passages) + 1}",
        start=start,
        end=start + len(words),
        box=_box(one),
        colour=there.colour if there else None,
        read_by="model",
    )
    others = tuple(other for other in source.passages if other is not there)
    text = f"{source.text}\n{words}" if source.text else words
    return source.model_copy(update={"text": text, "passages": (*others, block)}), block


def _overlap(one: Box, other: Box) -> float:
    """Return the share of the smaller region that the other covers."""
    width = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
    height = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
    smaller = min(one.w * one.h, other.w * other.h)
    return max(width, 0) * max(height, 0) / smaller if smaller else 0.0
