"""The map as a PNG picture: the SVG drawn with the fonts in this package, in any script, on any machine."""

from __future__ import annotations

import math

import resvg_py

from journey.exports.drawing import Drawing
from journey.exports.map_svg import draw_whole, paint
from journey.exports.measuring import FONT_FILES
from journey.model import Journey

SHARPNESS = 2.0
"""Pixels for every unit of the map, where there is room."""

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 16_000
"""Bounds within which common viewers open a picture; a larger map is drawn less sharp."""


def to_png(journey: Journey) -> bytes:
    """Draw the whole map as one picture."""
    drawing = draw_whole(journey)
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=paint(drawing),
            zoom=sharpness(drawing),
            skip_system_fonts=True,
            font_files=[str(path) for path in FONT_FILES],
            font_family="Noto Sans",
            sans_serif_family="Noto Sans",
        )
    )


def sharpness(drawing: Drawing) -> float:
    """Return the pixels for every unit of a drawing.

    >>> sharpness(Drawing(1000, 500, "", ()))
    2.0
    >>> round(sharpness(Drawing(40_000, 500, "", ())), 2)
    0.4
    """
    by_area = math.sqrt(MOST_PIXELS / (drawing.width * drawing.height))
    return min(SHARPNESS, by_area, LONGEST_SIDE / max(drawing.width, drawing.height))
