"""The header of a map: the levels of names above the first lane, as far as they belong to it and to no panel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journey.engines.local.pictures.axes import Axes, length, middle, shared, union
from journey.engines.local.pictures.heading import is_label
from journey.engines.local.pictures.panel import stand_in_line
from journey.engines.local.pictures.sheet import BULLET, Piece, Sheet, around
from journey.engines.local.pictures.titles import Titles
from journey.sources.geometry import Rect

FAR_APART, LEAST_FAR = 15.0, 3
"""Line heights to a header farther off, where so many names at least each stand over a column of several texts."""
LEVEL_APART = 5.0
"""Line heights between two levels of the header at most."""
SIDE_APART = 15.0
"""The same where the header is a column: short names at the left of it may stand far from the next."""
LONGEST_NAME = 8
"""Words of a phase's or a step's name."""
MOST_LEVELS = 3
"""Of which the outer ones name phases and the innermost steps."""


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of the header: the name of a phase or of a step, and how far it reaches."""

    pieces: tuple[Piece, ...]
    rect: Rect


def header_levels(titles: Titles, sheet: Sheet, top: float) -> list[list[HeaderCell]]:
    """Return the levels of the header before the first lane, the outermost first, each in order of the phases."""
    axes = titles.axes
    beyond = [piece for piece in sheet.pieces if titles.above or middle(axes.phase(piece.rect)) > titles.band[1]]
    below = [piece for piece in beyond if axes.lane(piece.rect)[0] >= top]
    before = [
        piece
        for piece in beyond
        if piece.passage not in titles.pieces and axes.lane(piece.rect)[1] <= top + 0.4 * length(axes.lane(piece.rect))
    ]
    levels: list[list[HeaderCell]] = []
    for level in _near(_levels(before, axes), below, axes, sheet.line_height, top):
        cells = [HeaderCell((piece,), _reach(piece, sheet, axes)) for piece in level]
        levels.insert(0, sorted(cells, key=lambda cell: axes.phase(cell.rect)[0]))
    return _joined_levels(levels, axes, sheet.line_height)


def _near(
    levels: Sequence[list[Piece]], below: Sequence[Piece], axes: Axes, line: float, top: float
) -> Iterator[list[Piece]]:
    """Yield the levels that follow each other closely from the lanes outwards, up to what belongs to a panel."""
    reach, found = top, 0
    for whole in levels:
        level = _without_panel(whole, below, axes, line)
        if not level:
            continue
        span = union([axes.lane(piece.rect) for piece in level])
        room = SIDE_APART if axes.turned else LEVEL_APART
        if reach == top and _heads_columns(level, below, axes, line):
            room = FAR_APART
        in_panel = sum(_is_of_panel(piece) for piece in level) >= len(level) / 2
        if reach - span[1] > room * line or found == MOST_LEVELS or len(level) < 2 or in_panel:
            return
        reach = span[0]
        if any(len(piece.text) > 1 and any(char.isalpha() for char in piece.text) for piece in level):
            found += 1
            yield level


def _is_of_panel(piece: Piece) -> bool:
    """Whether a text is no name of a phase or a step, but a label, a point of a list or a sentence of a panel."""
    many = len(piece.text.split()) > LONGEST_NAME
    return many or is_label(piece.text) or BULLET.match(piece.text) is not None


def _without_panel(level: list[Piece], below: Sequence[Piece], axes: Axes, line: float) -> list[Piece]:
    """Leave out what stands before all columns, in a panel at the side, where the rest stands over all of them."""
    begin = min((axes.phase(piece.rect)[0] for piece in below), default=float("-inf"))
    kept = [piece for piece in level if axes.phase(piece.rect)[1] > begin]
    return kept if all(any(_stands_over(axes, cell, piece, line) for piece in below) for cell in kept) else level


def _heads_columns(level: Sequence[Piece], below: Sequence[Piece], axes: Axes, line: float) -> bool:
    """Whether each of several texts stands over a column of at least two others below."""
    columns = [sum(_stands_over(axes, cell, piece, line) for piece in below) for cell in level]
    return len(level) >= LEAST_FAR and min(columns) >= 2


def _stands_over(axes: Axes, cell: Piece, piece: Piece, line: float) -> bool:
    return stand_in_line(axes, cell, piece, line) or shared(axes.phase(cell.rect), axes.phase(piece.rect)) > 0


def _levels(pieces: Sequence[Piece], axes: Axes) -> list[list[Piece]]:
    """Group pieces that stand at one height, the nearest to the lanes first."""
    levels: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -middle(axes.lane(piece.rect))):
        span = axes.lane(piece.rect)
        for level in levels:
            common = union([axes.lane(other.rect) for other in level])
            if shared(span, common) > 0.5 * min(length(span), length(common)):
                level.append(piece)
                break
        else:
            levels.append([piece])
    return levels


def _reach(piece: Piece, sheet: Sheet, axes: Axes) -> Rect:
    """Return the place of a header's card where it has one to itself, else of its text."""
    own = [card.rect for card in sheet.cards if card.passages == (piece.passage,)]
    others = [other.rect for other in sheet.pieces if other.passage != piece.passage]
    own = [rect for rect in own if length(axes.lane(rect)) < 6 * sheet.line_height]
    own = [rect for rect in own if not any(other.shared(rect) > 0.5 * other.area for other in others)]
    return min(own, key=lambda rect: rect.area, default=piece.rect)


def _joined_levels(levels: list[list[HeaderCell]], axes: Axes, line: float) -> list[list[HeaderCell]]:
    """Put two levels together that are two lines of the same cells."""
    joined: list[list[HeaderCell]] = []
    for level in levels:
        above = joined[-1] if joined else None
        if above is not None and len(above) == len(level) and _are_lines(above, level, axes, line):
            joined[-1] = [
                HeaderCell((*one.pieces, *two.pieces), around([one.rect, two.rect]))
                for one, two in zip(above, level, strict=True)
            ]
        else:
            joined.append(level)
    return joined


def _are_lines(above: Sequence[HeaderCell], below: Sequence[HeaderCell], axes: Axes, line: float) -> bool:
    return all(
        shared(axes.phase(one.rect), axes.phase(two.rect)) > 0
        and axes.lane(two.rect)[0] - axes.lane(one.rect)[1] < 0.4 * line
        for one, two in zip(above, below, strict=True)
    )
