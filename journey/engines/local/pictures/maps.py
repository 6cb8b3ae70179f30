"""A picture read as a journey map or a table: its lanes, its header, its columns, and what stands in each cell."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from journey.engines.local.pictures.axes import Axes, length, middle, union
from journey.engines.local.pictures.header_levels import HeaderCell, header_levels
from journey.engines.local.pictures.lane_titles import LaneKind, is_blueprint_line
from journey.engines.local.pictures.panel import panel_passages
from journey.engines.local.pictures.right_titles import with_titles_first
from journey.engines.local.pictures.rows import beyond, row_spans
from journey.engines.local.pictures.sheet import Piece, Sheet
from journey.engines.local.pictures.titles import LaneTitle, Titles, find_titles, leaves
from journey.engines.local.pictures.unnamed import find_unnamed
from journey.sources.layout.grid import Obstacles, Span, cuts_between, gaps, place_of

WIDE = 1.4
"""Column widths from which a cell is merged over several columns and says nothing about where they part."""
LEAST_CELLS = 3
"""Texts in the cells of a map that has no header."""
ACROSS = 0.5
"""Share of the map's extent from which something runs across its columns."""
COLUMN_GAP = 0.6
"""Line heights of nothing that part two columns where no header names them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One lane of the map with what stands in it; titles are kept as found."""

    title: LaneTitle
    span: Span
    pieces: tuple[Piece, ...]

    @property
    def lane(self) -> LaneKind | None:
        """What its title means."""
        return self.title.lane


@dataclass(frozen=True, slots=True)
class FoundMap:
    """A map as it stands in the picture.

    Attributes:
        levels: of the header, the outermost first.
        cuts: where the columns part, along the phases.
        aside: what belongs to no cell: the title, a persona panel, captions.
    """

    sheet: Sheet
    axes: Axes
    rows: tuple[Row, ...]
    levels: tuple[tuple[HeaderCell, ...], ...]
    cuts: tuple[float, ...]
    aside: tuple[Piece, ...]

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.cuts) + 1

    def column_of(self, piece: Piece) -> int:
        """Return the column that holds most of a piece."""
        return place_of(self.axes.phase(piece.rect), self.cuts)


def find_map(sheet: Sheet) -> FoundMap | None:
    """Read a picture as a map; None where neither lane titles nor the form of a table show that it is one."""
    sheet = with_titles_first(sheet)
    titles = find_titles(sheet) or find_unnamed(sheet)
    if titles is None:
        return None
    whole, sheet = sheet, _without_panels(sheet, titles)
    spans = row_spans(titles, sheet)
    free = header_levels(titles, sheet, spans[0][0])
    named = frozenset(piece.passage for level in free for cell in level for piece in cell.pieces)
    content = _content(titles, sheet, spans, taken=named | titles.pieces)
    rows = [Row(title, span, tuple(inside)) for title, span, inside in zip(titles.found, spans, content, strict=True)]
    labelled = [_cells(row, titles.axes) for row in rows if row.lane in ("phases", "steps") and row.pieces]
    levels = [level for level in (*free, *labelled) if level]
    cuts, limit = _columns(titles, sheet, rows, levels)
    rows = [_within(row, titles.axes, limit) for row in rows]
    rows[-1] = _without_caption(rows[-1], titles.axes, sheet, cuts)
    if not levels and sum(len(row.pieces) for row in rows) < LEAST_CELLS:
        return None
    rows += _untitled(titles, sheet, rows, limit)
    inside = {piece.passage for row in rows for piece in row.pieces} | named | titles.pieces
    return FoundMap(
        sheet=sheet,
        axes=titles.axes,
        rows=tuple(rows),
        levels=tuple(tuple(level) for level in levels),
        cuts=tuple(cuts),
        aside=tuple(piece for piece in whole.pieces if piece.passage not in inside),
    )


def _without_panels(sheet: Sheet, titles: Titles) -> Sheet:
    """Leave out what stands in panels beside the map, so that it is in no column."""
    places = [] if titles.axes.turned else [title.rect for title in titles.found]
    panels = panel_passages(sheet, places, titles.pieces)
    return replace(sheet, pieces=tuple(piece for piece in sheet.pieces if piece.passage not in panels))


def _content(titles: Titles, sheet: Sheet, spans: Sequence[Span], *, taken: frozenset[str]) -> list[list[Piece]]:
    """Give each row the pieces whose middle lies in it, beside or below its title."""
    content: list[list[Piece]] = [[] for _ in spans]
    for piece in sheet.pieces:
        aside = not titles.above and middle(titles.axes.phase(piece.rect)) <= titles.band[1]
        if piece.passage in taken or aside or is_blueprint_line(piece.text):
            continue
        at = middle(titles.axes.lane(piece.rect))
        home = next((index for index, span in enumerate(spans) if span[0] <= at < span[1]), None)
        if home is not None:
            content[home].append(piece)
    return content


