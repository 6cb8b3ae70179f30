"""A job as a value: what it was asked to do, how far it is, how it ended; and the moves between its states."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from pydantic import Field

from journey.errors import InvalidTransition
from journey.model import Outcome, Record

MAX_ATTEMPTS = 3
"""Runs that may end in an error that a retry may help with, before the job fails."""

MAX_CRASHES = 3
"""Times a job may take its worker down with it, or be found without one, before it fails as lost."""

LONGEST_WAIT = 3600.0
"""Seconds that a retry waits at most; a `not_before` further ahead comes from a clock that was set back."""

TITLE, TEXT = 100, 300
"""Characters of a title, and of a note or a failure's message: the record is rewritten often and stays under 2 kB."""

MOST_TAGS, TAG = 10, 30
"""Tags of a journey, and characters of one."""


class JobState(StrEnum):
    """Where a job stands. Requests (cancel) and waiting times (back-off) are flags, not states."""

    QUEUED = "queued"  # waits for a worker, or for `not_before`
    RUNNING = "running"  # a worker holds its token
    SUCCEEDED = "succeeded"  # its journey is kept
    FAILED = "failed"  # ended without a journey; `failure` says why
    CANCELLED = "cancelled"  # the user stopped it


TERMINAL = frozenset({JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED})


class Failure(Record):
    """Why a job failed, in a sentence for the user."""

    kind: Literal["error", "deadline", "lost", "rejected"]
    message: str


class Job(Record):
    """The record in the store: under 2 kB, without the text it works on."""

    id: str
    state: JobState = JobState.QUEUED
    title: str = ""
    engine: str = "local"
    request: str = Field(description="digest of the kept Request")
    size: int = Field(default=0, description="bytes submitted, to expect a time")
    created: float = Field(description="seconds since the epoch, as are all times here")
    started: float | None = Field(default=None, description="when the present or last run began")
    finished: float | None = None
    spent: float = Field(default=0.0, description="seconds of running time used, over all runs")
    attempt: int = Field(default=0, description="runs begun, but for those that a crash or a closing program ended")
    crashes: int = 0
    repeated: int = Field(default=0, description="checkpoints begun again after a run without an end: maybe paid twice")
    not_before: float = 0.0
    cancel_requested: bool = False
    stage: str = ""
    done: int = 0
    total: int = 0
    note: str = ""
    failure: Failure | None = None
    result: str | None = Field(default=None, description="digest of the kept journey, as it is now")
    original: str | None = Field(default=None, description="digest of the journey as drawn, once the user changed it")
    revision: int = Field(default=0, description="counts the user's changes, undone and redone ones too")
    edits: int = Field(default=0, description="changes in force")
    edits_kept: int = Field(default=0, description="changes in force and those that can be redone")
    outcome: Outcome | None = None
    deleted: float | None = Field(default=None, description="when the user deleted it; undo is possible for a while")
    archived: bool = Field(default=False, description="put away by the user; still there")
    tags: tuple[str, ...] = Field(default=(), description="the user's own words for finding it again, sorted")
    helps: str = Field(default="", description="the job whose map this is to improve; it stands in no list itself")

    @property
    def is_live(self) -> bool:
        """Whether the job is queued or running."""
        return self.state not in TERMINAL

    def is_due(self, now: float) -> bool:
        """Whether a worker may claim the job."""
        waits = self.not_before > now and self.not_before <= now + LONGEST_WAIT
        return self.state is JobState.QUEUED and not waits


def finished(job: Job, *, now: float, result: str, outcome: Outcome) -> Job:
    """Return a new job as one that has completed without having run: its journey came from elsewhere."""
    _require(job, "completed", JobState.QUEUED)
    return _ended(job, JobState.SUCCEEDED, now=now, result=result, outcome=outcome)


