"""A slide with a picture that the journey was drawn from: each region that a claim rests on as a shape over it."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.util import Pt

from journey.exports.drawing import Panel, Sheet, Words
from journey.exports.illustrations import Illustration, Region
from journey.exports.measuring import cut, settled, width, wrap
from journey.exports.office import xml_text
from journey.exports.palette import INK, PAPER, PRIMARY
from journey.exports.slide_shapes import draw, unstyle, write

TITLE = 40.0
"""Height of the title with the room below it."""

TITLE_SIZE = 18.0
TAG = 8.0
"""Size of the type of a region's number."""

BODY = 12.0
MOST_NAMES = 20
OUTLINE = 1.75


def add_picture(slide: Slide, picture: Illustration, sheet: Sheet) -> list[tuple[int, BaseShape]]:
    """Fill a slide and return the shapes that stand for evidence, by the number of it."""
    _set_title(slide, picture.source.name, sheet)
    room_w, room_h = sheet.width - 2 * sheet.margin, (sheet.height or 0) - 2 * sheet.margin - TITLE
    scale = min(room_w / picture.width, room_h / picture.height)
    wide, high = picture.width * scale, picture.height * scale
    left, top = (sheet.width - wide) / 2, sheet.margin + TITLE
    shown = slide.shapes.add_picture(io.BytesIO(picture.content), Pt(left), Pt(top), Pt(wide), Pt(high))
    shown.name = xml_text(picture.source.name)[:120]
    found: list[tuple[int, BaseShape]] = []
    for region in picture.regions:
        x, y = left + region.box.x * wide, top + region.box.y * high
        _outline(slide, region, (x, y, region.box.w * wide, region.box.h * high))
        found.append((region.numbers[0], _tag(slide, region, x, y)))
    return found


def add_missing(slide: Slide, names: Sequence[str], sheet: Sheet) -> None:
    """Say on a slide which pictures were not at hand."""
    _set_title(slide, "Pictures that were not at hand", sheet)
    room = sheet.width - 2 * sheet.margin
    told = tuple(Words(cut(wrap(settled(name), room, BODY), 2), BODY, INK) for name in names[:MOST_NAMES])
    height = (sheet.height or 0) - 2 * sheet.margin - TITLE
    draw(slide.shapes, Panel(sheet.margin, sheet.margin + TITLE, room, height, told, name="Not at hand"))


def _set_title(slide: Slide, name: str, sheet: Sheet) -> None:
    room = sheet.width - 2 * sheet.margin
    heading = slide.shapes.title
    heading.left, heading.top, heading.width, heading.height = map(Pt, (sheet.margin, sheet.margin, room, TITLE - 8))
    lines = cut(wrap(settled(name), room, TITLE_SIZE, bold=True), 1)
    write(heading.text_frame, Panel(0, 0, 0, 0, (Words(lines or ("Picture",), TITLE_SIZE, INK, bold=True),)))


def _outline(slide: Slide, region: Region, place: tuple[float, float, float, float]) -> None:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Pt, place))
    shape.name = xml_text(f"Region {region.label}: {region.words}")[:120]
    shape.fill.background()
    shape.line.color.rgb, shape.line.width = RGBColor.from_string(PRIMARY), Pt(OUTLINE)
    unstyle(shape)


def _tag(slide: Slide, region: Region, x: float, y: float) -> BaseShape:
    """Put the number on the upper edge of a region, clear of its words."""
    wide, high = width(region.label, TAG, bold=True) + 6, TAG * 1.4
    words = Words((region.label,), TAG, PAPER, bold=True)
    name = f"Number {region.label}"
    return draw(slide.shapes, Panel(x, y - high, wide, high, (words,), PRIMARY, align="center", middle=True, name=name))
