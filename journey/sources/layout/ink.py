"""Ink: what differs from its ground, parted into words and strokes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Mask = NDArray[np.uint8]  # 0 or 255

SMALLEST_CONTRAST = 40.0  # of words, in grey levels: a picture without words is taken to have pale ones
SHARES = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)  # of the words' contrast, from which on a pixel may be ink
FIRM = 0.6  # of the words' contrast: ink in any case
TEXTURE = 1.5  # with so many times more ink than firm ink, a printed grid, a shadow or the grain of paper is taken in
TEXTURED, PALE = 0.4, 0.25  # shares above the first speak of texture; so much of a true stroke is firm
HOLLOW = 0.55  # units: what surrounds a hole this wide is an outline, not a letter


@dataclass(frozen=True, slots=True)
class Ink:
    """What is written and drawn.

    Attributes:
        depth: the contrast of the words, in grey levels.
        words: the ink of words.
        strokes: the other ink.
    """

    depth: float
    words: Mask
    strokes: Mask


def find_ink(colours: Pixels, boxes: NDArray[np.float64], unit: float) -> Ink:
    """Find the ink of an image.

    Args:
        colours: (height, width, 3), red, green, blue.
        boxes: of the text blocks, in pixels: x, y, width, height.
        unit: the height of a line of text, in pixels.
    """
    contrast = _contrast(colours, unit)
    depth = _depth(contrast, boxes)
    share = _share(contrast, depth)
    ink = contrast > share * depth
    words = _words(ink, boxes, unit)
    strokes = np.where(ink & (words == 0), 255, 0).astype(np.uint8)
    if share > TEXTURED:
        strokes = _without_pale(strokes, contrast > FIRM * depth)
    return Ink(depth, words, strokes)


def _contrast(colours: Pixels, unit: float) -> Pixels:
    """Measure how far each pixel is from its ground: the median of what lies around it.

    Either sign counts, so that light lines on a dark ground are lines as well.
    """
    small = cv2.resize(colours, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(small, 2 * round(unit / 2) + 1)
    ground = cv2.resize(ground, (colours.shape[1], colours.shape[0]), interpolation=cv2.INTER_LINEAR)
    return widest(np.asarray(cv2.absdiff(colours, ground), dtype=np.uint8))


def widest(differences: Pixels) -> Pixels:
    """Return the largest of each pixel's three channels."""
    red, green, blue = cv2.split(differences)
    return np.asarray(cv2.max(cv2.max(red, green), blue), dtype=np.uint8)


def _depth(contrast: Pixels, boxes: NDArray[np.float64]) -> float:
    """Tell the contrast of the words: the ink differs from picture to picture, and pale lines are pale against it."""
    depths = []
    for x, y, w, h in boxes.astype(int):
        inside = contrast[max(y, 0) : y + h, max(x, 0) : x + w]
        if inside.size:
            depths.append(float(np.percentile(inside, 97)))
    return max(float(np.median(depths)), SMALLEST_CONTRAST) if depths else 120.0


def _share(contrast: Pixels, depth: float) -> float:
    """Choose the share of the words' contrast from which on a pixel is ink."""
    firm = max(int((contrast > FIRM * depth).sum()), 1)
    amounts = {share: int((contrast > share * depth).sum()) / firm for share in SHARES}
    return next((share for share in SHARES if amounts[share] <= TEXTURE), SHARES[-1])


def _without_pale(strokes: Mask, firm: NDArray[np.bool_]) -> Mask:
    """Leave out the pieces that are hardly firm anywhere: the lines of squared paper."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    firmness = np.bincount(labels[firm], minlength=count) / np.maximum(stats[:, 4], 1)
    return np.where((firmness > PALE)[labels], strokes, 0).astype(np.uint8)


def _words(ink: NDArray[np.bool_], boxes: NDArray[np.float64], unit: float) -> Mask:
    """Find the pieces of ink that lie within a text block; a letter that touches an outline is left to it."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    left, top, right, bottom = stats[:, 0], stats[:, 1], stats[:, 0] + stats[:, 2], stats[:, 1] + stats[:, 3]
    within = np.zeros(count, dtype=bool)
    slack = 0.15 * unit
    for x, y, w, h in boxes:
        within |= (left >= x - slack) & (right <= x + w + slack) & (top >= y - slack) & (bottom <= y + h + slack)
    within[0] = False
    within[_outlines(ink, np.asarray(labels, dtype=np.int32), HOLLOW * unit)] = False
    return np.where(within[labels], 255, 0).astype(np.uint8)


def _outlines(ink: NDArray[np.bool_], labels: NDArray[np.int32], width: float) -> list[int]:
    """Name the pieces of ink around a wide hole: the circle of an event read as the letter O, say."""
    blank = (~ink).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(blank, connectivity=4)
    rows = [row for row in stats[1:] if min(row[2], row[3]) > width and row[4] > 0.6 * width**2 and row[0] > 0]
    return [int(labels[row[1] + row[3] // 2, row[0] - 1]) for row in rows if row[4] < labels.size / 4]
