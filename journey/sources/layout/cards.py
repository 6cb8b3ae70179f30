"""Sticky notes on a wall: which of them form a cluster, and in which order they are read; pure geometry."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from itertools import pairwise

from journey.sources.geometry import Rect
from journey.sources.layout.grid import Span, gaps

APART = 0.75
"""Of a note's usual side: the room between two notes from which they belong to different clusters."""
LOOSE, MOST_APART = 1.5, 2.5
"""Times the usual room between neighbours, for notes that all hang loosely; and in usual sides at most."""
LEVEL = 0.5
"""Share of the lower of two notes that both cover along y, from which they stand in one line."""
LEAST_LINE = 3
"""Notes in each line that make a block of lines, read line by line; fewer are a flow in time, read by columns."""


def clusters(rects: Sequence[Rect]) -> list[list[int]]:
    """Group notes that lie close together; returns indices, the clusters in reading order.

    >>> clusters([Rect(0, 0, 10, 10), Rect(12, 0, 22, 10), Rect(0, 50, 10, 60)])
    [[0, 1], [2]]
    """
    if not rects:
        return []
    side = statistics.median((rect.width + rect.height) / 2 for rect in rects)
    reach = max(APART * side, min(LOOSE * _usual_room(rects), MOST_APART * side))
    left = set(range(len(rects)))
    found: list[list[int]] = []
    while left:
        group, open_ones = [], [min(left)]
        left.discard(open_ones[0])
        while open_ones:
            here = open_ones.pop()
            group.append(here)
            near = {other for other in left if room_between(rects[here], rects[other]) <= reach}
            left -= near
            open_ones += near
        found.append(sorted(group))
    return [found[at] for at in _rows_first([_around([rects[index] for index in group]) for group in found])]


def _usual_room(rects: Sequence[Rect]) -> float:
    """Return the usual room from a note to the nearest other one."""
    nearest = [min((room_between(rect, other) for other in rects if other is not rect), default=0.0) for rect in rects]
    return statistics.median(nearest)


def reading_order(rects: Sequence[Rect]) -> list[int]:
    """Return the indices of notes as they are read.

    Notes in clean lines of several are read line by line. Notes at uneven heights are a course of time from left to
    right, in which those above each other are alternatives.

    >>> reading_order([Rect(20, 0, 30, 10), Rect(0, 0, 10, 10), Rect(10, 6, 20, 16)])
    [1, 2, 0]
    """
    lines = _lines(rects, lambda rect: (rect.top, rect.bottom))
    sizes = [len(line) for line in lines]
    if len(lines) == 1 or (min(sizes[:-1], default=0) >= LEAST_LINE and _are_clean(lines, rects)):
        return [index for line in lines for index in sorted(line, key=lambda index: rects[index].left)]
    columns = _lines(rects, lambda rect: (rect.left, rect.right))
    return [index for column in columns for index in sorted(column, key=lambda index: rects[index].top)]


def room_between(one: Rect, other: Rect) -> float:
    """Return the room between two rectangles; 0 where they touch or overlap.

    >>> room_between(Rect(0, 0, 1, 1), Rect(4, 5, 6, 6))
    5.0
    """
    across = max(0.0, other.left - one.right, one.left - other.right)
    down = max(0.0, other.top - one.bottom, one.top - other.bottom)
    return float((across**2 + down**2) ** 0.5)


def _lines(rects: Sequence[Rect], span: Callable[[Rect], Span]) -> list[list[int]]:
    """Group notes that stand level with the first of their line."""
    lines: list[list[int]] = []
    for index in sorted(range(len(rects)), key=lambda index: sum(span(rects[index]))):
        begin, end = span(rects[index])
        if lines:
            first, last = span(rects[lines[-1][0]])
            if min(end, last) - max(begin, first) >= LEVEL * min(end - begin, last - first):
                lines[-1].append(index)
                continue
        lines.append([index])
    return lines


def _are_clean(lines: Sequence[Sequence[int]], rects: Sequence[Rect]) -> bool:
    """Whether the notes of each line stand clear of the next line's, but for a little."""
    spans = [(min(rects[index].top for index in line), max(rects[index].bottom for index in line)) for line in lines]
    heights = [end - begin for begin, end in spans]
    return all(below[0] - above[1] > -0.2 * min(heights) for above, below in pairwise(spans))


def _rows_first(rects: Sequence[Rect]) -> list[int]:
    """Order clusters: side by side from left to right, one above the other from the top."""
    rows = gaps([(rect.top, rect.bottom) for rect in rects], min(r.top for r in rects), max(r.bottom for r in rects))
    edges = [end for _, end in rows]
    return sorted(
        range(len(rects)), key=lambda at: (sum(edge <= rects[at].top for edge in edges), rects[at].left, rects[at].top)
    )


def _around(rects: Sequence[Rect]) -> Rect:
    found = rects[0]
    for rect in rects[1:]:
        found = found.joined(rect)
    return found
