"""Lines of text become blocks: paragraphs, labels, the words on one card, in reading order.

A block is what a reader takes as one piece of text. Lines are joined when they stand close under each other, alike in
height and ground, with nothing drawn between; a bullet, a gap, a ruling or another ground begins a new block. Joining
too little costs a second quote; joining too much mixes two cells, so what is open stays apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journey.model import Box
from journey.sources.geometry import Quad, Rect, is_tall
from journey.sources.grounds import Colour, contrast, ground, is_parted, to_hex

_ALIKE = 0.7
"""Height of one line by that of the other from which both may be of one block."""
_CLOSE = 0.45
"""Room between two lines, in line heights, up to which they stand close; their boxes are padded already."""
_ASIDE = 0.3
"""Room between two pieces of one line, in line heights."""
_OTHER_GROUND = 40.0
_BULLET = re.compile(r"[-–—•·∙◦▪*✓✔]\s?\w|\(?\d{1,2}[.)]\s")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: its words, its corners in pixels, how sure the reading is; no words where it was not read."""

    words: str
    corners: Quad
    confidence: float

    @property
    def rect(self) -> Rect:
        """The upright rectangle around it."""
        return Rect.around(self.corners)

    @property
    def is_tall(self) -> bool:
        """Whether it runs up or down."""
        return is_tall(self.rect.width, self.rect.height) and len(self.words) > 1


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text, its region, the colour behind it, and how sure the reading is; no words where not read."""

    words: str
    box: Box
    colour: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines joined so far."""

    lines: tuple[Line, ...]
    rect: Rect
    ground: Colour

    @property
    def last(self) -> Line:
        return self.lines[-1]


def group(lines: Sequence[Line], pixels: NDArray[np.uint8]) -> tuple[Block, ...]:
    """Join lines into blocks, in reading order.

    Args:
        pixels: the image they stand in, (height, width, 3).
    """
    pieces = [_Piece((line,), line.rect, ground(pixels, line.rect)) for line in lines]
    pieces = _join_all(sorted(pieces, key=lambda piece: piece.rect.left), pixels, beside=True)
    pieces = _join_all(sorted(pieces, key=lambda piece: piece.rect.top), pixels, beside=False)
    return tuple(_block(piece, pixels) for piece in in_reading_order(pieces))


def in_reading_order(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Sort by repeated cuts: rows where a gap runs across, else columns, else from the top (recursive X-Y cut)."""
    if len(pieces) < 2:
        return list(pieces)
    for low, high in (("top", "bottom"), ("left", "right")):
        parts = _cut(pieces, low, high)
        if len(parts) > 1:
            return [piece for part in parts for piece in in_reading_order(part)]
    return sorted(pieces, key=lambda piece: (piece.rect.top, piece.rect.left))


def _cut(pieces: Sequence[_Piece], low: str, high: str) -> list[list[_Piece]]:
    """Part the pieces at every gap along one axis."""
    parts: list[list[_Piece]] = []
    reach = float("-inf")
    for piece in sorted(pieces, key=lambda piece: float(getattr(piece.rect, low))):
        if getattr(piece.rect, low) + 0.2 * _line_height(piece) >= reach or not parts:
            parts.append([])
        parts[-1].append(piece)
        reach = max(reach, getattr(piece.rect, high))
    return parts


def _join_all(pieces: Sequence[_Piece], pixels: NDArray[np.uint8], *, beside: bool) -> list[_Piece]:
    """Join each piece to the nearest earlier one that it goes on from."""
    joined: list[_Piece] = []
    goes_on = _goes_on_beside if beside else _goes_on_below
    for piece in pieces:
        before = [index for index, earlier in enumerate(joined) if goes_on(earlier, piece, pixels)]
        if not before:
            joined.append(piece)
            continue
        nearest = max(before, key=lambda index: joined[index].rect.right if beside else joined[index].rect.bottom)
        earlier = joined[nearest]
        joined[nearest] = _Piece((*earlier.lines, *piece.lines), earlier.rect.joined(piece.rect), earlier.ground)
    return joined


def _goes_on_beside(one: _Piece, other: _Piece, pixels: NDArray[np.uint8]) -> bool:
    """Whether the other is the rest of the same line, to the right."""
    a, b = one.rect, other.rect
    level = min(a.bottom, b.bottom) - max(a.top, b.top)
    height = min(a.height, b.height)
    if not _may_join(one, other) or level < 0.7 * max(a.height, b.height):
        return False
    if not -0.5 * height <= b.left - a.right <= _ASIDE * height:
        return False
    return not is_parted(
        pixels, Rect(a.right - 0.2 * height, max(a.top, b.top), b.left + 0.2 * height, min(a.bottom, b.bottom))
    )


def _goes_on_below(one: _Piece, other: _Piece, pixels: NDArray[np.uint8]) -> bool:
    """Whether the other is the next line of the same paragraph."""
    a, b = one.last.rect, other.rect
    height = min(a.height, b.height)
    if not _may_join(one, other) or not -0.6 * height <= b.top - a.bottom <= _CLOSE * height or b.top <= a.top:
        return False
    if not _is_aligned(one.rect, b, height) or _begins_anew(one, other):
        return False
    left, right = max(a.left, b.left), min(a.right, b.right)
    middle = (a.bottom + b.top) / 2
    return not is_parted(pixels, Rect(left, middle - 0.35 * height, right, middle + 0.35 * height))


def _may_join(one: _Piece, other: _Piece) -> bool:
    a, b = one.last, other.lines[0]
    if not a.words or not b.words or a.is_tall or b.is_tall:
        return False
    heights = sorted((_line_height(one), _line_height(other)))
    return heights[0] >= _ALIKE * heights[1] and contrast(one.ground, other.ground) < _OTHER_GROUND


def _is_aligned(block: Rect, line: Rect, height: float) -> bool:
    """Whether a line shares its left edge, its middle or its right edge with the block above."""
    if min(block.right, line.right) - max(block.left, line.left) < 0.5 * min(block.width, line.width):
        return False
    middles = abs(block.left + block.right - line.left - line.right) / 2
    return min(abs(block.left - line.left), middles, abs(block.right - line.right)) <= 0.8 * height


def _begins_anew(one: _Piece, other: _Piece) -> bool:
    """Whether a line starts a point of its own: after a bullet, or with a capital where the last line had room."""
    words = other.lines[0].words
    if _BULLET.match(words):
        return True
    first = words.split(" ", 1)[0]
    room = max(one.rect.width, other.rect.width) - one.last.rect.width
    needed = other.rect.width * (len(first) + 1) / max(1, len(words))
    return words[:1].isupper() and room > 1.15 * needed and len(one.last.words) > 1


def _line_height(piece: _Piece) -> float:
    return float(np.median([min(line.rect.height, line.rect.width) for line in piece.lines]))


def _block(piece: _Piece, pixels: NDArray[np.uint8]) -> Block:
    words = " ".join(line.words for line in piece.lines if line.words)
    weights = [max(1, len(line.words)) for line in piece.lines]
    confidence = float(np.average([line.confidence for line in piece.lines], weights=weights))
    height, width = pixels.shape[:2]
    return Block(words, piece.rect.to_box(width, height), to_hex(piece.ground), round(confidence, 3))
