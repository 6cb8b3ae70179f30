"""What is done on the map itself, by dragging, keys and typing: the edits of the forms, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import streamlit as st
from pydantic import Field, ValidationError

from journey.edits import (
    AddItem,
    AddStep,
    ClearEmotion,
    DeleteItem,
    DeletePhase,
    DeleteStep,
    MoveItem,
    MovePhase,
    MoveStep,
    SetEmotion,
    SetText,
)
from journey.model import Record
from journey.ui.editing import TOLD, Editing
from journey.ui.journey_map import MapEdits, Presenting
from journey.ui.lanes import score_in_words
from journey.ui.language import say_below
from journey.ui.session import REFUSAL

PRESENT = "present"
"""The parameter of the address that has the map presented."""

MapEdit = Annotated[
    MoveItem
    | MoveStep
    | MovePhase
    | SetText
    | SetEmotion
    | ClearEmotion
    | AddItem
    | AddStep
    | DeleteItem
    | DeleteStep
    | DeletePhase,
    Field(discriminator="kind"),
]
"""What the map may ask for. Not PutBack and its like: whoever forges a message must not put words into a mouth."""


class Asked(Record):
    """One message of the map: an edit, or a step back or forth."""

    seq: int
    edit: MapEdit | None = None
    ask: Literal["undo", "redo"] | None = None


def map_edits(editing: Editing) -> MapEdits:
    """Return how the map of a journey is changed on it, and what came of the last change."""
    key = f"map-answer-{editing.job.id}"

    def change(message: Mapping[str, Any]) -> None:
        try:
            asked = Asked.model_validate(message)
        except ValidationError:  # not one of this page's own messages: nobody waits for an answer
            return
        _make(editing, asked)
        refused, told = st.session_state.pop(REFUSAL, ""), st.session_state.pop(TOLD, "")
        st.session_state[key] = {"seq": asked.seq, "words": say_below(refused) or told, "refused": bool(refused)}

    return MapEdits(editing.job.revision, change, st.session_state.get(key))


def presenting() -> Presenting:
    """Return whether the address asks for the presentation, and how it follows what the visitor does."""

    def change(message: Mapping[str, Any]) -> None:
        if message.get("on"):
            st.query_params[PRESENT] = "1"
        else:
            st.query_params.pop(PRESENT, None)

    return Presenting(PRESENT in st.query_params, change)


def _make(editing: Editing, asked: Asked) -> None:
    if asked.ask == "undo":
        editing.undo()
    elif asked.ask == "redo":
        editing.redo()
    elif asked.edit is not None:
        edit = _named(asked.edit)
        editing.change(lambda: edit)


def _named(edit: MapEdit) -> MapEdit:
    """Return the edit; a feeling that was only moved is named by its score."""
    if isinstance(edit, SetEmotion) and not edit.label.strip():
        return edit.model_copy(update={"label": score_in_words(edit.score)})
    return edit
