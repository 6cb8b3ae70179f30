"""What a user can do to a job or its journey, for the page of one and the list of all: buttons and their effects."""

from __future__ import annotations

import streamlit as st

from journey.bootstrap import App
from journey.jobs.job import MOST_TAGS, Job
from journey.ui.language import say
from journey.ui.library_filters import known_tags
from journey.ui.session import attempt

DELETED = "deleted_job"
"""The job deleted last in this browser tab, which the next runs offer to bring back."""


def delete(app: App, job: Job) -> None:
    """Delete a job from a callback, and remember it for `show_undo`."""
    attempt(app.library.delete, job.id)
    st.session_state[DELETED] = job.id


def show_undo(app: App) -> None:
    """Offer to bring back what was deleted last."""
    job = app.queue.find(st.session_state.get(DELETED, ""))
    if job is None or job.deleted is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="undo"):
        st.text(say("Deleted: {title}", title=job.title), width="stretch")
        restore = (app.library.restore, job.id)
        st.button(say("Undo"), key="undo-delete", on_click=attempt, args=restore, type="primary")


def ask_title(app: App, job: Job) -> None:
    """Ask for another title of a completed job's journey."""
    st.dialog(say("Rename"), on_dismiss="rerun")(_ask_title)(app, job)


def _ask_title(app: App, job: Job) -> None:
    title = st.text_input(say("Title"), value=job.title, key=f"title-{job.id}", max_chars=100)
    if st.button(say("Save"), type="primary", key="save-title"):
        attempt(app.library.rename, job.id, title or "")
        st.rerun()


def ask_tags(app: App, job: Job) -> None:
    """Ask for the tags of a job: those in use anywhere are offered, new ones can be typed."""
    st.dialog(say("Tags"), on_dismiss="rerun")(_ask_tags)(app, job)


def _ask_tags(app: App, job: Job) -> None:
    known = known_tags(app.queue.jobs())
    tags = st.multiselect(
        say("Tags"),
        known,
        default=job.tags,
        key=f"tags-{job.id}",
        accept_new_options=True,
        max_selections=MOST_TAGS,
        placeholder=say("Choose, or type a new one"),
    )
    if st.button(say("Save"), type="primary", key="save-tags"):
        attempt(app.library.tag, job.id, tags)
        st.rerun()
