"""Place a map on sheets: phases over steps over lanes, another sheet where steps or lanes do not fit on one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from journey.exports.board import FORM_WORDS, Band, Board, Card, Column, Form
from journey.exports.curve import draw_curve
from journey.exports.drawing import Dot, Drawing, Mark, Panel, Sheet, Stroke, Words
from journey.exports.measuring import width
from journey.exports.palette import ALARM, BAND_FILL, INK, LINE, PAPER, PRIMARY, QUIET, tone
from journey.exports.typesetting import FOOT, Strip, Typesetter, filled, height

LABEL = 9.6
"""Width of the lanes' names, in sizes of type."""

FOOTER = 2.6
"""Height of the legend with the room above it, in sizes of type."""

STRETCH = 2.0
"""How much wider than planned a column gets where there are few."""


TYPE_SCALES = (1.0, 0.92, 0.85)
"""Smaller type is used where it spares a sheet."""


def lay_out(board: Board, sheet: Sheet) -> list[Drawing]:
    """Draw the map on as few sheets as its type can be made small for, at least one."""
    if sheet.height is None:
        return _lay_out(board, sheet)
    return min((_lay_out(board, replace(sheet, type_size=sheet.type_size * scale)) for scale in TYPE_SCALES), key=len)


def _lay_out(board: Board, sheet: Sheet) -> list[Drawing]:
    pages = [(page, strips) for part in board.split(sheet.columns) for page in [_Page(part, sheet)] for strips in page]
    return [page.draw(strips, number, len(pages)) for number, (page, strips) in enumerate(pages, start=1)]


