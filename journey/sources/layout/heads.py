"""Arrow heads: the ink that stands out on both sides of a line where it reaches a shape."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from journey.sources.layout.canvas import Mask

RADIUS = 0.9  # units: how far from the end a head is looked for
NECK = 0.65  # units: how long the longest head is
HEAD = 0.025  # square units of ink on both sides, from which on it is a head


def head_weight(ink: Mask, line: NDArray[np.float64], unit: float) -> float:
    """Weigh the ink beside the end of a line, in square units: twice that of the side which has less.

    Filled, hollow and open heads all stand out on both sides; a bend or a neighbour stands out on one. The line is
    taken from behind the head, where it is a line still, and prolonged.

    Args:
        ink: what is drawn outside the shapes.
        line: the points of the line from its end on, x then y.
    """
    away = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    shaft = line[(away >= NECK * unit) & (away <= 2 * NECK * unit)]
    if away[-1] < 2 * NECK * unit:
        shaft = line[[0, len(line) // 2, -1]] if len(line) > 2 else shaft[:0]
    pixels = _ink_around(ink, line[0], min(RADIUS * unit, 0.55 * float(away[-1]) + 1))
    if len(shaft) < 3 or not len(pixels):
        return 0.0
    way = shaft[0] - shaft[-1]
    out = pixels - shaft[0]
    aside = (way[0] * out[:, 1] - way[1] * out[:, 0]) / max(float(np.hypot(*way)), 1.0)
    margin = _half_width(ink, shaft) + 1.0
    sides = (int((aside > margin).sum()), int((aside < -margin).sum()))
    return 2 * min(sides) / unit**2


def _ink_around(ink: Mask, place: NDArray[np.float64], reach: float) -> NDArray[np.float64]:
    x, y = place
    left, top = max(int(x - reach), 0), max(int(y - reach), 0)
    rows, columns = np.nonzero(ink[top : int(y + reach) + 1, left : int(x + reach) + 1])
    pixels = np.stack([columns + left, rows + top], axis=1).astype(np.float64)
    return pixels[np.hypot(pixels[:, 0] - x, pixels[:, 1] - y) <= reach]


def _half_width(ink: Mask, line: NDArray[np.float64]) -> float:
    """Measure half the width of a line away from its end."""
    if not len(line):
        return 1.5
    left, top = (int(value) for value in line.min(axis=0))
    right, bottom = (int(value) for value in line.max(axis=0))
    margin = 6
    left, top = max(left - margin, 0), max(top - margin, 0)
    depth = cv2.distanceTransform(ink[top : bottom + margin + 1, left : right + margin + 1], cv2.DIST_L2, 3)
    return float(np.median(depth[line[:, 1].astype(int) - top, line[:, 0].astype(int) - left]))
