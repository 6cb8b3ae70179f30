"""The phases of a wall: headings over groups of notes, or at their left."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

from journey.engines.local.pictures.axes import middle, shared
from journey.engines.local.pictures.sheet import Piece, around
from journey.sources.geometry import Rect
from journey.sources.layout.cards import reading_order
from journey.sources.layout.grid import Obstacles, Span, cuts_between, place_of

HEADING_ROOM = 1.3
"""Of a usual note's side: the room between a group of notes and its heading."""
LONGEST_HEADING = 6
"""Words."""
BESIDE = 0.3
"""Of a usual note's side, by which a heading and the first note below it may begin apart."""

Headed = list[tuple[Piece, list[int]]]
"""Headings in order, each with the indices of its notes."""


def find_headings(rects: Sequence[Rect], loose: Sequence[Piece]) -> Headed:
    """Return the headings of groups that hold all notes; nothing where there are fewer than two."""
    if not rects:
        return []
    found = _over_columns(rects, loose)
    return found if len(found) > 1 else _over_blocks(rects, loose) or _at_the_left(rects, loose)


def places_below(heads: Sequence[Rect], rects: Sequence[Rect]) -> list[int]:
    """Return under which of several headings in a row each note stands, by index."""
    if not rects:
        return []
    side = _side(rects)
    order = sorted(range(len(heads)), key=lambda at: heads[at].left)
    spans = [_across(heads[at]) for at in order]
    begins = [min((abs(rect.left - span[0]) for rect in rects), default=side) < BESIDE * side for span in spans]
    if all(begins):
        cuts = [span[0] - BESIDE * side for span in spans[1:]]
    else:
        cuts = cuts_between(spans, Obstacles(tuple(_across(rect) for rect in rects)))
    return [order[sum(cut <= middle(_across(rect)) for cut in cuts)] for rect in rects]


def in_block_order(rects: Sequence[Rect]) -> list[int]:
    """Return the indices of the notes below a heading as they are read: a full block of them line by line.

    >>> in_block_order([Rect(0, 0, 9, 9), Rect(12, 1, 21, 10), Rect(0, 12, 9, 21)])
    [0, 1, 2]
    """
    rows = rows_of(rects)
    full = len(rows) > 1 and len(rows[0]) > 1 and all(len(row) == len(rows[0]) for row in rows[:-1])
    if not full or len(rows[-1]) > len(rows[0]):
        return reading_order(rects)
    return [at for row in rows for at in sorted(row, key=lambda at: rects[at].left)]


def _over_columns(rects: Sequence[Rect], loose: Sequence[Piece]) -> Headed:
    """Return the headings that stand over columns of notes, each with the notes below it, from left to right."""
    side = _side(rects)
    homes: dict[str, list[int]] = {}
    for group in _columns(rects):
        place = around([rects[at] for at in group])
        over = [
            piece
            for piece in loose
            if shared(_across(piece.rect), _across(place)) > 0.5 * min(piece.rect.width, place.width)
            and -0.3 * side < place.top - piece.rect.bottom < HEADING_ROOM * side
            and piece.rect.width < 1.6 * place.width
            and len(piece.text.split()) <= LONGEST_HEADING
        ]
        if not over:
            return []
        nearest = max(over, key=lambda piece: piece.rect.bottom)
        homes.setdefault(nearest.passage, []).extend(group)
    named = {piece.passage: piece for piece in loose}
    found = [(named[passage], inside) for passage, inside in homes.items()]
    return sorted(found, key=lambda pair: (pair[0].rect.left, pair[0].rect.top))


def _over_blocks(rects: Sequence[Rect], loose: Sequence[Piece]) -> Headed:
    """Return headings in one row or in several, each over a block of notes in any number of columns."""
    side = _side(rects)
    short = [piece for piece in loose if len(piece.text.split()) <= LONGEST_HEADING]
    levels = [[short[at] for at in row] for row in rows_of([piece.rect for piece in short])]
    found: Headed = []
    for number, level in enumerate(levels):
        begin = min(piece.rect.bottom for piece in level) - BESIDE * side
        after = levels[number + 1 :]
        end = min((piece.rect.top for piece in after[0]), default=float("inf")) if after else float("inf")
        inside = [at for at, rect in enumerate(rects) if begin <= rect.top and middle((rect.top, rect.bottom)) < end]
        if not inside:
            continue
        homes = places_below([piece.rect for piece in level], [rects[at] for at in inside])
        groups = [[at for at, home in zip(inside, homes, strict=True) if home == index] for index in range(len(level))]
        if not all(
            _is_near(piece, [rects[at] for at in group], side) for piece, group in zip(level, groups, strict=True)
        ):
            return []
        found += sorted(zip(level, groups, strict=True), key=lambda pair: pair[0].rect.left)
    return found if len(found) > 1 and sum(len(group) for _, group in found) == len(rects) else []


def _is_near(heading: Piece, below: Sequence[Rect], side: float) -> bool:
    """Whether a heading has notes, and the first of them close below it."""
    return bool(below) and min(rect.top for rect in below) - heading.rect.bottom < HEADING_ROOM * side


def _at_the_left(rects: Sequence[Rect], loose: Sequence[Piece]) -> Headed:
    """Return headings at the left of blocks of notes, one below the other; rows of single lines tell who acts."""
    begin = min(rect.left for rect in rects)
    labels = [piece for piece in loose if piece.rect.right <= begin and len(piece.text.split()) <= LONGEST_HEADING]
    labels.sort(key=lambda piece: piece.rect.top)
    if len(labels) < 2:
        return []
    cuts = cuts_between([_upright(piece.rect) for piece in labels], Obstacles(tuple(_upright(rect) for rect in rects)))
    homes = [place_of(_upright(rect), cuts) for rect in rects]
    groups = [[at for at, home in enumerate(homes) if home == index] for index in range(len(labels))]
    blocks = [len(rows_of([rects[at] for at in group])) for group in groups]
    level = [_is_level(label, [rects[at] for at in group]) for label, group in zip(labels, groups, strict=True)]
    return list(zip(labels, groups, strict=True)) if all(level) and max(blocks) > 1 else []


def _is_level(label: Piece, beside: Sequence[Rect]) -> bool:
    return bool(beside) and shared(_upright(label.rect), _upright(around(beside))) > 0


def rows_of(rects: Sequence[Rect]) -> list[list[int]]:
    """Group places that are level, from the top; indices."""
    return _parted(rects, _upright)


def _columns(rects: Sequence[Rect]) -> list[list[int]]:
    """Group places whose extents along x overlap, from the left; indices."""
    return _parted(rects, _across)


def _parted(rects: Sequence[Rect], extent: Callable[[Rect], Span]) -> list[list[int]]:
    groups: list[list[int]] = []
    reach = float("-inf")
    for index in sorted(range(len(rects)), key=lambda index: extent(rects[index])[0]):
        begin, end = extent(rects[index])
        if begin > reach - 0.2 * (end - begin):
            groups.append([])
        groups[-1].append(index)
        reach = max(reach, end)
    return groups


def _side(rects: Sequence[Rect]) -> float:
    return statistics.median((rect.width + rect.height) / 2 for rect in rects)


def _across(rect: Rect) -> Span:
    return rect.left, rect.right


def _upright(rect: Rect) -> Span:
    return rect.top, rect.bottom
