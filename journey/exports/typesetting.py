"""What the words of a card need: how they break, how high a card gets, how many fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from journey.exports.board import Board, Card, Row
from journey.exports.drawing import Words
from journey.exports.measuring import LINE_HEIGHT, cut, settled, wrap
from journey.exports.palette import ALARM, INK, QUIET

FOOT = 0.8
"""Of what stands below a card's words, in sizes of its type."""

CURVE_ROW = 12.0
"""Height of the row of feelings, in sizes of type."""

EVERY_LINE = 10_000


@dataclass(frozen=True)
class Strip:
    """A row, or as much of it as fits on a page: how high it is, and its cards by column."""

    row: Row
    title: str
    height: float
    cells: tuple[tuple[Card, ...], ...] = ()


@dataclass(frozen=True)
class Typesetter:
    """Sets cards in one size of type and one width of column; all lengths in points."""

    size: float
    column: float
    cites: bool
    """Whether a card tells its number in an appendix."""

    @property
    def gap(self) -> float:
        """Room between two cards."""
        return 0.45 * self.size

    @property
    def pad(self) -> float:
        """Room between a card's edge and its words."""
        return 0.45 * self.size

    @property
    def card(self) -> float:
        """Width of a card."""
        return self.column - self.gap

    def words(
        self, text: str, room: float, scale: float, colour: str, *, bold: bool = False, most: int = EVERY_LINE
    ) -> Words:
        """Break a paragraph into at most so many lines; `scale` is its size in sizes of type."""
        size = scale * self.size
        return Words(cut(wrap(settled(text), room, size, bold=bold), most), size, colour, bold)

    def foot(self, card: Card, room: float) -> Words:
        """Say what a card rests on."""
        reference = f"E{card.reference}" if card.reference and self.cites else ""
        said = " · ".join(part for part in (reference, card.standing.words()) if part)
        return self.words(said, room, FOOT, ALARM if card.standing.against else QUIET)

    def card_words(self, card: Card) -> tuple[Words, ...]:
        """Return a card's words, and below them what they rest on."""
        room = self.card - 2 * self.pad
        return filled(self.words(card.text, room, 1.0, INK), self.foot(card, room))

    def card_height(self, card: Card) -> float:
        """Return how high a card is."""
        return height(self.card_words(card)) + 2 * self.pad

    def strips(self, board: Board, row: Row, room: float) -> Iterator[Strip]:
        """Yield a row whole, or in strips that fit the room; a card that does not fit alone is cut short."""
        if row.is_curve:
            yield Strip(row, row.title, CURVE_ROW * self.size)
            return
        rest = [list(column.cells.get(row.title, ())) for column in board.columns]
        title = row.title
        while any(rest):
            taken = [self._take(cards, room - self.size) for cards in rest]
            high = max(map(self._stack_height, taken)) + self.size
            yield Strip(row, title, high, tuple(map(tuple, taken)))
            rest = [cards[len(some) :] for cards, some in zip(rest, taken, strict=True)]
            title = f"{row.title} (continued)"

    def _take(self, cards: Sequence[Card], room: float) -> list[Card]:
        taken: list[Card] = []
        for card in cards:
            if taken and self._stack_height([*taken, card]) > room:
                break
            taken.append(card if self.card_height(card) <= room else self._shortened(card, room))
        return taken

    def _shortened(self, card: Card, room: float) -> Card:
        foot = height((self.foot(card, self.card - 2 * self.pad),))
        most = int((room - foot - 2 * self.pad - self.gap) / (self.size * LINE_HEIGHT))
        lines = cut(wrap(card.text, self.card - 2 * self.pad, self.size), most)
        return replace(card, text="".join(lines))

    def _stack_height(self, cards: Sequence[Card]) -> float:
        return sum(self.card_height(card) + self.gap for card in cards)


def filled(*paragraphs: Words) -> tuple[Words, ...]:
    """Return the paragraphs that say something."""
    return tuple(words for words in paragraphs if words.lines)


def height(paragraphs: Sequence[Words]) -> float:
    """Return how high paragraphs are, one below the other."""
    return sum(len(words.lines) * words.size * LINE_HEIGHT for words in paragraphs)
