"""Maps whose lane titles stand at the right of their rows: read as if they stood at the left, as in all other maps."""

from __future__ import annotations

from dataclasses import replace

from journey.engines.local.pictures.axes import middle, shared, union
from journey.engines.local.pictures.legend import read_legend
from journey.engines.local.pictures.sheet import Card, Piece, Sheet
from journey.engines.local.pictures.titles import LEAST_LANES, Titles, find_titles
from journey.sources.geometry import Rect

LEAST_BEFORE = 3
"""Texts level with the titles and to their left, with none to their right, from which they stand at the right."""
MOSTLY = 0.6
"""Share of all other texts that those must be."""


def with_titles_first(sheet: Sheet) -> Sheet:
    """Return a sheet whose lane titles stand before their rows: one that has them behind is rearranged so.

    Only places move, and only here, to be compared with each other; what is quoted keeps its region.
    """
    titles = find_titles(sheet)
    if titles is None or titles.axes.turned or titles.above or not _stand_behind(titles, sheet):
        return sheet
    begin, end = titles.band
    far = min(piece.rect.left for piece in sheet.pieces)
    by = begin - far + (end - begin) + 2 * sheet.line_height
    return replace(
        sheet,
        pieces=tuple(_moved(piece, by) if _is_in(piece.rect, begin, sheet) else piece for piece in sheet.pieces),
        cards=tuple(_moved_card(card, by) if _is_in(card.rect, begin, sheet) else card for card in sheet.cards),
    )


def _stand_behind(titles: Titles, sheet: Sheet) -> bool:
    """Whether most of what is written stands before the titles and level with them, and nothing behind them."""
    known = sum(title.lane is not None for title in titles.found)
    if known < LEAST_LANES or read_legend(sheet).passages & titles.pieces:
        return False
    reach = union([(title.rect.top, title.rect.bottom) for title in titles.found])
    others = [piece.rect for piece in sheet.pieces if piece.passage not in titles.pieces]
    level = [rect for rect in others if shared((rect.top, rect.bottom), reach) > 0]
    before = [rect for rect in level if rect.right <= titles.band[0] + 1]
    enough = len(before) >= max(LEAST_BEFORE, MOSTLY * len(others))
    return enough and not any(middle((rect.left, rect.right)) > titles.band[1] for rect in level)


def _is_in(rect: Rect, begin: float, sheet: Sheet) -> bool:
    """Whether a place is within the stack of titles, with the slack that boxes of writing need."""
    return rect.left >= begin - 2 * sheet.line_height


def _shifted(rect: Rect, by: float) -> Rect:
    return Rect(rect.left - by, rect.top, rect.right - by, rect.bottom)


def _moved(piece: Piece, by: float) -> Piece:
    return replace(piece, rect=_shifted(piece.rect, by))


def _moved_card(card: Card, by: float) -> Card:
    return replace(card, rect=_shifted(card.rect, by))
