"""A photographed page is cut out and laid flat, a page that stands askew is set straight; a screenshot is left alone.

This happens once, before a picture is stored, so that every box refers to the pixels one sees. The page is the largest
bright quadrilateral with the desk or the wall around it; its corners are mapped to those of a rectangle (a homography).
The angle of a page askew is the one at which edges fall together in rows and columns (projection profiles, after
Postl, "Detection of linear oblique structures and skew scan in digitized documents", 1986).
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Corners = NDArray[np.float32]
"""(4, 2), x and y: top left, top right, bottom right, bottom left."""

_LOOK_SIDE = 800
"""Pixels of the longer side at which the page is looked for."""
_LEAST_PAGE, _MOST_PAGE = 0.25, 0.97
"""Share of the picture that a photographed page covers."""
_BRIGHTER = 20.0
"""Grey levels by which the page is brighter than what lies around it."""
_BESIDE = 0.1
"""Share of the strong edges that may lie beside the page: more, and something is drawn or written there too."""
_SQUARE = 1.2
"""Degrees within which a quadrilateral counts as upright: it is a drawn frame, or needs no rectifying."""
_LEAST_SKEW, _MOST_SKEW = 0.3, 20.0
"""Degrees. Less changes no reading; more is not told apart from lines drawn aslant."""
_CLEARER = 1.12
"""By how much straight rows and columns must be sharper than those of the picture as it is."""
_EDGES = 30_000


def straighten(pixels: Pixels) -> Pixels:
    """Return the page laid flat, or the picture set straight, or the very same pixels.

    Args:
        pixels: (height, width, 3), red, green, blue, 0 to 255.
    """
    if min(pixels.shape[:2]) < 64:
        return pixels
    page = find_page(pixels)
    if page is not None:
        pixels = _flattened(pixels, page)
    angle = find_skew(pixels)
    return pixels if angle == 0 else _rotated(pixels, angle)


def find_page(pixels: Pixels) -> Corners | None:
    """Return the corners of a page photographed at an angle, or None."""
    scale = min(1.0, _LOOK_SIDE / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    light = cv2.cvtColor(small, cv2.COLOR_RGB2LAB)[..., 0]
    smooth = cv2.GaussianBlur(light, (0, 0), 3)
    found = [quad for mask in _masks(smooth) for quad in _quads(mask) if _is_page(quad, np.asarray(light, np.uint8))]
    if not found:
        return None
    return _sorted(np.asarray(max(found, key=cv2.contourArea) / scale, np.float32))


def find_skew(pixels: Pixels) -> float:
    """Return by how many degrees clockwise the picture stands askew; 0 where that is not clear."""
    xs, ys = _edges(pixels)
    if len(xs) < 200:
        return 0.0
    coarse = _sharpest(xs, ys, np.arange(-_MOST_SKEW, _MOST_SKEW + 0.1, 0.5))
    angle = _sharpest(xs, ys, np.arange(coarse - 0.5, coarse + 0.51, 0.1))
    if abs(angle) < _LEAST_SKEW or abs(coarse) >= _MOST_SKEW:
        return 0.0
    return float(angle) if _sharpness(xs, ys, angle) >= _CLEARER * _sharpness(xs, ys, 0.0) else 0.0


def _masks(smooth: NDArray[np.number]) -> Iterator[Pixels]:
    """Yield where the page may be: what is bright, and what edges enclose."""
    grey = np.asarray(smooth, np.uint8)
    bright = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]
    edges = cv2.morphologyEx(cv2.Canny(grey, 15, 45), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    for mask in (bright, edges):
        yield np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8)), np.uint8)


def _quads(mask: Pixels) -> Iterator[Corners]:
    """Yield the quadrilaterals that outline a large part of the picture."""
    for contour in cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        hull = cv2.convexHull(contour)
        if not _LEAST_PAGE * mask.size <= cv2.contourArea(hull) <= _MOST_PAGE * mask.size:
            continue
        for tolerance in (0.01, 0.02, 0.03):
            outline = cv2.approxPolyDP(hull, tolerance * cv2.arcLength(hull, True), True)
            if len(outline) == 4:
                yield np.asarray(outline.reshape(4, 2), np.float32)
                break


def _is_page(quad: Corners, light: Pixels) -> bool:
    """Whether it is no frame drawn upright, has the angles of a page, and is brighter than what is around."""
    corners = _sorted(quad)
    if _is_upright(corners) or not _has_page_angles(corners) or _touches(corners, light.shape[1], light.shape[0]) > 1:
        return False
    inside = np.zeros(light.shape, np.uint8)
    cv2.fillConvexPoly(inside, corners.astype(np.int32), 1)
    outside = light[inside == 0]
    if not len(outside) or float(np.median(light[inside == 1])) < float(np.median(outside)) + _BRIGHTER:
        return False
    return _is_alone(inside, light)


def _is_alone(inside: Pixels, light: Pixels) -> bool:
    """Whether nothing is drawn or written beside the page, which cutting it out would lose."""
    edges = cv2.Canny(cv2.GaussianBlur(light, (0, 0), 1), 60, 180) > 0
    beside = cv2.dilate(inside, np.ones((15, 15), np.uint8)) == 0
    return int((edges & beside).sum()) <= _BESIDE * max(1, int(edges.sum()))


def _is_upright(corners: Corners) -> bool:
    sides = np.roll(corners, -1, axis=0) - corners
    angles = np.degrees(np.arctan2(sides[:, 1], sides[:, 0])) % 90
    return bool((np.minimum(angles, 90 - angles) <= _SQUARE).all())


def _has_page_angles(corners: Corners) -> bool:
    to_next, to_last = np.roll(corners, -1, axis=0) - corners, np.roll(corners, 1, axis=0) - corners
    lengths = np.linalg.norm(to_next, axis=1) * np.linalg.norm(to_last, axis=1)
    cosines = (to_next * to_last).sum(axis=1) / np.maximum(lengths, 1e-6)
    return bool((np.abs(cosines) <= np.cos(np.radians(55))).all())


def _touches(corners: Corners, width: int, height: int) -> int:
    """Return how many corners lie on the edge of the picture, where the page may go on."""
    near = (corners <= 2) | (corners >= np.array([width - 3, height - 3]))
    return int(near.any(axis=1).sum())


def _sorted(quad: Corners) -> Corners:
    """Return the corners clockwise from the top left."""
    offsets = quad - quad.mean(axis=0)
    quad = quad[np.argsort(np.arctan2(offsets[:, 1], offsets[:, 0]))]
    return np.roll(quad, -int(quad.sum(axis=1).argmin()), axis=0)


def _flattened(pixels: Pixels, corners: Corners) -> Pixels:
    top, right, bottom, left = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    width, height = max(1, round(float(max(top, bottom)))), max(1, round(float(max(left, right))))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, flat)
    return np.asarray(cv2.warpPerspective(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC), np.uint8)


def _edges(pixels: Pixels) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return x and y of a sample of the picture's edges, at about 1,000 pixels to the longer side."""
    scale = min(1.0, 1000 / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ys, xs = np.nonzero(cv2.Canny(np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8), 50, 150))
    every = max(1, len(xs) // _EDGES)
    return xs[::every].astype(np.float64), ys[::every].astype(np.float64)


def _sharpest(xs: NDArray[np.float64], ys: NDArray[np.float64], angles: NDArray[np.float64]) -> float:
    return float(angles[int(np.argmax([_sharpness(xs, ys, float(angle)) for angle in angles]))])


def _sharpness(xs: NDArray[np.float64], ys: NDArray[np.float64], angle: float) -> float:
    """Return how much edges fall together in rows and columns when the picture is turned back by the angle."""
    cosine, sine = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    rows, columns = ys * cosine - xs * sine, xs * cosine + ys * sine
    return _concentration(rows) + _concentration(columns)


def _concentration(places: NDArray[np.float64]) -> float:
    counts = np.bincount((places - places.min()).astype(np.int64)).astype(np.float64)
    return float((counts**2).sum()) / len(places)


def _rotated(pixels: Pixels, angle: float) -> Pixels:
    """Return the picture turned counter-clockwise, with room for its corners, on the colour of its rim."""
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = round(width * cosine + height * sine), round(width * sine + height * cosine)
    matrix[:, 2] += ((wide - width) / 2, (high - height) / 2)
    rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    colour = tuple(float(part) for part in np.median(rim, axis=0))
    turned = cv2.warpAffine(pixels, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderValue=colour)
    return np.asarray(turned, np.uint8)
