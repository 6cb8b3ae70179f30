"""Lines of text become blocks: paragraphs, labels, the words on one card, in reading order.

A block is what a reader takes as one piece of text. Lines are joined when they stand close under each other, alike in
height and ground, with nothing drawn between; a bullet, a gap, a ruling or another ground begins a new block. Joining
too little costs a second quote; joining too much mixes two cells, so what is open stays apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from journey.model import Box
from journey.sources.geometry import Quad, Rect, is_tall
from journey.sources.grounds import Colour, contrast, ground, is_parted, to_hex
from journey.sources.paragraphs import begins_with_capital, first_of_points
from journey.sources.reading_order import in_reading_order

T = TypeVar("T")

_ALIKE = 0.6
"""Height of one line by that of the other from which both may be of one block."""
_SAME_PRINT = 0.6
"""Room that a letter takes in one line by that in the other from which both may be of one print; capitals and narrow
letters make it differ too, less in long lines."""
_TELLING = 10
"""Letters from which a line tells how much room each takes."""
_CLOSE = 0.45
"""Room between two lines, in line heights, up to which they stand close; their boxes are padded already."""
_ASIDE = 0.3
"""Room between two pieces of one line, in line heights."""
_FLUSH = 0.25
"""How far apart, in line heights, lines begin that begin at the same place."""
_BULLET = 2
"""Letters up to which a piece of a line may be a bullet or a number."""
_SQUARE = 1.4
"""Proportion of width and height up to which a region may be an icon."""
_CERTAIN = 0.9
"""Confidence from which a single letter in a square region is one."""
_OTHER_GROUND = 40.0
"""Distance between two colours from which they are different grounds."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: its words, its corners in pixels, how sure the reading is; no words where it was not read."""

    words: str
    corners: Quad
    confidence: float


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text, its region, the colour behind it, and how sure the reading is; no words where not read."""

    words: str
    box: Box
    colour: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A whole line: what was found of it in one piece or in several."""

    words: str
    rect: Rect
    height: float
    confidence: float
    ground: Colour

    @property
    def may_join(self) -> bool:
        """Whether it was read and runs across."""
        return bool(self.words) and not (is_tall(self.rect.width, self.rect.height) and len(self.words) > 1)


@dataclass(frozen=True, slots=True)
class _Column:
    """Rows under each other."""

    rows: tuple[_Row, ...]
    rect: Rect


def group(lines: Sequence[Line], pixels: NDArray[np.uint8]) -> tuple[Block, ...]:
    """Join lines into blocks, in reading order.

    Args:
        pixels: the image they stand in, (height, width, 3).
    """
    written = [line for line in lines if not is_sign(line)]
    columns = [point for column in _stacked(_completed(written, pixels), pixels) for point in _points(column)]
    order = in_reading_order([column.rect for column in columns], [column.rows[0].height for column in columns])
    return tuple(_block(columns[index], pixels) for index in order)


def is_sign(line: Line) -> bool:
    """Whether a region is an icon or a sign rather than writing: as wide as high, and no letter for certain.

    >>> square = ((0, 0), (20, 0), (20, 20), (0, 20))
    >>> is_sign(Line("", square, 0.3)), is_sign(Line("田", square, 0.7)), is_sign(Line("8", square, 0.99))
    (True, True, False)
    """
    rect = Rect.around(line.corners)
    if len(line.words) > 1 or not rect.height < _SQUARE * rect.width < _SQUARE**2 * rect.height:
        return False
    return not line.words.isalnum() or line.confidence < _CERTAIN


def _completed(lines: Sequence[Line], pixels: NDArray[np.uint8]) -> list[_Row]:
    """Join what was found of one line in several pieces, from left to right."""
    rows: list[_Row] = []
    pieces = sorted((_row(line, pixels) for line in lines), key=lambda row: row.rect.left)
    for row in pieces:
        goes_on = partial(_is_beside, other=row, begins=_begins_column(row, pieces), pixels=pixels)
        before = _nearest(rows, goes_on, lambda one: one.rect.right)
        if before is None:
            rows.append(row)
        else:
            rows[before] = _joined(rows[before], row)
    return rows


def _stacked(rows: Sequence[_Row], pixels: NDArray[np.uint8]) -> list[_Column]:
    """Join rows that stand under each other as one paragraph, from the top."""
    columns: list[_Column] = []
    for row in sorted(rows, key=lambda row: row.rect.top):
        above = _nearest(columns, partial(_is_below, row=row, pixels=pixels), lambda one: one.rect.bottom)
        if above is None:
            columns.append(_Column((row,), row.rect))
        else:
            columns[above] = _Column((*columns[above].rows, row), columns[above].rect.joined(row.rect))
    return columns


def _nearest(found: Sequence[T], goes_on: Callable[[T], bool], reach: Callable[[T], float]) -> int | None:
    """Return the place of the one that goes on and reaches farthest."""
    fitting = [index for index, one in enumerate(found) if goes_on(one)]
    return max(fitting, key=lambda index: reach(found[index]), default=None)


