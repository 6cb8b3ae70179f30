"""Arrow heads: the ink that stands out on both sides of a line where it reaches a shape."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from journey.sources.layout.canvas import Mask

RADIUS = 0.9  # units: how far from the end a head is looked for
REACH = 1.8  # units: how far a line may end before the shape
CONE = 1.2  # a head is slim where it touches: so much wider at most, to either side, than far from its tip
TIP = 0.25  # units by which the tip may be missed
NECK, SHAFT = 0.7, 1.3  # units from the end: where the longest head has ended, and how far the line is looked at
HEAD = 0.012  # square units of ink on both sides, from which on it is a head


def head_weight(ink: Mask, shapes: Mask, line: NDArray[np.float64], unit: float) -> float:
    """Weigh the ink beside the end of a line, in square units: twice that of the side which has less.

    Filled, hollow and open heads all stand out on both sides; a bend or a neighbour stands out on one. The line is
    taken from behind the head, where it is a line still, and prolonged to the shape.

    Args:
        ink: what is drawn outside the shapes.
        shapes: their ground, with their borders.
        line: the points of the line from its end on, x then y.
    """
    away = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    shaft = line[(away >= NECK * unit) & (away <= SHAFT * unit)]
    if away[-1] < SHAFT * unit:
        shaft = line[[0, len(line) // 2, -1]] if len(line) > 2 else shaft[:0]
    way = shaft[0] - shaft[-1] if len(shaft) > 2 else np.zeros(2)
    if not way.any():
        return 0.0
    way /= np.hypot(*way)
    end = shaft[0] + way * ((line[0] - shaft[0]) @ way)
    tip = _tip(shapes, end, way, unit)
    out = _ink_around(ink, tip, min(RADIUS * unit, 0.55 * float(away[-1] + np.hypot(*(tip - line[0]))) + 1)) - tip
    behind = -(out @ way)
    aside = way[0] * out[:, 1] - way[1] * out[:, 0]
    aside = aside[np.abs(aside) < CONE * (behind + TIP * unit)]
    margin = _half_width(ink, shaft) + 1.0
    sides = (int((aside > margin).sum()), int((aside < -margin).sum()))
    return 2 * min(sides) / unit**2


def _tip(shapes: Mask, end: NDArray[np.float64], way: NDArray[np.float64], unit: float) -> NDArray[np.float64]:
    """Prolong a line to the shape it reaches."""
    for step in range(round(REACH * unit)):
        x, y = (int(value) for value in end + step * way)
        if not (0 <= y < shapes.shape[0] and 0 <= x < shapes.shape[1]) or shapes[y, x]:
            return end + step * way
    return end


def _ink_around(ink: Mask, place: NDArray[np.float64], reach: float) -> NDArray[np.float64]:
    x, y = place
    left, top = max(int(x - reach), 0), max(int(y - reach), 0)
    rows, columns = np.nonzero(ink[top : int(y + reach) + 1, left : int(x + reach) + 1])
    pixels = np.stack([columns + left, rows + top], axis=1).astype(np.float64)
    return np.asarray(pixels[np.hypot(pixels[:, 0] - x, pixels[:, 1] - y) <= reach], dtype=np.float64)


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
