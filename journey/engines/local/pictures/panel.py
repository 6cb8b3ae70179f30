"""What stands above a map's header belongs to a panel about the person or the scope, and is no lane."""

from __future__ import annotations

from collections.abc import Sequence

from journey.engines.local.pictures.axes import Axes, middle, shared
from journey.engines.local.pictures.heading import is_label
from journey.engines.local.pictures.lane_titles import heading_of, is_attribute
from journey.engines.local.pictures.sheet import BULLET, Piece, Sheet, around
from journey.sources.geometry import Rect

LEAST_CELLS = 2
"""Texts level with each other that can be a header."""
LEAST_LABELS = 2
"""Labels and facts about a person that make a card a panel."""
ALIGNED = 1.5
"""Line heights by which the beginnings or the middles of one column's texts may differ."""
MOSTLY = 0.5
"""Share of the texts beside a title that must stand in the columns below for it to name a row of them."""


def panel_passages(sheet: Sheet, titles: Sequence[Rect], lanes: frozenset[str]) -> frozenset[str]:
    """Return what stands in panels beside a map: cards with several labels, which hold no title and reach over rows.

    Args:
        titles: where the titles of the lanes stand.
        lanes: the passages that name lanes.
    """
    found: set[str] = set()
    for card in sheet.cards:
        inside = [piece for piece in sheet.pieces if piece.rect.shared(card.rect) > 0.5 * piece.rect.area]
        labels = sum(is_label(piece.text) or is_attribute(BULLET.sub("", piece.text)) for piece in inside)
        level = sum(shared(_upright(card.rect), _upright(title)) > 0 for title in titles)
        if labels >= LEAST_LABELS and level > 1 and not any(piece.passage in lanes for piece in inside):
            found |= {piece.passage for piece in inside}
    return frozenset(found | _at_the_right(sheet, titles))


def _at_the_right(sheet: Sheet, titles: Sequence[Rect]) -> set[str]:
    """Return what stands in line with several labels below each other, to the right of all else."""
    labels = [piece.rect for piece in sheet.pieces if is_label(piece.text)]
    for first in labels:
        begin = first.left - sheet.line_height
        stack = [label for label in labels if label.left >= begin]
        level = any(shared(_upright(title), _upright(around(stack))) > 0 for title in titles)
        before = [piece.rect for piece in sheet.pieces if piece.rect.left < begin]
        apart = all(rect.right <= first.left or rect.top > max(label.bottom for label in stack) for rect in before)
        if len(stack) >= LEAST_LABELS and level and apart and before:
            return {piece.passage for piece in sheet.pieces if piece.rect.left >= begin}
    return set()


def _upright(rect: Rect) -> tuple[float, float]:
    return rect.top, rect.bottom


def is_of_panel(group: Sequence[Piece], place: Rect, others: Sequence[Piece], axes: Axes, first: Rect) -> bool:
    """Whether a text in the stack of lane titles, but before them, belongs to what stands above the header.

    Args:
        group: the text that could be a title, at `place`.
        others: all that stands beside or beyond the titles.
        first: where the first known title stands.
    """
    here, known = axes.lane(place), axes.lane(first)
    if middle(here) > known[0]:
        return False
    if heading_of(" ".join(piece.text for piece in group).rstrip(": ")) is not None:
        return True
    beside = [piece for piece in others if shared(axes.lane(piece.rect), here) > 0]
    below = [
        piece for piece in others if here[1] <= axes.lane(piece.rect)[0] and middle(axes.lane(piece.rect)) < known[1]
    ]
    header = max(_levels(below, axes), key=len, default=[])
    if len(header) < LEAST_CELLS:
        return False
    line = place.height
    aligned = sum(any(stand_in_line(axes, piece, cell, line) for cell in header) for piece in beside)
    return aligned <= MOSTLY * len(beside)


def stand_in_line(axes: Axes, one: Piece, other: Piece, line: float) -> bool:
    """Whether two texts begin at one place along the phases, or have one middle."""
    a, b = axes.phase(one.rect), axes.phase(other.rect)
    return min(abs(a[0] - b[0]), abs(middle(a) - middle(b))) < ALIGNED * line


def _levels(pieces: Sequence[Piece], axes: Axes) -> list[list[Piece]]:
    """Group pieces that are level, the first along the lanes first."""
    levels: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: middle(axes.lane(piece.rect))):
        last = levels[-1][0] if levels else None
        if last is not None and shared(axes.lane(piece.rect), axes.lane(last.rect)) > 0.5 * last.rect.height:
            levels[-1].append(piece)
        else:
            levels.append([piece])
    return levels
