"""Colours of an image: how far two lie apart, and areas that stand out from what lies around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from journey.model.picture import Box

Pixels = NDArray[np.uint8]

LONGEST = 1400
"""Pixels of the longer side at which areas are sought; more only adds noise."""
LEAST_AREA, MOST_AREA = 0.0006, 0.7
"""Of the image, that an area may fill."""
FULLNESS = 0.78
"""Share of its own hull that an area fills: a card does, the ground around cards does not."""
STANDS_OUT = 5.0
"""Difference in CIELAB between an area and its surroundings; about two are just noticeable."""
STRENGTHS = ((25, 8), (60, 20), (90, 40))
"""Pairs: how strongly to smooth, and the weakest edge to see."""
SAME = 0.8
"""Share of the larger of two areas that both cover, from which they are one."""
WORDS = 0.12
"""Of an area's shorter side: gaps up to this are letters at its border."""
MARGIN = 6
"""Pixels around an area that are looked at for its surroundings."""


@dataclass(frozen=True, slots=True)
class Area:
    """A coloured region: its hull in pixels, (n, 2), and its colour."""

    hull: NDArray[np.float32]
    colour: str

    @property
    def size(self) -> float:
        """The area of the hull, in square pixels."""
        return float(cv2.contourArea(self.hull))

    def box(self, width: int, height: int) -> Box:
        """Return the upright box around it, in fractions of an image of this extent."""
        left, top = np.clip(self.hull.min(axis=0), 0, (width, height))
        right, bottom = np.clip(self.hull.max(axis=0), 0, (width, height))
        return Box(
            x=float(left / width),
            y=float(top / height),
            w=float((right - left) / width),
            h=float((bottom - top) / height),
        )


def to_hex(rgb: Sequence[float] | NDArray[np.floating]) -> str:
    """Return #rrggbb.

    >>> to_hex([255, 0, 9.6])
    '#ff000a'
    """
    return "#" + "".join(f"{min(255, max(0, round(float(value)))):02x}" for value in rgb)


def to_lab(colour: str) -> NDArray[np.float32]:
    """Return the CIELAB values of #rrggbb: lightness 0 to 100, then green to red, then blue to yellow.

    >>> [round(float(value)) for value in to_lab("#ffffff")]
    [100, 0, 0]
    """
    rgb = np.array([[[int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]]], np.float32)
    lab: NDArray[np.float32] = cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB)[0, 0].astype(np.float32)
    return lab


def difference(one: str, other: str) -> float:
    """Return how far two colours lie apart in CIELAB (Delta E 1976).

    >>> difference("#ffffff", "#ffffff"), difference("#ffffff", "#000000") > 99
    (0.0, True)
    """
    return float(np.linalg.norm(to_lab(one) - to_lab(other)))


def find_areas(pixels: Pixels) -> list[Area]:
    """Find regions of one colour that stand out from what lies around them, the smallest first.

    An area is what the edges of the picture enclose; the words on it are holes, which its hull fills. Edges are sought
    at several strengths: a weak one finds pale cards, a strong one is not led astray by the grain of a photo.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, LONGEST / max(height, width))
    small = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    found: list[Area] = []
    for blur, weak in STRENGTHS:
        smooth = np.asarray(cv2.bilateralFilter(small, 7, blur, 5), np.uint8)
        found += [area for area in _enclosed(smooth, weak) if not any(_same(area, known) for known in found)]
    found.sort(key=lambda area: area.size)
    return [Area(area.hull / scale, area.colour) for area in found]


def _same(one: Area, other: Area) -> bool:
    """Whether two hulls are nearly one: they share most of what either covers."""
    shared = cv2.intersectConvexConvex(one.hull, other.hull)[0]
    return shared > SAME * max(one.size, other.size)


def _enclosed(smooth: Pixels, weak: int) -> Iterator[Area]:
    lab = np.asarray(cv2.cvtColor(smooth.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
    count, found, stats, _ = cv2.connectedComponentsWithStats(_flat(smooth, weak), connectivity=4)
    labels = np.asarray(found, np.int32)
    for index in range(1, count):
        if LEAST_AREA * labels.size <= stats[index, cv2.CC_STAT_AREA] <= MOST_AREA * labels.size:
            area = _area(labels, index, np.asarray(stats[index], np.int32), lab=lab)
            if area is not None:
                yield area


def _flat(smooth: Pixels, weak: int) -> Pixels:
    """Return a mask of all that is no edge."""
    lab = cv2.cvtColor(smooth, cv2.COLOR_RGB2LAB)
    edges = np.zeros(lab.shape[:2], np.uint8)
    for channel in range(3):
        edges |= np.asarray(cv2.Canny(np.ascontiguousarray(lab[..., channel]), weak, 3 * weak), np.uint8)
    thick = np.asarray(cv2.dilate(edges, np.ones((3, 3), np.uint8)), np.uint8)
    return np.asarray(255 - thick, np.uint8)


def _area(labels: NDArray[np.int32], index: int, stats: NDArray[np.int32], *, lab: NDArray[np.float32]) -> Area | None:
    """Return one region if it is compact and stands out, else nothing."""
    left, top, width, height = (int(value) for value in stats[:4])
    corner = max(0, left - MARGIN), max(0, top - MARGIN)
    window = np.s_[corner[1] : top + height + MARGIN, corner[0] : left + width + MARGIN]
    mask = (labels[window] == index).astype(np.uint8)
    hull = _hull(mask)
    if hull is None:
        return None
    inside, around = np.median(lab[window][mask > 0], axis=0), _around(hull, mask.shape)
    if not around.any() or np.linalg.norm(np.median(lab[window][around], axis=0) - inside) < STANDS_OUT:
        return None
    rgb = cv2.cvtColor(inside.reshape(1, 1, 3).astype(np.float32), cv2.COLOR_LAB2RGB)[0, 0] * 255
    return Area(hull.reshape(-1, 2).astype(np.float32) + np.array(corner, np.float32), to_hex(rgb))


def _hull(mask: Pixels) -> NDArray[np.int32] | None:
    """Return the hull of a region that fills most of it once the words that reach its border are filled in."""
    reach = max(3, int(WORDS * min(mask.shape)) | 1)
    padded = cv2.copyMakeBorder(mask, reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=0)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    outline = max(cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0], key=cv2.contourArea)
    hull = np.asarray(cv2.convexHull(outline), np.int32) - reach
    full = cv2.contourArea(hull)
    return hull if full > 0 and cv2.contourArea(outline) >= FULLNESS * full else None


def _around(hull: NDArray[np.int32], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return a mask of a thin ring around a hull, a little way off its edge."""
    filled = np.zeros(shape, np.uint8)
    cv2.drawContours(filled, [hull], -1, 1, -1)
    wide, narrow = (cv2.dilate(filled, np.ones((size, size), np.uint8)) for size in (11, 7))
    return np.asarray(wide, np.uint8) > np.asarray(narrow, np.uint8)
