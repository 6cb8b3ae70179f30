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
"""Steps of 255 between ink and ground."""
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
    top, bottom = (int((box.y + share * box.h) * height) for share in MIDDLE)
    line = grey[int(box.y * height) : int((box.y + box.h) * height), left:right].astype(np.float32)
    if line.size == 0 or bottom <= top:
        return False
    part = grey[top:bottom, left:right].astype(np.float32)
    ink = np.abs(part - float(np.median(line))) > INK
    return bool(max((_longest(row) for row in ink), default=0) >= ACROSS * (right - left))


def _longest(row: NDArray[np.bool_]) -> int:
    """Return the length of the longest run of ink, a gap of one pixel counted in."""
    longest = run = gap = 0
    for is_ink in row.tolist():
        gap = 0 if is_ink else gap + 1
        run = run + 1 if gap < 2 else 0
        longest = max(longest, run)
    return longest
