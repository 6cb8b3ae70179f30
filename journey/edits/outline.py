"""A map as numbered lines for whoever is asked to change it in words, and what they wish for turned into edits.

A line shows no quote, no source and no id: only what the map says. What comes back names lines by their numbers; code
decides which edit that is, and whether the map takes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from journey.edits.any_edit import Edit
from journey.edits.arranging import AddStep, DeletePhase, DeleteStep, MovePhase, MoveStep
from journey.edits.cards import AddItem, DeleteItem, MoveItem
from journey.edits.dividing import MergeItems, MergePhases
from journey.edits.joining import MergeSteps
from journey.edits.places import find_item, lane_title, lanes_of, phase_of
from journey.edits.three_way import Suggestion, suggestion
from journey.edits.words import SetEmotion, SetText
from journey.errors import EditRefused
from journey.model import LANES, Journey, Outcome, Record

Deed = Literal["rename", "delete", "merge", "move", "add", "feel"]

MOST = 200
"""Wishes that are looked at; more are no answer to a sentence."""


class Wished(Record):
    """One change that somebody wishes for, by the numbers of lines.

    rename: `target` says `text`. delete: `target` goes. merge: `target` and `other`, its neighbour, become one.
    move: `target` goes after `other`; a card whose `other` is a step goes there, into `lane` if one is named.
    add: after the phase `target` a step `text`, or under the step `target` a card `text` in `lane`.
    feel: the step `target` feels as `score` says, in the word `text`.
    """

    deed: Deed
    target: int
    other: int | None = None
    lane: str | None = None
    text: str | None = None
    score: float | None = None


class Wishes(Record):
    """All that was wished for: what a job finds that was asked to change a map and not to draw one."""

    wishes: tuple[Wished, ...]
    title: str = ""
    outcome: Outcome = Outcome.COMPLETE


@dataclass(frozen=True)
class Line:
    """One line of an outline: a phase, a step or a card."""

    part: Literal["phase", "step", "item"]
    id: str
    words: str
    where: str


def lines_of(journey: Journey) -> tuple[Line, ...]:
    """Return the lines of a map, top to bottom."""
    return tuple(_lines(journey))


def outline(lines: Sequence[Line]) -> str:
    """Return the lines as text, numbered from 1.

    >>> print(outline([Line("phase", "f1", "Search", ""), Line("item", "i1", "slow", "pains")]))
    1 phase: Search
    2     pains: slow
    """
    kinds = {"phase": "phase", "step": "  step"}
    told = (f"{kinds.get(line.part) or '    ' + line.where}: {' '.join(line.words.split())}" for line in lines)
    return "\n".join(f"{number} {words}" for number, words in enumerate(told, start=1))


def suggestions_of(journey: Journey, wishes: Sequence[Wished]) -> tuple[Suggestion, ...]:
    """Return as suggestions what of some wishes this map takes; what it does not is left out.

    Each stands on the map as it would be after those before it, so that "merge, then rename" holds together.
    """
    lines, state, found = lines_of(journey), journey, list[Suggestion]()
    for wish in wishes[:MOST]:
        edit = _edit(state, lines, wish)
        made = suggestion(state, edit, where=_where(lines, wish)) if edit else None
        if made is not None and made.key not in {one.key for one in found}:
            found.append(made)
            state = made.edit.apply_to(state)
    return tuple(found)


def _lines(journey: Journey) -> Iterator[Line]:
    for phase in journey.phases:
        yield Line("phase", phase.id, phase.name, "")
        for step in phase.steps:
            yield Line("step", step.id, step.title, phase.name)
            for lane, items in lanes_of(step):
                yield from (Line("item", item.id, item.text, lane_title(lane)) for item in items)


def _where(lines: Sequence[Line], wish: Wished) -> str:
    """Return the title of the step that a wish is about, or of the phase."""
    above = [line for line in lines[: wish.target] if line.part != "item"]
    return above[-1].words if above else ""


def _edit(journey: Journey, lines: Sequence[Line], wish: Wished) -> Edit | None:
    if not 1 <= wish.target <= len(lines):
        return None
    target = lines[wish.target - 1]
    other = lines[wish.other - 1] if wish.other and 1 <= wish.other <= len(lines) else None
    try:
        return _MADE[wish.deed](journey, wish, target, other)
    except EditRefused:
        return None


def _rename(journey: Journey, wish: Wished, target: Line, other: Line | None) -> Edit | None:
    return SetText(part=target.part, id=target.id, text=wish.text or "")


def _delete(journey: Journey, wish: Wished, target: Line, other: Line | None) -> Edit | None:
    if target.part == "phase":
        return DeletePhase(phase=target.id)
    return DeleteStep(step=target.id) if target.part == "step" else DeleteItem(item=target.id)


def _merge(journey: Journey, wish: Wished, target: Line, other: Line | None) -> Edit | None:
    if other is None or other.part != target.part:
        return None
    if target.part == "phase":
        return MergePhases(first=target.id, second=other.id)
    if target.part == "step":
        return MergeSteps(first=target.id, second=other.id)
    return MergeItems(first=target.id, second=other.id)


def _move(journey: Journey, wish: Wished, target: Line, other: Line | None) -> Edit | None:
    if other is None:
        return None
    if target.part == "item":
        return _move_item(journey, wish, target, other)
    if (target.part, other.part) == ("phase", "phase"):
        others = [phase.id for phase in journey.phases if phase.id != target.id]
        return MovePhase(phase=target.id, at=others.index(other.id) + 1)
    if (target.part, other.part) == ("step", "phase"):
        return MoveStep(step=target.id, phase=other.id)
    if (target.part, other.part) == ("step", "step"):
        home = phase_of(journey, other.id)
        others = [step.id for step in home.steps if step.id != target.id]
        return MoveStep(step=target.id, phase=home.id, at=others.index(other.id) + 1)
    return None


def _move_item(journey: Journey, wish: Wished, target: Line, other: Line) -> Edit | None:
    lane = wish.lane if wish.lane in LANES else find_item(journey, target.id).lane
    if other.part == "step":
        return MoveItem(item=target.id, step=other.id, lane=lane)
    there = find_item(journey, other.id)
    return MoveItem(item=target.id, step=there.step.id, lane=there.lane) if there.step else None


def _add(journey: Journey, wish: Wished, target: Line, other: Line | None) -> Edit | None:
    if not wish.text:
        return None
    if target.part == "phase":
        return AddStep(phase=target.id, title=wish.text)
    return AddItem(step=target.id, lane=wish.lane or "notes", text=wish.text) if target.part == "step" else None


def _feel(journey: Journey, wish: Wished, target: Line, other: Line | None) -> Edit | None:
    if target.part != "step" or wish.score is None or not -2 <= wish.score <= 2 or not wish.text:
        return None
    return SetEmotion(step=target.id, score=wish.score, label=wish.text)


_MADE = {"rename": _rename, "delete": _delete, "merge": _merge, "move": _move, "add": _add, "feel": _feel}
