"""The appendix of slides: tables of claims and their quotes, as many rows on each as fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Pt

from journey.exports.appendix import Entry, Proof
from journey.exports.drawing import Panel, Sheet, Words
from journey.exports.measuring import LINE_HEIGHT, settled, wrap
from journey.exports.palette import ALARM, BAND_FILL, INK, PAPER, PRIMARY, QUIET
from journey.exports.slide_shapes import write

WIDTHS = (44.0, 150.0, 230.0, 480.0)
"""Points: the number, the place on the map, the claim, the quote."""

HEADS = ("No", "Step and lane", "Claim", "In their words")
ZEBRA = "F6F6F8"
SIZE = 9.0
PAD = 3.5
HEAD_HEIGHT = SIZE * LINE_HEIGHT + 2 * PAD
TITLE = 40.0
"""Height of a slide's title with the room below it."""


@dataclass(frozen=True)
class Row:
    """One quote; the claim stands in the row of its first."""

    number: int
    place: Words
    claim: Words
    quote: Words
    source: Words

    @property
    def height(self) -> float:
        """In points."""
        told = len(self.quote.lines) + len(self.source.lines)
        return max(len(self.place.lines), len(self.claim.lines), told) * SIZE * LINE_HEIGHT + 2 * PAD


def paginate(entries: Iterable[Entry], sheet: Sheet) -> list[list[Row]]:
    """Return the rows of each slide; a quote longer than a slide goes on in the next row."""
    room = (sheet.height or 0) - 2 * sheet.margin - TITLE - HEAD_HEIGHT
    pages: list[list[Row]] = []
    left = 0.0
    for row in (row for entry in entries for row in _rows(entry, room)):
        if row.height > left:
            pages.append([])
            left = room
        pages[-1].append(row)
        left -= row.height
    return pages


def add_table(slide: Slide, rows: Sequence[Row], sheet: Sheet, *, title: str) -> None:
    """Put a table under a title on a slide."""
    heading = slide.shapes.title
    heading.left, heading.top = Pt(sheet.margin), Pt(sheet.margin)
    heading.width, heading.height = Pt(sheet.width - 2 * sheet.margin), Pt(TITLE - 8)
    write(heading.text_frame, Panel(0, 0, 0, 0, (Words((title,), 18, INK, bold=True),)))
    top, high = sheet.margin + TITLE, HEAD_HEIGHT + sum(row.height for row in rows)
    frame = (Pt(sheet.margin), Pt(top), Pt(sum(WIDTHS)), Pt(high))
    shape = slide.shapes.add_table(len(rows) + 1, len(WIDTHS), *frame)
    shape.name = "Evidence"
    for column, wide in zip(shape.table.columns, WIDTHS, strict=True):
        column.width = Pt(wide)
    shape.table.horz_banding = False
    for cell, head in zip(shape.table.rows[0].cells, HEADS, strict=True):
        _fill(cell, Words((head,), SIZE, PRIMARY, bold=True), colour=BAND_FILL)
    shape.table.rows[0].height = Pt(HEAD_HEIGHT)
    for line, row in zip(list(shape.table.rows)[1:], rows, strict=True):
        line.height = Pt(row.height)
        number = Words((f"E{row.number}",) if row.claim.lines else (), SIZE, QUIET)
        for cell, words in zip(
            line.cells, ((number,), (row.place,), (row.claim,), (row.quote, row.source)), strict=True
        ):
            _fill(cell, *words, colour=ZEBRA if row.number % 2 else PAPER)


def _fill(cell: _Cell, *words: Words, colour: str) -> None:
    write(cell.text_frame, Panel(0, 0, 0, 0, tuple(part for part in words if part.lines)))
    cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = Pt(PAD)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(colour)


def _rows(entry: Entry, room: float) -> Iterator[Row]:
    place, claim = _words(entry.where, 1, QUIET), _words(entry.text, 2, INK, bold=True)
    most = int((room - 2 * PAD) / (SIZE * LINE_HEIGHT)) - 2
    for proof in entry.proofs:
        for quote, source in _told(proof, most):
            yield Row(entry.number, _cut(place, most), _cut(claim, most), quote, source)
            place = claim = Words((), SIZE, QUIET)


def _told(proof: Proof, most: int) -> Iterator[tuple[Words, Words]]:
    """Yield a quote and where it stands, in parts where it is longer than a slide."""
    quote = _words(f"“{proof.citation.quote}”", 3, INK)
    source = _words(proof.place, 3, ALARM if proof.is_against else QUIET)
    for start in range(0, len(quote.lines), most):
        part = Words(quote.lines[start : start + most], SIZE, INK)
        is_last = start + most >= len(quote.lines)
        yield part, source if is_last else Words((), SIZE, QUIET)


def _words(text: str, column: int, colour: str, *, bold: bool = False) -> Words:
    return Words(wrap(settled(text), WIDTHS[column] - 2 * PAD, SIZE, bold=bold), SIZE, colour, bold)


def _cut(words: Words, most: int) -> Words:
    return Words(words.lines[:most], words.size, words.colour, words.bold)
