"""A history of changes that came from elsewhere, played through from end to end before it is believed.

Undo puts back whole parts of a map. A forged history could so put words into a mouth that no engine and no edit may:
every state that it leads to is held against the sources, and every change must lead where the next one begins.
"""

from __future__ import annotations

from collections.abc import Callable

from journey import grounding
from journey.archives.manifest import ArchivedVersion, History
from journey.edits import apply
from journey.errors import EditRefused, JourneyFileError
from journey.jobs.past import NamedState, Past
from journey.jobs.revisions import Revision
from journey.model import Journey

_BROKEN = "It does not lead to this map."


def to_past(journey: Journey, history: History, read_state: Callable[[str], Journey]) -> Past:
    """Return the past of a journey as a library keeps it.

    Args:
        read_state: reads the journey in a file of the archive, and raises what is wrong with it.

    Raises:
        JourneyFileError: it does not lead to this journey, or through a state that does not hold.
    """
    if not history.edits <= len(history.revisions):
        raise JourneyFileError(_BROKEN)
    if [one.number for one in history.revisions] != list(range(1, len(history.revisions) + 1)):
        raise JourneyFileError(_BROKEN)
    try:
        drawn = _played_back(journey, history.revisions[: history.edits])
        _play(journey, history.revisions[history.edits :])
    except EditRefused as exc:
        raise JourneyFileError(_BROKEN) from exc
    named = tuple(_named(version, read_state) for version in history.versions)
    return Past(drawn=drawn, revisions=history.revisions, edits=history.edits, versions=named)


def _played_back(journey: Journey, revisions: tuple[Revision, ...]) -> Journey:
    """Undo every change in force, the last one first; each of them must lead back again."""
    state = journey
    for revision in reversed(revisions):
        before = _sound(apply(state, revision.back))
        _require_same(apply(before, revision.edit), state)
        state = before
    return state


def _play(journey: Journey, revisions: tuple[Revision, ...]) -> None:
    """Do again what was undone, each of which must be undone exactly."""
    state = journey
    for revision in revisions:
        after = _sound(apply(state, revision.edit))
        _require_same(apply(after, revision.back), state)
        state = after


def _named(version: ArchivedVersion, read_state: Callable[[str], Journey]) -> NamedState:
    return NamedState(version.name, version.made, version.by, version.edits, read_state(version.file))


def _sound(state: Journey) -> Journey:
    if grounding.verify(state):
        raise JourneyFileError(_BROKEN)
    return state


def _require_same(one: Journey, other: Journey) -> None:
    if one != other:
        raise JourneyFileError(_BROKEN)