def _begins_column(row: _Row, pieces: Sequence[_Row]) -> bool:
    """Whether the next line above or below begins where this one does."""
    rect, height = row.rect, row.height
    for other in pieces:
        level = abs(other.rect.top + other.rect.bottom - rect.top - rect.bottom) / 2
        if abs(other.rect.left - rect.left) <= _FLUSH * height and 0.6 * height < level < 1.6 * height:
            return True
    return False


def _is_beside(one: _Row, other: _Row, *, begins: bool, pixels: NDArray[np.uint8]) -> bool:
    """Whether the other is the rest of the same line, to the right.

    Args:
        begins: the other begins a column, so that only a bullet or a number before it is of its line.
    """
    a, b = one.rect, other.rect
    height = min(one.height, other.height)
    if not -0.5 * height <= b.left - a.right <= _ASIDE * height or not _are_alike(one, other):
        return False
    if begins and len(one.words) > _BULLET:
        return False
    if min(a.bottom, b.bottom) - max(a.top, b.top) < 0.7 * max(a.height, b.height):
        return False
    margin = 0.2 * height
    between = Rect(a.right - margin, max(a.top, b.top), b.left + margin, min(a.bottom, b.bottom))
    return not is_parted(pixels, between)


def _is_below(column: _Column, row: _Row, pixels: NDArray[np.uint8]) -> bool:
    """Whether the row is the next line of the same paragraph."""
    last = column.rows[-1]
    a, b = last.rect, row.rect
    height = min(last.height, row.height)
    if not -0.6 * height <= b.top - a.bottom <= _CLOSE * height or b.top <= a.top or not _are_alike(last, row):
        return False
    if _is_other_print(last, row):
        return False
    if not any(_is_aligned(one, b, height) for one in (column.rect, a)) or _begins_anew(column, row):
        return False
    middle = (a.bottom + b.top) / 2
    between = Rect(max(a.left, b.left), middle - 0.35 * height, min(a.right, b.right), middle + 0.35 * height)
    return not is_parted(pixels, between)


def _are_alike(one: _Row, other: _Row) -> bool:
    """Whether two rows may be of one block: both read, alike in height and ground."""
    if not one.may_join or not other.may_join:
        return False
    low, high = sorted((one.height, other.height))
    return low >= _ALIKE * high and contrast(one.ground, other.ground) < _OTHER_GROUND


def _is_other_print(one: _Row, other: _Row) -> bool:
    """Whether two lines are set in different sizes, which of small print the heights found for them do not tell."""
    low, high = sorted(row.rect.width / max(1, len(row.words)) for row in (one, other))
    return min(len(one.words), len(other.words)) >= _TELLING and low < _SAME_PRINT * high


def _is_aligned(block: Rect, line: Rect, height: float) -> bool:
    """Whether a line shares its left edge, its middle or its right edge with the block above."""
    if min(block.right, line.right) - max(block.left, line.left) < 0.5 * min(block.width, line.width):
        return False
    middles = abs(block.left + block.right - line.left - line.right) / 2
    return min(abs(block.left - line.left), middles, abs(block.right - line.right)) <= 0.8 * height


def _begins_anew(column: _Column, row: _Row) -> bool:
    """Whether a line begins with a capital although the line above had room for its first word."""
    room = max(column.rect.width, row.rect.width) - column.rows[-1].rect.width
    needed = row.rect.width * (len(row.words.split(" ", 1)[0]) + 1) / max(1, len(row.words))
    return begins_with_capital(row.words) and room > 1.15 * needed


def _points(column: _Column) -> list[_Column]:
    """Part rows under each other into the points of a list, if they are one."""
    parts: list[list[_Row]] = []
    for row, is_first in zip(column.rows, first_of_points([row.words for row in column.rows]), strict=True):
        if is_first:
            parts.append([])
        parts[-1].append(row)
    return [_Column(tuple(part), reduce(Rect.joined, (row.rect for row in part))) for part in parts]


def _row(line: Line, pixels: NDArray[np.uint8]) -> _Row:
    rect = Rect.around(line.corners)
    return _Row(line.words, rect, min(rect.width, rect.height), line.confidence, ground(pixels, rect))


def _joined(one: _Row, other: _Row) -> _Row:
    words, rect = f"{one.words} {other.words}", one.rect.joined(other.rect)
    return _Row(words, rect, max(one.height, other.height), min(one.confidence, other.confidence), one.ground)


def _block(column: _Column, pixels: NDArray[np.uint8]) -> Block:
    height, width = pixels.shape[:2]
    weights = [max(1, len(row.words)) for row in column.rows]
    confidence = float(np.average([row.confidence for row in column.rows], weights=weights))
    words = " ".join(row.words for row in column.rows if row.words)
    return Block(words, column.rect.to_box(width, height), to_hex(column.rows[0].ground), round(confidence, 3))
