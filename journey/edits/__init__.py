"""One edit of a journey as a value: apply it, invert it, say it in words; and compare two journeys. All of it is pure.

Every edit keeps a sound journey sound: quotes stay slices of their sources, ids stay unique, links keep both ends.
"""

from __future__ import annotations

from journey.edits.any_edit import Edit
from journey.edits.arranging import AddPhase, AddStep, DeletePhase, DeleteStep, MovePhase, MoveStep
from journey.edits.cards import AddItem, DeleteItem, MoveItem, Slice
from journey.edits.comparing import Change, compare
from journey.edits.dividing import MergeItems, MergePhases, SplitItem, SplitPhase
from journey.edits.grafting import TakeEmotion, TakeItem, TakeLink, TakePhase, TakeStep, TakeWords
from journey.edits.joining import MergeSteps, SplitStep
from journey.edits.linking import AddLink, DeleteLink, LinkName, SetLink
from journey.edits.places import EXTRA, PlacedItem, fresh_id, placed_items
from journey.edits.putting_back import PutBack, difference
from journey.edits.rereading import CorrectReading
from journey.edits.restoring import Restore
from journey.edits.three_way import Suggestion, suggest, suggestion
from journey.edits.words import ClearEmotion, SetChannel, SetEmotion, SetText
from journey.model import Journey


def apply(journey: Journey, edit: Edit) -> Journey:
    """Return the journey after an edit.

    Raises:
        EditRefused: what it is about is gone, or it would break a rule of the map; the sentence says which.
    """
    return edit.apply_to(journey)


def invert(journey: Journey, edit: Edit) -> PutBack:
    """Return the edit that undoes an edit of this journey: `apply(apply(j, e), invert(j, e)) == j`, exactly.

    Raises:
        EditRefused: the edit cannot be applied.
    """
    return difference(apply(journey, edit), journey)


__all__ = [
    "EXTRA",
    "AddItem",
    "AddLink",
    "AddPhase",
    "AddStep",
    "Change",
    "ClearEmotion",
    "CorrectReading",
    "DeleteItem",
    "DeleteLink",
    "DeletePhase",
    "DeleteStep",
    "Edit",
    "LinkName",
    "MergeItems",
    "MergePhases",
    "MergeSteps",
    "MoveItem",
    "MovePhase",
    "MoveStep",
    "PlacedItem",
    "PutBack",
    "Restore",
    "SetChannel",
    "SetEmotion",
    "SetLink",
    "SetText",
    "Slice",
    "SplitItem",
    "SplitPhase",
    "SplitStep",
    "Suggestion",
    "TakeEmotion",
    "TakeItem",
    "TakeLink",
    "TakePhase",
    "TakeStep",
    "TakeWords",
    "apply",
    "compare",
    "difference",
    "fresh_id",
    "invert",
    "placed_items",
    "suggest",
    "suggestion",
]
