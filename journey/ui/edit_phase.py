"""The fields of one phase: its name and goal, its place, a step more, merging with the next one, its end."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from journey.edits import AddStep, DeletePhase, MergePhases, MovePhase, SetText, SplitPhase
from journey.model import Phase
from journey.ui.edit_fields import ask_text
from journey.ui.editing import Editing
from journey.ui.language import say, say_many


def edit_phase(editing: Editing, phase: Phase, *, where: str = "") -> None:
    """Draw the fields of a phase.

    Args:
        where: told apart when the same phase is drawn twice in one run.
    """
    name, goal, step = (f"{field}-{phase.id}{where}" for field in ("name", "goal", "first"))
    ask_text(
        editing, name, say("Name"), phase.name, lambda: SetText(part="phase", id=phase.id, text=editing.typed(name))
    )
    ask_text(
        editing,
        goal,
        say("Goal"),
        phase.goal or "",
        lambda: SetText(part="phase_goal", id=phase.id, text=editing.typed(goal)),
    )
    ask_text(editing, step, say("New step at its end"), "", lambda: AddStep(phase=phase.id, title=editing.typed(step)))
    at = editing.journey.phases.index(phase)
    with st.container(horizontal=True):
        _show_move(editing, phase, left=True, at=at - 1, where=where)
        _show_move(editing, phase, left=False, at=at + 1, where=where)
    _show_merge(editing, phase, where=where)
    _ask_split(editing, phase, where=where)
    st.button(
        say("Delete"),
        icon=":material/delete:",
        key=editing.key(f"delete-{phase.id}{where}"),
        help=say_many("With its {n} step", "With its {n} steps", len(phase.steps)) if phase.steps else None,
        on_click=editing.change,
        args=(lambda: DeletePhase(phase=phase.id), editing.unselect),
    )


def _show_move(editing: Editing, phase: Phase, *, left: bool, at: int, where: str) -> None:
    st.button(
        say("Left") if left else say("Right"),
        icon=":material/arrow_back:" if left else ":material/arrow_forward:",
        key=editing.key(f"{'Left' if left else 'Right'}-{phase.id}{where}"),
        disabled=not 0 <= at < len(editing.journey.phases),
        on_click=editing.change,
        args=(lambda: MovePhase(phase=phase.id, at=at),),
    )


def _show_merge(editing: Editing, phase: Phase, *, where: str) -> None:
    after = dict(pairwise(one.id for one in editing.journey.phases)).get(phase.id)
    if after is not None:
        st.button(
            say("Merge with the next phase"),
            icon=":material/merge:",
            key=editing.key(f"merge-{phase.id}{where}"),
            help=say("One phase with the steps of both, under the first one's name."),
            on_click=editing.change,
            args=(lambda: MergePhases(first=phase.id, second=after),),
        )


def _ask_split(editing: Editing, phase: Phase, *, where: str) -> None:
    later = {step.id: step.title for step in phase.steps[1:]}
    if not later:
        return
    step, name = f"split-at-{phase.id}{where}", f"split-name-{phase.id}{where}"
    with st.form(editing.key(f"splitting-{phase.id}{where}"), border=False):
        st.text_input(say("Begin a phase of its own"), key=editing.key(name), placeholder=say("Name of the new phase"))
        st.selectbox(say("With the step"), later, format_func=lambda one: later.get(one, ""), key=editing.key(step))
        st.form_submit_button(
            say("Split the phase"),
            on_click=editing.change,
            args=(
                lambda: SplitPhase(step=editing.typed(step), name=editing.typed(name)),
                lambda: editing.clear(name),
            ),
        )
