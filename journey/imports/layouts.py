"""Tables of journey maps as people lay them out: lanes down and steps across, or a step in each row.

Both are turned into one shape, a head of labels and a record for each step, from which the map is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from journey.errors import JourneyFileError
from journey.imports.grid import Grid
from journey.imports.vocabulary import PHASE, STEP, about_of, lane_of

_HEAD_ROWS, _HEAD_COLUMNS = 15, 5
"""How far down and across a head is looked for: above and beside it stand titles and notes."""

_LEAST_KNOWN = 2
"""Labels to be known before a table is taken for a map."""

_MORE_MAPS = "The file holds more than one map, and the first was taken: save each of them in a file of its own."
_NO_MAP = (
    "No journey map was found in this table. Give it a row or a column with labels such as Phase, Step, Actions, "
    "Touchpoints, Emotion or Pains. Of a whiteboard whose notes have no such labels, add a picture instead."
)


@dataclass(frozen=True)
class Table:
    """Labels, a record of as many cells for each step, and what stood above the head."""

    labels: tuple[str, ...]
    records: tuple[tuple[str, ...], ...]
    about: tuple[tuple[str, str], ...] = ()
    """Facts about the whole map: what is named, and its value."""
    heading: str = ""
    warnings: tuple[str, ...] = ()

    def places(self, field: str) -> list[int]:
        """Return the places of the labels that stand for a field of the map."""
        return [place for place, label in enumerate(self.labels) if lane_of(label) == field]


def find_table(grid: Grid) -> Table:
    """Find the map in a sheet.

    Raises:
        JourneyFileError: there is none.
    """
    row = max(range(min(_HEAD_ROWS, len(grid))), key=lambda at: _known(grid[at]), default=None)
    columns = min(_HEAD_COLUMNS, len(grid[0]) if grid else 0)
    column = max(range(columns), key=lambda at: _known(cells[at] for cells in grid), default=None)
    if row is None or column is None:
        raise JourneyFileError(_NO_MAP)
    down, across = _known(cells[column] for cells in grid), _known(grid[row])
    if max(down, across) < _LEAST_KNOWN:
        raise JourneyFileError(_NO_MAP)
    return _lanes_down(grid, column) if down >= across else _step_rows(grid, row)


def _known(cells: Iterator[str] | Sequence[str]) -> int:
    """Count the different fields that cells are labels of."""
    return len({field for cell in cells if (field := lane_of(cell)) is not None})


def _lanes_down(grid: Grid, column: int) -> Table:
    """Read a table with a lane in each row: the cells of a record stand below each other."""
    first = _first_lane(grid, column)
    grid = _with_bare_heads(grid, first, column)
    grid, others = _first_map(grid, first, column)
    first -= sum(1 for _ in _unlabelled(grid, first, column))
    lanes: list[tuple[str, list[str]]] = []
    for label, cells in _labelled(grid[first:], column):
        if label or not lanes:
            lanes.append((label, list(cells)))
        else:  # a lane of several rows: its label stands in the first
            lanes[-1] = (lanes[-1][0], [_joined(pair) for pair in zip(lanes[-1][1], cells, strict=True)])
    records = list(zip(*(cells for _, cells in lanes), strict=True))
    labels = tuple(label for label, _ in lanes)
    return _table(labels, records, grid[:first], warnings=[_MORE_MAPS] if others else [])


def _first_lane(grid: Grid, column: int) -> int:
    """Return the row of the first lane; a label with one value over a head of several columns is about the map."""
    lanes = [at for at, row in enumerate(grid) if lane_of(row[column]) is not None]
    heads = [at for at, row in enumerate(grid) if not row[column] and sum(map(bool, row[column + 1 :])) > 1]
    for at in lanes:
        if sum(map(bool, grid[at][column + 1 :])) != 1 or not any(at < head < lanes[-1] for head in heads):
            return at
    return lanes[0]


def _with_bare_heads(grid: Grid, first: int, column: int) -> Grid:
    """Return the table without the label of a head that only calls the column under it, such as "Lane"."""
    rows = [list(row) for row in grid]
    if not any(lane_of(row[column]) == PHASE for row in rows):
        for row in reversed(rows[:first]):
            if sum(map(bool, row[column + 1 :])) < 2 or _is_about(row):
                break
            row[column] = ""
    return rows


def _first_map(grid: Grid, first: int, column: int) -> tuple[Grid, bool]:
    """Return the table without a second map below the first, and whether there was one: it has the same head again."""
    fields = [lane_of(row[column]) for row in grid]
    head = fields[first]
    again = next((at for at in range(first + 2, len(grid)) if fields[at] == head and head in (PHASE, STEP)), None)
    if again is None or fields[again - 1] == head:
        return grid, False
    while again > first + 1 and (
        not any(grid[again - 1]) or (fields[again - 1] is None and _is_about(grid[again - 1]))
    ):
        again -= 1
    return grid[:again], True


def _is_about(row: Sequence[str]) -> bool:
    return next(_about([list(row)]), None) is not None


def _unlabelled(grid: Grid, first: int, column: int) -> Iterator[int]:
    """Yield the rows right above the first label that have no label of their own and name several columns."""
    for at in range(first - 1, -1, -1):
        if grid[at][column] or sum(map(bool, grid[at][column + 1 :])) < 2:
            return
        yield at


def _labelled(rows: Grid, column: int) -> Iterator[tuple[str, list[str]]]:
    """Yield each row's label and cells; rows above the first label are the phases, and the steps below them."""
    names = [STEP, PHASE] if not any(lane_of(row[column]) in (PHASE, STEP) for row in rows) else [PHASE]
    unlabelled = 0
    while unlabelled < len(rows) and not rows[unlabelled][column]:
        unlabelled += 1
    single = STEP if rows and _names_steps(rows[0][column + 1 :]) else PHASE
    head = names[:unlabelled][::-1] if unlabelled > 1 else [single][:unlabelled]
    for at, row in enumerate(rows):
        label = head[at].capitalize() if at < len(head) else row[column]
        yield label, row[column + 1 :]


