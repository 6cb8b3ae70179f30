"""A job as a value: what it was asked to do, how far it is, how it ended; and the moves between its states."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from journey.model import Outcome, Record


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
    attempt: int = 0
    crashes: int = 0
    not_before: float = 0.0
    cancel_requested: bool = False
    stage: str = ""
    done: int = 0
    total: int = 0
    note: str = ""
    failure: Failure | None = None
    result: str | None = Field(default=None, description="digest of the kept journey")
    outcome: Outcome | None = None
    deleted: float | None = Field(default=None, description="when the user deleted it; undo is possible for a while")

    @property
    def is_live(self) -> bool:
        """Whether the job is queued or running."""
        return self.state not in TERMINAL
