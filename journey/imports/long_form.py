"""Other people's tables with a row for each entry: one column says of what kind it is, another what it says.

`Phase, Step, Category, Description` is such a head. It is turned into the table of steps that it stands for.
"""

from __future__ import annotations

from collections.abc import Sequence

from journey.imports.grid import Grid
from journey.imports.vocabulary import PHASE, STEP, lane_of

_LEAST_KNOWN = 0.6
"""Share of a column's cells that name a lane, from which it is the one of kinds."""

_LEAST_KINDS = 2


def spread(grid: Grid) -> Grid | None:
    """Return the table with a row for each step and a column for each kind; None where no column names kinds.

    >>> spread([["Step", "Category", "Text"], ["Call", "Pain", "slow"], ["Call", "Gain", "kind"]])
    [['Step', 'Pain', 'Gain'], ['Call', 'slow', 'kind']]
    """
    places = [place for place, label in enumerate(grid[0] if grid else ()) if lane_of(label) in (PHASE, STEP)]
    others = [place for place in range(len(grid[0]) if grid else 0) if place not in places]
    kinds = next((place for place in others if _names_kinds(grid, place)), None)
    if kinds is None or not places or len({lane_of(grid[0][place]) for place in places}) < len(places):
        return None
    words = max(
        (place for place in others if place != kinds),
        key=lambda place: sum(len(row[place]) for row in grid[1:]),
        default=None,
    )
    return None if words is None else _spread(grid, places, kinds, words)


def _names_kinds(grid: Grid, place: int) -> bool:
    cells = [row[place] for row in grid[1:] if row[place]]
    known = [lane for cell in cells if (lane := lane_of(cell)) not in (None, PHASE, STEP)]
    return len(set(known)) >= _LEAST_KINDS and len(known) >= _LEAST_KNOWN * len(cells)


def _spread(grid: Grid, places: Sequence[int], kinds: int, words: int) -> Grid:
    titles = list(dict.fromkeys(row[kinds] for row in grid[1:] if row[kinds]))
    steps: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for row in grid[1:]:
        cells = steps.setdefault(tuple(row[place] for place in places), {})
        cells.setdefault(row[kinds], []).append(row[words])
    head = [*(grid[0][place] for place in places), *titles]
    return [head, *([*step, *("\n".join(cells.get(title, ())) for title in titles)] for step, cells in steps.items())]
