"""The editor around the map: undo and redo, the chosen element's fields, and those of the journey as a whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from journey.bootstrap import App
from journey.edits import placed_items
from journey.errors import StoreDamaged
from journey.jobs.job import Job
from journey.jobs.revisions import Revision
from journey.model import Journey
from journey.ui.cards import EMOTION
from journey.ui.edit_item import edit_item
from journey.ui.edit_journey import edit_journey
from journey.ui.edit_phase import edit_phase
from journey.ui.edit_step import edit_feeling, edit_step
from journey.ui.editing import Editing, tell
from journey.ui.language import entry, say, say_below
from journey.ui.proposal_panel import show_proposal, show_proposing
from journey.ui.versions_panel import show_history, show_versions
from journey.ui.wording import plain

OUTLINE_OPEN, CHOSEN_OPEN = "edit-map", "edit-chosen"
"""Where the session keeps whether the fields of the journey, and of what is chosen, are open."""

FIELDS_WIDTH = 360
"""Pixels of the fields of what is chosen: beside them the map stays in sight."""


def show_edit_bar(app: App, job: Job, journey: Journey) -> None:
    """Draw, above the map, what concerns all of it: undo, redo, its history, and the fields of the journey.

    Whatever was changed in the run before is told in a toast.
    """
    tell()
    editing = Editing(app, job, journey)
    with st.container(horizontal=True, key="edit-bar", gap="small"):
        try:
            _show_steps_back(editing)
            show_versions(editing)
        except StoreDamaged as error:  # the map itself is whole and stays in sight
            st.warning(plain(say_below(str(error))))
        show_proposing(editing)
        _offer_outline(editing)
    show_proposal(editing)


def show_editor(app: App, job: Job, journey: Journey, selected: str) -> None:
    """Offer the fields of what is chosen on the map, unless it is gone.

    Args:
        selected: the id of a phase, a step, an item, or `emotion:` and a step's id.
    """
    editing = Editing(app, job, journey)
    draw = _fields_of(editing, selected)
    if draw is not None:
        panel = st.popover(say("Edit"), icon=":material/edit:", key=CHOSEN_OPEN, width="content", on_change="rerun")
        if panel.open:  # nothing is sent of fields that nobody looks at
            with panel, st.container(width=FIELDS_WIDTH):
                draw()


@st.fragment
def _offer_outline(editing: Editing) -> None:
    if editing.is_outdated():
        st.rerun()
    panel = st.popover(
        say("Title and phases"), icon=":material/tune:", key=OUTLINE_OPEN, width="content", on_change="rerun"
    )
    if panel.open:
        with panel:
            edit_journey(editing)


def _fields_of(editing: Editing, selected: str) -> Callable[[], None] | None:
    for step in editing.journey.steps():
        if step.id == selected:
            return partial(edit_step, editing, step)
        if EMOTION + step.id == selected:
            return partial(edit_feeling, editing, step)
    for phase in editing.journey.phases:
        if phase.id == selected:
            return partial(edit_phase, editing, phase, where="-chosen")
    placed = next((one for one in placed_items(editing.journey) if one.item.id == selected), None)
    return None if placed is None else partial(edit_item, editing, placed)


def _show_steps_back(editing: Editing) -> None:
    library, job = editing.app.library, editing.job
    back, again = library.next_undo(job), library.next_redo(job)
    st.button(
        say("Undo"),
        icon=":material/undo:",
        key=editing.key("undo"),
        on_click=editing.undo,
        disabled=back is None,
        help=_hint(entry("Undo: {what}"), back) or say("Nothing was changed yet"),
    )
    st.button(
        say("Redo"),
        icon=":material/redo:",
        key=editing.key("redo"),
        on_click=editing.redo,
        disabled=again is None,
        help=_hint(entry("Redo: {what}"), again) or say("Nothing was undone"),
    )
    if back is not None and st.button(say("History"), icon=":material/history:", key=editing.key("history")):
        show_history(editing)


def _hint(told: str, revision: Revision | None) -> str:
    return "" if revision is None else say(told, what=plain(say_below(revision.words)))
