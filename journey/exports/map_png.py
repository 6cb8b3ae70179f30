"""The map as a PNG picture: drawn with the fonts in this package, in any script, on any machine."""

from __future__ import annotations

import math

from journey.exports.drawing import Drawing
from journey.exports.map_svg import draw_whole
from journey.exports.typst_pages import as_given, compiler
from journey.model import Journey

SHARPNESS = 2.0
"""Pixels for every unit of the map, where there is room."""

POINTS = 72
"""Units of a drawing in an inch."""

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 16_000
"""Bounds within which common viewers open a picture; a larger map is drawn less sharp."""


def to_png(journey: Journey) -> bytes:
    """Draw the whole map as one picture."""
    return paint_png(draw_whole(journey))


def paint_png(drawing: Drawing) -> bytes:
    """Write a drawing as PNG."""
    picture = compiler({"drawings": [as_given(drawing)]}).compile(format="png", ppi=POINTS * sharpness(drawing))
    assert isinstance(picture, bytes)
    return picture


def sharpness(drawing: Drawing) -> float:
    """Return the pixels for every unit of a drawing.

    >>> sharpness(Drawing(1000, 500, "", ()))
    2.0
    >>> round(sharpness(Drawing(40_000, 500, "", ())), 2)
    0.4
    """
    by_area = math.sqrt(MOST_PIXELS / (drawing.width * drawing.height))
    return min(SHARPNESS, by_area, LONGEST_SIDE / max(drawing.width, drawing.height))
