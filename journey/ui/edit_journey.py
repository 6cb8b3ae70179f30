"""The fields of the journey as a whole: its title and setting, and its phases, also those that have no step yet."""

from __future__ import annotations

import streamlit as st

from journey.edits import AddPhase, SetText
from journey.ui.edit_fields import ask_text
from journey.ui.edit_phase import edit_phase
from journey.ui.editing import Editing
from journey.ui.language import say


def edit_journey(editing: Editing) -> None:
    """Draw the fields of the journey and of its phases."""
    _ask_head(editing)
    _ask_phase(editing)
    ask_text(editing, "new-phase", say("New phase"), "", lambda: AddPhase(name=editing.typed("new-phase")))


def _ask_phase(editing: Editing) -> None:
    """Draw the fields of one phase, the one asked for: those of all would be a hundred, in every run of the page."""
    phases = {phase.id: phase for phase in editing.journey.phases}
    if not phases:
        return
    key = editing.key("which-phase")
    if st.session_state.get(key) not in phases:
        st.session_state[key] = next(iter(phases))
    chosen = st.selectbox(
        say("Phase"), phases, format_func=lambda one: phases[one].name if one in phases else "", key=key
    )
    with st.container(border=True):
        edit_phase(editing, phases[chosen])


def _ask_head(editing: Editing) -> None:
    journey = editing.journey
    actor = journey.actor.name if journey.actor else ""
    ask_text(editing, "title", say("Title"), journey.title, lambda: SetText(part="title", text=editing.typed("title")))
    ask_text(editing, "actor", say("Whose journey"), actor, lambda: SetText(part="actor", text=editing.typed("actor")))
    ask_text(
        editing,
        "scenario",
        say("Scenario"),
        journey.scenario or "",
        lambda: SetText(part="scenario", text=editing.typed("scenario")),
    )
    ask_text(editing, "goal", say("Goal"), journey.goal or "", lambda: SetText(part="goal", text=editing.typed("goal")))
