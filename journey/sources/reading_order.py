"""In which order blocks of text are read: rows where a gap runs across, else columns (recursive X-Y cut, Nagy 1984)."""

from __future__ import annotations

from collections.abc import Sequence

from journey.sources.geometry import Rect

_TOUCHING = 0.2
"""Line heights by which two blocks may overlap and still be parted by a cut: their boxes are padded."""


def in_reading_order(rects: Sequence[Rect], heights: Sequence[float]) -> list[int]:
    """Return the places of the rectangles in reading order.

    Args:
        heights: of a line in each.

    >>> in_reading_order([Rect(5, 0, 9, 2), Rect(0, 0, 4, 2), Rect(0, 3, 9, 5)], [2, 2, 2])
    [1, 0, 2]
    """
    return _ordered(list(range(len(rects))), rects, heights)


def _ordered(places: list[int], rects: Sequence[Rect], heights: Sequence[float]) -> list[int]:
    if len(places) < 2:
        return places
    spans = [(rects[place].top, rects[place].bottom) for place in places]
    for extents in (spans, [(rects[place].left, rects[place].right) for place in places]):
        parts = _cut(places, extents, heights)
        if len(parts) > 1:
            return [place for part in parts for place in _ordered(part, rects, heights)]
    return sorted(places, key=lambda place: (rects[place].top, rects[place].left))


def _cut(places: Sequence[int], extents: Sequence[tuple[float, float]], heights: Sequence[float]) -> list[list[int]]:
    """Part the places at every gap along one axis."""
    parts: list[list[int]] = []
    reach = float("-inf")
    for place, (low, high) in sorted(zip(places, extents, strict=True), key=lambda found: found[1]):
        if not parts or low + _TOUCHING * heights[place] >= reach:
            parts.append([])
        parts[-1].append(place)
        reach = max(reach, high)
    return parts
