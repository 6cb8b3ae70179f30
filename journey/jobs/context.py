"""A claimed job as its work sees it: checkpoints, network calls, child processes, progress, and when to stop."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import JsonValue

from journey.errors import DeadlineExceeded, EngineUnavailable, Stopped
from journey.jobs import calls
from journey.jobs import job as moves
from journey.jobs.apart import run_apart
from journey.jobs.checkpoints import Checkpoint
from journey.jobs.job import Job
from journey.jobs.store import JobStore
from journey.model import Attempt, AttemptOutcome
from journey.work import Stage

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True)
class Progress:
    """How far the work is."""

    stage: Stage
    done: int
    total: int
    note: str


class JobWork:
    """Implements `journey.work.Work` for one run of one job.

    `progress` and `found` only remember; the heartbeat writes them, at most once a second. Running time is counted by
    the monotonic clock: a machine that slept or a clock that was set does not use it up.
    """

    def __init__(
        self, store: JobStore, job: Job, token: str, *, limit: float, clock: Callable[[], float] = time.time
    ) -> None:
        self.job_id = job.id
        self.token = token
        self._store = store
        self._clock = clock
        self._limit = limit
        self._spent_before = job.spent
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._reason: type[Stopped] | None = None
        self._stopped_at = 0.0
        self._calls: set[Future[Any]] = set()
        self._progress: Progress | None = None
        self._found: tuple[str, ...] | None = None
        self._entering = threading.Lock()
        self._attempts: dict[str, Attempt] | None = None
        self._here = threading.local()

    @property
    def spent(self) -> float:
        """Seconds of running time used so far, over all runs."""
        return self._spent_before + time.monotonic() - self._began

    @property
    def left(self) -> float:
        """Seconds of running time left."""
        return self._limit - self.spent

    @property
    def reason(self) -> type[Stopped] | None:
        """Why the work was told to stop, if it was."""
        return self._reason

    @property
    def ignored_for(self) -> float:
        """Seconds since the work was told to stop; 0 when it was not."""
        return time.monotonic() - self._stopped_at if self._reason else 0.0

    def stop(self, reason: type[Stopped]) -> None:
        """Tell the work to stop: a network call is interrupted at once, all else at its next check."""
        with self._lock:
            if self._reason is not None:
                return
            self._reason = reason
            self._stopped_at = time.monotonic()
            under_way = list(self._calls)
        for future in under_way:
            future.cancel()

    def check(self) -> None:
        """Raise if the work must stop."""
        if self._reason is None and self.left <= 0:
            self.stop(DeadlineExceeded)
        if self._reason is not None:
            raise self._reason

    def progress(self, stage: Stage, *, done: int = 0, total: int = 0, note: str = "") -> None:
        """Say how far the work is. Also checks."""
        self.check()
        self._progress = Progress(stage, done, total, note)

    def found(self, titles: Sequence[str]) -> None:
        """Show findings so far."""
        self.check()
        self._found = tuple(titles)

    def step(self, name: str, compute: Callable[[], JsonValue], *, fingerprint: str) -> JsonValue:
        """Return the checkpoint with this fingerprint, else compute, keep and return a JSON value."""
        self.check()
        checkpoints = self._store.checkpoints
        known = checkpoints.find(fingerprint, now=self._clock()) or self._begin_step(name, fingerprint)
        if known is not None:
            return known.value
        try:
            with self._within(fingerprint):
                value = compute()
        except Stopped:
            raise  # interrupted: it stays open
        except Exception:
            checkpoints.fail(fingerprint, name=name, now=self._clock())
            raise
        checkpoints.finish(fingerprint, value, name=name, now=self._clock())
        return value

    def call(self, request: Callable[[], Coroutine[Any, Any, T]], *, timeout: float | None = None) -> T:
        """Run one coroutine on the shared event loop; a stop interrupts it, and the running time bounds it.

        Raises:
            TimeoutError: the call took longer than `timeout`.
        """
        self.check()
        left = self.left
        limit = left if timeout is None else min(timeout, left)
        future = self._begin(request, limit)
        try:
            # The second's grace is for a coroutine that holds up the loop or ignores that it was cancelled.
            return future.result(limit + 1)
        except CancelledError:
            self.check()
            raise EngineUnavailable("The call was interrupted from inside.") from None
        except TimeoutError:
            future.cancel()
            if self.left < 0.01:  # the loop's timer may be early by its resolution
                self.stop(DeadlineExceeded)
            self.check()
            raise
        finally:
            self._calls.discard(future)

    def apart(
        self, function: Callable[[bytes], str], payload: bytes, *, prepare: Callable[[], None] | None = None
    ) -> str:
        """Run an importable module-level function in a child process that is killed at cancel or deadline."""
        return run_apart(function, payload, check=self.check, prepare=prepare)

    def load(self, digest: str) -> bytes:
        """Return the bytes kept under a digest."""
        return self._store.files.load(digest)

    def attempts(self) -> tuple[Attempt, ...]:
        """Return every attempt at a paid call that this job has made, over all its runs, in order."""
        with self._entering:
            return tuple(self._entered().values())

    def enter(self, attempt: Attempt) -> None:
        """Keep an attempt durably; one with the same id is replaced.

        Raises:
            LeaseLost: another worker holds the job now.
        """
        with self._entering:  # the row holds all of them: an older state must not overwrite a newer one
            entered = self._entered()
            entered[attempt.id] = attempt.model_copy(update={"step": getattr(self._here, "step", attempt.step)})
            self._store.records.enter(self.job_id, list(entered.values()), token=self.token)

    def flush(self) -> None:
        """Write progress and findings, if there are new ones.

        Raises:
            LeaseLost: another worker holds the job now.
        """
        progress, self._progress = self._progress, None
        if progress is not None:
            self._store.records.change(self.job_id, lambda job: self._reported(job, progress), token=self.token)
        found, self._found = self._found, None
        if found is not None:
            self._store.records.show(self.job_id, found, token=self.token)

    def _entered(self) -> dict[str, Attempt]:
        if self._attempts is None:
            earlier = map(self._as_it_came_out, self._store.records.attempts(self.job_id))
            self._attempts = {attempt.id: attempt for attempt in earlier}
        return self._attempts

    def _as_it_came_out(self, attempt: Attempt) -> Attempt:
        """Mark an answer of an earlier run that came and was not kept, because the program ended in between."""
        is_lost = attempt.outcome is AttemptOutcome.ANSWERED and self._store.checkpoints.is_open(attempt.step)
        return attempt.model_copy(update={"outcome": AttemptOutcome.LOST}) if is_lost else attempt

    def _begin_step(self, name: str, fingerprint: str) -> Checkpoint | None:
        """Note that a step begins; return what another job has finished of it meanwhile."""
        was_open = self._store.checkpoints.begin(fingerprint, name=name, now=self._clock())
        if known := self._store.checkpoints.find(fingerprint, now=self._clock()):
            return known
        if was_open:
            log.info("job %s: %r was begun before and did not end; it may be paid for twice", self.job_id, name)
            self._store.records.change(self.job_id, moves.repeat, token=self.token)
        return None

    @contextmanager
    def _within(self, fingerprint: str) -> Iterator[None]:
        """Let what this thread enters meanwhile be known as made for this checkpoint."""
        self._here.step = fingerprint
        try:
            yield
        finally:
            del self._here.step

    def _begin(self, request: Callable[[], Coroutine[Any, Any, T]], limit: float) -> Future[T]:
        future = calls.begin(request, timeout=limit)
        with self._lock:
            self._calls.add(future)
        if self._reason is not None:  # told between the check and here
            future.cancel()
        return future

    def _reported(self, job: Job, progress: Progress) -> Job:
        return moves.report(job, progress.stage, done=progress.done, total=progress.total, note=progress.note)
