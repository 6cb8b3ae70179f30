"""Which level of a map's header names the phases and which the steps, and which columns each phase covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from journey.engines.local.pictures.axes import middle
from journey.engines.local.pictures.emotion_row import column_bounds
from journey.engines.local.pictures.header_levels import HeaderCell
from journey.engines.local.pictures.maps import FoundMap
from journey.sources.layout.grid import Span, place_of

_STAGE = re.compile(r"\b(?:stage|phase|étape|etape|etapa|fase|estágio|abschnitt)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PhaseColumns:
    """A phase of the map: its cell of the header, if there is one, and the columns it covers."""

    cell: HeaderCell | None
    columns: range


@dataclass(frozen=True, slots=True)
class Header:
    """The header read: the phases with their columns, and the cell that names the step of a column, by column."""

    phases: tuple[PhaseColumns, ...]
    steps: dict[int, HeaderCell]


def read_header(found: FoundMap) -> Header:
    """Tell phases from steps: of two levels the outer names phases; a single one does unless its title says steps."""
    if not found.levels:
        return Header((PhaseColumns(None, range(found.columns)),), {})
    widest = max(len(level) for level in found.levels)
    at = max(index for index, level in enumerate(found.levels) if len(level) == widest)
    base = found.levels[at]
    outer = next((level for level in reversed(found.levels[:at]) if 1 < len(level) <= len(base)), None)
    if outer is not None:
        return Header(tuple(_covering(outer, base, found)), _by_column(base, found))
    if _names_steps(found, base):
        return Header((PhaseColumns(None, range(found.columns)),), _by_column(base, found))
    phases = [PhaseColumns(cell, range(column, column + 1)) for column, cell in sorted(_by_column(base, found).items())]
    return Header(tuple(phases), {})


def _names_steps(found: FoundMap, base: Sequence[HeaderCell]) -> bool:
    """Whether a single level is titled as steps and no row of actions makes it the level above them."""
    titled = [row for row in found.rows if row.lane == "steps"]
    passages = {piece.passage for row in titled for piece in row.pieces}
    inside = any(piece.passage in passages for cell in base for piece in cell.pieces)
    called = any(_STAGE.search(piece.text) for cell in base for piece in cell.pieces)
    has_actions = any(row.lane == "actions" and row.pieces for row in found.rows)
    return inside and not called and not has_actions


def _by_column(level: Sequence[HeaderCell], found: FoundMap) -> dict[int, HeaderCell]:
    cells: dict[int, HeaderCell] = {}
    for cell in level:
        cells.setdefault(place_of(found.axes.phase(cell.rect), found.cuts), cell)
    return cells


def _covering(outer: Sequence[HeaderCell], base: Sequence[HeaderCell], found: FoundMap) -> list[PhaseColumns]:
    """Give each outer cell the run of columns it stands over.

    A merged cell's words stand in its middle or at its left, so that division of the columns is taken whose middles,
    or whose beginnings, lie nearest to the words (by dynamic programming over the runs).
    """
    bounds = column_bounds(found)
    words = [found.axes.phase(cell.rect) for cell in outer]
    texts = {place_of(found.axes.phase(cell.rect), found.cuts): found.axes.phase(cell.rect) for cell in base}
    starts = [texts.get(index, bound)[0] for index, bound in enumerate(bounds)]
    _, runs = min(
        _divided(bounds, words, [(middle(word), True) for word in words], starts),
        _divided(bounds, words, [(word[0], False) for word in words], starts),
        key=lambda divided: divided[0],
    )
    return [PhaseColumns(cell, run) for cell, run in zip(outer, runs, strict=True)]


def _divided(
    bounds: Sequence[Span], words: Sequence[Span], wanted: Sequence[tuple[float, bool]], starts: Sequence[float]
) -> tuple[float, list[range]]:
    """Return the least total distance and the run of columns of each word."""
    count = len(bounds)
    best: dict[int, tuple[float, list[range]]] = {0: (0.0, [])}
    for index, (place, centred) in enumerate(wanted):
        step: dict[int, tuple[float, list[range]]] = {}
        left = len(wanted) - index - 1
        for begin, (cost, runs) in best.items():
            last = count if left == 0 else count - left
            for end in range(begin + 1 if left else count, last + 1):
                if end <= begin:
                    continue
                at = (bounds[begin][0] + bounds[end - 1][1]) / 2 if centred else starts[begin]
                total = cost + abs(at - place)
                if end not in step or total < step[end][0]:
                    step[end] = total, [*runs, range(begin, end)]
        best = step
    return best.get(count, (float("inf"), [range(0)] * len(words)))