def claim(job: Job, *, now: float) -> Job:
    """Give the job to a worker: queued -> running.

    >>> claim(Job(id="7", request="", created=0), now=1).attempt
    1
    """
    _require(job, "started", JobState.QUEUED)
    if not job.is_due(now):
        raise InvalidTransition(f"Job {job.id} cannot be started yet: it waits before it tries again.")
    blank = Job(id=job.id, request=job.request, created=job.created)
    shown = {name: getattr(blank, name) for name in ("stage", "done", "total", "note", "failure", "finished")}
    return _changed(job, state=JobState.RUNNING, attempt=job.attempt + 1, started=now, not_before=0.0, **shown)


def beat(job: Job, *, spent: float) -> Job:
    """Note the running time used so far, over all runs."""
    _require(job, "timed", JobState.RUNNING)
    return _changed(job, spent=max(job.spent, spent))


def report(job: Job, stage: str, *, done: int = 0, total: int = 0, note: str = "") -> Job:
    """Note how far the work is."""
    _require(job, "reported on", JobState.RUNNING)
    return _changed(job, stage=stage, done=done, total=total, note=note[:TEXT])


def repeat(job: Job) -> Job:
    """Note that a checkpoint was begun before, without an end, and is computed again."""
    _require(job, "repeated in part", JobState.RUNNING)
    return _changed(job, repeated=job.repeated + 1)


def succeed(job: Job, *, now: float, result: str, outcome: Outcome, title: str = "") -> Job:
    """Keep the journey: running -> succeeded. A job told to cancel ends cancelled: the user was told that it would."""
    _require(job, "completed", JobState.RUNNING)
    if job.cancel_requested:
        return acknowledge(job, now=now)
    return _ended(job, JobState.SUCCEEDED, now=now, result=result, outcome=outcome, title=(title or job.title)[:TITLE])


def fail(job: Job, *, now: float, kind: Literal["error", "deadline", "lost", "rejected"], message: str) -> Job:
    """Give up: running -> failed. A job told to cancel ends cancelled."""
    _require(job, "failed", JobState.RUNNING)
    if job.cancel_requested:
        return acknowledge(job, now=now)
    return _ended(job, JobState.FAILED, now=now, failure=Failure(kind=kind, message=message[:TEXT]))


def retry_later(job: Job, *, now: float, delay: float, message: str) -> Job:
    """Wait and try again, or give up after the last attempt: running -> queued | failed."""
    _require(job, "tried again", JobState.RUNNING)
    if job.cancel_requested:
        return acknowledge(job, now=now)
    if job.attempt >= MAX_ATTEMPTS:
        return fail(job, now=now, kind="error", message=message)
    return _changed(job, state=JobState.QUEUED, not_before=now + min(delay, LONGEST_WAIT), note=message[:TEXT])


def cancel(job: Job, *, now: float) -> Job:
    """Ask the job to stop: queued -> cancelled; a running one is flagged, and its worker acknowledges."""
    _require(job, "cancelled", JobState.QUEUED, JobState.RUNNING)
    if job.state is JobState.QUEUED:
        return _ended(job, JobState.CANCELLED, now=now)
    return _changed(job, cancel_requested=True)


def acknowledge(job: Job, *, now: float) -> Job:
    """Stop because the user asked: running -> cancelled."""
    _require(job, "cancelled", JobState.RUNNING)
    if not job.cancel_requested:
        raise InvalidTransition(f"Job {job.id} cannot be cancelled by its worker: nobody asked for it.")
    return _ended(job, JobState.CANCELLED, now=now)


def release(job: Job, *, now: float, delay: float = 0.0, note: str = "") -> Job:
    """Put the job back because its worker leaves or has no room: running -> queued, the attempt given back."""
    _require(job, "put back", JobState.RUNNING)
    if job.cancel_requested:
        return acknowledge(job, now=now)
    return _changed(
        job, state=JobState.QUEUED, attempt=job.attempt - 1, not_before=now + delay if delay else 0, note=note
    )