class _Page:
    """The head that sheets with the same columns share; iterating yields the strips of each sheet."""

    def __init__(self, board: Board, sheet: Sheet) -> None:
        self._board, self._sheet = board, sheet
        self._size = sheet.type_size
        self._room = sheet.width - 2 * sheet.margin
        across = self._room - LABEL * self._size
        column = min(across / max(1, len(board.columns)), STRETCH * across / sheet.columns)
        self._setter = Typesetter(self._size, column, cites=sheet.height is not None)
        self._step_room = self._setter.card - 0.6 * self._size  # no edge parts a title from the next one
        self._headline = self._head_of_sheet()
        self._bands_top = sheet.margin + height(self._headline) + 0.9 * self._size
        bands = [height((self._band_words(band),)) + 0.9 * self._size for band in board.bands]
        self._steps_top = self._bands_top + max(bands, default=0.0) + self._setter.gap
        steps = [2.2 * self._size + height(self._step_words(column)) for column in board.columns]
        self._rows_top = self._steps_top + max(steps, default=0.0) + self._setter.gap

    def __iter__(self) -> Iterator[list[Strip]]:
        sheet = self._sheet
        bottom = float("inf") if sheet.height is None else sheet.height - sheet.margin - FOOTER * self._size
        room = left = bottom - self._rows_top
        strips: list[Strip] = []
        for row in self._board.rows:
            for strip in self._setter.strips(self._board, row, room):
                if strips and strip.height > left:
                    yield strips
                    strips, left = [], room
                strips.append(strip)
                left -= strip.height
        yield strips

    def draw(self, strips: list[Strip], number: int, total: int) -> Drawing:
        """Place everything on one sheet."""
        marks = [*self._titles(), *self._bands(), *self._steps()]
        y = self._rows_top
        for strip in strips:
            marks += self._strip(strip, y)
            y += strip.height
        high = self._sheet.height or y + FOOTER * self._size + self._sheet.margin
        marks += self._footer(high - self._sheet.margin - self._size, number, total)
        return Drawing(self._sheet.width, high, self._board.title, tuple(marks))

    def _x(self, at: int) -> float:
        return self._sheet.margin + LABEL * self._size + at * self._setter.column

    def _head_of_sheet(self) -> tuple[Words, ...]:
        board, words = self._board, self._setter.words
        return filled(
            words(board.title, self._room, 2.0, INK, bold=True, most=2),
            words(board.facts, self._room, 1.0, QUIET, most=2),
            words(board.notice, self._room, 1.0, ALARM, bold=True, most=2),
        )

    def _titles(self) -> Iterator[Mark]:
        y = self._sheet.margin
        for words in self._headline:
            name = "Title" if y == self._sheet.margin else "About"
            yield Panel(self._sheet.margin, y, self._room, height((words,)), (words,), name=name)
            y += height((words,))

    def _band_words(self, band: Band) -> Words:
        room = len(band.columns) * self._setter.column - self._setter.gap - 1.4 * self._size
        return self._setter.words(f"{band.number}  {band.name}", room, 1.15, PRIMARY, bold=True, most=3)

    def _bands(self) -> Iterator[Mark]:
        at, high = 0, self._steps_top - self._setter.gap - self._bands_top
        for band in self._board.bands:
            wide = len(band.columns) * self._setter.column - self._setter.gap
            words = (self._band_words(band),)
            frame = (self._x(at), self._bands_top, wide, high)
            yield Panel(
                *frame, words, BAND_FILL, radius=3, pad=0.7 * self._size, middle=True, name=f"Phase {band.number}"
            )
            at += len(band.columns)

    def _step_words(self, column: Column) -> tuple[Words, ...]:
        room, words = self._step_room, self._setter.words
        return filled(
            words(column.head.text, room, 1.1, INK, bold=True, most=6),
            words(column.remark, room, FOOT, PRIMARY, most=5),
            self._setter.foot(column.head, room),
        )

    def _steps(self) -> Iterator[Mark]:
        y, count = self._steps_top + self._size, len(self._board.columns)
        if count > 1:
            yield Stroke(((self._x(0) + self._size, y), (self._x(count - 1) + self._size, y)), LINE, 1.2, name="Order")
        for at, column in enumerate(self._board.columns):
            if column.number:
                yield self._number(column, self._x(at) + self._size, y)
            top = y + 1.2 * self._size
            frame = (self._x(at), top, self._step_room, self._rows_top - self._setter.gap - top)
            yield Panel(*frame, self._step_words(column), name=f"Step {column.number}", reference=column.head.reference)

    def _number(self, column: Column, x: float, y: float) -> Mark:
        """Draw a step's number in a ring, broken where no quote shows the step."""
        words = Words((str(column.number),), 0.85 * self._size, INK, bold=True)
        form: Form = "inferred" if column.head.standing.form == "inferred" else "user"
        return Dot(x, y, 0.95 * self._size, PRIMARY, form, words, name=f"Number of step {column.number}")

    def _strip(self, strip: Strip, y: float) -> Iterator[Mark]:
        left, size = self._sheet.margin, self._size
        right = self._x(len(self._board.columns)) - self._setter.gap
        ink = PRIMARY if strip.row.is_curve else tone(strip.row.title).ink
        label = self._setter.words(strip.title, (LABEL - 1) * size, 1.0, ink, bold=True, most=4)
        yield Stroke(((left, y), (right, y)), LINE, 0.6, name="Edge of lane")
        yield Panel(left, y + 0.7 * size, (LABEL - 1) * size, height((label,)), (label,), name="Lane")
        if strip.row.is_curve:
            lefts = [self._x(at) for at in range(len(self._board.columns))]
            yield from draw_curve(self._board.columns, lefts, y, self._setter)
        for at, cards in enumerate(strip.cells):
            yield from self._stack(cards, self._x(at), y + 0.5 * size, strip.row.title)

    def _stack(self, cards: tuple[Card, ...], x: float, y: float, lane: str) -> Iterator[Mark]:
        for card in cards:
            yield self._card(card, x, y, lane)
            y += self._setter.card_height(card) + self._setter.gap

    def _card(self, card: Card, x: float, y: float, lane: str) -> Mark:
        form = card.standing.form
        return Panel(
            x,
            y,
            self._setter.card,
            self._setter.card_height(card),
            self._setter.card_words(card),
            fill=PAPER if form == "inferred" else tone(lane).fill,
            ink=ALARM if form == "contradicted" else tone(lane).ink,
            form=form,
            radius=3,
            pad=self._setter.pad,
            name=f"{lane}: {FORM_WORDS[form]}",
            reference=card.reference,
        )

    def _footer(self, y: float, number: int, total: int) -> Iterator[Mark]:
        """Draw the legend, and which sheet of how many this is."""
        x, size = self._sheet.margin, self._size
        for form, said in FORM_WORDS.items():
            fill, ink = PAPER if form == "inferred" else tone("").fill, ALARM if form == "contradicted" else QUIET
            yield Panel(x, y, 1.8 * size, size, fill=fill, ink=ink, form=form, radius=2, name="Legend")
            wide = width(said, FOOT * size) + size
            words = self._setter.words(said, wide, FOOT, QUIET)
            yield Panel(x + 2.2 * size, y, wide, height((words,)), (words,), name="Legend")
            x += wide + 3 * size
        if total > 1:
            words = Words((f"{number} / {total}",), FOOT * size, QUIET)
            wide = 5 * size
            yield Panel(
                self._sheet.width - self._sheet.margin - wide, y, wide, height((words,)), (words,), align="center"
            )
