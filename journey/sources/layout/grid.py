"""Where rows and columns part: the cuts between successive titles, by rulings, by gaps, or by the least damage.

All is told along one axis: rows along y, columns along x. A cut between two titles lies somewhere between their
middles, for titles stand at the top, in the middle or at the bottom of what they name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[float, float]
"""From where to where something reaches along the axis."""

NARROW = 0.35
"""Of the widest gap, what another must have to be taken for its better place."""


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What a cut should not run through: texts, cards, faces; and the rulings it should follow."""

    spans: tuple[Span, ...]
    rulings: tuple[float, ...] = ()

    def crossed(self, place: float) -> int:
        """Count what a cut at this place would run through."""
        return sum(begin < place < end for begin, end in self.spans)


def cuts_between(titles: Sequence[Span], obstacles: Obstacles) -> list[float]:
    """Return a cut between each two successive titles.

    >>> cuts_between([(0, 10), (30, 40)], Obstacles(((0, 12), (26, 40))))
    [19.0]
    >>> cuts_between([(0, 10), (30, 40)], Obstacles(((0, 12), (16, 40)), rulings=(15,)))
    [15]
    """
    return [cut_between(one, other, obstacles) for one, other in pairwise(titles)]


def cut_between(one: Span, other: Span, obstacles: Obstacles) -> float:
    """Return the best cut between two titles: a ruling, else the widest gap, else where it crosses least."""
    low, high = (one[0] + one[1]) / 2, (other[0] + other[1]) / 2
    between = (one[1] + other[0]) / 2
    if high <= low:
        return between
    ruled = [place for place in obstacles.rulings if low < place < high and not obstacles.crossed(place)]
    if ruled:
        return min(ruled, key=lambda place: abs(place - between))
    free = [gap for gap in gaps(obstacles.spans, low, high) if gap[1] > gap[0]]
    if free:
        widest = max(end - begin for begin, end in free)
        wide = [gap for gap in free if gap[1] - gap[0] >= widest * (1 - NARROW)]
        begin, end = min(wide, key=lambda gap: abs((gap[0] + gap[1]) / 2 - between))
        return (begin + end) / 2
    return _least_crossing(obstacles, low, high, between)


def gaps(spans: Sequence[Span], low: float, high: float) -> list[Span]:
    """Return the stretches between two places that nothing covers.

    >>> gaps([(0, 3), (2, 5), (8, 9)], 0, 12)
    [(5, 8), (9, 12)]
    """
    free, reach = [], low
    for begin, end in sorted(spans):
        if end <= low or begin >= high:
            continue
        if begin > reach:
            free.append((reach, begin))
        reach = max(reach, end)
    if reach < high:
        free.append((reach, high))
    return free


def _least_crossing(obstacles: Obstacles, low: float, high: float, wanted: float) -> float:
    edges = sorted({low, high, *(edge for span in obstacles.spans for edge in span if low < edge < high)})
    places = [(begin + end) / 2 for begin, end in pairwise(edges)] or [wanted]
    return min(places, key=lambda place: (obstacles.crossed(place), abs(place - wanted)))


def place_of(span: Span, cuts: Sequence[float]) -> int:
    """Return the index of the row or column that holds most of a span, counted from 0.

    >>> place_of((2, 8), [5.5]), place_of((5, 9), [5.5])
    (0, 1)
    """
    bounds = [float("-inf"), *cuts, float("inf")]
    shares = [min(span[1], end) - max(span[0], begin) for begin, end in pairwise(bounds)]
    return max(range(len(shares)), key=lambda index: shares[index])


def places_of(span: Span, cuts: Sequence[float], *, least: float = 0.3) -> range:
    """Return the indices of all rows or columns that a span reaches well into: one, or several for a merged cell.

    Args:
        least: share of a bounded column that must be covered, or of the span where the column is open.

    >>> places_of((0, 30), [10, 20]), places_of((1, 11), [10, 20]), places_of((11, 29), [10, 20])
    (range(0, 3), range(0, 1), range(1, 3))
    """
    length = span[1] - span[0]
    typical = (cuts[-1] - cuts[0]) / (len(cuts) - 1) if len(cuts) > 1 else length
    bounds = [(cuts[0] - typical if cuts else span[0]), *cuts, (cuts[-1] + typical if cuts else span[1])]
    inside = []
    for index, (begin, end) in enumerate(pairwise(bounds)):
        if min(span[1], end) - max(span[0], begin) >= least * min(end - begin, max(length, 1e-9)):
            inside.append(index)
    if len(inside) < 2:
        home = place_of(span, cuts)
        return range(home, home + 1)
    return range(inside[0], inside[-1] + 1)
