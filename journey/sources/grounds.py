"""The ground that text stands on: its colour, and whether something is drawn between two pieces of text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from journey.sources.geometry import Rect

Colour = tuple[int, int, int]
"""Red, green, blue, 0 to 255."""

_DRAWN = 28.0
"""Distance from the ground, in colour steps, from which a pixel is drawn on."""
_ACROSS = 0.92
"""Share of a row of pixels that is drawn on where a line runs across."""
_UNEVEN = 0.5
"""By how much of its depth a line may vary along its way."""


def ground(pixels: NDArray[np.uint8], region: Rect) -> Colour:
    """Return the most frequent colour of a region: that of its ground, since letters cover less than half of it."""
    part = cut(pixels, region).reshape(-1, 3)
    if not len(part):
        return (255, 255, 255)
    keys = (part.astype(np.int32) >> 4) @ np.array([256, 16, 1])
    most = np.bincount(keys, minlength=4096).argmax()
    red, green, blue = np.median(part[keys == most], axis=0).astype(int).tolist()
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """Return how far two colours lie apart, 0 to 441.

    >>> contrast((0, 0, 0), (3, 4, 0))
    5.0
    """
    return float(np.linalg.norm(np.subtract(one, other)))


def to_hex(colour: Colour) -> str:
    """Return a colour as #rrggbb.

    >>> to_hex((255, 0, 16))
    '#ff0010'
    """
    return "#{:02x}{:02x}{:02x}".format(*colour)


def is_parted(pixels: NDArray[np.uint8], between: Rect) -> bool:
    """Whether a line runs across the room between two pieces of text, along its longer side, or the ground changes."""
    part = cut(pixels, between).astype(np.float32)
    if part.size == 0:
        return False
    if between.height > between.width:
        part = part.transpose(1, 0, 2)
    back = np.array(ground(pixels, between), np.float32)
    depth = np.linalg.norm(part - back, axis=2)
    crossed = depth[(depth > _DRAWN).mean(axis=1) > _ACROSS]
    return any(_is_even(row) for row in crossed)


def _is_even(depth: NDArray[np.float32]) -> bool:
    """Whether a row of pixels is of one ink, as a ruling is: small letters that flow into each other are not."""
    low, usual, high = np.percentile(depth, (10, 50, 90))
    return bool(high - low < _UNEVEN * usual)


def cut(pixels: NDArray[np.uint8], region: Rect) -> NDArray[np.uint8]:
    """Return the pixels of a region, as far as it lies in the image."""
    top, bottom = max(0, round(region.top)), max(0, round(region.bottom))
    left, right = max(0, round(region.left)), max(0, round(region.right))
    return pixels[top:bottom, left:right]
