"""The notes of a wall, and the wall that is drawn from them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from journey.engines.local.pictures.drafts import Draft, DrawnLink, DrawnPhase
from journey.engines.local.pictures.entries import Entry, in_reading_order
from journey.engines.local.pictures.lane_titles import is_placeholder
from journey.engines.local.pictures.sheet import Card, Piece, Sheet
from journey.engines.local.pictures.wall_phases import in_block_order
from journey.sources.geometry import Rect

BANNER = 0.55
"""Of the picture's width, from which a low card is a heading and no note."""
ON_CARD = 0.6
"""Share of a text's place that lies on its card."""
LARGE_PRINT = 2.2
"""Times the usual height of writing on notes, from which a card is a heading."""
LINKED = 0.6
"""Share of the notes that arrows must join; fewer are creases and shadows."""


@dataclass(frozen=True, slots=True)
class Note:
    """A card with the words on it."""

    card: Card
    entry: Entry

    @property
    def rect(self) -> Rect:
        """Its place."""
        return self.card.rect


@dataclass(frozen=True)
class Wall:
    """What was found on a wall of notes: phases in order, arrows between notes, and what is on no note."""

    phases: tuple[DrawnPhase, ...]
    links: tuple[DrawnLink, ...]
    aside: tuple[Piece, ...]
    top: float


def find_notes(sheet: Sheet) -> list[Note]:
    """Return the cards with words of their own that can be notes, each once."""
    pieces = {piece.passage: piece for piece in sheet.pieces}
    notes = []
    for card in sheet.cards:
        inside = in_reading_order(
            [pieces[name] for name in card.passages if name in pieces and _lies_on(pieces[name], card)]
        )
        is_banner = card.rect.width > BANNER * sheet.width
        is_ground = card.rect.area > 0.3 * sheet.width * sheet.height
        if inside and not is_banner and not is_ground:
            notes.append(Note(card, Entry(tuple(inside))))
    heights = [min(piece.rect.height for piece in note.entry.pieces) for note in notes]
    usual = statistics.median(heights) if heights else 0.0
    written = [note for note, height in zip(notes, heights, strict=True) if height < LARGE_PRINT * usual]
    return [note for note in written if not is_placeholder(note.entry.text)]


def _lies_on(piece: Piece, card: Card) -> bool:
    """Whether words stand on a card, and the card is not merely the inside of a letter; a lone sign is a drawing."""
    worded = sum(char.isalpha() for char in piece.text) > 1
    return worded and piece.rect.shared(card.rect) > ON_CARD * piece.rect.area


def to_draft(note: Note) -> Draft:
    """Return a note as a step."""
    return Draft(note.entry.text, note.entry, range(1), shape=note.card.id)


def in_block(notes: Sequence[Note], drafts: dict[str, Draft]) -> list[Draft]:
    """Return the steps of the notes below one heading, in order."""
    return [drafts[notes[at].card.id] for at in in_block_order([note.rect for note in notes])] if notes else []


def note_links(sheet: Sheet, drafts: dict[str, Draft]) -> list[DrawnLink]:
    """Return the arrows from note to note, with what is written on them."""
    words = {piece.passage: piece for piece in sheet.pieces}
    found = []
    for line in sheet.connectors:
        if line.before in drafts and line.after in drafts and line.before != line.after:
            label = [words[passage] for passage in line.label if passage in words]
            found.append(DrawnLink(line.before or "", line.after or "", Entry(tuple(label)) if label else None))
    joined = {end for link in found for end in (link.before, link.after)}
    return found if len(joined) >= LINKED * len(drafts) else []
