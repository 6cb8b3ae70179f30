"""Which parts of two drawings of the same sources are the same thing, though an engine named and numbered them anew.

Two steps are the same when they rest on the same passages or say nearly the same; two cards, when they stand in one
lane and rest on the same words or say nearly the same. Pairs are made greedily, the surest first, each part once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from journey.model import Evidence, Item, Step

SAME_STEP = 0.5
"""Likeness from which two steps are taken for one."""

SAME_ITEM = 0.6
"""Likeness from which two cards of a lane are taken for one."""

T = TypeVar("T")


def pair_up(ours: Sequence[T], theirs: Sequence[T], likeness: Callable[[T, T], float], *, least: float) -> list[int]:
    """Return, for each of theirs, the place of ours that it is, or -1; no part is in two pairs.

    >>> pair_up([1, 5], [6, 40], lambda a, b: 1 / (1 + abs(a - b)), least=0.4)
    [1, -1]
    """
    likely = ((likeness(a, b), i, j) for i, a in enumerate(ours) for j, b in enumerate(theirs))
    found, taken = [-1] * len(theirs), set[int]()
    for _, i, j in sorted((one for one in likely if one[0] >= least), key=lambda one: (-one[0], one[1], one[2])):
        if found[j] < 0 and i not in taken:
            found[j] = i
            taken.add(i)
    return found


def step_likeness(a: Step, b: Step) -> float:
    """Return how surely two steps are the same, from 0 to 1."""
    if _plain(a.title) == _plain(b.title):
        return 1.0
    own = _overlap(_passages(a.evidence), _passages(b.evidence))
    whole = _overlap(_passages(_all_evidence(a)), _passages(_all_evidence(b)))
    alike = _alike(a.title, b.title)
    return 0.45 * own + 0.2 * whole + 0.35 * alike if a.evidence and b.evidence else 0.6 * whole + 0.4 * alike


def item_likeness(a: Item, b: Item) -> float:
    """Return how surely two cards of a lane are the same, from 0 to 1."""
    if _plain(a.text) == _plain(b.text):
        return 1.0
    said = any(_touch(one, other) for one in a.evidence for other in b.evidence)
    return max(0.7 if said else 0.0, _alike(a.text, b.text) - 0.15)


def _all_evidence(step: Step) -> Iterable[Evidence]:
    yield from step.evidence
    for _, item in step.items():
        yield from item.evidence


def _passages(evidence: Iterable[Evidence]) -> set[tuple[str, str]]:
    return {(one.source, one.passage) for one in evidence}


def _overlap(a: set[tuple[str, str]], b: set[tuple[str, str]]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _touch(a: Evidence, b: Evidence) -> bool:
    return a.source == b.source and a.start < b.end and b.start < a.end


def _alike(a: str, b: str) -> float:
    return SequenceMatcher(None, _plain(a), _plain(b), autojunk=False).ratio()


def _plain(text: str) -> str:
    """Return text without case, marks and spaces at its ends.

    >>> _plain(" “It took AGES!” ")
    'it took ages'
    """
    return "".join(one for one in text.casefold() if one.isalnum() or one.isspace()).strip()
