"""A storyboard as steps: captions under or over pictures that tell, one after the other, what the same person does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from journey.engines.local.pictures.drafts import Draft, DrawnPhase
from journey.engines.local.pictures.entries import Entry
from journey.engines.local.pictures.lane_titles import plain
from journey.engines.local.pictures.sheet import Card, Piece, Sheet
from journey.sources.layout.cards import reading_order

LEAST_CAPTIONS = 4
LEAST_WORDS = 5
SAME_SUBJECT = 0.6
"""Share of the captions that begin with the same word: who the story is about."""
ON_CARD = 0.7
"""Share of a text's place on a card from which it is a label in a drawing and no caption."""


def draw_storyboard(sheet: Sheet) -> DrawnPhase | None:
    """Read the captions of a storyboard as steps; None where the loose texts do not tell of the same person."""
    captions = find_captions(sheet)
    if len(captions) < LEAST_CAPTIONS:
        return None
    entries = [Entry((captions[at],)) for at in reading_order([piece.rect for piece in captions])]
    return DrawnPhase(None, None, tuple(Draft(entry.text, entry, range(1)) for entry in entries))


def find_captions(sheet: Sheet) -> list[Piece]:
    """Return the sentences that lie on no card and begin with the word that most such sentences begin with."""
    loose = [
        piece for piece in sheet.pieces if len(piece.text.split()) >= LEAST_WORDS and not is_label(piece, sheet.cards)
    ]
    subjects = Counter(plain(piece.text.split()[0]) for piece in loose)
    if not subjects:
        return []
    subject, count = subjects.most_common(1)[0]
    if count < SAME_SUBJECT * len(loose) or not subject:
        return []
    return [piece for piece in loose if plain(piece.text.split()[0]) == subject]


def is_label(piece: Piece, cards: Sequence[Card]) -> bool:
    """Whether a text lies on a card of its own size, and not on the ground of the whole picture."""
    return any(
        piece.rect.shared(card.rect) > ON_CARD * piece.rect.area and card.rect.area < 12 * piece.rect.area
        for card in cards
    )
