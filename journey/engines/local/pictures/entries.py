"""The entries of a cell: its points, cards or paragraphs, each one thing said.

Blocks as read may part one entry (a sentence over two blocks) or join several (a list whose lines fill their card), so
both are mended here: by bullets, by how a line begins, and by how wide a line would have been.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from journey.engines.local.pictures.axes import shared
from journey.engines.local.pictures.lane_titles import hangs, is_placeholder
from journey.engines.local.pictures.sheet import BULLET, Card, Piece, around, joined
from journey.model import Evidence
from journey.sources.geometry import Rect

INNER_BULLET = re.compile(r"(?<=\S)\s+(?=(?:[•·∙◦▪■●○✓✔➢➤‣]\s*|= )\S)")
BEGINNING = re.compile(r"(?<=[\w)])\s+(?=[A-ZÀ-ÖØ-ÞŐŰ][\w'’]|\d{2})")
"""Where a capital or a number follows a word: perhaps the beginning of a line."""
WIDTH_OF_LETTER = (0.2, 0.5)
"""Of a line's padded height: the mean width of its letters, from narrow type to wide."""
NEXT_LINE = 0.85
"""Of a line's padded height, how much each further line adds to a block."""
EVEN = 0.6
"""Of the longer of two lines, how long the other must be for both to be a list by themselves."""
ROOM = 0.95
"""Of the widest line of a column, what counts as its width; boxes are padded."""
ON_CARD = 0.8
"""Of a card's width, what its words may fill."""
_QUOTATION = {'"': '"“”', "„": '“”"', "“": '”"', "«": "»", "»": "«"}
"""What ends a quotation, by what begins it; OCR often makes curly marks straight."""
_MARKS = '"“”»'
CLOSE = 0.7
"""Line heights between two blocks of one entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a cell says: its pieces, in reading order."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The words, without bullets; a hyphen at a line's end keeps its word together."""
        return re.sub(r"(?<=\w[-/]) (?=[a-zà-ÿ])", "", joined(self.pieces))

    @property
    def rect(self) -> Rect:
        """Its place."""
        return around([piece.rect for piece in self.pieces])

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The quotes, one for each block."""
        return tuple(piece.evidence() for piece in self.pieces)


def to_entries(
    pieces: Sequence[Piece],
    cards: Sequence[Card],
    *,
    listed: bool = False,
    width: float = 0.0,
    nouns: bool = False,
) -> list[Entry]:
    """Return the entries of one cell, in reading order; what only asks to be filled in is left out.

    Args:
        cards: those that hold no other; where a cell has several, each is an entry of its own.
        listed: other cells of the lane are lists, so that a block of two short lines is likely one too.
        width: how wide a line may be, in pixels; 0 where that is not known. A word that would have had room on the
            line before, and stands on the next, begins an entry.
        nouns: the language writes nouns with a capital; there a capital alone begins no entry.
    """
    homes = {passage: card.id for card in cards for passage in card.passages}
    widths = {card.id: max(width, ON_CARD * card.rect.width) for card in cards if width}
    by_card: dict[str, list[Piece]] = {}
    for piece in in_reading_order(pieces):
        by_card.setdefault(homes.get(piece.passage, ""), []).append(piece)
    many = sum(bool(card) for card in by_card) > 1
    entries: list[Entry] = []
    for card, inside in by_card.items():
        entries += _points(inside, one=many and card != "", listed=listed, width=widths.get(card, width), nouns=nouns)
    entries = [entry for entry in entries if not is_placeholder(entry.text)]
    return sorted(entries, key=lambda entry: _position(entry, entries))


def in_reading_order(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces line by line, each line from left to right."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.rect.top, piece.rect.left)):
        span = piece.rect.top, piece.rect.bottom
        if lines and shared(span, (lines[-1][0].rect.top, lines[-1][0].rect.bottom)) > 0.5 * min(
            piece.rect.height, lines[-1][0].rect.height
        ):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [piece for line in lines for piece in sorted(line, key=lambda piece: piece.rect.left)]


def _position(entry: Entry, entries: Sequence[Entry]) -> tuple[int, float, int]:
    """Return where an entry stands: the row of entries it is in, then from the left, then as read."""
    row = sum(other.rect.bottom <= entry.rect.top + 0.3 * entry.rect.height for other in entries)
    return row, entry.rect.left, entries.index(entry)


def is_list(piece: Piece) -> bool:
    """Whether a block is surely a list of lines, each an entry of its own."""
    return len(_line_beginnings(piece)) > 1


def _points(pieces: Sequence[Piece], *, one: bool, listed: bool, width: float, nouns: bool) -> Iterator[Entry]:
    """Yield the entries of one card or of one open cell."""
    lists = not one and not nouns and not any(BULLET.match(piece.text) for piece in pieces)
    parts = [part for piece in pieces for part in _parted(piece, lists=lists, listed=listed, width=width)]
    bulleted = [BULLET.match(part.text) is not None for part in parts]
    begun: list[Piece] = []
    for part, has_bullet in zip(parts, bulleted, strict=True):
        fresh = has_bullet or (not one and not _goes_on(begun, part, listed=any(bulleted), width=width, nouns=nouns))
        if begun and fresh:
            yield Entry(tuple(begun))
            begun = []
        hit = BULLET.match(part.text)
        begun.append(part.cut(hit.end(), len(part.text)) if hit else part)
    if begun:
        yield Entry(tuple(begun))


def _parted(piece: Piece, *, lists: bool, listed: bool, width: float) -> Iterator[Piece]:
    """Yield the points within one block."""
    places = [0, *(hit.end() for hit in INNER_BULLET.finditer(piece.text)), len(piece.text)]
    if len(places) == 2 and lists:
        begin = _line_beginnings(piece, width)
        sure = listed or len(begin) > 1 or all(_are_even(piece.text[:at], piece.text[at:]) for at in begin)
        places = [0, *(begin if sure else ()), len(piece.text)]
    for start, end in pairwise(places):
        yield piece.cut(start, end)


def _line_beginnings(piece: Piece, width: float = 0.0) -> list[int]:
    """Return where the lines of a block begin if each reads as an entry of its own, else nothing.

    The block's box tells how many lines it has and how long they may be: where parting it at every capital makes just
    so many lines of just that length, they are a list. A sentence with names in it does not fit.

    >>> from journey.sources.geometry import Rect
    >>> block = Piece("s1", "b1", 0, 45, "Search for doctors Read reviews Download app", Rect(0, 0, 140, 58))
    >>> _line_beginnings(block)
    [19, 32]
    >>> shop = Piece("s1", "b1", 0, 14, "Office Webinar", Rect(0, 0, 67, 43))
    >>> _line_beginnings(shop), _line_beginnings(shop, 240)
    ([], [7])
    >>> _line_beginnings(Piece("s1", "b1", 0, 28, "We saw the Rialto Bridge now", Rect(0, 0, 190, 20)))
    []
    """
    text = piece.text
    if BULLET.match(text):
        return []
    places = [hit.end() for hit in BEGINNING.finditer(text) if _may_end(text[: hit.start()])]
    if not places:
        return []
    lines = [text[start:end].strip() for start, end in zip([0, *places], [*places, len(text)], strict=True)]
    line_height = piece.rect.height / (1 + NEXT_LINE * (len(lines) - 1))
    letter = piece.rect.width / max(len(line) for line in lines) / line_height
    several = sum(len(line.split()) for line in lines) > len(lines)
    parted = len(text) * letter * line_height < ROOM * width
    return places if (several or parted) and WIDTH_OF_LETTER[0] <= letter <= WIDTH_OF_LETTER[1] else []


def _are_even(one: str, other: str) -> bool:
    """Whether two lines are about as long, as those of a short list are and the last line of a sentence is not."""
    return min(len(one), len(other)) > EVEN * max(len(one), len(other))


def _may_end(text: str) -> bool:
    """Whether a line of a list may end so: not with a small word, nor with a name that goes on."""
    *before, last = text.split()
    named = bool(before) and last[:1].isupper()
    return not hangs(last) and not last.endswith((",", "-", "/", "&", "(")) and not named


def _goes_on(begun: Sequence[Piece], part: Piece, *, listed: bool, width: float, nouns: bool) -> bool:
    """Whether a block is the rest of the entry before it."""
    if not begun:
        return False
    last = begun[-1]
    if last.passage == part.passage:
        return False
    if (_is_open(joined(begun)) or _closes(part.text)) and part.text[:1] not in _QUOTATION:
        return True
    height = min(last.rect.height, part.rect.height)
    level = shared((last.rect.top, last.rect.bottom), (part.rect.top, part.rect.bottom)) > 0.6 * height
    if level and -0.5 * height < part.rect.left - last.rect.right < height:
        return True
    apart = part.rect.top - last.rect.bottom
    if shared((last.rect.left, last.rect.right), (part.rect.left, part.rect.right)) <= 0 or apart > CLOSE * height:
        return False
    first = part.text.lstrip("\"'“”‘’«»(")[:1]
    if nouns and width and last.text[-1:] not in ".!?" and not _had_room(last, part, width):
        return True
    if first.islower() or not _may_end(last.text):
        return True
    return listed and not (width and _had_room(last, part, width))


def _is_open(text: str) -> bool:
    """Whether a quotation begins in a text and does not end in it.

    >>> _is_open("„Warum brauchen die"), _is_open("«Est-ce gratuit ?»"), _is_open("“Whom can I"), _is_open("Not ”me”")
    (True, False, True, False)
    """
    begins = text.lstrip()[:1]
    ends = _QUOTATION.get(begins, "")
    return bool(ends) and not any(char in ends for char in text.lstrip()[1:])


def _closes(text: str) -> bool:
    """Whether a quotation ends with a text that began before it.

    >>> _closes("Nummer?“"), _closes("“Nummer?”"), _closes("Nummer?")
    (True, False, False)
    """
    return text[-1:] in _MARKS and not any(char in _MARKS for char in text[:-1])


def _had_room(last: Piece, part: Piece, width: float) -> bool:
    """Whether the first word of a block would have fitted on the line before, had it been part of that text."""
    letter = last.rect.width / max(1, len(last.text))
    if last.rect.height > 1.6 * part.rect.height:
        return False
    return last.rect.width + (len(part.text.split()[0]) + 1) * letter < ROOM * width
