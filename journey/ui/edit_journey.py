"""The fields of the journey as a whole: its title and setting, and its phases, also those that have no step yet."""

from __future__ import annotations

import streamlit as st

from journey.edits import AddPhase, AddStep, DeletePhase, MovePhase, SetText
from journey.model import Phase
from journey.ui.edit_fields import ask_text
from journey.ui.editing import Editing
from journey.ui.wording import counted, plain


def edit_journey(editing: Editing) -> None:
    """Draw the fields of the journey and of its phases."""
    _ask_head(editing)
    for at, phase in enumerate(editing.journey.phases):
        with st.expander(f"Phase: {plain(phase.name)}"):
            _ask_phase(editing, phase, at=at)
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


def _ask_phase(editing: Editing, phase: Phase, *, at: int) -> None:
    name, step = f"name-{phase.id}", f"first-{phase.id}"
    ask_text(editing, name, "Name", phase.name, lambda: SetText(part="phase", id=phase.id, text=editing.typed(name)))
    ask_text(editing, step, "New step at its end", "", lambda: AddStep(phase=phase.id, title=editing.typed(step)))
    with st.container(horizontal=True):
        _show_move(editing, phase, label="Left", icon="arrow_back", at=at - 1)
        _show_move(editing, phase, label="Right", icon="arrow_forward", at=at + 1)
        st.button(
            "Delete",
            icon=":material/delete:",
            key=editing.key(f"delete-{phase.id}"),
            help=f"With its {counted(len(phase.steps), 'step')}" if phase.steps else None,
            on_click=editing.change,
            args=(lambda: DeletePhase(phase=phase.id),),
        )


def _show_move(editing: Editing, phase: Phase, *, label: str, icon: str, at: int) -> None:
    st.button(
        label,
        icon=f":material/{icon}:",
        key=editing.key(f"{label}-{phase.id}"),
        disabled=not 0 <= at < len(editing.journey.phases),
        on_click=editing.change,
        args=(lambda: MovePhase(phase=phase.id, at=at),),
    )