def _untitled(titles: Titles, sheet: Sheet, rows: Sequence[Row], limit: float) -> list[Row]:
    """Return the rows of cards below the last lane: their titles were not read, but what they say is not lost."""
    axes, end = titles.axes, rows[-1].span[1]
    usual = statistics.median(length(row.span) for row in rows)
    places = {passage: card.rect for card in leaves(sheet.cards) for passage in card.passages}
    taken = {piece.passage for row in rows for piece in row.pieces} | titles.pieces
    below: list[tuple[Span, Piece]] = []
    for piece in sheet.pieces:
        card = places.get(piece.passage)
        if card is None or piece.passage in taken or not titles.band[1] < axes.phase(card)[0] < limit:
            continue
        if end - 0.2 * usual < axes.lane(card)[0] and length(axes.lane(card)) < 1.5 * usual:
            below.append((axes.lane(card), piece))
    found: list[Row] = []
    for span, piece in sorted(below, key=lambda pair: pair[0]):
        if found and span[0] < found[-1].span[1]:
            found[-1] = Row(found[-1].title, union([found[-1].span, span]), (*found[-1].pieces, piece))
        elif span[0] - end < usual:
            found.append(Row(LaneTitle((), None), span, (piece,)))
        end = max(end, span[1])
    return found


def _cells(row: Row, axes: Axes) -> list[HeaderCell]:
    """Return the pieces of a header row as cells, those in one stack as one."""
    cells: list[HeaderCell] = []
    usual = statistics.median(middle(axes.lane(piece.rect)) for piece in row.pieces)
    level = [piece for piece in row.pieces if axes.lane(piece.rect)[0] <= usual <= axes.lane(piece.rect)[1]]
    for piece in sorted(level, key=lambda piece: axes.phase(piece.rect)[0]):
        last = cells[-1] if cells else None
        if last is not None and axes.phase(piece.rect)[0] < middle(axes.phase(last.rect)):
            pieces = sorted((*last.pieces, piece), key=lambda one: (one.rect.top, one.rect.left))
            cells[-1] = HeaderCell(tuple(pieces), last.rect.joined(piece.rect))
        else:
            cells.append(HeaderCell((piece,), piece.rect))
    return cells


def _columns(
    titles: Titles, sheet: Sheet, rows: Sequence[Row], levels: Sequence[Sequence[HeaderCell]]
) -> tuple[list[float], float]:
    """Return where the columns part, and where the last one ends."""
    axes = titles.axes
    within = union([row.span for row in rows])
    seen = [axes.phase(rect) for rect in beyond(titles, sheet) if within[0] <= middle(axes.lane(rect)) < within[1]]
    rulings = axes.between_phases(sheet, within)
    if not levels:
        seen = _in_columns(seen)
        free = gaps(seen, *union(seen)) if seen else []
        return [middle(gap) for gap in free if length(gap) > COLUMN_GAP * sheet.line_height], float("inf")
    base = [axes.phase(cell.rect) for cell in max(levels, key=len)]
    pitch = _pitch(base)
    texts = [axes.phase(piece.rect) for row in rows for piece in row.pieces]
    narrow = [span for span in (*seen, *texts) if length(span) < WIDE * pitch]
    cuts = cuts_between(base, Obstacles((*narrow, *base), rulings))
    return cuts, max(base[-1][1], middle(base[-1]) + 0.8 * pitch)


def _in_columns(spans: Sequence[Span]) -> list[Span]:
    """Leave out what runs across most of the map, such as a curve: it says nothing about where columns part."""
    reach = length(union([*spans])) if spans else 0.0
    narrow = [span for span in spans if length(span) < ACROSS * reach]
    return narrow or [*spans]


def _pitch(base: Sequence[Span]) -> float:
    """Return the usual distance from one column to the next."""
    if len(base) < 2:
        return float("inf")
    return statistics.median(middle(other) - middle(one) for one, other in pairwise(base))


def _within(row: Row, axes: Axes, limit: float) -> Row:
    """Leave out what begins after the last column."""
    return Row(row.title, row.span, tuple(piece for piece in row.pieces if axes.phase(piece.rect)[0] < limit))


def _without_caption(row: Row, axes: Axes, sheet: Sheet, cuts: Sequence[float]) -> Row:
    """Leave out what stands below all cells of the last row and runs over several columns: a note on the map."""
    kept = [piece for piece in row.pieces if not _runs_over(axes.phase(piece.rect), cuts, sheet.line_height)]
    low = max((axes.lane(piece.rect)[1] for piece in kept), default=float("inf"))
    carded = {passage for card in leaves(sheet.cards) for passage in card.passages}
    inside = [
        piece for piece in row.pieces if piece in kept or piece.passage in carded or middle(axes.lane(piece.rect)) < low
    ]
    return Row(row.title, row.span, tuple(inside))


def _runs_over(span: Span, cuts: Sequence[float], line: float) -> bool:
    """Whether a text reaches well into two columns."""
    return any(span[0] + line < cut < span[1] - line for cut in cuts)
