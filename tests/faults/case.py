"""One row of the table of faults: a script for the server, and all that must be seen of the job afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from journey.jobs.job import JobState
from journey.model import Outcome
from tests.faults.ending import SHORT
from tests.faults.rows import Row
from tests.faults.server import Answer

REJECTED, ERROR = "rejected", "error"


@dataclass(frozen=True)
class Case:
    """A fault and its consequences."""

    row: Row
    script: tuple[Answer, ...]
    state: JobState
    requests: int
    ledger: str
    """The attempts by the first letters of their outcomes: answered, failed, lost."""
    says: str
    """Words that the user must be told; empty where nothing need be said."""
    kept: int = 0
    """Finished checkpoints on disk."""
    is_charged: bool = True
    """Whether anything is counted against the cap."""
    kind: str | None = None
    """Of the failure."""
    waits: float | None = None
    """Seconds until the job is tried again, at the least."""
    outcome: Outcome | None = None
    steps: int | None = None
    """Steps of the map."""
    text: str = SHORT


def gives_up(row: Row, *script: Answer, says: str, requests: int = 1, ledger: str = "F", **parts: Any) -> Case:
    """Return the case of a fault that another try cannot help."""
    return replace(Case(row, script, JobState.FAILED, requests, ledger, says, kind=REJECTED), **parts)


def tries_later(row: Row, *script: Answer, says: str, requests: int = 4, ledger: str = "FFFF", **parts: Any) -> Case:
    """Return the case of a fault that outlasts the patience of one run."""
    return replace(Case(row, script, JobState.QUEUED, requests, ledger, says), **parts)


def succeeds(row: Row, *script: Answer, requests: int = 1, ledger: str = "A", **parts: Any) -> Case:
    """Return the case of a fault that leaves a map."""
    plain = Case(row, script, JobState.SUCCEEDED, requests, ledger, says="", kept=1, outcome=Outcome.COMPLETE)
    return replace(plain, **parts)
