"""The one App behind all pages of this server, and what a browser tab remembers about it."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable

import streamlit as st

from journey.bootstrap import App, open_app
from journey.errors import JourneyError, SettingsError, StoreOwned
from journey.jobs.job import Job
from journey.model import Journey
from journey.settings import Settings

log = logging.getLogger(__name__)

REFUSAL = "refusal"
"""Where a callback leaves the sentence that the next run shows."""

OPEN_JOB = "open_job"
"""The job last looked at in this browser tab: the address loses its parameters when another page is opened."""


class Session:
    """The library as this process has it open: with its workers, or as a client of the process that owns them."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.owns_workers = False
        self._lock = threading.Lock()

    def try_to_own(self) -> None:
        """Become the process that works on the jobs, unless another one is."""
        with self._lock:
            if self.owns_workers:
                return
            try:
                self.app.queue.start()
            except StoreOwned:
                return
            self.owns_workers = True
            log.info("this process works on the jobs of %s", self.app.settings.home)

    def close(self) -> None:
        """Put running jobs back and let go of the data folder."""
        self.app.queue.close()


def open_session() -> Session:
    """Return the session all pages share, a client that has outlived the owner promoted.

    Raises:
        StoreError: the data folder cannot be used.
        SettingsError: a variable of the environment cannot be used.
    """
    session = _session()
    if not session.owns_workers:
        session.try_to_own()
    return session


def current_app() -> App:
    """Return the App all pages share."""
    return open_session().app


@st.cache_resource(show_spinner=False, on_release=Session.close)
def _session() -> Session:
    """Open the library once per process.

    "Clear caches" closes it first, and the lock on the data folder refuses a second set of workers in any case.
    """
    try:
        settings = Settings.from_env()
    except ValueError as exc:
        raise SettingsError(f"{exc}.") from exc
    session = Session(open_app(settings))
    session.try_to_own()
    gc.collect()
    gc.freeze()  # imports stay for good: later collections need not look at them again
    return session


def open_journey(job: Job) -> Journey:
    """Return the journey of a completed job; one revision of it is read once.

    Raises:
        JobFailed: the job has none.
    """
    return _journey(job, job.id, job.result)


@st.cache_resource(show_spinner=False, max_entries=16)
def _journey(_job: Job, job_id: str, result: str | None) -> Journey:
    return current_app().queue.journey(_job)  # this revision: the library would open one that came meanwhile


def attempt(action: Callable[..., object], *args: object) -> None:
    """Call an action from a callback; when it is refused, the next run says why."""
    try:
        action(*args)
    except JourneyError as error:
        st.session_state[REFUSAL] = str(error)


def asked_job_id() -> str | None:
    """Return the job in the address, else the one last looked at, and keep both the same."""
    in_address = st.query_params.get("job")
    job_id: str | None = in_address or st.session_state.get(OPEN_JOB)
    if job_id and not in_address:
        st.query_params["job"] = job_id
    st.session_state[OPEN_JOB] = job_id
    return job_id
