"""Faces, drawn or printed: smileys and emoji, and whether they look happy, neutral or unhappy.

A face is a disc or a circle with two eyes in its upper half and a mouth in its lower half. The mouth's bend tells the
mood: a parabola fitted to its middle line opens upwards in a smile. Where eyes or mouth are not clear there is no face.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from journey.model.picture import Box, Face
from journey.model.source import Passage

Pixels = NDArray[np.uint8]
Mask = NDArray[np.uint8]

LONGEST = 2000
SMALLEST, LARGEST = 0.009, 0.11
"""Diameter of a face, of the image's longer side."""
CLEAR = 22.0
"""Pixels a face must be wide for its mouth to be told."""
ROUND = 0.84
"""Share of its enclosing circle that a disc fills, and of a square's sides that are alike."""
SIDE = 96
"""Pixels a side at which faces are looked at."""
INK = 20.0
"""Difference in CIELAB from the face's own colour, from which a pixel belongs to a feature."""
BEND = 0.045
"""Bend of a mouth, in widths of the face, up to which it is straight."""
WIDE_BEND = 0.14
WAVY = 0.012
"""Widths of the face that a mouth may stray from its bend."""
LEVEL_MOUTH = 0.33
"""Widths of the face that a straight mouth spans; a shorter one may be any."""
INSIDE, RIM = 0.40, 0.385
"""Widths of the face from its middle, within which features lie, and from which they belong to its outline."""
AS_DARK = 25.0
"""Lightness by which a mouth may differ from the eyes: a shade on a cheek differs more."""
MOST_PARTS = 9

_FROM_MIDDLE = np.hypot(*(np.mgrid[0:SIDE, 0:SIDE] - SIDE / 2))


