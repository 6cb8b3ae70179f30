"""A job that ended without a map: the reason in one sentence, what was kept, and what to try next."""

from __future__ import annotations

import streamlit as st

from journey.bootstrap import App
from journey.jobs.job import Job, JobState
from journey.model import Journey, Source
from journey.ui.job_actions import delete
from journey.ui.language import entry, say, say_below, say_many
from journey.ui.picture_panel import show_picture
from journey.ui.session import attempt
from journey.ui.spending import show_attempts
from journey.ui.wording import plain

ADVICE = (
    entry(
        "An account of something a person did, in their own words: what they did first, what came next, how it felt."
    ),
    entry("A few hundred words are usually enough; a list, a notice or a summary is not an account."),
    entry("Names before the words, as in “Anna: …”. Only what the customer says becomes evidence, so check the roles."),
)

PICTURE_ADVICE = (
    entry("A drawn journey map, a flowchart or a wall of notes, with words in it that can be read."),
    entry("The whole of it in one picture, from straight ahead and in good light; small print wants a larger picture."),
    entry("Turned upright and cut to what matters, before you press the button."),
)

SHOWN, SHORT = 20_000, 2_000
"""Characters of a source shown when nothing could be drawn from it; a shorter one than the second lies open."""


def show_failed(app: App, job: Job) -> None:
    """Say in one sentence why there is no journey, what was kept, and offer Retry."""
    if job.state is JobState.CANCELLED:
        st.info(say("You cancelled this. Nothing was thrown away."))
    else:
        reason = say_below(job.failure.message) if job.failure else say("This ended without a journey.")
        st.error(plain(reason))
    findings = app.queue.findings(job.id)
    st.caption(f"{_kept(len(findings))} {say('A retry goes on from there and repeats no finished work.')}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(say("Retry"), type="primary", key="retry", on_click=attempt, args=(app.queue.retry, job.id))
        st.button(say("Delete"), key="delete", on_click=delete, args=(app, job))
        st.page_link("pages/new.py", label=say("Start over with another text"), icon=":material/add_circle:")
    if findings:
        label = say_many("Found before it ended: {n} step", "Found before it ended: {n} steps", len(findings))
        with st.expander(label):
            for title in findings:
                st.text(f"· {title}")
    show_attempts(app, job)


def show_not_enough(app: App, job: Job, journey: Journey) -> None:
    """Say why no journey was drawn and what would help, and show what was read."""
    reason = say_below(journey.reason) if journey.reason else say("There is no journey in this text.")
    st.info(plain(reason), title=say("Not enough to draw a journey"))
    st.markdown(f"**{say('What would help')}**")
    is_picture = any(source.kind == "image" for source in journey.sources)
    for advice in PICTURE_ADVICE if is_picture else ADVICE:
        st.markdown(f"- {say(advice)}")
    label = say("Try another picture") if is_picture else say("Try another text")
    st.page_link("pages/new.py", label=label, icon=":material/add_circle:")
    for source in journey.sources:
        label = say("What was read: {name}", name=plain(source.name))
        with st.expander(label, expanded=len(source.text) < SHORT):
            _show_read(app, journey, source)
    show_attempts(app, job)


def _show_read(app: App, journey: Journey, source: Source) -> None:
    if source.image is not None:
        show_picture(journey, source, key=f"read-{source.id}", load=app.queue.store.files.load, editable=False)
        return
    st.text(source.text[:SHOWN])
    if len(source.text) > SHOWN:
        st.caption(say("The first {n} of {all} characters.", n=SHOWN, all=len(source.text)))


def _kept(findings: int) -> str:
    if not findings:
        return say("Kept: your text, your settings.")
    return say_many(
        "Kept: your text, your settings and {n} step found so far.",
        "Kept: your text, your settings and {n} steps found so far.",
        findings,
    )
