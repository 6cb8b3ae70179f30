"""Closed regions: areas that strokes or changes of colour shut in, whatever drew them.

A region is found as what is left when all boundaries are taken away. So an outline, a filled area without one, and an
outline closed only in the eye (a gap in a pen stroke) are found alike, the last by thickening the boundaries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from journey.sources.layout.canvas import Canvas, Mask, Points
from journey.sources.layout.ink import widest


@dataclass(frozen=True, slots=True)
class _Look:
    """One way of looking for boundaries.

    Attributes:
        sharp: of the words' contrast, how sharp a change of colour is a boundary; above 1, strokes alone are.
        gap: units that are healed, by thickening the boundaries.
        words: what becomes of the words. `apart`: the pieces of ink that are all within a text block go; `wiped`:
            everything in the text blocks goes, since letters may touch an outline; `kept`: nothing goes, since
            a text block may cover a piece of the outline.
    """

    sharp: float
    gap: float = 0.0
    words: Literal["apart", "wiped", "kept"] = "apart"


LOOKS = (
    _Look(0.1),
    _Look(0.3),
    _Look(9.9),
    _Look(0.3, 0.3, "wiped"),
    _Look(0.3, 0.7, "wiped"),
    _Look(0.3, 0.0, "kept"),
)
LEAST = 0.5  # units: the narrower side of a region
MOST_REGIONS = 1500  # more than this in one look is a pattern
AREA = 0.45  # units: a stroke this wide is an area
BLOBS = (0.35, 0.6, 0.9)  # units: of filled shapes, what is left when strokes, then arrow heads are taken away
BLOB_GAP = 0.35


@dataclass(frozen=True, slots=True)
class Region:
    """One closed region: its outer contour on the canvas, what it holds filled in."""

    contour: Points
    x: int
    y: int
    w: int
    h: int
    area: float
    gap: float  # units that were healed to close it
    sharp: float  # of the words' contrast, the change of colour around it
    solid: bool = False
    cut_off: bool = False  # by the edge of the picture


def find_regions(canvas: Canvas) -> Iterator[Region]:
    """Find the closed regions and the filled blobs in every way of looking; the same one may come several times."""
    edges, strokes = _edges(canvas), _thin(canvas)
    for look in LOOKS:
        yield from _closed(_bounds(canvas, edges, strokes, look), canvas.unit, look)
    yield from _blobs(canvas)


def _bounds(canvas: Canvas, edges: NDArray[np.uint8], strokes: Mask, look: _Look) -> Mask:
    bounds = np.where((edges > look.sharp * canvas.ink.depth) | (strokes > 0), 255, 0).astype(np.uint8)
    if look.words == "kept":
        bounds |= canvas.ink.words
    else:
        spoken = cv2.dilate(canvas.ink.words, np.ones((5, 5), np.uint8)) > 0
        bounds[spoken] = strokes[spoken]
    if look.words == "wiped":
        for x, y, w, h in canvas.boxes:
            top, bottom = round(y + 0.1 * h), round(y + 0.9 * h)
            bounds[max(top, 0) : bottom, max(round(x), 0) : round(x + w)] = 0
    if look.gap:
        bounds = np.asarray(cv2.dilate(bounds, _disk(look.gap * canvas.unit)), dtype=np.uint8)
    return bounds


def _thin(canvas: Canvas) -> Mask:
    """Leave out of the strokes what is as wide as an area: the filling of a dark gateway, say."""
    areas = cv2.morphologyEx(canvas.ink.strokes, cv2.MORPH_OPEN, _disk(AREA * canvas.unit))
    return np.where(areas > 0, 0, canvas.ink.strokes).astype(np.uint8)


def _blobs(canvas: Canvas) -> Iterator[Region]:
    """Find filled shapes, and small ones so full of signs that no ground is left in them."""
    joined = cv2.morphologyEx(canvas.ink.strokes, cv2.MORPH_CLOSE, _disk(BLOB_GAP * canvas.unit))
    for width in BLOBS:
        solid = cv2.morphologyEx(joined, cv2.MORPH_OPEN, _disk(width * canvas.unit))
        for contour in cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
            x, y, w, h = cv2.boundingRect(contour)
            points = np.asarray(contour.reshape(-1, 2), dtype=np.int32)
            yield Region(points, x, y, w, h, cv2.contourArea(contour), BLOB_GAP, sharp=1.0, solid=True)


def _edges(canvas: Canvas) -> NDArray[np.uint8]:
    """Measure the change of colour at each pixel: the widest range of a channel in its 3 x 3 neighbourhood."""
    kernel = np.ones((3, 3), np.uint8)
    smooth = cv2.medianBlur(canvas.colours, 3)
    return widest(np.asarray(cv2.morphologyEx(smooth, cv2.MORPH_GRADIENT, kernel), dtype=np.uint8))


def _disk(width: float) -> Mask:
    size = 2 * round(width / 2) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), dtype=np.uint8)


def _closed(bounds: Mask, unit: float, look: _Look) -> Iterator[Region]:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(255 - bounds, connectivity=4)
    height, width = bounds.shape
    pad = round(look.gap * unit / 2)
    narrow = np.minimum(stats[:, 2], stats[:, 3]) + 2 * pad < LEAST * unit
    whole = (stats[:, 2] > 0.98 * width) & (stats[:, 3] > 0.98 * height)
    chosen = np.flatnonzero(~(narrow | whole))
    for label in chosen[chosen > 0][:MOST_REGIONS]:
        x, y, w, h = (int(value) for value in stats[label][:4])
        part = np.where(labels[y : y + h, x : x + w] == label, 255, 0).astype(np.uint8)
        contour = _contour(part, pad) + np.array([x - pad, y - pad], dtype=np.int32)
        cut_off = min(x, y) == 0 or x + w == width or y + h == height
        yield Region(contour, x, y, w, h, cv2.contourArea(contour), look.gap, look.sharp, cut_off=cut_off)


def _contour(part: Mask, pad: int) -> Points:
    """Trace the outer contour of a region, grown back by what its boundaries were thickened."""
    if pad:
        room = cv2.copyMakeBorder(part, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)
        part = np.asarray(cv2.dilate(room, _disk(2 * pad)), dtype=np.uint8)
    contours, _ = cv2.findContours(part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return np.asarray(max(contours, key=cv2.contourArea).reshape(-1, 2), dtype=np.int32)
