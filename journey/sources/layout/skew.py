"""Skew: by how much the straight lines of a picture miss the horizontal and the vertical."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]

PIECE = 3.0  # units: straight pieces at least this long count
ENOUGH = 25.0  # units of straight pieces, from which on they tell a skew
MOST = 5.0  # degrees: more than this is how the picture was drawn
LEAST = 0.35  # degrees


def find_skew(strokes: Mask, unit: float) -> float:
    """Return the degrees, clockwise, by which the drawing is turned; 0 where it is straight or cannot be told.

    Args:
        strokes: 255 where there is ink.
        unit: the height of a line of text, in pixels.
    """
    small = cv2.resize(strokes, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = np.where(small > 60, 255, 0).astype(np.uint8)
    found = [*_slopes(ink, unit / 2), *((-slope, length) for slope, length in _slopes(_turned(ink), unit / 2))]
    if sum(length for _, length in found) < ENOUGH * unit / 2:
        return 0.0
    slopes, lengths = np.array(sorted(found)).T
    middle = slopes[np.searchsorted(np.cumsum(lengths), lengths.sum() / 2)]
    degrees = float(np.degrees(np.arctan(middle)))
    return degrees if LEAST < abs(degrees) < MOST else 0.0


def _turned(ink: Mask) -> Mask:
    return np.ascontiguousarray(ink.T)


def _slopes(ink: Mask, unit: float) -> Iterator[tuple[float, float]]:
    """Yield the slope and the length of every straight piece that runs along."""
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    straight = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, round(PIECE * unit)), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(straight, connectivity=8)
    for label in range(1, count):
        x, y, w, h = (int(value) for value in stats[label][:4])
        if h < unit:
            rows, columns = np.nonzero(labels[y : y + h, x : x + w] == label)
            yield float(np.polyfit(columns, rows, 1)[0]), float(w)
