"""The library as a list: a page of jobs as rows, what can be done to each, and what was deleted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

import streamlit as st

from journey.bootstrap import App
from journey.jobs.job import Job, JobState
from journey.model import Outcome
from journey.ui.job_actions import COLOURS, ask_tags, ask_title, delete
from journey.ui.session import attempt, current_app
from journey.ui.wording import ago, plain, size, state_label

PAGE = 20
"""Rows drawn at once: each costs the browser a handful of elements, whatever the library holds."""

ASKED = {"Rename": ask_title, "Tags": ask_tags}
"""The actions that ask for words first."""

WATCH_SECONDS = 3.0
MOST_DELETED = 20


def show_none(*, is_filtered: bool) -> None:
    """Say why the list is empty and what to do about it."""
    if is_filtered:
        st.caption("Nothing here matches. Try fewer words, or show all.")
        return
    st.caption("No journeys yet. Everything you submit is listed here, while it runs and for good when it is done.")
    st.page_link("pages/new.py", label="Draw the first journey", icon=":material/add_circle:")


def ask_page(rows: int) -> int:
    """Return the number of the first row to show, with page numbers to choose from where there is more than one."""
    pages = math.ceil(rows / PAGE)
    if pages < 2:
        return 0
    with st.container(horizontal=True, vertical_alignment="center"):
        at = min(st.pagination(pages, key=f"library_page_{pages}"), pages) - 1
        st.caption(f"{at * PAGE + 1:,} to {min(rows, (at + 1) * PAGE):,} of {rows:,}", width="content")
    return at * PAGE


def show_rows(app: App, jobs: Sequence[Job], *, now: float) -> Job | None:
    """Draw a row for each job; return the one of which something is being asked in a dialog."""
    asked: tuple[Job, str] | None = None
    with st.container(gap="xsmall"):
        for job in jobs:
            with st.container(border=True, key=f"row-{job.id}"):
                action = _show_row(app, job, now=now)
                asked = (job, action) if action in ASKED else asked
    if asked is None:
        return None
    job, action = asked
    ASKED[action](app, job)
    return job


def watch(jobs: Sequence[Job]) -> None:
    """Draw the page anew when the state of a live job in it changes."""
    seen = {job.id: job.state for job in jobs if job.is_live}
    if seen:
        st.fragment(_look, run_every=WATCH_SECONDS)(seen)


def show_deleted(app: App) -> None:
    """List what was deleted lately, each with a way back, and what the library takes up."""
    gone = [job for job in app.queue.jobs() if job.deleted is not None]
    if gone:
        with st.expander(f"Deleted lately: {len(gone):,}"):
            for job in gone[:MOST_DELETED]:
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.text(job.title, width="stretch")
                    st.button("Restore", key=f"restore-{job.id}", on_click=attempt, args=(app.library.restore, job.id))
    health = app.queue.health()
    st.caption(f"The library takes up {size(health.store_bytes)}; {size(health.free_bytes)} are free.")


def _look(seen: dict[str, JobState]) -> None:
    queue = current_app().queue
    now = {job_id: job.state for job_id in seen if (job := queue.find(job_id)) is not None}
    if now != seen:
        st.rerun()


def _show_row(app: App, job: Job, *, now: float) -> str | None:
    with st.container(horizontal=True, vertical_alignment="center"):
        label = plain(job.title) or "Untitled"
        with st.container(horizontal=True, vertical_alignment="center", width="stretch"):
            st.page_link("pages/journey.py", label=label, query_params={"job": job.id}, width="content")
            for tag in job.tags:
                st.badge(plain(tag), color="violet")
        with st.container(horizontal=True, vertical_alignment="center", width=490):
            st.badge(_label(job), color=COLOURS[job.state], width=100)
            st.caption(f"{plain(job.engine)} · {size(job.size)}", width=150)
            st.caption(ago(job.finished or job.created, now=now), width=100)
            action: str | None = st.menu_button(
                "⋯", _actions(job), key=f"menu-{job.id}", help=f"Actions for {label}", on_click=_act, args=(app, job)
            )
    if job.failure:
        st.text(job.failure.message)
    return action


def _label(job: Job) -> str:
    return "Not enough" if job.outcome is Outcome.NOT_ENOUGH else state_label(job)


def _actions(job: Job) -> list[str]:
    if job.is_live:
        return ["Cancel", "Tags", "Delete"]
    own = ["Rename", "Duplicate"] if job.state is JobState.SUCCEEDED else ["Retry"]
    return [*own, "Tags", "Take out of the archive" if job.archived else "Archive", "Delete"]


def _act(app: App, job: Job) -> None:
    """Do what was chosen in a row's menu; what needs words is asked for in a dialog instead."""
    match st.session_state[f"menu-{job.id}"]:
        case "Cancel":
            attempt(app.queue.cancel, job.id)
        case "Retry":
            attempt(app.queue.retry, job.id)
        case "Duplicate":
            attempt(app.library.duplicate, job.id)
        case "Archive" | "Take out of the archive":
            attempt(partial(app.library.archive, away=not job.archived), job.id)
        case "Delete":
            delete(app, job)
