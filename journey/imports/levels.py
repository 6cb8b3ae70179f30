"""Feelings that a map draws by hand: a row for each level, and a mark or words at the level of a step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from journey.imports.feelings import Scale, read_feeling
from journey.imports.layouts import Table
from journey.imports.vocabulary import EMOTION, lane_of

_LEAST_LEVELS = 2
_MARK = re.compile(r"^[xX×✓✔●•○*\-–1]$")
"""What stands where a curve would pass."""

_LANE = re.compile(r"^[^\W\d_]+\s*[:\-–(]?\s*", re.UNICODE)


def with_one_feeling(table: Table) -> Table:
    """Return the table with one column of feelings, where its labels are levels such as Positive, Neutral, Negative."""
    levels = {place: score for place, label in enumerate(table.labels) if (score := _level(label)) is not None}
    if len(set(levels.values())) < _LEAST_LEVELS:
        return table
    kept = [place for place in range(len(table.labels)) if place not in levels]
    records = tuple((*(record[place] for place in kept), _felt(table, record, levels)) for record in table.records)
    return replace(table, labels=(*(table.labels[place] for place in kept), EMOTION.capitalize()), records=records)


def _level(label: str) -> float | None:
    """Return the score that a label stands for, alone or behind the lane's name.

    >>> _level("Positive"), _level("Emotion: negative"), _level("Feelings 😡"), _level("Feelings"), _level("Pains")
    (1.0, -1.0, -2.0, None, None)
    """
    rest = _LANE.sub("", label).rstrip(")") if lane_of(label) == EMOTION else label
    found = read_feeling(rest, Scale(-2, 2)) if rest and not rest.strip().isdecimal() else None
    return found[0] if found else None


def _felt(table: Table, record: Sequence[str], levels: dict[int, float]) -> str:
    """Say a step's feeling with its score; where several levels are filled, the first of them."""
    place = next((place for place in levels if record[place]), None)
    if place is None:
        return ""
    words = table.labels[place] if _MARK.match(record[place].strip()) else " ".join(record[place].split())
    return f"{words} ({levels[place]:g})"
