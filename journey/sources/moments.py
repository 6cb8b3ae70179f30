"""Times as JSON transcripts write them: clocks, dates, durations, or numbers in a unit that nobody names."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import datetime

from pydantic import JsonValue

from journey.sources.clock import seconds

_UNITS = (1.0, 1e3, 16e3, 1e6, 1e7, 1e9)
"""Units per second: seconds, milliseconds, samples (Otter), microseconds, ticks of 100 ns, nanoseconds."""

_SPEECH = 2.5
"""Words per second of ordinary speech, pauses included; the unit that comes closest to it is taken."""

_DATED = 1e8
"""Seconds from here on are no recording's length but a date, counted from 1970."""

_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)s?")

Times = list[float | None]


def recording_times(starts: Sequence[JsonValue], ends: Sequence[JsonValue], *, words: int) -> tuple[Times, Times]:
    """Return starts and ends in seconds from the beginning of the recording, None where they say nothing.

    Args:
        starts: as the file has them, one per entry.
        ends: likewise.
        words: said in all; they tell in which unit numbers without one are.

    >>> recording_times([0, 30_000], [29_000, 61_000], words=150)
    ([0.0, 30.0], [29.0, 61.0])
    >>> recording_times(["2026-05-01T10:00:00Z", "2026-05-01T10:01:30Z"], [None, None], words=200)
    ([0.0, 90.0], [None, None])
    """
    read_starts, read_ends = [_moment(start) for start in starts], [_moment(end) for end in ends]
    known = [start for start in read_starts if start is not None]
    numeric = [isinstance(start, (int, float)) for start in starts]
    unit = _unit(known, words) if any(numeric) else 1.0
    zero = min(known) if known and min(known) / unit > _DATED else 0.0
    return _counted(read_starts, zero, unit), _counted(read_ends, zero, unit)


def _moment(value: JsonValue) -> float | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) if abs(value) < 1e19 else None
    if not isinstance(value, str):
        return None
    if (clock := seconds(value)) is not None:
        return clock
    if (match := _DURATION.fullmatch(value.strip())) is not None:
        return float(match[1])
    try:
        return datetime.fromisoformat(value.strip()).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


def _unit(known: Sequence[float], words: int) -> float:
    length = max(known, default=0.0) - min(known, default=0.0)
    if length <= 0 or not words:
        return 1.0
    return min(_UNITS, key=lambda unit: abs(math.log(words * unit / length / _SPEECH)))


def _counted(moments: Sequence[float | None], zero: float, unit: float) -> Times:
    return [None if moment is None or moment < zero else round((moment - zero) / unit, 3) for moment in moments]
