"""The legend of a wall: which colour of note stands for what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from journey.engines.local.pictures.lane_titles import LaneKind, lane_of
from journey.engines.local.pictures.sheet import Card, Piece, Sheet
from journey.sources.layout.colours import difference

SWATCH = 0.25
"""Of a usual card's area, below which a coloured patch beside words is a swatch."""
ALIKE = 14.0
"""Difference in CIELAB up to which two notes have one colour: light falls unevenly on a wall."""
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
    labelled = [(card, _label(card, sheet.pieces)) for card in swatches]
    pairs = [(card, label) for card, label in labelled if label is not None]
    colours = {card.colour for card, _ in pairs}
    if len(colours) < 2 or not (any(_NAMED.match(piece.text) for piece in sheet.pieces) or _known(pairs)):
        return Kinds()
    headings = {piece.passage for piece in sheet.pieces if _NAMED.match(piece.text)}
    return Kinds(
        tuple((card.colour, label.text) for card, label in pairs),
        frozenset(card.id for card, _ in pairs),
        frozenset(label.passage for _, label in pairs) | headings,
    )


def _lies_on(piece: Piece, card: Card) -> bool:
    return piece.rect.shared(card.rect) > 0.5 * piece.rect.area


def _known(pairs: Sequence[tuple[Card, Piece]]) -> bool:
    return sum(lane_of(label.text) is not None for _, label in pairs) >= 2


def _label(card: Card, pieces: Sequence[Piece]) -> Piece | None:
    """Return the words close to the right of a patch, at its height."""
    height = card.rect.height
    for piece in pieces:
        middle = (piece.rect.top + piece.rect.bottom) / 2
        room = piece.rect.left - card.rect.right
        if card.rect.top <= middle <= card.rect.bottom and -0.2 * height <= room <= 2 * height:
            return piece
    return None
