"""Quadrilaterals and upright rectangles in an image, in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from journey.model import Box

Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Corners as (x, y): top left, top right, bottom right, bottom left."""

_TALL = 1.5


def is_tall(width: float, height: float) -> bool:
    """Whether a line of text of this extent runs up or down."""
    return height >= _TALL * width


def across(corners: NDArray[Any]) -> Quad:
    """Return four corners (4, 2), clockwise from the top left, as a Quad."""
    (a, b), (c, d), (e, f), (g, h) = np.asarray(corners, np.float64).tolist()
    return (a, b), (c, d), (e, f), (g, h)


def quarter_turned(quad: Quad, width: float, height: float) -> Quad:
    """Return where a quadrilateral lies when the image of this extent is turned clockwise by 90 degrees.

    >>> quarter_turned(((1, 2), (5, 2), (5, 3), (1, 3)), 10, 8)
    ((5, 1), (6, 1), (6, 5), (5, 5))
    """
    first, second, third, last = ((height - y, x) for x, y in quad)
    return last, first, second, third


def taller(quad: Quad, share: float) -> Quad:
    """Return a line's region with this share of its height added above and below; below 0, taken away.

    >>> taller(((0, 10), (90, 10), (90, 30), (0, 30)), 0.1)
    ((0.0, 8.0), (90.0, 8.0), (90.0, 32.0), (0.0, 32.0))
    """
    (a, b), (c, d), (e, f), (g, h) = quad
    left, right = (share * (g - a), share * (h - b)), (share * (e - c), share * (f - d))
    return (
        (a - left[0], b - left[1]),
        (c - right[0], d - right[1]),
        (e + right[0], f + right[1]),
        (g + left[0], h + left[1]),
    )


def length(quad: Quad) -> float:
    """Return how long a line of text is, whichever way it runs."""
    rect = Rect.around(quad)
    return max(rect.width, rect.height)


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, quad: Quad) -> Self:
        """Return the smallest one around a quadrilateral."""
        xs, ys = zip(*quad, strict=True)
        return cls(min(xs), min(ys), max(xs), max(ys))

    @property
    def width(self) -> float:
        """Its extent from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its extent from top to bottom."""
        return self.bottom - self.top

    @property
    def area(self) -> float:
        """Its extent in square pixels."""
        return max(0.0, self.width) * max(0.0, self.height)

    def joined(self, other: Rect) -> Rect:
        """Return the smallest one around both.

        >>> Rect(0, 0, 2, 2).joined(Rect(1, 1, 4, 3))
        Rect(left=0, top=0, right=4, bottom=3)
        """
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def shared(self, other: Rect) -> float:
        """Return the area that both cover.

        >>> Rect(0, 0, 2, 2).shared(Rect(1, 1, 4, 3))
        1
        """
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0, width) * max(0, height)

    def to_box(self, width: int, height: int) -> Box:
        """Return it in fractions of an image of this extent, cut off at its edges.

        >>> Rect(-10, 50, 60, 120).to_box(100, 100)
        Box(x=0.0, y=0.5, w=0.6, h=0.5)
        """
        left, right = (round(min(max(x / width, 0.0), 1.0), 5) for x in (self.left, self.right))
        top, bottom = (round(min(max(y / height, 0.0), 1.0), 5) for y in (self.top, self.bottom))
        return Box(x=left, y=top, w=round(right - left, 5), h=round(bottom - top, 5))