def lose(job: Job, *, now: float) -> Job:
    """Take the job from a worker that died: running -> queued, or failed (lost) at the third crash.

    A crash is counted apart from errors: it gives the attempt back.
    """
    _require(job, "lost", JobState.RUNNING)
    crashed = _changed(job, crashes=job.crashes + 1, attempt=job.attempt - 1)
    if job.cancel_requested:
        return acknowledge(crashed, now=now)
    if crashed.crashes >= MAX_CRASHES:
        message = f"The program stopped {crashed.crashes} times while working on this. Finished parts are kept."
        return fail(crashed, now=now, kind="lost", message=message)
    return _changed(crashed, state=JobState.QUEUED)


def retry(job: Job) -> Job:
    """Try again because the user asked: failed | cancelled -> queued.

    Attempts, crashes and running time begin anew (a job that used all its time could never end otherwise); finished
    checkpoints are kept, so the new time goes to what is missing.
    """
    _require(job, "tried again", JobState.FAILED, JobState.CANCELLED)
    if job.deleted is not None:
        raise InvalidTransition(f"Job {job.id} cannot be tried again: it was deleted. Restore it first.")
    fresh = Job(id=job.id, request=job.request, created=job.created)
    kept = {name: getattr(job, name) for name in ("title", "engine", "size", "repeated", "tags", "helps")}
    return _changed(fresh, **kept)


def revise(job: Job, *, title: str, result: str, edits: int, edits_kept: int) -> Job:
    """Put another state of a completed job's journey in force; what the engine drew stays known."""
    _require(job, "changed", JobState.SUCCEEDED)
    if job.deleted is not None:
        raise InvalidTransition(f"Job {job.id} cannot be changed: it was deleted. Restore it first.")
    original = job.original or job.result
    counted = {"revision": job.revision + 1, "edits": edits, "edits_kept": edits_kept}
    return _changed(job, title=title[:TITLE], result=result, original=original, **counted)


def remember(job: Job, *, original: str, edits: int, edits_kept: int) -> Job:
    """Give a new job the changes that its journey has had elsewhere, with the digest of what it was before them."""
    return _changed(job, original=original, revision=edits_kept, edits=edits, edits_kept=edits_kept)


def delete(job: Job, *, now: float) -> Job:
    """Put a job that has ended, or was told to, out of sight; `restore` brings it back until the janitor comes."""
    if job.is_live and not job.cancel_requested:
        raise InvalidTransition(f"Job {job.id} cannot be deleted: it is {job.state}. Cancel it first.")
    return _changed(job, deleted=job.deleted or now)


def restore(job: Job) -> Job:
    """Bring a deleted job back."""
    return _changed(job, deleted=None)


def archive(job: Job, *, away: bool) -> Job:
    """Put a job that has ended away from the list of all, or back into it."""
    if job.is_live:
        raise InvalidTransition(f"Job {job.id} cannot be archived: it is {job.state}. Cancel it first.")
    return _changed(job, archived=away)


def tag(job: Job, tags: Iterable[str]) -> Job:
    """Give a job these tags and no others.

    >>> tag(Job(id="7", request="", created=0), ["  Q3  study", "pilot", "Pilot"]).tags
    ('pilot', 'Q3 study')
    """
    spelt = {" ".join(word.split())[:TAG].casefold(): " ".join(word.split())[:TAG] for word in reversed(list(tags))}
    kept = sorted((word for word in spelt.values() if word), key=str.casefold)
    if len(kept) > MOST_TAGS:
        raise InvalidTransition(f"A journey can have {MOST_TAGS} tags: leave some out.")
    return _changed(job, tags=tuple(kept))


def _require(job: Job, verb: str, *states: JobState) -> None:
    if job.state not in states:
        raise InvalidTransition(f"Job {job.id} cannot be {verb}: it is {job.state}.")


def _changed(job: Job, **changes: object) -> Job:
    return job.model_copy(update=changes)


def _ended(job: Job, state: JobState, *, now: float, **changes: object) -> Job:
    return _changed(job, state=state, finished=now, not_before=0.0, note="", **changes)
