"""The legend of a wall: which colour of note stands for what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from journey.engines.local.pictures.lane_titles import LaneKind, lane_of
from journey.engines.local.pictures.sheet import Card, Piece, Sheet
from journey.sources.geometry import Rect
from journey.sources.layout.colours import difference

SWATCH = 0.25
"""Of a usual card's area, below which a coloured patch beside words is a swatch."""
ALIKE = 14.0
"""Difference in CIELAB up to which two notes have one colour: light falls unevenly on a wall."""
LEAST_KNOWN = 2
"""Labels that name lanes, from which a block of words or patches is a legend."""
MOST_LABELS = 9
"""Beginnings of labels in one block that are tried."""
_BEGINNING = re.compile(r"(?<=\s)(?=[^\W\d_a-zà-ÿ])")
"""Where a capital follows a space: perhaps the beginning of a label."""
_NAMED = re.compile(r"^(?:legend|key|legende|leyenda|légende|legenda)\s*:?$", re.IGNORECASE)


@dataclass(frozen=True)
class Kinds:
    """What the colours stand for: pairs of a colour and its label; the cards and passages that only explain them."""

    labels: tuple[tuple[str, str], ...] = ()
    cards: frozenset[str] = frozenset()
    passages: frozenset[str] = frozenset()

    def label_of(self, colour: str) -> str:
        """Return the label of a colour; empty where the legend has none."""
        near = sorted((difference(colour, known), label) for known, label in self.labels)
        return near[0][1] if near and near[0][0] <= ALIKE else ""

    def lane_of(self, colour: str) -> LaneKind | None:
        """Return the lane that a colour stands for."""
        return lane_of(self.label_of(colour))

    def is_step(self, colour: str) -> bool:
        """Whether notes of a colour are steps: those of actions or steps, and those the legend does not name."""
        return not self.label_of(colour) or self.lane_of(colour) in ("actions", "steps", "phases")


def read_legend(sheet: Sheet) -> Kinds:
    """Read the legend of a wall: small patches of different colours, each with words beside it, one below the other."""
    worded = {card.id for card in sheet.cards if any(_lies_on(piece, card) for piece in sheet.pieces)}
    areas = sorted(card.rect.area for card in sheet.cards if card.id in worded)
    usual = areas[len(areas) // 2] if areas else 0.0
    swatches = [card for card in sheet.cards if card.id not in worded and card.rect.area < SWATCH * usual]
    words = [line for piece in sheet.pieces for line in _lines_of(piece, swatches, sheet.line_height)]
    labelled = [(card, _label(card, words)) for card in swatches]
    pairs = [(card, label) for card, label in labelled if label is not None]
    colours = {card.colour for card, _ in pairs}
    if len(colours) < 2 or not (any(_NAMED.match(piece.text) for piece in sheet.pieces) or _known(pairs)):
        return Kinds()
    headings = {piece.passage for piece in sheet.pieces if _NAMED.match(piece.text)}
    notes = [card for card in sheet.cards if card.id in worded]
    rest = _by_elimination(pairs, words, notes)
    return Kinds(
        (*((card.colour, label.text) for card, label in pairs), *((colour, label.text) for colour, label in rest)),
        frozenset(card.id for card, _ in pairs),
        frozenset(label.passage for _, label in (*pairs, *rest)) | headings,
    )


def _lines_of(piece: Piece, swatches: Sequence[Card], line: float) -> list[Piece]:
    """Return the labels of a block beside several patches, each at its place; else the block itself."""
    if sum(_is_before(card, piece) for card in swatches) < 2:
        return [piece]
    most = round(piece.rect.height / line) + 1
    partings = [parting for parting in _partings(piece.text, most) if len(parting) > 2]
    best = max(partings, key=lambda parting: _lanes(piece.text, parting), default=[])
    if _lanes(piece.text, best) < LEAST_KNOWN:
        return [piece]
    step = piece.rect.height / (len(best) - 1)
    tops = [piece.rect.top + step * at for at in range(len(best) - 1)]
    return [
        replace(piece.cut(start, end), rect=Rect(piece.rect.left, top, piece.rect.right, top + step))
        for (start, end), top in zip(pairwise(best), tops, strict=True)
    ]


def _is_before(card: Card, piece: Piece) -> bool:
    """Whether a patch stands close before a block, beside one of its lines."""
    middle = (card.rect.top + card.rect.bottom) / 2
    room = piece.rect.left - card.rect.right
    return piece.rect.top <= middle <= piece.rect.bottom and abs(room) <= 2 * card.rect.height


def _partings(text: str, most: int) -> Iterator[list[int]]:
    """Yield the ways to part a text before capitals into up to so many lines, or two fewer.

    >>> list(_partings("Steps Pain points", 2))
    [[0, 17], [0, 6, 17]]
    """
    places = [hit.start() for hit in _BEGINNING.finditer(text)]
    for count in range(max(0, most - 3), most):
        for chosen in combinations(places[:MOST_LABELS], count):
            yield [0, *chosen, len(text)]


def _lanes(text: str, parting: Sequence[int]) -> int:
    """Return how many of the lines name a lane."""
    return sum(lane_of(text[start:end].strip()) is not None for start, end in pairwise(parting))


def _by_elimination(
    pairs: Sequence[tuple[Card, Piece]], words: Sequence[Piece], notes: Sequence[Card]
) -> list[tuple[str, Piece]]:
    """Return the one colour of notes and the one label beside the others that are left, where just one of each is."""
    known = [card.colour for card, _ in pairs]
    colours: list[str] = []
    for note in notes:
        if all(difference(note.colour, colour) > ALIKE for colour in (*known, *colours)):
            colours.append(note.colour)
    taken = [label for _, label in pairs]
    inside = {passage for note in notes for passage in note.passages}
    free = [word for word in words if word not in taken and word.passage not in inside and lane_of(word.text)]
    left = [word for word in free if any(_are_in_line(word, label) for label in taken)]
    return [(colours[0], left[0])] if len(colours) == len(left) == 1 else []


def _are_in_line(one: Piece, other: Piece) -> bool:
    """Whether two labels stand in one row, or begin one below the other."""
    return (
        abs(one.rect.top - other.rect.top) < 0.5 * other.rect.height
        or abs(one.rect.left - other.rect.left) < 0.5 * other.rect.height
    )


def _lies_on(piece: Piece, card: Card) -> bool:
    return piece.rect.shared(card.rect) > 0.5 * piece.rect.area


def _known(pairs: Sequence[tuple[Card, Piece]]) -> bool:
    return sum(lane_of(label.text) is not None for _, label in pairs) >= LEAST_KNOWN


def _label(card: Card, pieces: Sequence[Piece]) -> Piece | None:
    """Return the words close to the right of a patch, at its height."""
    height = card.rect.height
    for piece in pieces:
        middle = (piece.rect.top + piece.rect.bottom) / 2
        room = piece.rect.left - card.rect.right
        if card.rect.top <= middle <= card.rect.bottom and -0.2 * height <= room <= 2 * height:
            return piece
    return None
