"""Strokes as lines of one pixel: thinned, and cut into arms where they meet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from journey.sources.layout.canvas import Mask

AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))  # row, column; clockwise from above


@dataclass(frozen=True, slots=True)
class Arm:
    """A piece of a line between two ends or meetings: its pixels in order, x then y."""

    points: NDArray[np.float64]
    meets: tuple[int, int]  # the meeting at its first and at its last pixel; -1 for a loose end

    @property
    def length(self) -> float:
        """Along the line, in pixels."""
        steps = np.diff(self.points, axis=0)
        return float(np.hypot(steps[:, 0], steps[:, 1]).sum())


@cache
def _weights() -> NDArray[np.float32]:
    kernel = np.zeros((3, 3), np.float32)
    for bit, (row, column) in enumerate(AROUND):
        kernel[1 + row, 1 + column] = 1 << bit
    return kernel


@cache
def _rules() -> tuple[Mask, Mask, Mask]:
    """Tabulate, for each of the 256 neighbourhoods, who goes in either half step, and who is a meeting."""
    first, second, meeting = (np.zeros(256, np.uint8) for _ in range(3))
    for code in range(256):
        p = [code >> bit & 1 for bit in range(8)]
        changes = sum(p[i] == 0 and p[(i + 1) % 8] == 1 for i in range(8))
        meeting[code] = 255 if changes >= 3 else 0
        if 2 <= sum(p) <= 6 and changes == 1:
            first[code] = 255 if not p[0] * p[2] * p[4] and not p[2] * p[4] * p[6] else 0
            second[code] = 255 if not p[0] * p[2] * p[6] and not p[0] * p[4] * p[6] else 0
    return first, second, meeting


def _codes(ink: Mask) -> NDArray[np.uint8]:
    """Encode each pixel's eight neighbours in a byte."""
    filtered = cv2.filter2D(ink & 1, cv2.CV_32F, _weights(), borderType=cv2.BORDER_CONSTANT)
    return filtered.astype(np.uint8)


def thin(ink: Mask) -> Mask:
    """Thin strokes to lines of one pixel (Zhang and Suen, A fast parallel algorithm for thinning, 1984)."""
    line = ink.copy()
    while True:
        gone = 0
        for rule in _rules()[:2]:
            leaving = cv2.bitwise_and(cv2.LUT(_codes(line), rule), line)
            gone += cv2.countNonZero(leaving)
            line = np.asarray(cv2.subtract(line, leaving), dtype=np.uint8)
        if not gone:
            return line


def find_arms(line: Mask) -> list[Arm]:
    """Cut thinned lines at their meetings and put each arm's pixels in order."""
    meeting = cv2.bitwise_and(cv2.LUT(_codes(line), _rules()[2]), line)
    meeting = cv2.dilate(meeting, np.ones((3, 3), np.uint8))
    places = np.asarray(cv2.connectedComponents(meeting, connectivity=8)[1], dtype=np.int32)
    rest = cv2.bitwise_and(line, 255 - meeting)
    _, labels = cv2.connectedComponents(rest, connectivity=8)
    rows, columns = np.nonzero(labels)
    order = np.argsort(labels[rows, columns], kind="stable")
    rows, columns = rows[order], columns[order]
    cuts = np.flatnonzero(np.diff(labels[rows, columns])) + 1
    groups = zip(np.split(rows, cuts), np.split(columns, cuts), strict=True)
    return [_arm(ys, xs, places) for ys, xs in groups if len(ys)]


def _arm(rows: NDArray[np.intp], columns: NDArray[np.intp], places: NDArray[np.int32]) -> Arm:
    points = _walk({(int(x), int(y)) for y, x in zip(rows, columns, strict=True)})
    first, last = _meetings(points[0], places), _meetings(points[-1], places)
    meets = (min(first), max(last)) if len(points) == 1 else (max(first), max(last))
    return Arm(np.array(points, dtype=np.float64), meets)


def _walk(pixels: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Order the pixels of one line from one of its ends to the other."""
    ends = [pixel for pixel in pixels if len(_next_to(pixel, pixels)) == 1]
    here = min(ends or pixels)
    way = [here]
    left = pixels - {here}
    while near := _next_to(here, left):
        here = min(near, key=lambda pixel: abs(pixel[0] - here[0]) + abs(pixel[1] - here[1]))
        way.append(here)
        left.discard(here)
    return way


def _next_to(pixel: tuple[int, int], pixels: set[tuple[int, int]]) -> list[tuple[int, int]]:
    x, y = pixel
    return [near for row, column in AROUND if (near := (x + column, y + row)) in pixels]


def _meetings(end: tuple[int, int], places: NDArray[np.int32]) -> list[int]:
    """Find the meetings that an end touches; -1 stands for none."""
    x, y = end
    near = np.unique(places[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2])
    return [int(place) - 1 for place in near if place] or [-1]
