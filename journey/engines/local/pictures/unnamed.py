"""Tables whose lane titles are in no vocabulary: a first column that names rows, told by form alone.

A table has a header with an empty corner, and below it several rows of cells in the same columns. Nothing is known
then of what a row means, so each keeps its title as found.
"""

from __future__ import annotations

from collections.abc import Sequence

from journey.engines.local.pictures.axes import Axes, middle, shared
from journey.engines.local.pictures.sheet import Piece, Sheet
from journey.engines.local.pictures.titles import LONGEST_TITLE, LaneTitle, Titles
from journey.sources.layout.grid import Span

LEAST_ROWS, LEAST_COLUMNS = 3, 2
FULL = 0.6
"""Share of the cells below a header that must be filled."""
ALIGNED = 1.5
"""Line heights by which the beginnings or the middles of one column's texts may differ."""


def find_unnamed(sheet: Sheet) -> Titles | None:
    """Return the first column of a table as titles without a meaning; None where the picture is no table."""
    levels = _levels(sheet.pieces)
    for at, header in enumerate(levels):
        if len(header) < LEAST_COLUMNS:
            continue
        rows = _rows_below(header, levels[at + 1 :], sheet.line_height)
        if len(rows) >= LEAST_ROWS and _is_full(header, rows, sheet.line_height) and _has_words(rows):
            return Titles(Axes(), tuple(LaneTitle((row[0],), None) for row in rows))
    return None


def _levels(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Group pieces whose middles are level, from the top; each from left to right."""
    levels: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle[1]):
        last = levels[-1] if levels else None
        if last is not None and last[0].rect.top < piece.middle[1] < last[0].rect.bottom:
            last.append(piece)
        else:
            levels.append([piece])
    return [sorted(level, key=lambda piece: piece.rect.left) for level in levels]


def _rows_below(header: Sequence[Piece], levels: Sequence[Sequence[Piece]], line: float) -> list[Sequence[Piece]]:
    """Return the levels that begin before the header does, where its corner is empty, all with a title there."""
    rows: list[Sequence[Piece]] = []
    for level in levels:
        first = level[0]
        outside = first.rect.right < header[0].rect.left and len(first.text.split()) <= LONGEST_TITLE
        same = not rows or _stand_in_line(_wide(first), _wide(rows[0][0]), line)
        if outside and same and len(level) > 1:
            rows.append(level)
    return rows


def _is_full(header: Sequence[Piece], rows: Sequence[Sequence[Piece]], line: float) -> bool:
    """Whether most cells stand under a piece of the header."""
    under = sum(
        any(_stand_in_line(_wide(piece), _wide(cell), line) for cell in header) for row in rows for piece in row[1:]
    )
    others = sum(len(row) - 1 for row in rows)
    return under >= FULL * len(header) * len(rows) and under >= FULL * others


def _has_words(rows: Sequence[Sequence[Piece]]) -> bool:
    """Whether rows are named by words and mostly hold words: a calendar's and a price list's are numbers."""
    titles, cells = [row[0] for row in rows], [piece for row in rows for piece in row[1:]]
    return all(2 * sum(_is_worded(piece) for piece in pieces) > len(pieces) for pieces in (titles, cells))


def _is_worded(piece: Piece) -> bool:
    return sum(char.isalpha() for char in piece.text) > sum(char.isdigit() for char in piece.text)


def _stand_in_line(one: Span, other: Span, line: float) -> bool:
    """Whether two texts begin at one place, or have one middle and overlap."""
    begin, centre = abs(one[0] - other[0]), abs(middle(one) - middle(other))
    return shared(one, other) > 0 and min(begin, centre) < ALIGNED * line


def _wide(piece: Piece) -> Span:
    return piece.rect.left, piece.rect.right
