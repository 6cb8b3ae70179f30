"""A journey as PPTX slides of native shapes: every card, band and point of the curve can be edited where it stands.

The map over as many slides as its steps and lanes take, then an appendix of tables with every quote, to which the
cards lead, and the pictures that quotes were read from.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from pptx import Presentation
from pptx.presentation import Presentation as Slides
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.util import Pt

from journey.exports.appendix import entries
from journey.exports.board import to_board
from journey.exports.drawing import Drawing, Panel, Sheet
from journey.exports.illustrations import NO_PICTURES, Pictures, illustrations
from journey.exports.layout import lay_out
from journey.exports.office import without_times, xml_text
from journey.exports.slide_pictures import add_missing, add_picture
from journey.exports.slide_shapes import draw, write
from journey.exports.slide_tables import add_table, paginate
from journey.model import Journey

WIDE = Sheet(width=960, height=540, margin=28, type_size=9.5, columns=6)
"""A slide of 16 : 9 and 13.3 inches, as presentation programs make them today."""

TITLE_ONLY = 5
"""The layout of the library's template with a title and nothing else: without one, a slide has no name in outlines."""


def to_pptx(journey: Journey, pictures: Pictures = NO_PICTURES) -> bytes:
    """Write a journey as slides."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDE.width), Pt(WIDE.height or 0)
    deck.core_properties.title = xml_text(journey.title)[:255]
    deck.core_properties.author = "journey"
    drawings = lay_out(to_board(journey), WIDE)
    shown = [_add_map(deck, drawing, number, len(drawings)) for number, drawing in enumerate(drawings, start=1)]
    found = _add_appendix(deck, journey)
    shown += _add_pictures(deck, journey, pictures)
    _link(shown, found)
    out = io.BytesIO()
    deck.save(out)
    return without_times(out.getvalue())


def _add_map(deck: Slides, drawing: Drawing, number: int, total: int) -> list[tuple[int, BaseShape]]:
    """Add a slide and return its shapes that have evidence, by the number of it."""
    slide = _new(deck)
    title = next(mark for mark in drawing.marks if isinstance(mark, Panel) and mark.name == "Title")
    _set_title(slide, title)
    drawn = [(mark, draw(slide.shapes, mark)) for mark in drawing.marks if mark is not title]
    return [(mark.reference, shape) for mark, shape in drawn if isinstance(mark, Panel) and mark.reference]


def _new(deck: Slides) -> Slide:
    return deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])


def _set_title(slide: Slide, panel: Panel) -> None:
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = (Pt(value) for value in (panel.x, panel.y, panel.w, panel.h))
    write(shape.text_frame, panel)


def _add_appendix(deck: Slides, journey: Journey) -> dict[int, Slide]:
    """Add the tables and return on which slide each number begins."""
    found: dict[int, Slide] = {}
    pages = paginate(entries(journey), WIDE)
    for number, rows in enumerate(pages, start=1):
        slide = _new(deck)
        add_table(slide, rows, WIDE, title=f"Evidence {number} / {len(pages)}" if len(pages) > 1 else "Evidence")
        for row in rows:
            found.setdefault(row.number, slide)
    return found


def _add_pictures(deck: Slides, journey: Journey, pictures: Pictures) -> list[list[tuple[int, BaseShape]]]:
    """Add a slide for each picture and return the shapes on it that lead to evidence."""
    at_hand = illustrations(journey, pictures)
    found = [add_picture(_new(deck), picture, WIDE) for picture in at_hand.values()]
    missing = [one.name for one in journey.sources if one.kind == "image" and one.id not in at_hand]
    if missing:
        add_missing(_new(deck), missing, WIDE)
    return found


def _link(shown: Sequence[Sequence[tuple[int, BaseShape]]], slides: dict[int, Slide]) -> None:
    for shapes in shown:
        for reference, shape in shapes:
            if reference in slides:
                shape.click_action.target_slide = slides[reference]
