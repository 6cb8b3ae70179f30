"""What a drawing consists of, as shapes of a slide."""

from __future__ import annotations

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.connector import Connector
from pptx.shapes.shapetree import SlideShapes
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Pt

from journey.exports.board import Form
from journey.exports.drawing import Dot, Mark, Panel, Stroke, Words
from journey.exports.measuring import is_rtl
from journey.exports.office import xml_text
from journey.exports.palette import PAPER

OUTLINES: dict[Form, float] = {"quoted": 0.0, "inferred": 1.0, "user": 1.25, "contradicted": 2.25}
"""Points; a quoted card has no outline, an inferred one is dashed."""

SCALE = 100
"""Units of a freeform for every point, which it counts in whole ones."""


def draw(shapes: SlideShapes, mark: Mark) -> BaseShape:
    """Add the shape for a mark."""
    match mark:
        case Panel():
            shape = _panel(shapes, mark)
        case Stroke():
            shape = _stroke(shapes, mark)
        case Dot():
            shape = _dot(shapes, mark)
    unstyle(shape)
    if mark.name:
        shape.name = xml_text(mark.name)[:120]
    return shape


def write(frame: TextFrame, panel: Panel) -> None:
    """Fill a text frame with a panel's words."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if panel.middle else MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(panel.pad)
    for number, words in enumerate(panel.words):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        _write_words(paragraph, words, is_centred=panel.align == "center")


def _write_words(paragraph: _Paragraph, words: Words, *, is_centred: bool) -> None:
    paragraph.alignment = PP_ALIGN.CENTER if is_centred else PP_ALIGN.LEFT
    if is_rtl(words.text):
        paragraph._p.get_or_add_pPr().set("rtl", "1")
        paragraph.alignment = PP_ALIGN.CENTER if is_centred else PP_ALIGN.RIGHT
    run = paragraph.add_run()
    run.text = xml_text(" ".join(words.text.split()))
    run.font.size, run.font.bold = Pt(round(words.size, 1)), words.bold
    run.font.color.rgb = RGBColor.from_string(words.colour)


def _panel(shapes: SlideShapes, panel: Panel) -> Shape:
    frame = (Pt(panel.x), Pt(panel.y), Pt(panel.w), Pt(panel.h))
    if not panel.fill:
        shape = shapes.add_textbox(*frame)
        write(shape.text_frame, panel)
        return shape
    shape = shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE if panel.radius else MSO_SHAPE.RECTANGLE, *frame)
    if panel.radius:
        shape.adjustments[0] = min(0.5, panel.radius / min(panel.w, panel.h))
    _paint(shape, panel.fill)
    _outline(shape, panel.ink, panel.form)
    write(shape.text_frame, panel)
    return shape


def _dot(shapes: SlideShapes, dot: Dot) -> Shape:
    side = Pt(2 * dot.r)
    shape = shapes.add_shape(MSO_SHAPE.OVAL, Pt(dot.x - dot.r), Pt(dot.y - dot.r), side, side)
    is_ring = dot.form in ("inferred", "user") or dot.words is not None
    _paint(shape, PAPER if is_ring else dot.colour)
    _outline(shape, dot.colour, "user" if dot.form == "quoted" else dot.form)
    if dot.words:
        write(shape.text_frame, Panel(0, 0, 0, 0, (dot.words,), align="center", middle=True))
        shape.text_frame.word_wrap = False
    return shape


def _stroke(shapes: SlideShapes, stroke: Stroke) -> Shape | Connector:
    """Draw two points as a line, and more as one freeform whose points can be moved."""
    (x, y), *rest = stroke.points
    if len(rest) == 1:
        line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Pt(x), Pt(y), Pt(rest[0][0]), Pt(rest[0][1]))
        line.line.color.rgb, line.line.width = RGBColor.from_string(stroke.colour), Pt(stroke.width)
        return line
    builder = shapes.build_freeform(round(x * SCALE), round(y * SCALE), scale=Pt(1) / SCALE)
    builder.add_line_segments([(round(x * SCALE), round(y * SCALE)) for x, y in rest], close=False)
    shape = builder.convert_to_shape()
    shape.fill.background()
    shape.line.color.rgb, shape.line.width = RGBColor.from_string(stroke.colour), Pt(stroke.width)
    return shape


def unstyle(shape: BaseShape) -> None:
    """Drop what the theme would add: outlines, shadows, white words."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)


def _paint(shape: Shape, colour: str) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(colour)


def _outline(shape: Shape, colour: str, form: Form) -> None:
    if not OUTLINES[form]:
        shape.line.fill.background()
        return
    shape.line.color.rgb, shape.line.width = RGBColor.from_string(colour), Pt(OUTLINES[form])
    if form == "inferred":
        shape.line.dash_style = MSO_LINE.DASH
