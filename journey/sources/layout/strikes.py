"""Words that were struck through: a line runs across the middle of their letters from end to end."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from journey.model.picture import Box, Point, Ruling
from journey.model.source import Passage

MIDDLE = (0.36, 0.66)
"""Of a line's height, between which a stroke runs through its letters and not under them."""
ACROSS = 0.82
"""Of a text's width, that the stroke spans without a gap."""
INK = 40.0
"""Steps of 255 between ink and ground, at least."""
AS_DARK = 0.5
"""Of the depth of the letters, that the stroke has everywhere: where small letters flow together they are paler."""
LETTERS = 97
"""Percentile of a line's pixels that is in the middle of a letter."""
FINE = 20
"""Pixels of a line's height, below which a gap of one pixel parts two letters; above, a stroke may have such gaps."""
LEAST_LETTERS = 3
LINE = 1.7
"""Times the usual height, up to which a block is a single line."""


def find_strikes(pixels: NDArray[np.uint8], passages: Sequence[Passage]) -> tuple[Ruling, ...]:
    """Find the strokes through text blocks of one line, each as a ruling across the block."""
    height, width = pixels.shape[:2]
    boxed = [(passage, passage.box) for passage in passages if passage.box is not None]
    heights = sorted(box.h * height for _, box in boxed)
    usual = heights[len(heights) // 2] if heights else 0.0
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    return tuple(
        Ruling(begin=Point(x=box.x, y=box.y + box.h / 2), end=Point(x=min(1.0, box.x + box.w), y=box.y + box.h / 2))
        for passage, box in boxed
        if passage.end - passage.start >= LEAST_LETTERS
        and box.h * height < LINE * usual
        and _is_struck(grey, box, width, height)
    )


def _is_struck(grey: NDArray[np.uint8], box: Box, width: int, height: int) -> bool:
    left, right = int(box.x * width), int((box.x + box.w) * width)
    top, bottom = int(box.y * height), int((box.y + box.h) * height)
    line = grey[top:bottom, left:right].astype(np.float32)
    first, last = (int(share * (bottom - top)) for share in MIDDLE)
    if line.size == 0 or last <= first:
        return False
    depth = np.abs(line - float(np.median(line)))
    ink = depth[first:last] > max(INK, AS_DARK * float(np.percentile(depth, LETTERS)))
    gap = 0 if bottom - top < FINE else 1
    return max(_longest(row, gap=gap) for row in ink) >= ACROSS * (right - left)


def _longest(row: NDArray[np.bool_], *, gap: int) -> int:
    """Return the length of the longest run of ink, gaps of so many pixels counted in.

    >>> _longest(np.array([1, 1, 0, 1, 0, 0, 1], bool), gap=1)
    4
    """
    places = np.flatnonzero(row)
    if not len(places):
        return 0
    ends = np.flatnonzero(np.diff(places) > gap + 1)
    runs = places[np.append(ends, -1)] - places[np.append(0, ends + 1)] + 1
    return int(runs.max())
