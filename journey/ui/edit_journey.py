"""The fields of the journey as a whole: its title and setting, and its phases, also those that have no step yet."""

from __future__ import annotations

import streamlit as st

from journey.edits import AddPhase, SetText
from journey.ui.edit_fields import ask_text
from journey.ui.edit_phase import edit_phase
from journey.ui.editing import Editing
from journey.ui.wording import plain


def edit_journey(editing: Editing) -> None:
    """Draw the fields of the journey and of its phases."""
    _ask_head(editing)
    for phase in editing.journey.phases:
        with st.expander(f"Phase: {plain(phase.name)}"):
            edit_phase(editing, phase)
    ask_text(editing, "new-phase", "New phase", "", lambda: AddPhase(name=editing.typed("new-phase")))


def _ask_head(editing: Editing) -> None:
    journey = editing.journey
    actor = journey.actor.name if journey.actor else ""
    ask_text(editing, "title", "Title", journey.title, lambda: SetText(part="title", text=editing.typed("title")))
    ask_text(editing, "actor", "Whose journey", actor, lambda: SetText(part="actor", text=editing.typed("actor")))
    ask_text(
        editing,
        "scenario",
        "Scenario",
        journey.scenario or "",
        lambda: SetText(part="scenario", text=editing.typed("scenario")),
    )
    ask_text(editing, "goal", "Goal", journey.goal or "", lambda: SetText(part="goal", text=editing.typed("goal")))
