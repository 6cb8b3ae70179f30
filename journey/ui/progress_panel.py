"""A job while it waits or runs: its stage, a bar, the seconds, what has been found, and Cancel."""

from __future__ import annotations

import time
from html import escape

import streamlit as st

from journey.bootstrap import App
from journey.jobs.job import Job, JobState
from journey.sources import is_picture
from journey.ui.frame import errors_in_words
from journey.ui.language import say, say_below, say_many
from journey.ui.session import attempt, current_app, open_session
from journey.ui.spending import show_running_cost
from journey.ui.wording import duration, fraction, plain, progress_text, running_seconds, state_label
from journey.work import Stage

PACES = ((120.0, 2.0), (600.0, 5.0))
"""Up to which age of a job, in seconds, how many seconds lie between two looks at it."""

SLOWEST = 10.0

SHOWN_FINDINGS = 8

HIDDEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"


def pace(job: Job, *, now: float) -> float:
    """Return the seconds until the page looks again: jobs that take long are looked at less often.

    >>> job = Job(id="1", request="", created=0)
    >>> pace(job, now=5), pace(job, now=300), pace(job, now=4000)
    (2.0, 5.0, 10.0)
    """
    return next((seconds for age, seconds in PACES if now - job.created < age), SLOWEST)


def watch(job: Job) -> None:
    """Show a live job and look again every few seconds; when it has ended, run the whole page instead."""
    every = pace(job, now=time.time())
    st.fragment(_look, run_every=every)(job.id, every)


def _look(job_id: str, every: float) -> None:
    with errors_in_words():
        app, now = current_app(), time.time()
        job = app.queue.find(job_id)
        if job is None or not job.is_live or pace(job, now=now) != every:
            st.rerun()
        _show(app, job, now=now)


def _show(app: App, job: Job, *, now: float) -> None:
    with st.container(border=True, key="progress"):
        _show_state(job)
        expected = app.queue.expected_seconds(job.id)
        st.progress(fraction(job, now=now, expected=expected), text=plain(_progress(job, now=now)))
        st.caption(_outlook(app, job, expected=expected, now=now))
        show_running_cost(app, job)
        if job.state is JobState.QUEUED and job.note:
            st.text(say_below(job.note))
        _show_stage_aloud(job)
        if not job.cancel_requested:
            st.button(say("Cancel"), key="cancel", on_click=attempt, args=(app.queue.cancel, job.id))
    _show_findings(app.queue.findings(job.id))


def _progress(job: Job, *, now: float) -> str:
    return progress_text(job, now=now, shows_pictures=_shows_pictures(job.id))


@st.cache_data(show_spinner=False, max_entries=200)
def _shows_pictures(job_id: str) -> bool:
    """Tell whether a job draws from pictures; what it draws from never changes."""
    queue = current_app().queue
    return is_picture(queue.store.files.load(queue.request(job_id).uploads[0].sha256))


def _show_state(job: Job) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(state_label(job), color="orange" if job.cancel_requested or job.attempt > 1 else "blue")
        stages = _stages(job)
        reached = stages.index(job.stage) if job.stage in stages else -1
        for place, stage in enumerate(stages):
            st.badge(
                say_below(stage),
                color="primary" if place == reached else "gray",
                icon=":material/check:" if place < reached else None,
            )


def _stages(job: Job) -> list[str]:
    """Return the stages a job of its engine goes through, in order."""
    middle = Stage.FIND if job.engine in {"local", "scripted"} else Stage.ASK
    return [Stage.READ.value, middle.value, Stage.CHECK.value]


def _outlook(app: App, job: Job, *, expected: float | None, now: float) -> str:
    """Return what the user may expect, in one line."""
    if job.cancel_requested:
        return say("Stopping. What is finished is kept for a retry.")
    if job.state is JobState.RUNNING:
        leave = say("You can leave or close this page: the work goes on, and this address leads back to it.")
        return _usual(job, expected=expected, now=now) + leave
    if job.not_before > now:
        return say("Tries again in {time}. What is finished is kept.", time=duration(job.not_before - now))
    return _waiting(app, job)


def _usual(job: Job, *, expected: float | None, now: float) -> str:
    """Return what jobs of this size took, and whether this one is past it.

    >>> begun = Job(id="1", request="", created=0, state=JobState.RUNNING, started=100)
    >>> _usual(begun, expected=20, now=110), _usual(begun, expected=20, now=130)
    ('Usually takes 20 s. ', 'Usually takes 20 s; this one takes longer. ')
    """
    if not expected:
        return ""
    if running_seconds(job, now=now) > expected:
        return say("Usually takes {time}; this one takes longer.", time=duration(expected)) + " "
    return say("Usually takes {time}.", time=duration(expected)) + " "


def _waiting(app: App, job: Job) -> str:
    if not open_session().owns_workers and not app.queue.health().is_owned:
        return say("No running program works on this library just now; it starts with the next one.")
    ahead = (app.queue.position(job.id) or 1) - 1
    if not ahead:
        return say("Next in the queue.")
    return say_many("{n} job ahead of this one.", "{n} jobs ahead of this one.", ahead)


def _show_stage_aloud(job: Job) -> None:
    """Tell screen readers the stage when it changes; the seconds would be read out without end."""
    words = escape(f"{state_label(job)}: {say_below(job.stage)}" if job.stage else state_label(job))
    st.html(f'<p role="status" aria-live="polite" style="{HIDDEN}">{words}</p>')


def _show_findings(titles: tuple[str, ...]) -> None:
    if not titles:
        return
    st.markdown(f"**{say_many('Found so far: {n} step', 'Found so far: {n} steps', len(titles))}**")
    for title in reversed(titles[-SHOWN_FINDINGS:]):
        st.text(f"· {title}")
