"""Tables with a row for each phase, whose steps stand together in one cell, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from journey.imports.layouts import Table
from journey.imports.vocabulary import PHASE, STEP

_SHARED = (
    "Steps stood together in one cell: what could not be told apart for them stands at the first step of its phase."
)


def with_steps_apart(table: Table) -> Table:
    """Return the table with a record for each step, where every record is a phase of its own with several steps."""
    steps, phases = table.places(STEP), table.places(PHASE)
    names = [record[phases[0]] for record in table.records] if phases else []
    is_shared = len(steps) == 1 and names and all(names) and len(set(names)) == len(names)
    if not is_shared or not any(len(_lines(record[steps[0]])) > 1 for record in table.records):
        return table
    records = [apart for record in table.records for apart in _apart(record, steps[0], phases)]
    is_unclear = any(
        1 <= len(_lines(cell)) != len(_lines(record[steps[0]])) > 1
        for record in table.records
        for place, cell in enumerate(record)
        if place not in phases
    )
    return replace(table, records=tuple(records), warnings=(*table.warnings, *([_SHARED] if is_unclear else [])))


def _apart(record: tuple[str, ...], step: int, phases: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Yield a record for each step: line by line where a cell has as many as there are steps."""
    count = max(1, len(_lines(record[step])))
    for at in range(count):
        yield tuple(_part(cell, at, count, is_phase=place in phases) for place, cell in enumerate(record))


def _part(cell: str, at: int, count: int, *, is_phase: bool) -> str:
    lines = _lines(cell)
    if is_phase or count == 1:
        return cell
    if len(lines) == count:
        return lines[at]
    return cell if at == 0 else ""


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.splitlines() if line.strip()]
