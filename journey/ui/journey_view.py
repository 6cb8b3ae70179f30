"""The page of one job around its parts: the head, the map with its evidence, and what to say when there is no job."""

from __future__ import annotations

import streamlit as st

from journey.bootstrap import App
from journey.jobs.job import Job
from journey.model import Journey
from journey.ui.choosing import kept_choice, tell_choice
from journey.ui.downloads import show_downloads
from journey.ui.edit_panel import show_edit_bar, show_editor
from journey.ui.editing import Editing, selection_key
from journey.ui.evidence_panel import show_evidence
from journey.ui.flow_view import is_flow, show_flow
from journey.ui.job_actions import ask_title, delete
from journey.ui.journey_map import show_map
from journey.ui.language import entry, say
from journey.ui.map_edits import map_edits, presenting
from journey.ui.session import OPEN_JOB, attempt
from journey.ui.summary import engine_label, facts, notices, whose
from journey.ui.wording import plain, state_colour, state_label

RECENT = 5
MAP, FLOW = entry("Map"), entry("Flow")


def show_title(job: Job) -> None:
    """Head the page of a job that has no journey to show."""
    st.title(plain(job.title), anchor=False)


def show_head(app: App, job: Job, journey: Journey) -> None:
    """Head a journey: title, whose it is, what the run checked, and what can be done with it."""
    heading, actions = st.columns([5, 4], vertical_alignment="bottom")
    heading.title(plain(journey.title), anchor=False)
    with actions.container(horizontal=True, horizontal_alignment="right", key="head-actions"):
        show_downloads(journey, app.queue.store.files.load)
        if st.button(say("Rename"), key="rename"):
            ask_title(app, job)
        st.button(say("Delete"), key="delete", on_click=delete, args=(app, job))
    if journey.phases:
        _show_run(job, journey)
    for notice in notices(journey):
        st.caption(f":material/info: {plain(notice)}")


def _show_run(job: Job, journey: Journey) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(state_label(job), color=state_colour(job))
        st.badge(plain(engine_label(journey)), color="orange" if journey.run.engine == "local" else "gray")
        st.caption(plain(" · ".join(filter(None, (whose(journey), *facts(journey))))))


def show_map_and_evidence(app: App, job: Job, journey: Journey) -> None:
    """Draw the map, and beside it the words behind the card that was chosen last; both with what edits them."""
    show_edit_bar(app, job, journey)
    _show_workspace(app, job, journey)


@st.fragment
def _show_workspace(app: App, job: Job, journey: Journey) -> None:
    """Draw what a choice concerns: only this runs again after one, unless an edit has changed the journey."""
    editing, key = Editing(app, job, journey), selection_key(job)
    if editing.is_outdated():
        st.rerun()
    map_side, evidence_side = st.columns([9, 4], gap="medium")
    with map_side:
        _show_drawing(editing, selection=key)
        choice = kept_choice(key)
        tell_choice(choice)
    with evidence_side.container(key="evidence"):
        with st.container(key="editor"):
            if choice.id is not None:
                show_editor(app, job, journey, choice.id)
        show_evidence(journey, choice.id, key=f"evidence-{job.id}", editing=editing)


def _show_drawing(editing: Editing, *, selection: str) -> None:
    """Draw the journey as a map or, where it has ways to choose from, as a flow."""
    job, journey = editing.job, editing.journey
    if is_flow(journey) and _ask_form(job) == FLOW:
        show_flow(journey, key=f"flow-{job.id}", selection=selection)
        return
    edits = map_edits(editing)
    show_map(journey, key=f"map-{job.id}", selection=selection, edits=edits, presenting=presenting())


def _ask_form(job: Job) -> str | None:
    key = f"form-{job.id}"
    st.session_state.setdefault(key, MAP)
    return st.segmented_control(
        say("Show as"), (MAP, FLOW), format_func=say, key=key, label_visibility="collapsed", required=True
    )


def show_nothing_open(app: App) -> None:
    """Lead a visitor who came without a job to one, or to the first."""
    st.title(say("No journey is open"), anchor=False)
    recent = app.library.rows()[:RECENT]
    if not recent:
        st.caption(say("Your library is empty. Paste an interview, or try the bundled sample, to see a map here."))
        st.page_link("pages/new.py", label=say("Draw the first journey"), icon=":material/add_circle:")
        return
    st.caption(say("The latest in your library:"))
    for job in recent:
        st.page_link("pages/journey.py", label=plain(job.title), query_params={"job": job.id})
    st.page_link("pages/library.py", label=say("All of the library"), icon=":material/folder_open:")


def show_unknown(job_id: str) -> None:
    """Say that the address leads nowhere, and lead on."""
    st.session_state.pop(OPEN_JOB, None)
    st.title(say("Nothing is here"), anchor=False)
    st.text(say("This library has no job “{id}”.", id=job_id[:40]))
    st.caption(
        say(
            "It may have been deleted for good, or the address comes from another computer: a library stays on the "
            "machine it was made on. Ask its owner for a download instead."
        )
    )
    st.page_link("pages/library.py", label=say("Open the library"), icon=":material/folder_open:")
    st.page_link("pages/new.py", label=say("Draw a new journey"), icon=":material/add_circle:")


def show_helper(job: Job) -> None:
    """Lead from a job that worked out a proposal to the map that it is about."""
    st.title(plain(job.title), anchor=False)
    st.text(say("This job worked out a proposal for a map. What it proposes stands beside that map."))
    st.page_link(
        "pages/journey.py", label=say("Open the map"), icon=":material/route:", query_params={"job": job.helps}
    )


def show_deleted(app: App, job: Job) -> None:
    """Offer a deleted job back."""
    st.title(plain(job.title), anchor=False)
    st.info(say("This was deleted. It can be brought back for a week."))
    with st.container(horizontal=True):
        st.button(say("Restore"), key="restore", type="primary", on_click=attempt, args=(app.library.restore, job.id))
        st.page_link("pages/library.py", label=say("Open the library"), icon=":material/folder_open:")
