"""The emotion row of a map: how high its curves run and which faces look out of it, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from journey.engines.local.pictures.axes import length, middle, shared
from journey.engines.local.pictures.lane_titles import level_of
from journey.engines.local.pictures.maps import FoundMap, Row
from journey.engines.local.pictures.sheet import Card, Piece, Smiley, Trace
from journey.engines.local.pictures.titles import leaves
from journey.sources.layout.grid import Span, place_of

LEAST_MARKS = 3
"""Faces or dots at different heights that make a curve of their own."""
VARIED = 0.18
"""Of the row's height, how far the marks must spread to stand for a curve."""
DOT = 2.2
"""Line heights that a dot is wide at most."""


def curve_heights(found: FoundMap, row: Row, column: Span) -> list[float]:
    """Return the heights of the curves over a column, -2 to 2, the longest curve first."""
    if found.axes.turned:
        return []
    low, high = _scale(found, row)
    heights = []
    for trace in curves_in(found, row):
        y = trace.height_at(*column)
        if y is not None:
            heights.append(round(max(-2.0, min(2.0, 2 - 4 * (y - low) / (high - low))), 2))
    return heights


def faces_in(found: FoundMap, row: Row, column: int) -> list[float]:
    """Return the looks of the faces in one cell of the row, from left to right."""
    inside = [face for face in _faces(found, row) if place_of(found.axes.phase(face.rect), found.cuts) == column]
    return [face.score for face in sorted(inside, key=lambda face: face.rect.left)]


def curves_in(found: FoundMap, row: Row) -> list[Trace]:
    """Return the curves of a row, the longest first; where none is drawn, marks at different heights are one."""
    begin, end = row.span
    inside = [trace for trace in found.sheet.traces if begin <= middle((trace.rect.top, trace.rect.bottom)) < end]
    if inside:
        return sorted(inside, key=lambda trace: -trace.rect.width)
    marks = [face.rect for face in _faces(found, row)]
    if len(marks) < LEAST_MARKS:
        marks = [card.rect for card in leaves(found.sheet.cards) if _is_dot(card, found, row)]
    points = sorted(((rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2) for rect in marks)
    heights = [y for _, y in points]
    columns = {place_of((x, x), found.cuts) for x, _ in points}
    if len(columns) < LEAST_MARKS or max(heights) - min(heights) < VARIED * length(row.span):
        return []
    return [Trace(((points[0][0] - 1, points[0][1]), *points, (points[-1][0] + 1, points[-1][1])), "#000000")]


def scale(found: FoundMap, row: Row) -> list[Piece]:
    """Return the words that are the scale of a row's curve: heights by name, one below the other."""
    begin, end = row.span
    words = [piece for piece in found.sheet.pieces if level_of(piece.text) is not None]
    words = [piece for piece in words if begin - 1 <= middle((piece.rect.top, piece.rect.bottom)) <= end + 1]
    for first in words:
        stack = [piece for piece in words if shared(_wide(piece), _wide(first)) > 0]
        if not found.axes.turned and len({level_of(piece.text) for piece in stack}) > 1:
            return stack
    return []


def _wide(piece: Piece) -> Span:
    return piece.rect.left, piece.rect.right


def column_bounds(found: FoundMap) -> list[Span]:
    """Return from where to where each column reaches along the phases."""
    spans = [found.axes.phase(piece.rect) for row in found.rows for piece in row.pieces]
    spans += [found.axes.phase(cell.rect) for level in found.levels for cell in level]
    spans += [found.axes.phase(trace.rect) for trace in found.sheet.traces]
    cuts = list(found.cuts)
    begin = min((span[0] for span in spans), default=0.0)
    end = max((span[1] for span in spans), default=1.0)
    if cuts:
        begin, end = min(begin, cuts[0] - 1), max(end, cuts[-1] + 1)
    return list(pairwise([begin, *cuts, end]))


def _faces(found: FoundMap, row: Row) -> list[Smiley]:
    """Return the faces of a row that stand over its columns, not at its side as a scale."""
    first = column_bounds(found)[0][0]
    return [
        face
        for face in found.sheet.faces
        if row.span[0] <= middle(found.axes.lane(face.rect)) < row.span[1]
        and middle(found.axes.phase(face.rect)) > first
    ]


def _is_dot(card: Card, found: FoundMap, row: Row) -> bool:
    size = max(card.rect.width, card.rect.height)
    round_enough = min(card.rect.width, card.rect.height) > 0.8 * size and not card.passages
    inside = row.span[0] <= middle(found.axes.lane(card.rect)) < row.span[1]
    return inside and round_enough and size <= DOT * found.sheet.line_height and card.kind != "diamond"


def _scale(found: FoundMap, row: Row) -> Span:
    """Return the heights that stand for +2 and -2: by a scale written or drawn at the side, else the row's extent."""
    begin, end = row.span
    known = [(middle((piece.rect.top, piece.rect.bottom)), level_of(piece.text) or 0.0) for piece in scale(found, row)]
    first = column_bounds(found)[0][0]
    for face in found.sheet.faces:
        y = middle((face.rect.top, face.rect.bottom))
        if middle((face.rect.left, face.rect.right)) <= first and begin <= y < end:
            known.append((y, 2.0 if face.score > 0.3 else -2.0 if face.score < -0.3 else 0.0))
    return _fitted(known) or (begin, end)


def _fitted(marks: Sequence[tuple[float, float]]) -> Span | None:
    """Return where +2 and -2 lie by two marks that say so, the highest and the lowest."""
    if len({score for _, score in marks}) < 2:
        return None
    top, bottom = max(marks, key=lambda mark: mark[1]), min(marks, key=lambda mark: mark[1])
    if bottom[0] - top[0] < 1:
        return None
    unit = (bottom[0] - top[0]) / (top[1] - bottom[1])
    return top[0] - (2 - top[1]) * unit, bottom[0] + (bottom[1] + 2) * unit
