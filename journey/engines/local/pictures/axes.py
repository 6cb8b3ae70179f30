"""The two ways a map can lie: lanes as rows under phases, or lanes as columns beside them."""

from __future__ import annotations

from dataclasses import dataclass

from journey.engines.local.pictures.sheet import Sheet
from journey.sources.geometry import Rect
from journey.sources.layout.grid import Span

LONG = 0.3
"""Share of the grid's extent that a ruling must run along to part its rows or columns."""


@dataclass(frozen=True, slots=True)
class Axes:
    """Which way is along the lanes and which way along the phases.

    In the usual map (`turned` false) lanes follow each other from top to bottom and phases from left to right.
    """

    turned: bool = False

    def lane(self, rect: Rect) -> Span:
        """Return the extent along which lanes follow each other."""
        return (rect.left, rect.right) if self.turned else (rect.top, rect.bottom)

    def phase(self, rect: Rect) -> Span:
        """Return the extent along which phases follow each other."""
        return (rect.top, rect.bottom) if self.turned else (rect.left, rect.right)

    def between_lanes(self, sheet: Sheet, within: Span) -> tuple[float, ...]:
        """Return the places of the rulings that part lanes and run along a good part of a stretch."""
        return _long(sheet.down if self.turned else sheet.across, within)

    def between_phases(self, sheet: Sheet, within: Span) -> tuple[float, ...]:
        """Return the places of the rulings that part phases and run along a good part of a stretch."""
        return _long(sheet.across if self.turned else sheet.down, within)


def _long(rulings: tuple[tuple[float, float, float], ...], within: Span) -> tuple[float, ...]:
    least = LONG * (within[1] - within[0])
    return tuple(place for place, begin, end in rulings if min(end, within[1]) - max(begin, within[0]) >= least)


def middle(span: Span) -> float:
    """Return the middle of a stretch.

    >>> middle((2, 4))
    3.0
    """
    return (span[0] + span[1]) / 2


def length(span: Span) -> float:
    """Return how long a stretch is."""
    return span[1] - span[0]


def shared(one: Span, other: Span) -> float:
    """Return how much two stretches overlap; less than 0 is the gap between them.

    >>> shared((0, 3), (2, 9)), shared((0, 1), (3, 4))
    (1, -2)
    """
    return min(one[1], other[1]) - max(one[0], other[0])


def union(spans: list[Span]) -> Span:
    """Return the stretch around several."""
    return min(span[0] for span in spans), max(span[1] for span in spans)
