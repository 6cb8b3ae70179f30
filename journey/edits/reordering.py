"""Which steps and phases a new drawing has in another order: the fewest moves, none against what the user arranged.

What the user arranged is every pair of steps, or of phases, that no longer stands in the order in which the engine
drew it, and the phase of every step that they took into another one. A move that would turn such a pair round again is
not made; nor is one of a step that stands in a phase of the user's choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from journey.edits.arranging import MovePhase, MoveStep
from journey.model import Journey, Phase

Pair = tuple[str, str]


def reorderings(
    base: Journey, mine: Journey, order: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, MoveStep | MovePhase]]:
    """Yield the moves, each with where it is.

    Args:
        order: ids of my steps as the new drawing has them, by the ids of my phases, these in its order too.
    """
    arranged = _turned(base, mine)
    for where, move in (*_phases(mine, list(order)), *_into_others(base, mine, order), *_within(mine, order)):
        if arranged <= _turned(base, move.apply_to(mine)):
            yield where, move


def _phases(mine: Journey, order: Sequence[str]) -> Iterator[tuple[str, MoveStep | MovePhase]]:
    now = [phase.id for phase in mine.phases]
    names = {phase.id: phase.name for phase in mine.phases}
    for phase, at in _moves(now, order):
        yield names[phase], MovePhase(phase=phase, at=at)


def _into_others(
    base: Journey, mine: Journey, order: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, MoveStep | MovePhase]]:
    then, now = _homes(base), _homes(mine)
    phases = {phase.id: phase for phase in mine.phases}
    for home, steps in order.items():
        for step in steps:
            if now[step] != home and then.get(step) == now[step]:
                here = [one.id for one in phases[home].steps]
                yield _title(mine, step), MoveStep(step=step, phase=home, at=_after(step, here, steps))


def _within(mine: Journey, order: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, MoveStep | MovePhase]]:
    for phase in mine.phases:
        here = [step.id for step in phase.steps]
        for step, at in _moves(here, order.get(phase.id, ())):
            yield _title(mine, step), MoveStep(step=step, phase=phase.id, at=at)


def _moves(now: Sequence[str], order: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield what must move for what both have to stand in the order, each with its place among the others.

    >>> list(_moves(["a", "b", "x", "c"], ["b", "c", "a"]))
    [('a', 3)]
    """
    mutual = [one for one in now if one in order]
    wanted = [one for one in order if one in mutual]
    blocks = SequenceMatcher(None, mutual, wanted, autojunk=False).get_matching_blocks()
    stay = {mutual[at] for block in blocks for at in range(block.a, block.a + block.size)}
    for one in wanted:
        if one not in stay:
            yield one, _after(one, now, [other for other in wanted if other in stay or other == one])


def _after(one: str, now: Sequence[str], order: Sequence[str]) -> int:
    """Return the place right after the nearest one before it that is there, counted without itself."""
    others = [other for other in now if other != one]
    before = [other for other in order[: order.index(one)] if other in others]
    return others.index(before[-1]) + 1 if before else 0


def _turned(base: Journey, now: Journey) -> set[Pair]:
    """Return the pairs of steps and of phases that stand the other way round than they were drawn."""
    return _inverted(_steps(base), _steps(now)) | _inverted(_ids(base.phases), _ids(now.phases))


def _inverted(then: Sequence[str], now: Sequence[str]) -> set[Pair]:
    place = {one: at for at, one in enumerate(now)}
    return {(a, b) for a, b in combinations((one for one in then if one in place), 2) if place[a] > place[b]}


def _steps(journey: Journey) -> list[str]:
    return [step.id for step in journey.steps()]


def _ids(phases: Sequence[Phase]) -> list[str]:
    return [phase.id for phase in phases]


def _homes(journey: Journey) -> dict[str, str]:
    return {step.id: phase.id for phase in journey.phases for step in phase.steps}


def _title(journey: Journey, step_id: str) -> str:
    return next(step.title for step in journey.steps() if step.id == step_id)
