"""Outlines: the closed regions that have the form of a shape, each once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from journey.sources.layout.canvas import Canvas, Mask, Points
from journey.sources.layout.regions import Region

Kind = Literal["rectangle", "rounded", "diamond", "ellipse", "other"]

GRAIN = 48  # forms are compared at this many pixels a side
CLEAR = 0.86  # the overlap with an ideal form from which a region is a shape, whatever it holds
LIKELY = 0.76  # the same with words in it: hands draw askew
SIGNS, SMALL = {"diamond", "ellipse"}, 5.0  # the same for gateways and events, without words; their width, in units
SOLID = 0.85  # of its convex hull, what a region fills at least
SHARP = 0.3  # of the words' contrast: a region without words is bounded at least this sharply
LEAST = 0.75  # units: the narrower side of a shape
LEAST_BLOB = 1.2  # units: the same of a blob; arrow heads are smaller
WORDED, GAPPED, EMPTY = 0.3, 0.25, 0.04  # what words, healed gaps (a unit) and width (a doubling) weigh against form
BLOTTED = 0.15  # what it weighs that a shape is a blob
CONVEX = 0.93  # of its hull, what a region fills to be taken for it: letters that touch the border leave notches
THICKEST = 0.6  # units: the widest border


@dataclass(frozen=True, slots=True)
class Outline:
    """A shape on the canvas.

    Attributes:
        hull: its convex outline, border included.
        fit: overlap with the ideal form, 0 to 1.
        gap: units healed to close it.
        border: its width, in pixels.
        held: positions of the passages whose middle lies in it.
        solid: whether it is a filled blob.
    """

    kind: Kind
    hull: Points
    x: int
    y: int
    w: int
    h: int
    fit: float
    gap: float
    border: int
    held: frozenset[int]
    solid: bool = False

    @property
    def area(self) -> int:
        """Of the box around it."""
        return self.w * self.h

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box around it."""
        return self.x + self.w / 2, self.y + self.h / 2

    def contains(self, other: Outline, *, slack: float = 0.0) -> bool:
        """Tell whether another outline lies in this one, but for a few pixels."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.x + other.w <= self.x + self.w + slack
            and other.y + other.h <= self.y + self.h + slack
        )


def find_outlines(canvas: Canvas, regions: Iterable[Region]) -> list[Outline]:
    """Choose the regions that look like shapes, the best of each place, from small to large."""
    found = [outline for region in regions if (outline := _outline(canvas, region))]
    found.sort(key=lambda outline: _worth(outline, canvas.unit), reverse=True)
    kept: list[Outline] = []
    for outline in found:
        if not any(_same_place(outline, other) or _cuts(outline, other) for other in kept):
            kept.append(outline)
    grown: list[Outline] = []
    for outline in (_with_border(canvas, outline) for outline in kept):
        if not any(_same_place(outline, other) for other in grown):
            grown.append(outline)
    large = [o for o in grown if min(o.w, o.h) >= LEAST * canvas.unit and not _is_face(canvas, o)]
    return sorted(large, key=lambda outline: outline.area)


def _worth(outline: Outline, unit: float) -> float:
    """Weigh an outline against others in its place: by its form, its words, and how little ground it covers."""
    words = WORDED if outline.held else 0.0
    empty = EMPTY * np.log2(max(outline.area / unit**2, 1.0)) if outline.kind in {"rectangle", "rounded"} else 0.0
    return float(outline.fit + words - empty - GAPPED * outline.gap - (BLOTTED if outline.solid else 0.0))


def _outline(canvas: Canvas, region: Region) -> Outline | None:
    hull = np.asarray(cv2.convexHull(region.contour).reshape(-1, 2), dtype=np.int32)
    if region.area < SOLID * cv2.contourArea(hull):
        return None
    kind, fit = _form(hull)
    held = _held(canvas, hull if region.area > CONVEX * cv2.contourArea(hull) else region.contour)
    sign = kind in SIGNS and max(region.w, region.h) < SMALL * canvas.unit and not region.gap
    if fit < (LIKELY if held or sign else CLEAR) or not _is_likely(region, kind, canvas.unit, held=bool(held)):
        return None
    return Outline(kind, hull, region.x, region.y, region.w, region.h, fit, region.gap, 0, held, region.solid)


def _is_likely(region: Region, kind: Kind, unit: float, *, held: bool) -> bool:
    """Doubt what has no words: pale cells of squared paper, and blobs that are neither an event nor a gateway."""
    if region.solid:
        return kind in {"ellipse", "diamond"} and min(region.w, region.h) > LEAST_BLOB * unit
    return held or (region.sharp >= SHARP and not region.cut_off)


def _form(hull: Points) -> tuple[Kind, float]:
    """Name the ideal form that a hull overlaps best, and the overlap (intersection over union)."""
    x, y, w, h = cv2.boundingRect(hull)
    scaled = (hull - (x, y)) * ((GRAIN - 1) / np.array([max(w - 1, 1), max(h - 1, 1)]))
    drawn = np.zeros((GRAIN, GRAIN), np.uint8)
    cv2.fillPoly(drawn, [np.round(scaled).astype(np.int32)], 1)
    fits = {kind: _overlap(drawn > 0, form) for kind, form in _forms(round(min(max(w / h, 0.2), 5.0), 1))}
    best = max(fits, key=lambda kind: fits[kind])
    if best == "ellipse" and (leaning := _leaning(hull, w * h)):
        return "diamond", leaning
    return best, fits[best]


def _leaning(hull: Points, upright: float) -> float:
    """Tell a diamond with blunt corners from an ellipse: its smallest box leans; returns how well it fills that."""
    _, (width, height), _ = cv2.minAreaRect(hull)
    leaning = width * height
    return cv2.contourArea(hull) / leaning if leaning < 0.8 * upright else 0.0


def _overlap(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    return float((one & other).sum() / max((one | other).sum(), 1))


@cache
def _forms(aspect: float) -> tuple[tuple[Kind, NDArray[np.bool_]], ...]:
    """Draw the ideal forms, squeezed into a square; round corners are as wide as high before that."""
    across, down = np.meshgrid(*[np.abs(np.linspace(-1, 1, GRAIN))] * 2)
    reach = 0.6  # of the shorter half side, the radius of round corners
    wide, tall = (reach / aspect, reach) if aspect > 1 else (reach, reach * aspect)
    corner = (across > 1 - wide) & (down > 1 - tall)
    cut = ((across - 1 + wide) / wide) ** 2 + ((down - 1 + tall) / tall) ** 2 > 1
    return (
        ("rectangle", np.ones((GRAIN, GRAIN), dtype=bool)),
        ("rounded", ~(corner & cut)),
        ("ellipse", across**2 + down**2 <= 1),
        ("diamond", across + down <= 1),
    )


def _held(canvas: Canvas, contour: Points) -> frozenset[int]:
    middles = canvas.boxes[:, :2] + canvas.boxes[:, 2:] / 2
    shape = contour.astype(np.float32)
    return frozenset(
        place
        for place, (x, y) in enumerate(middles)
        if cv2.pointPolygonTest(shape, (float(x), float(y)), measureDist=False) >= 0
    )


def _same_place(one: Outline, other: Outline) -> bool:
    """Tell whether two regions are one shape: nearly the same box, or rings around the same middle."""
    across = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
    down = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
    if across <= 0 or down <= 0:
        return False
    shared = across * down
    return shared / (one.area + other.area - shared) > 0.6


def _cuts(one: Outline, other: Outline) -> bool:
    """Tell whether two outlines cut each other, as a face between arrows and the box they meet do.

    An event may sit on the border of its task.
    """
    small, large = sorted((one, other), key=lambda outline: outline.area)
    if small.kind == "ellipse" and small.area < 0.3 * large.area and small.fit > CLEAR:
        return False
    if large.x > small.x + small.w or small.x > large.x + large.w:
        return False
    shared, _ = cv2.intersectConvexConvex(small.hull.astype(np.float32), large.hull.astype(np.float32))
    return bool(0.08 < shared / max(cv2.contourArea(small.hull), 1.0) < 0.9)


def _with_border(canvas: Canvas, outline: Outline) -> Outline:
    """Grow an outline by its border: as long as most of the next ring around it is ink."""
    reach = round(THICKEST * canvas.unit) + 4
    x, y = max(outline.x - reach, 0), max(outline.y - reach, 0)
    part = (slice(y, outline.y + outline.h + reach), slice(x, outline.x + outline.w + reach))
    near = (canvas.ink.strokes[part] | canvas.ink.words[part]) > 0
    grown = np.zeros(near.shape, np.uint8)
    cv2.fillPoly(grown, [outline.hull - np.array([x, y], dtype=np.int32)], 255)
    border = 0
    for width in range(1, reach):
        wider = _ring_wider(grown, diagonal=width % 2 == 0)
        ring = (wider > 0) & (grown == 0)
        grown = wider
        if near[ring].mean() > 0.5:
            border = width
        elif width > border + 3:
            break
    return _grown(canvas, outline, border)


def _ring_wider(grown: Mask, *, diagonal: bool) -> Mask:
    """Widen by a pixel, squarely and crosswise in turns, so that corners stay about round."""
    form = cv2.MORPH_RECT if diagonal else cv2.MORPH_CROSS
    return np.asarray(cv2.dilate(grown, cv2.getStructuringElement(form, (3, 3))), dtype=np.uint8)


def _grown(canvas: Canvas, outline: Outline, border: int) -> Outline:
    if not border:
        return outline
    middle = np.array(outline.middle)
    half = np.array([outline.w / 2, outline.h / 2])
    hull = np.round(middle + (outline.hull - middle) * (half + border) / half).astype(np.int32)
    width, height = canvas.size
    hull = np.clip(hull, 0, np.array([width - 1, height - 1], dtype=np.int32))
    x, y, w, h = cv2.boundingRect(hull)
    return replace(outline, hull=hull, x=x, y=y, w=w, h=h, border=border)


def _is_face(canvas: Canvas, outline: Outline) -> bool:
    """Tell whether a box without words is ground between lines: two of its sides or more run on beyond its corners."""
    if sum(canvas.letters[passage] for passage in outline.held) > 1 or outline.kind not in {"rectangle", "rounded"}:
        return False
    reach, band = round(canvas.unit), 2 + outline.border
    left, top, right, bottom = outline.x, outline.y, outline.x + outline.w, outline.y + outline.h
    beyond = 0
    for y in (top, bottom):
        beyond += _runs(
            canvas.ink.strokes[max(y - band, 0) : y + band, max(left - reach, 0) : max(left - 3, 0)], axis=0
        )
        beyond += _runs(canvas.ink.strokes[max(y - band, 0) : y + band, right + 3 : right + reach], axis=0)
    for x in (left, right):
        beyond += _runs(canvas.ink.strokes[max(top - reach, 0) : max(top - 3, 0), max(x - band, 0) : x + band], axis=1)
        beyond += _runs(canvas.ink.strokes[bottom + 3 : bottom + reach, max(x - band, 0) : x + band], axis=1)
    return beyond >= 2


def _runs(strip: Mask, *, axis: int) -> bool:
    return bool(strip.size) and float((strip > 0).any(axis=axis).mean()) > 0.7
