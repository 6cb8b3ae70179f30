"""The library as a list: a page of jobs as rows, what can be done to each, and what was deleted."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from journey.bootstrap import App
from journey.jobs.job import Job, JobState
from journey.ui.job_actions import ask_tags, ask_title, delete
from journey.ui.language import entry, say, say_below
from journey.ui.session import attempt, current_app
from journey.ui.wording import ago, engine_name, plain, size, state_colour, state_label

PAGE = 20
"""Rows drawn at once: each costs the browser a handful of elements, whatever the library holds."""

CANCEL, RETRY, DELETE = entry("Cancel"), entry("Retry"), entry("Delete")
RENAME, DUPLICATE, TAGS = entry("Rename"), entry("Duplicate"), entry("Tags")
ARCHIVE, UNARCHIVE = entry("Archive"), entry("Take out of the archive")
"""What a row's menu offers."""

ASKED = {RENAME: ask_title, TAGS: ask_tags}
"""The actions that ask for words first."""

WATCH_SECONDS = 3.0
MOST_DELETED = 20


def show_none(*, is_filtered: bool) -> None:
    """Say why the list is empty and what to do about it."""
    if is_filtered:
        st.caption(say("Nothing here matches. Try fewer words, or show all."))
        return
    st.caption(
        say("No journeys yet. Everything you submit is listed here, while it runs and for good when it is done.")
    )
    st.page_link("pages/new.py", label=say("Draw the first journey"), icon=":material/add_circle:")


def ask_page(rows: int) -> int:
    """Return the number of the first row to show, with page numbers to choose from where there is more than one."""
    pages = math.ceil(rows / PAGE)
    if pages < 2:
        return 0
    with st.container(horizontal=True, vertical_alignment="center"):
        at = min(st.pagination(pages, key=f"library_page_{pages}"), pages) - 1
        last = min(rows, (at + 1) * PAGE)
        st.caption(say("{first} to {last} of {all}", first=at * PAGE + 1, last=last, all=rows), width="content")
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
        with st.expander(say("Deleted lately: {n}", n=len(gone))):
            for job in gone[:MOST_DELETED]:
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.text(job.title, width="stretch")
                    restore = (app.library.restore, job.id)
                    st.button(say("Restore"), key=f"restore-{job.id}", on_click=attempt, args=restore)
    health = app.queue.health()
    taken, free = size(health.store_bytes), size(health.free_bytes)
    st.caption(say("The library takes up {taken}; {free} are free.", taken=taken, free=free))


def _look(seen: dict[str, JobState]) -> None:
    queue = current_app().queue
    now = {job_id: job.state for job_id in seen if (job := queue.find(job_id)) is not None}
    if now != seen:
        st.rerun()


def _show_row(app: App, job: Job, *, now: float) -> str | None:
    with st.container(horizontal=True, vertical_alignment="center"):
        label = plain(job.title) or say("Untitled")
        with st.container(horizontal=True, vertical_alignment="center", width="stretch"):
            st.page_link("pages/journey.py", label=label, query_params={"job": job.id}, width="content")
            for tag in job.tags:
                st.badge(plain(tag), color="violet")
        with st.container(horizontal=True, vertical_alignment="center", width=540):
            st.badge(state_label(job), color=state_colour(job), width=125)
            st.caption(f"{plain(engine_name(job.engine))} · {size(job.size)}", width=150)
            st.caption(ago(job.finished or job.created, now=now), width=125)
            action = _ask_action(app, job, label)
    if job.failure:
        st.text(say_below(job.failure.message))
    return action


def _ask_action(app: App, job: Job, title: str) -> str | None:
    offered = {action: say(action) for action in _actions(job)}
    chosen: str | None = st.menu_button(
        "⋯",
        list(offered),
        format_func=offered.__getitem__,
        key=f"menu-{job.id}",
        help=say("Actions for {title}", title=title),
        on_click=_act,
        args=(app, job),
    )
    return chosen


def _actions(job: Job) -> list[str]:
    if job.is_live:
        return [CANCEL, TAGS, DELETE]
    own = [RENAME, DUPLICATE] if job.state is JobState.SUCCEEDED else [RETRY]
    return [*own, TAGS, UNARCHIVE if job.archived else ARCHIVE, DELETE]


def _act(app: App, job: Job) -> None:
    """Do what was chosen in a row's menu; what needs words is asked for in a dialog instead."""
    acts: dict[str, Callable[[], None]] = {
        CANCEL: partial(attempt, app.queue.cancel, job.id),
        RETRY: partial(attempt, app.queue.retry, job.id),
        DUPLICATE: partial(attempt, app.library.duplicate, job.id, say("{title} (copy)", title=job.title)),
        ARCHIVE: partial(attempt, partial(app.library.archive, away=True), job.id),
        UNARCHIVE: partial(attempt, partial(app.library.archive, away=False), job.id),
        DELETE: partial(delete, app, job),
    }
    act = acts.get(st.session_state[f"menu-{job.id}"])
    if act:
        act()