def _names_steps(cells: Sequence[str]) -> bool:
    """Whether each of the cells says that it is a step, as in "Step 1: Search"."""
    return any(cells) and all(lane_of(cell) == STEP for cell in cells if cell)


def _step_rows(grid: Grid, row: int) -> Table:
    """Read a table with a step in each row; a row that names no step goes on with the one before."""
    labels = tuple(grid[row])
    steps = [place for place, label in enumerate(labels) if lane_of(label) == STEP]
    records: list[tuple[str, ...]] = []
    for cells in grid[row + 1 :]:
        goes_on = (
            records and steps and not any(cells[place] for place in steps) and not _starts_phase(labels, cells, records)
        )
        if goes_on:
            records[-1] = tuple(_joined(pair) for pair in zip(records[-1], cells, strict=True))
        elif any(cells):
            records.append(tuple(cells))
    return _table(labels, records, grid[:row])


def _starts_phase(labels: Sequence[str], cells: Sequence[str], records: Sequence[Sequence[str]]) -> bool:
    phases = [place for place, label in enumerate(labels) if lane_of(label) == PHASE]
    return any(cells[place] and cells[place] != records[-1][place] for place in phases)


def _joined(pair: tuple[str, str]) -> str:
    """Put what a second row says under what the first one said, once."""
    return "\n".join(dict.fromkeys(part for part in pair if part))


def _table(
    labels: tuple[str, ...], records: Sequence[tuple[str, ...]], above: Grid, *, warnings: Sequence[str] = ()
) -> Table:
    phases = [place for place, label in enumerate(labels) if lane_of(label) == PHASE]
    lanes = [place for place, label in enumerate(labels) if label and place not in phases]
    filled = _filled(records, phases)
    kept = tuple(record for record in filled if any(record[place] for place in lanes) or (phases and not lanes))
    about = tuple(_about(above))
    named = (cells[0] for row in above if len(cells := list(dict.fromkeys(filter(None, row)))) == 1)
    heading = next((name for name in named if not _is_about([name])), "")
    return Table(labels, kept, about, heading, tuple(warnings))


def _filled(records: Sequence[tuple[str, ...]], phases: Sequence[int]) -> list[tuple[str, ...]]:
    """Name the phase in every record: only the first one of a merged cell has it."""
    before: dict[int, str] = {}
    filled = []
    for record in records:
        before |= {place: record[place] for place in phases if record[place]}
        filled.append(tuple(before.get(place, cell) for place, cell in enumerate(record)))
    return filled


def _about(rows: Grid) -> Iterator[tuple[str, str]]:
    """Yield the facts of rows like `Persona | Anna`, or `Persona: Anna` in one cell."""
    for row in rows:
        cells = [cell for cell in row if cell]
        for cell, value in zip_longest(cells, cells[1:], fillvalue=""):
            label, colon, rest = cell.partition(":")
            field = about_of(label)
            if field and (rest.strip() if colon else value):
                yield field, rest.strip() or value
                break
