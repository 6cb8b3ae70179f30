"""Arrow heads: the ink that stands out on both sides of a line where it reaches a shape."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from journey.sources.layout.canvas import Mask

RADIUS = 0.9  # units: how far from the end a head is looked for
REACH = 1.8  # units: how far a line may end before the shape
CONE, TIP = (
    1.2,
    0.25,
)  # a head is slim where it touches: so wide at most behind its tip, which may lie so many units off
NECK = 0.65  # units: how long the longest head is
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
    shaft = line[(away >= NECK * unit) & (away <= 2 * NECK * unit)]
    if away[-1] < 2 * NECK * unit:
        shaft = line[[0, len(line) // 2, -1]] if len(line) > 2 else shaft[:0]
    way = shaft[0] - shaft[-1] if len(shaft) > 2 else np.zeros(2)
    if not way.any():
        return 0.0
    way /= np.hypot(*way)
    tip = _tip(shapes, line[0], way, unit)
    out = _ink_around(ink, tip, min(RADIUS * unit, 0.55 * float(away[-1] + np.hypot(*(tip - line[0]))) + 1)) - tip
    behind = -(out @ way)
    aside = way[0] * out[:, 1] - way[1] * out[:, 0] - _offset(shaft[0] - tip, way)
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


def _offset(place: NDArray[np.float64], way: NDArray[np.float64]) -> float:
    """Tell how far a place lies aside of a way through the origin."""
    return float(way[0] * place[1] - way[1] * place[0])


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
