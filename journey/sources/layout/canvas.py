"""The image straightened, at the scale at which a line of its text has a known height, words and strokes parted.

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
from journey.sources.layout.ink import Ink, find_ink
from journey.sources.layout.skew import find_skew

Pixels = NDArray[np.uint8]
Mask = NDArray[np.uint8]  # 0 or 255
Points = NDArray[np.int32]  # (n, 2), x then y

UNIT = 24.0  # the height of a line of text on the canvas, in pixels: lines of one pixel stay visible
MOST_PIXELS = 2_500_000


@dataclass(frozen=True, slots=True)
class Frame:
    """How the canvas lies in the scaled image: its extent before and after it was turned, and the way there and back.

    The ways are affine, (2, 3), from pixels to pixels.
    """

    extent: tuple[int, int]
    turned: tuple[int, int]
    there: NDArray[np.float64]
    back: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Canvas:
    """What the rest of the package looks at.

    Attributes:
        unit: the height of a line of text, in canvas pixels.
        frame: how canvas pixels lie in the image.
        colours: (height, width, 3), red, green, blue.
        ink: what is written and drawn.
        boxes: of the passages, in canvas pixels: x, y, width, height.
        ids: of the passages, in the order of `boxes`.
        letters: how many each passage has.
    """

    unit: float
    frame: Frame
    colours: Pixels
    ink: Ink
    boxes: NDArray[np.float64]
    ids: tuple[str, ...]
    letters: tuple[int, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, in pixels."""
        return self.frame.turned

    def box(self, x: float, y: float, w: float, h: float) -> Box:
        """Tell a region of the canvas in fractions of the image; where that is askew, around the same middle."""
        middle = self.point(x + w / 2, y + h / 2)
        width, height = self.frame.extent
        wide, high = min(w / width, 2 * middle.x, 2 - 2 * middle.x), min(h / height, 2 * middle.y, 2 - 2 * middle.y)
        left, top = max(middle.x - wide / 2, 0.0), max(middle.y - high / 2, 0.0)
        return Box(x=left, y=top, w=min(wide, 1 - left), h=min(high, 1 - top))

    def point(self, x: float, y: float) -> Point:
        """Tell a place on the canvas in fractions of the image."""
        width, height = self.frame.extent
        there = self.frame.back @ np.array([x, y, 1.0])
        return Point(x=min(max(float(there[0]) / width, 0.0), 1.0), y=min(max(float(there[1]) / height, 0.0), 1.0))


def stretch(pixels: Pixels, passages: Sequence[Passage]) -> Canvas:
    """Scale an image to its text, straighten it, and part the ink of its words from its other strokes."""
    boxed = [passage for passage in passages if passage.box is not None]
    letters = tuple(passage.end - passage.start for passage in boxed)
    boxes = _pixel_boxes(boxed, pixels.shape[1], pixels.shape[0])
    line = _line_height(boxes, letters, pixels.shape[1], pixels.shape[0])
    scale = _scale(line, pixels.shape[1] * pixels.shape[0])
    colours, boxes, unit = _resized(pixels, scale), boxes * scale, line * scale
    frame = _frame(colours, 0.0)
    ink = find_ink(colours, boxes, unit)
    skew = find_skew(ink.strokes, unit)
    if skew:
        frame = _frame(colours, skew)
        colours, boxes = _straightened(colours, boxes, frame)
        ink = find_ink(colours, boxes, unit)
    return Canvas(unit, frame, colours, ink, boxes, tuple(passage.id for passage in boxed), letters)


def _frame(colours: Pixels, skew: float) -> Frame:
    """Turn about the middle, so that nothing is cut off."""
    height, width = colours.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    wide = abs(matrix[0, 0]) * width + abs(matrix[0, 1]) * height
    high = abs(matrix[0, 1]) * width + abs(matrix[0, 0]) * height
    matrix[:, 2] += ((wide - width) / 2, (high - height) / 2)
    back = cv2.invertAffineTransform(matrix)
    return Frame((width, height), (round(wide), round(high)), np.asarray(matrix), np.asarray(back))


def _straightened(colours: Pixels, boxes: NDArray[np.float64], frame: Frame) -> tuple[Pixels, NDArray[np.float64]]:
    """Turn the pixels and the middles of the text blocks."""
    turned = cv2.warpAffine(colours, frame.there, frame.turned, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    middles = boxes[:, :2] + boxes[:, 2:] / 2
    middles = middles @ frame.there[:, :2].T + frame.there[:, 2]
    return np.asarray(turned, dtype=np.uint8), np.hstack([middles - boxes[:, 2:] / 2, boxes[:, 2:]])


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
    scale = min(UNIT / line, 3.0, (MOST_PIXELS / area) ** 0.5)
    return 1.0 if abs(scale - 1) < 0.1 else float(scale)


def _resized(pixels: Pixels, scale: float) -> Pixels:
    if scale == 1:
        return np.ascontiguousarray(pixels)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=way), dtype=np.uint8)
