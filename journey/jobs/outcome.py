"""What an error in the work means for its job."""

from __future__ import annotations

import logging
import random
import traceback

from journey.errors import (
    DeadlineExceeded,
    EngineRefused,
    EngineUnavailable,
    JobCancelled,
    JourneyError,
    ShuttingDown,
    SourceError,
    StoreFull,
)
from journey.jobs import job as moves
from journey.jobs.job import Job
from journey.jobs.records import Move

log = logging.getLogger(__name__)

UNEXPECTED = (
    "The program itself failed here. Finished parts are kept: try again, and if it fails again, report it with what "
    "`python -m journey doctor` prints; the program's log says where it happened."
)
ROOM_DELAY = 30.0
"""Seconds after which a job that met a full disk is tried again."""


def settle(exc: BaseException, *, now: float) -> Move:
    """Return the move that ends or puts back the job whose work raised this."""
    match exc:
        case JobCancelled():
            return lambda job: _stopped_by_user(job, now=now)
        case DeadlineExceeded():
            return lambda job: moves.fail(job, now=now, kind="deadline", message=_used_up(job))
        case ShuttingDown():
            return lambda job: moves.release(job, now=now)
        case EngineUnavailable():
            return lambda job: moves.retry_later(job, now=now, delay=backoff(job, exc.retry_after), message=str(exc))
        case EngineRefused() | SourceError():
            return lambda job: moves.fail(job, now=now, kind="rejected", message=str(exc))
        case StoreFull():
            return lambda job: moves.release(job, now=now, delay=ROOM_DELAY, note=str(exc))
        case JourneyError():
            return lambda job: moves.fail(job, now=now, kind="error", message=str(exc))
        case Exception():
            return lambda job: moves.fail(job, now=now, kind="error", message=UNEXPECTED)
    return lambda job: moves.release(job, now=now)  # KeyboardInterrupt and the like: the program is leaving


def backoff(job: Job, retry_after: float | None) -> float:
    """Return the seconds to wait before the next attempt: doubling, spread out, never less than the server asked."""
    doubling = min(300.0, 5.0 * 2.0 ** max(0, job.attempt - 1))
    return max(retry_after or 0.0, doubling * random.uniform(0.5, 1.0))


def where(exc: BaseException) -> str:
    """Return an error's class and frames, without its message, which may hold words of a transcript."""
    frames = traceback.extract_tb(exc.__traceback__)
    return " < ".join([type(exc).__name__, *(f"{f.name} ({f.filename}:{f.lineno})" for f in reversed(frames))])


def _stopped_by_user(job: Job, *, now: float) -> Job:
    if job.cancel_requested:
        return moves.acknowledge(job, now=now)
    return moves.fail(job, now=now, kind="error", message=UNEXPECTED)  # the work stopped itself, unasked


def _used_up(job: Job) -> str:
    return (
        f"This took longer than the {job.spent / 60:.0f} minutes allowed. Finished parts are kept: retry goes on there."
    )
