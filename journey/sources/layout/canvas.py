"""The image at the scale at which a line of its text has a known height, its words parted from its strokes.

Every length in this package is told in units: the height of a line of text. So a poster, a screenshot and a photo of
a whiteboard are looked at alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from journey.model.picture import Box, Point
from journey.model.source import Passage

Pixels = NDArray[np.uint8]
Mask = NDArray[np.uint8]  # 0 or 255
Points = NDArray[np.int32]  # (n, 2), x then y

UNIT = 24.0  # the height of a line of text on the canvas, in pixels: lines of one pixel stay visible
MOST_PIXELS = 2_500_000
SMALLEST_CONTRAST = 40.0  # of words, in grey levels: a picture without words is taken to have pale ones
SHARES = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)  # of the words' contrast, from which on a pixel may be ink
FIRM = 0.6  # of the words' contrast: ink in any case
TEXTURE = 1.5  # with so many times more ink than firm ink, a printed grid, a shadow or the grain of paper is taken in
TEXTURED, PALE = 0.4, 0.25  # shares above the first speak of texture; so much of a true stroke is firm
HOLLOW = 0.55  # units: what surrounds a hole this wide is an outline, not a letter


@dataclass(frozen=True, slots=True)
class Canvas:
    """What the rest of the package looks at.

    Attributes:
        scale: canvas pixels per image pixel.
        unit: the height of a line of text, in canvas pixels.
        colours: (height, width, 3), slightly smoothed.
        contrast: how far a pixel is from its ground, 0 to 255.
        depth: the contrast of the words, in grey levels.
        strokes: the ink that is not words.
        words: the ink of words.
        boxes: of the passages, in canvas pixels: x, y, width, height.
        ids: of the passages, in the order of `boxes`.
        letters: how many each passage has.
    """

    scale: float
    unit: float
    colours: Pixels
    contrast: Pixels
    depth: float
    strokes: Mask
    words: Mask
    boxes: NDArray[np.float64]
    ids: tuple[str, ...]
    letters: tuple[int, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, in pixels."""
        return self.contrast.shape[1], self.contrast.shape[0]

    def box(self, x: float, y: float, w: float, h: float) -> Box:
        """Tell a region of the canvas in fractions."""
        width, height = self.size
        left, top = min(max(x / width, 0.0), 1.0), min(max(y / height, 0.0), 1.0)
        return Box(x=left, y=top, w=min(max(w / width, 0.0), 1 - left), h=min(max(h / height, 0.0), 1 - top))

    def point(self, x: float, y: float) -> Point:
        """Tell a place on the canvas in fractions."""
        width, height = self.size
        return Point(x=min(max(x / width, 0.0), 1.0), y=min(max(y / height, 0.0), 1.0))


def stretch(pixels: Pixels, passages: Sequence[Passage]) -> Canvas:
    """Scale an image to its text and part the ink of its words from its other strokes."""
    boxed = [passage for passage in passages if passage.box is not None]
    letters = tuple(passage.end - passage.start for passage in boxed)
    boxes = _pixel_boxes(boxed, pixels.shape[1], pixels.shape[0])
    line = _line_height(boxes, letters, pixels.shape[1], pixels.shape[0])
    scale = _scale(line, pixels.shape[1] * pixels.shape[0])
    colours = _resized(pixels, scale)
    contrast = _contrast(colours, line * scale)
    boxes *= scale
    depth = _depth(contrast, boxes)
    share = _share(contrast, depth)
    ink = contrast > share * depth
    words = _words(ink, boxes, line * scale)
    strokes = np.where(ink & (words == 0), 255, 0).astype(np.uint8)
    if share > TEXTURED:
        strokes = _without_pale(strokes, contrast > FIRM * depth)
    ids = tuple(passage.id for passage in boxed)
    return Canvas(scale, line * scale, colours, contrast, depth, strokes, words, boxes, ids, letters)


def _pixel_boxes(passages: Sequence[Passage], width: int, height: int) -> NDArray[np.float64]:
    rows = [(p.box.x * width, p.box.y * height, p.box.w * width, p.box.h * height) for p in passages if p.box]
    return np.array(rows, dtype=np.float64).reshape(-1, 4)


def _line_height(boxes: NDArray[np.float64], letters: Sequence[int], width: int, height: int) -> float:
    """Tell the height of a line from the room that a block's letters take: it may hold several lines, or run up.

    A letter is about half as wide as its line is high, boxes being padded.
    """
    if not len(boxes):
        return max(width, height) / 60
    room = boxes[:, 2] * boxes[:, 3] / np.maximum(letters, 1)
    lines = np.minimum(np.minimum(boxes[:, 2], boxes[:, 3]), np.sqrt(2.2 * room))
    spoken = lines[np.array(letters) > 2]
    return max(float(np.median(spoken if len(spoken) else lines)), 4.0)


def _scale(line: float, area: int) -> float:
    return float(min(UNIT / line, 3.0, (MOST_PIXELS / area) ** 0.5))


def _resized(pixels: Pixels, scale: float) -> Pixels:
    if abs(scale - 1) < 0.1:
        return np.ascontiguousarray(pixels)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=way), dtype=np.uint8)


def _contrast(colours: Pixels, unit: float) -> Pixels:
    """Measure how far each pixel is from its ground: the median of what lies around it.

    Either sign counts, so that light lines on a dark ground are lines as well.
    """
    small = cv2.resize(colours, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(small, 2 * round(unit / 2) + 1)
    ground = cv2.resize(ground, (colours.shape[1], colours.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.absdiff(colours, ground).max(axis=2), dtype=np.uint8)


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
    within[_outlines(ink, labels, HOLLOW * unit)] = False
    return np.where(within[labels], 255, 0).astype(np.uint8)


def _outlines(ink: NDArray[np.bool_], labels: NDArray[np.int32], width: float) -> list[int]:
    """Name the pieces of ink around a wide hole: the circle of an event read as the letter O, say."""
    blank = (~ink).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(blank, connectivity=4)
    rows = [row for row in stats[1:] if min(row[2], row[3]) > width and row[4] > 0.6 * width**2 and row[0] > 0]
    return [int(labels[row[1] + row[3] // 2, row[0] - 1]) for row in rows if row[4] < labels.size / 4]
