"""Closed regions: areas that strokes or changes of colour shut in, whatever drew them.

A region is found as what is left when all boundaries are taken away. So an outline, a filled area without one, and an
outline closed only in the eye (a gap in a pen stroke) are found alike, the last by thickening the boundaries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
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
GRAINS = (0.1, 0.15, 0.2, 0.3, 0.4, 9.9)  # of the words' contrast: the sharpness up to which changes may be grain
GRAINY = 0.05  # of the blank ground, that changes as sharp may cover: squared paper and the grain of a photo cover more
SMALL_HOLE = 3.0  # units: holes up to this wide, as a gateway's around its sign, are filled to make a blob
SEEN, ASIDE = 0.2, 0.3  # of the words' contrast, and units aside: where a contour counts as drawn
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
    drawn: float = 1.0  # the share of its contour that is a stroke or a change of colour


def find_regions(canvas: Canvas) -> Iterator[Region]:
    """Find the closed regions and the filled blobs in every way of looking; the same one may come several times."""
    edges, strokes = _edges(canvas), _thin(canvas)
    grain = _grain(canvas, edges)
    seen = _seen(canvas, edges > max(SEEN, grain) * canvas.ink.depth)
    for look in dict.fromkeys(replace(look, sharp=max(look.sharp, grain)) for look in LOOKS):
        bounds = _bounds(canvas, edges, strokes, look)
        if not look.gap:
            yield from _closed(bounds, canvas.unit, look)
            continue
        healed = np.asarray(cv2.dilate(bounds, _disk(look.gap * canvas.unit)), dtype=np.uint8)
        for region in _closed(healed, canvas.unit, look):
            yield replace(region, drawn=_drawn(region, seen))
    yield from _blobs(canvas)


def _grain(canvas: Canvas, edges: NDArray[np.uint8]) -> float:
    """Tell from which sharpness on a change of colour is more than the grain of the paper, or its printed squares."""
    marked = cv2.dilate(canvas.ink.strokes | canvas.ink.words, np.ones((9, 9), np.uint8))
    for x, y, w, h in canvas.boxes.astype(int):
        marked[max(y, 0) : y + h, max(x, 0) : x + w] = 255
    blank = edges[marked == 0]
    if not blank.size:
        return 0.0
    covered = {grain: float((blank > grain * canvas.ink.depth).mean()) for grain in GRAINS}
    return next((grain for grain in GRAINS if covered[grain] <= GRAINY), GRAINS[-1])


def _seen(canvas: Canvas, sharp: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Mark what lies near a stroke, a word or a sharp change of colour."""
    drawn = np.where(sharp, 255, canvas.ink.strokes | canvas.ink.words).astype(np.uint8)
    return np.asarray(cv2.dilate(drawn, _disk(ASIDE * canvas.unit)) > 0, dtype=np.bool_)


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
    return bounds


def _drawn(region: Region, seen: NDArray[np.bool_]) -> float:
    """Tell for what share of its hull something is drawn there."""
    hull = np.asarray(cv2.convexHull(region.contour), dtype=np.int32)
    x, y, w, h = cv2.boundingRect(hull)
    ring = np.zeros((h, w), np.uint8)
    cv2.polylines(ring, [hull - np.array([x, y], dtype=np.int32)], isClosed=True, color=1)
    return float(seen[y : y + h, x : x + w][ring > 0].mean())


def _thin(canvas: Canvas) -> Mask:
    """Leave out of the strokes what is as wide as an area: the filling of a dark gateway, say."""
    areas = cv2.morphologyEx(canvas.ink.strokes, cv2.MORPH_OPEN, _disk(AREA * canvas.unit))
    return np.where(areas > 0, 0, canvas.ink.strokes).astype(np.uint8)


def _blobs(canvas: Canvas) -> Iterator[Region]:
    """Find filled shapes, and small ones so full of signs that no ground is left in them."""
    filled = canvas.ink.strokes.copy()
    small = [hole for hole in _holes(filled, 0.0) if max(cv2.boundingRect(hole)[2:]) < SMALL_HOLE * canvas.unit]
    cv2.drawContours(filled, small, -1, 255, cv2.FILLED)
    joined = cv2.morphologyEx(filled, cv2.MORPH_CLOSE, _disk(BLOB_GAP * canvas.unit))
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
    height, width = bounds.shape
    pad = round(look.gap * unit / 2)
    for hole in islice(_holes(bounds, LEAST * unit - 2 * pad), MOST_REGIONS):
        x, y, w, h = cv2.boundingRect(hole)
        if w > 0.98 * width and h > 0.98 * height:
            continue
        whole = _grown_back(hole, pad) if pad else hole
        contour = np.clip(whole, 0, np.array([width - 1, height - 1])).astype(np.int32)
        cut_off = min(x, y) < 0 or x + w > width or y + h > height
        x, y, w, h = cv2.boundingRect(contour)
        yield Region(contour, x, y, w, h, cv2.contourArea(contour), look.gap, look.sharp, cut_off=cut_off)


def _holes(bounds: Mask, least: float) -> Iterator[Points]:
    """Trace what the boundaries shut in, the edge of the picture being one; a contour runs on the boundary itself."""
    framed = cv2.copyMakeBorder(bounds, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=255)
    contours, tree = cv2.findContours(framed, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE, offset=(-1, -1))
    for contour, (_, _, _, parent) in zip(contours, tree[0], strict=True):
        if parent >= 0 and min(cv2.boundingRect(contour)[2:]) - 2 >= least:
            yield np.asarray(contour.reshape(-1, 2), dtype=np.int32)


def _grown_back(hole: Points, pad: int) -> Points:
    """Return the outer contour of a region, grown back by what its boundaries were thickened."""
    x, y, w, h = cv2.boundingRect(hole)
    corner = np.array([x - pad, y - pad], dtype=np.int32)
    room = np.zeros((h + 2 * pad, w + 2 * pad), np.uint8)
    cv2.fillPoly(room, [hole - corner], 255)
    grown = cv2.dilate(room, _disk(2 * pad - 2))
    contours, _ = cv2.findContours(grown, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return np.asarray(max(contours, key=cv2.contourArea).reshape(-1, 2), dtype=np.int32) + corner
