"""A job that ended without a map: the reason in one sentence, what was kept, and what to try next."""

from __future__ import annotations

import streamlit as st

from journey.bootstrap import App
from journey.jobs.job import Job, JobState
from journey.model import Journey, Source
from journey.ui.job_actions import delete
from journey.ui.picture_panel import show_picture
from journey.ui.session import attempt
from journey.ui.spending import show_attempts
from journey.ui.wording import counted, plain

ADVICE = (
    "An account of something a person did, in their own words: what they did first, what came next, how it felt.",
    "A few hundred words are usually enough; a list, a notice or a summary is not an account.",
    "Names before the words, as in “Anna: …”. Only what the customer says becomes evidence, so check the roles.",
)

PICTURE_ADVICE = (
    "A drawn journey map, a flowchart or a wall of notes, with words in it that can be read.",
    "The whole of it in one picture, from straight ahead and in good light; small print wants a larger picture.",
    "Turned upright and cut to what matters, before you press the button.",
)

SHOWN, SHORT = 20_000, 2_000
"""Characters of a source shown when nothing could be drawn from it; a shorter one than the second lies open."""


def show_failed(app: App, job: Job) -> None:
    """Say in one sentence why there is no journey, what was kept, and offer Retry."""
    if job.state is JobState.CANCELLED:
        st.info("You cancelled this. Nothing was thrown away.")
    else:
        st.error(plain(job.failure.message if job.failure else "This ended without a journey."))
    findings = app.queue.findings(job.id)
    st.caption(f"{_kept(len(findings))} A retry goes on from there and repeats no finished work.")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Retry", type="primary", key="retry", on_click=attempt, args=(app.queue.retry, job.id))
        st.button("Delete", key="delete", on_click=delete, args=(app, job))
        st.page_link("pages/new.py", label="Start over with another text", icon=":material/add_circle:")
    if findings:
        with st.expander(f"Found before it ended: {counted(len(findings), 'step')}"):
            for title in findings:
                st.text(f"· {title}")
    show_attempts(app, job)


def show_not_enough(app: App, job: Job, journey: Journey) -> None:
    """Say why no journey was drawn and what would help, and show what was read."""
    st.info(plain(journey.reason or "There is no journey in this text."), title="Not enough to draw a journey")
    st.markdown("**What would help**")
    is_picture = any(source.kind == "image" for source in journey.sources)
    for advice in PICTURE_ADVICE if is_picture else ADVICE:
        st.markdown(f"- {advice}")
    label = "Try another picture" if is_picture else "Try another text"
    st.page_link("pages/new.py", label=label, icon=":material/add_circle:")
    for source in journey.sources:
        with st.expander(f"What was read: {plain(source.name)}", expanded=len(source.text) < SHORT):
            _show_read(app, journey, source)
    show_attempts(app, job)


def _show_read(app: App, journey: Journey, source: Source) -> None:
    if source.image is not None:
        show_picture(journey, source, key=f"read-{source.id}", load=app.queue.store.files.load, editable=False)
        return
    st.text(source.text[:SHOWN])
    if len(source.text) > SHOWN:
        st.caption(f"The first {SHOWN:,} of {len(source.text):,} characters.")


def _kept(findings: int) -> str:
    what = f" and {counted(findings, 'step')} found so far" if findings else ""
    return f"Kept: your text, your settings{what}."
