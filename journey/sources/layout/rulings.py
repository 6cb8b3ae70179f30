"""Rulings: the long straight lines that run along or down a picture, such as the borders of swimlanes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from journey.sources.layout.canvas import Canvas, Mask

PIECE = 5.0  # units: the straight pieces that lines are put together from
LONG = 0.12  # of the picture's extent in its direction: a ruling is at least this long
LEAST = 6.0  # units: and this
APART = 2.0  # units: pieces of one line lie no farther apart
ASKEW = 0.35  # units: nor farther aside


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line along one direction: `place` across it, from `begin` to `end` along it, in pixels."""

    place: float
    begin: float
    end: float
    begin_place: float
    end_place: float

    @property
    def length(self) -> float:
        """From end to end."""
        return self.end - self.begin


def find_lines(canvas: Canvas, ink: Mask) -> tuple[list[Line], list[Line]]:
    """Find the lines that run along and those that run down."""
    width, height = canvas.size
    least = LEAST * canvas.unit
    along = [line for line in _lines(ink, canvas.unit) if line.length > max(LONG * width, least)]
    down = [line for line in _lines(_turned(ink), canvas.unit) if line.length > max(LONG * height, least)]
    return along, down


def _turned(ink: Mask) -> Mask:
    """Swap the directions, so that what runs down runs along."""
    return np.ascontiguousarray(ink.T)


def _lines(ink: Mask, unit: float) -> list[Line]:
    thick = cv2.dilate(ink, np.ones((5, 1), np.uint8))
    straight = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, round(PIECE * unit)), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(straight, connectivity=8)
    pieces = [_piece(labels, label, stats[label]) for label in range(1, count) if stats[label][3] < 1.5 * unit]
    return _joined(sorted(pieces, key=lambda line: line.begin), unit)


def _piece(labels: np.ndarray, label: int, stat: np.ndarray) -> Line:
    x, y, w, h = (int(value) for value in stat[:4])
    part = labels[y : y + h, x : x + w] == label
    left, right = (float(np.flatnonzero(part[:, column]).mean()) for column in (0, w - 1))
    return Line(y + (left + right) / 2, x, x + w - 1, y + left, y + right)


def _joined(pieces: Sequence[Line], unit: float) -> list[Line]:
    """Put pieces together that go on from each other."""
    lines: list[Line] = []
    for piece in pieces:
        before = [line for line in lines if _goes_on(line, piece, unit)]
        if not before:
            lines.append(piece)
            continue
        line = min(before, key=lambda found: abs(found.end_place - piece.begin_place))
        lines.remove(line)
        lines.append(_sum(line, piece))
    return lines


def _goes_on(line: Line, piece: Line, unit: float) -> bool:
    return piece.begin - line.end < APART * unit and abs(piece.begin_place - line.end_place) < ASKEW * unit


def _sum(line: Line, piece: Line) -> Line:
    end, end_place = max((line.end, line.end_place), (piece.end, piece.end_place))
    return Line((line.begin_place + end_place) / 2, line.begin, end, line.begin_place, end_place)


def without_lines(ink: Mask, along: Sequence[Line], down: Sequence[Line]) -> Mask:
    """Take lines out of the ink and leave what crosses them, as staff lines are taken out of music."""
    left = _without(ink, along)
    return np.ascontiguousarray(_without(_turned(left), down).T)


def _without(ink: Mask, lines: Sequence[Line]) -> Mask:
    drawn = np.zeros_like(ink)
    for line in lines:
        begin, end = (round(line.begin), round(line.begin_place)), (round(line.end), round(line.end_place))
        cv2.line(drawn, begin, end, 255, 11)
    crossing = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((11, 1), np.uint8))
    return np.where((drawn > 0) & (crossing == 0), 0, ink).astype(np.uint8)
