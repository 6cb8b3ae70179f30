"""The map as an SVG picture: real text that can be selected and edited, no script, nothing fetched.

https://www.w3.org/TR/SVG11/
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from journey.exports.board import Form, to_board
from journey.exports.drawing import Dot, Drawing, Mark, Panel, Sheet, Stroke, Words
from journey.exports.layout import lay_out
from journey.exports.measuring import LINE_HEIGHT, is_rtl
from journey.exports.office import xml_text
from journey.exports.palette import PAPER
from journey.model import Journey

COLUMN, LABEL, MARGIN, TYPE = 168.0, 115.2, 28.0, 12.0
NARROWEST = 720.0
"""A map of one step still has room for its title and legend."""

FAMILY = "'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
RLM = "\u200f"
"""Around a line that is read from the right, so that its full stop stands where it ends."""

ASCENT = 1.02
"""How far below its line's top a text stands, in sizes of type."""

OUTLINES: dict[Form, str] = {
    "quoted": "",
    "inferred": 'stroke-width="1" stroke-dasharray="4 3"',
    "user": 'stroke-width="1.2"',
    "contradicted": 'stroke-width="2.2"',
}


def to_svg(journey: Journey) -> str:
    """Write the whole map as one picture, as wide as its steps."""
    return paint(draw_whole(journey))


def draw_whole(journey: Journey) -> Drawing:
    """Draw the whole map on one sheet."""
    board = to_board(journey)
    count = max(1, len(board.columns))
    wide = max(NARROWEST, LABEL + 2 * MARGIN + count * COLUMN)
    (drawing,) = lay_out(board, Sheet(wide, None, margin=MARGIN, type_size=TYPE, columns=count))
    return drawing


def paint(drawing: Drawing) -> str:
    """Write a drawing as SVG."""
    wide, high = f"{drawing.width:.0f}", f"{drawing.height:.0f}"
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" '
            f'role="img" font-family="{FAMILY}">',
            f"<title>{_text(drawing.title)}</title>",
            f'<rect width="{wide}" height="{high}" fill="#{PAPER}"/>',
            *(line for mark in drawing.marks for line in _mark(mark)),
            "</svg>",
            "",
        ]
    )


def _mark(mark: Mark) -> Iterator[str]:
    match mark:
        case Panel():
            yield from _panel(mark)
        case Stroke():
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in mark.points)
            yield (
                f'<polyline points="{points}" fill="none" stroke="#{mark.colour}" stroke-width="{mark.width:g}" '
                'stroke-linejoin="round" stroke-linecap="round"/>'
            )
        case Dot():
            yield from _dot(mark)


def _panel(panel: Panel) -> Iterator[str]:
    if panel.fill:
        frame = f'x="{panel.x:.1f}" y="{panel.y:.1f}" width="{panel.w:.1f}" height="{panel.h:.1f}"'
        stroke = f' stroke="#{panel.ink}" {OUTLINES[panel.form]}' if OUTLINES[panel.form] else ""
        yield f'<rect {frame} rx="{panel.radius:g}" fill="#{panel.fill}"{stroke}/>'
    high = sum(len(words.lines) * words.size * LINE_HEIGHT for words in panel.words)
    y = panel.y + ((panel.h - high) / 2 if panel.middle else panel.pad)
    for words in panel.words:
        yield from _lines(words, panel, y)
        y += len(words.lines) * words.size * LINE_HEIGHT


def _lines(words: Words, panel: Panel, y: float) -> Iterator[str]:
    left, right = panel.x + panel.pad, panel.x + panel.w - panel.pad
    x, anchor, mark = left, "", RLM if is_rtl(words.text) else ""
    if panel.align == "center":
        x, anchor = (left + right) / 2, ' text-anchor="middle"'
    elif is_rtl(words.text):
        x, anchor = right, ' text-anchor="end"'
    for number, line in enumerate(words.lines):
        at = y + number * words.size * LINE_HEIGHT + ASCENT * words.size
        yield f'<text x="{x:.1f}" y="{at:.1f}"{anchor}{_type(words)}>{mark}{_text(line.strip())}{mark}</text>'


def _dot(dot: Dot) -> Iterator[str]:
    is_ring = dot.form in ("inferred", "user") or dot.words is not None
    fill = PAPER if is_ring else dot.colour
    dash = ' stroke-dasharray="3 2"' if dot.form == "inferred" else ""
    wide = 3.2 if dot.form == "contradicted" else 1.6
    yield (
        f'<circle cx="{dot.x:.1f}" cy="{dot.y:.1f}" r="{dot.r:.1f}" fill="#{fill}" stroke="#{dot.colour}" '
        f'stroke-width="{wide}"{dash}/>'
    )
    if dot.words:
        at = dot.y + 0.36 * dot.words.size
        place = f'x="{dot.x:.1f}" y="{at:.1f}" text-anchor="middle"'
        yield f"<text {place}{_type(dot.words)}>{_text(dot.words.text)}</text>"


def _type(words: Words) -> str:
    weight = ' font-weight="700"' if words.bold else ""
    return f' font-size="{words.size:.1f}" fill="#{words.colour}"{weight}'


def _text(text: str) -> str:
    return escape(xml_text(text), quote=False)
