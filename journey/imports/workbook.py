"""Workbooks: ours by its sheets of evidence and links, any other by the first sheet that holds a map."""

from __future__ import annotations

from journey.errors import JourneyFileError
from journey.imports.draft import MapDraft
from journey.imports.grid import Grid, read_xlsx
from journey.imports.tables import read_table
from journey.imports.tidy import is_tidy, read_links, read_tidy

_LINK_COLUMNS = {"from_no", "to_no", "kind"}
_ABOUT_COLUMNS = ["field", "value"]
_FACTS = ("title", "actor", "role", "scenario", "goal")


def read_workbook(content: bytes) -> MapDraft:
    """Read a map from a workbook.

    Raises:
        JourneyFileError: no sheet holds one.
    """
    sheets = read_xlsx(content)
    tidy = next((grid for grid in sheets.values() if is_tidy(grid)), None)
    if tidy is not None:
        return _read_ours(tidy, sheets)
    refusal = JourneyFileError("This workbook is empty.")
    for grid in sheets.values():
        try:
            return read_table(grid)
        except JourneyFileError as exc:
            refusal = exc
    raise refusal


def _read_ours(tidy: Grid, sheets: dict[str, Grid]) -> MapDraft:
    draft = read_tidy(tidy)
    for grid in sheets.values():
        head = [name.casefold() for name in grid[0]] if grid else []
        if set(head) >= _LINK_COLUMNS:
            read_links(grid, draft)
        elif head[:2] == _ABOUT_COLUMNS:
            _read_about(grid, draft)
    return draft


def _read_about(grid: Grid, draft: MapDraft) -> None:
    facts = [(row[0], row[1]) for row in grid[1:]]
    for name, value in facts:
        if name in _FACTS and not getattr(draft, name):
            setattr(draft, name, value)
    for phase in draft.phases:
        beginning = f"{phase.name}: "
        goals = (value for name, value in facts if name == "goal of phase" and value.startswith(beginning))
        phase.goal = next(goals, "").removeprefix(beginning)