def find_faces(pixels: Pixels, passages: Sequence[Passage]) -> tuple[Face, ...]:
    """Find the faces of an image, from left to right.

    Args:
        passages: its text blocks; a ring that is a letter is no face.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, LONGEST / max(height, width))
    small = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    found: list[tuple[float, float, float, float]] = []
    for x, y, radius in _discs(small):
        if any(np.hypot(x - a, y - b) < max(radius, r) for a, b, r, _ in found):
            continue
        score = _look(small, x, y, radius)
        if score is not None:
            found.append((x, y, radius, score))
    faces = [_face(one, small.shape) for one in sorted(found)]
    return tuple(face for face in faces if not _is_letter(face, passages))


def _discs(small: Pixels) -> Iterator[tuple[float, float, float]]:
    """Yield (x, y, radius) of round outlines, the largest first."""
    least, most = max(CLEAR, SMALLEST * max(small.shape[:2])) / 2, LARGEST * max(small.shape[:2]) / 2
    smooth = cv2.bilateralFilter(small, 5, 30, 3)
    lab = np.asarray(cv2.cvtColor(smooth, cv2.COLOR_RGB2LAB), np.uint8)
    found: list[tuple[float, float, float]] = []
    for weak in (15, 45):
        edges = np.zeros(lab.shape[:2], np.uint8)
        for channel in range(3):
            edges |= np.asarray(cv2.Canny(np.ascontiguousarray(lab[..., channel]), weak, 3 * weak), np.uint8)
        for mask in (edges, np.asarray(cv2.dilate(edges, np.ones((3, 3), np.uint8)), np.uint8)):
            contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
            discs = [_disc(np.asarray(contour, np.int32), least, most) for contour in contours]
            found += [disc for disc in discs if disc is not None]
    yield from sorted(found, key=lambda disc: -disc[2])


def _disc(contour: NDArray[np.int32], least: float, most: float) -> tuple[float, float, float] | None:
    """Return the circle around a contour if the contour is one."""
    _, _, wide, high = cv2.boundingRect(contour)
    if min(wide, high) < 2 * least or max(wide, high) > 2 * most or min(wide, high) < ROUND * max(wide, high):
        return None
    (x, y), radius = cv2.minEnclosingCircle(contour)
    if cv2.contourArea(cv2.convexHull(contour)) < ROUND * np.pi * radius**2:
        return None
    return float(x), float(y), float(radius)


def _look(small: Pixels, x: float, y: float, radius: float) -> float | None:
    """Return how a face looks, -2 to 2, or nothing where there is no clear one."""
    reach = round(radius)
    top, left = round(y) - reach, round(x) - reach
    part = small[max(0, top) : top + 2 * reach + 1, max(0, left) : left + 2 * reach + 1]
    if min(part.shape[:2]) < 1.6 * reach:
        return None
    part = np.asarray(cv2.resize(part, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC), np.uint8)
    lab = np.asarray(cv2.cvtColor(part.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
    features = _features(lab)
    if features is None:
        return None
    count, labels, *told = cv2.connectedComponentsWithStats(features, connectivity=8)
    stats, middles = np.asarray(told[0], np.int32), np.asarray(told[1], np.float64)
    rim = set(np.unique(labels[_FROM_MIDDLE > RIM * SIDE]).tolist())
    parts = [index for index in range(1, count) if stats[index, cv2.CC_STAT_AREA] > 0.0025 * SIDE * SIDE]
    parts = [index for index in parts if index not in rim]
    eyes = _eyes(parts, stats, middles)
    mouth = _mouth(parts, stats, middles)
    if eyes is None or mouth is None or len(parts) > MOST_PARTS:
        return None
    lightness = [float(np.percentile(lab[..., 0][labels == index], 25)) for index in (*eyes, mouth)]
    return _mood(labels == mouth) if lightness[2] < max(lightness[:2]) + AS_DARK else None


def _features(lab: NDArray[np.float32]) -> Mask | None:
    """Return a mask of what is drawn on a face; nothing where its ground is not of one colour."""
    inside = _FROM_MIDDLE < INSIDE * SIDE
    ground = np.median(lab[inside], axis=0)
    far = np.linalg.norm(lab - ground, axis=2)
    darker = lab[..., 0] < ground[0] - 12
    features = (far > INK) & darker & inside
    if not 0.015 < features.sum() / inside.sum() < 0.5:
        return None
    return np.asarray(features, np.uint8)


def _eyes(parts: Sequence[int], stats: NDArray[np.int32], middles: NDArray[np.float64]) -> tuple[int, int] | None:
    """Return two parts of like size that stand level in the upper half, one on each side."""
    upper = [index for index in parts if middles[index][1] < 0.52 * SIDE and stats[index, 2] < 0.42 * SIDE]
    for one in upper:
        for other in upper:
            level = abs(middles[one][1] - middles[other][1]) < 0.13 * SIDE
            sides = middles[one][0] < 0.5 * SIDE < middles[other][0]
            apart = 0.14 * SIDE < middles[other][0] - middles[one][0] < 0.62 * SIDE
            sizes = sorted((int(stats[one, 4]), int(stats[other, 4])))
            if level and sides and apart and sizes[1] < 4 * sizes[0]:
                return one, other
    return None


def _mouth(parts: Sequence[int], stats: NDArray[np.int32], middles: NDArray[np.float64]) -> int | None:
    """Return the widest part in the middle of the lower half, if it is wide enough for a mouth."""
    lower = [
        index
        for index in parts
        if middles[index][1] > 0.52 * SIDE
        and abs(stats[index, 0] + stats[index, 2] / 2 - SIDE / 2) < 0.14 * SIDE
        and 0.26 * SIDE < stats[index, 2] < 0.8 * SIDE
    ]
    return max(lower, key=lambda index: int(stats[index, 2]), default=None)


def _mood(mouth: NDArray[np.bool_]) -> float | None:
    """Return the score of a mouth by its bend: how much higher its corners are than its middle.

    The middle line of a closed mouth is what bends; of an open one the lower edge, when the upper is straight.
    """
    columns = np.flatnonzero(mouth.any(axis=0))
    rows = np.arange(mouth.shape[0])[:, None]
    counts = mouth.sum(axis=0)[columns]
    line = (mouth * rows).sum(axis=0)[columns] / counts
    places = (columns - columns.mean()) / SIDE
    half = float(np.ptp(places)) / 2
    if half <= 0 or len(columns) < 8:
        return None
    fitted = np.polyfit(places, line / SIDE, 2)
    bend = float(fitted[0]) * half**2
    if float(np.std(line / SIDE - np.polyval(fitted, places))) > WAVY:
        return None
    thick = float(np.median(counts)) / SIDE
    bound = BEND if thick < 0.12 else 0.6 * BEND
    if abs(bend) < 0.45 * bound:
        return 0.0 if thick < 0.12 and 2 * half > LEVEL_MOUTH else None
    if abs(bend) < bound:
        return None
    strong = abs(bend) > WIDE_BEND or thick > 0.16
    return (-1 if bend > 0 else 1) * (2.0 if strong else 1.0)


def _face(found: tuple[float, float, float, float], shape: tuple[int, ...]) -> Face:
    x, y, radius, score = found
    height, width = shape[:2]
    left, top = max(0.0, (x - radius) / width), max(0.0, (y - radius) / height)
    right, bottom = min(1.0, (x + radius) / width), min(1.0, (y + radius) / height)
    return Face(box=Box(x=left, y=top, w=right - left, h=bottom - top), score=score)


def _is_letter(face: Face, passages: Sequence[Passage]) -> bool:
    """Whether a face lies within a text block of several letters that is hardly higher than it."""
    middle = face.box.x + face.box.w / 2, face.box.y + face.box.h / 2
    for passage in passages:
        box = passage.box
        if box is None or passage.end - passage.start < 3:
            continue
        inside = box.x < middle[0] < box.x + box.w and box.y < middle[1] < box.y + box.h
        if inside and box.h < 1.6 * face.box.h:
            return True
    return False
