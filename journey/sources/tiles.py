"""A large image is looked at window by window, and what two windows both saw is joined again."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from journey.sources.geometry import Quad, Rect, is_tall

SIDE = 2000
"""Pixels of the longer side in which text is looked for: print down to 10 pixels is found, memory stays below 1 GB."""

_LARGEST_REDUCTION = 2.0
"""By how much an image may be reduced before it is cut into windows instead: a photo of 4,000 pixels need not be."""
_WINDOW = 3_200
"""Pixels of a window's side. Less than the largest reduction: what is drawn very large has smaller print."""

_SHORT_SIDE = 736
"""Pixels to which the shorter side of a small image is enlarged, if the longer one allows: print is small there."""

_EASY = 24
"""Pixels of a line's height, as it is found, from which enlarging it makes no difference: print of about 15 pixels."""
_MOST_ENLARGED = 2.0
"""By how much small print is enlarged at most; more makes nothing of it clearer."""
_WORTH_IT = 1.33
"""By how much it must be enlarged to be worth a second look."""

_OVERLAP = 160
_SAME = 0.6
"""Share of the smaller of two regions that both cover when they are one line seen twice."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the image, in its pixels, and by what it is scaled before text is looked for."""

    left: int
    top: int
    right: int
    bottom: int
    scale: float


def windows(width: int, height: int) -> list[Window]:
    """Return what to look at, row by row: the whole image scaled, or overlapping windows of a large one.

    >>> windows(1600, 1200)
    [Window(left=0, top=0, right=1600, bottom=1200, scale=1.0)]
    >>> [(window.left, window.right) for window in windows(12000, 1000)][:3]
    [(0, 3200), (2933, 6133), (5867, 9067)]
    """
    shorter, longest = sorted((width, height))
    if longest <= SIDE * _LARGEST_REDUCTION:
        return [Window(0, 0, width, height, min(max(1.0, _SHORT_SIDE / shorter), SIDE / longest))]
    return [
        Window(left, top, min(left + _WINDOW, width), min(top + _WINDOW, height), SIDE / _WINDOW)
        for top in _starts(height, _WINDOW)
        for left in _starts(width, _WINDOW)
    ]


def enlargement(quads: Sequence[Quad], width: int, height: int) -> float:
    """Return by how much to enlarge an image of small print: below some height, lines are passed over and misread.

    Args:
        quads: its lines, in pixels, as far as they were found.

    >>> line = ((0, 0), (90, 0), (90, 11), (0, 11))
    >>> enlargement([line], 600, 400), enlargement([line], 4000, 400), enlargement([], 600, 400)
    (2.0, 1.0, 1.0)
    """
    rects = [Rect.around(quad) for quad in quads]
    if not rects:
        return 1.0
    usual = max(1.0, median(min(rect.width, rect.height) for rect in rects))
    scale = min(_EASY / usual, _MOST_ENLARGED, SIDE / max(width, height))
    return scale if scale >= _WORTH_IT else 1.0


def join(seen: Iterable[tuple[Window, Sequence[Quad]]]) -> list[Quad]:
    """Return every line once: of one that two windows saw, both pieces as one."""
    kept: list[Quad] = []
    for _, quads in seen:
        if not kept:
            kept = list(quads)
            continue
        for quad in quads:
            _add(kept, quad)
    return kept


def _starts(length: int, side: int) -> list[int]:
    """Return where windows begin so that they overlap and cover the length evenly."""
    if length <= side:
        return [0]
    count = math.ceil((length - _OVERLAP) / (side - _OVERLAP))
    return [round(number * (length - side) / (count - 1)) for number in range(count)]


def _add(kept: list[Quad], quad: Quad) -> None:
    """Add a line to those kept, or join it to the one of which it is a piece."""
    rect = Rect.around(quad)
    for index, other in enumerate(kept):
        known = Rect.around(other)
        if rect.shared(known) >= _SAME * min(rect.area, known.area) or _goes_on(known, rect):
            kept[index] = _joined(other, quad)
            return
    kept.append(quad)


def _goes_on(one: Rect, other: Rect) -> bool:
    """Whether two pieces are parts of one line: their ends overlap on one level or, where it runs up, in one column."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    level = across > 0 and down >= 0.8 * max(one.height, other.height)
    column = down > 0 and across >= 0.8 * max(one.width, other.width)
    return (level and not column) or (column and is_tall(one.width, one.height) and is_tall(other.width, other.height))


def _joined(one: Quad, other: Quad) -> Quad:
    """Return the region around both pieces, or the larger one where they are not of one line."""
    a, b = Rect.around(one), Rect.around(other)
    both = a.joined(b)
    if both.height > 1.25 * max(a.height, b.height) and both.width > 1.25 * max(a.width, b.width):
        return one if a.area >= b.area else other
    return (both.left, both.top), (both.right, both.top), (both.right, both.bottom), (both.left, both.bottom)
