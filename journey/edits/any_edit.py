"""The union of all edits: what a history, a proposal or a message may hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from journey.edits.arranging import AddPhase, AddStep, DeletePhase, DeleteStep, MovePhase, MoveStep
from journey.edits.cards import AddItem, DeleteItem, MoveItem
from journey.edits.dividing import MergeItems, MergePhases, SplitItem, SplitPhase
from journey.edits.grafting import TakeEmotion, TakeItem, TakeLink, TakePhase, TakeStep, TakeWords
from journey.edits.joining import MergeSteps, SplitStep
from journey.edits.linking import AddLink, DeleteLink, SetLink
from journey.edits.putting_back import PutBack
from journey.edits.rereading import CorrectReading
from journey.edits.restoring import Restore
from journey.edits.words import ClearEmotion, SetChannel, SetEmotion, SetText

Edit = Annotated[
    SetText
    | SetEmotion
    | ClearEmotion
    | SetChannel
    | AddPhase
    | DeletePhase
    | MovePhase
    | AddStep
    | DeleteStep
    | MoveStep
    | AddItem
    | DeleteItem
    | MoveItem
    | MergeSteps
    | SplitStep
    | MergePhases
    | SplitPhase
    | MergeItems
    | SplitItem
    | AddLink
    | DeleteLink
    | SetLink
    | TakePhase
    | TakeStep
    | TakeItem
    | TakeWords
    | TakeEmotion
    | TakeLink
    | CorrectReading
    | Restore
    | PutBack,
    Field(discriminator="kind"),
]
"""Anything that can be done to a map."""
