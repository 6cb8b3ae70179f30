"""The jobs of one data folder: submit, watch, cancel, retry, and the one door through which every worker goes."""

from __future__ import annotations

import atexit
import hashlib
import json
import logging
import secrets
import threading
import time
from collections.abc import Callable

from journey.errors import (
    InvalidTransition,
    JobCancelled,
    JobFailed,
    JobNotFound,
    ShuttingDown,
    SourceError,
    StoreError,
    StoreFull,
)
from journey.jobs import job as moves
from journey.jobs.context import JobWork
from journey.jobs.dispatch import Workers
from journey.jobs.estimate import expected_seconds
from journey.jobs.health import Health
from journey.jobs.heartbeat import GRACE, Heartbeat, end
from journey.jobs.janitor import sweep
from journey.jobs.job import Job
from journey.jobs.outcome import where
from journey.jobs.runner import Draw, Runner
from journey.jobs.store import JobStore
from journey.model import Attempt, Journey, Request

log = logging.getLogger(__name__)

FIRST_SWEEP, SWEEP = 10.0, 3600.0
"""Seconds before the janitor's first round, and between two."""

LEAVE = 0.8
"""Seconds that closing waits for work to let go; the whole program has two."""


class JobQueue:
    """Accept requests and turn each into a journey, in this process or, when another owns the store, in that one."""

    def __init__(
        self,
        store: JobStore,
        *,
        draw: Draw,
        workers: int = 2,
        timeout: float = 900.0,
        keep_days: float = 30.0,
        clock: Callable[[], float] = time.time,
        grace: float = GRACE,
    ) -> None:
        """Prepare the queue; nothing runs before `start` or `run`.

        Args:
            workers: threads that `start` begins.
            timeout: seconds of running time per job, over all its runs.
            keep_days: days after which failed and cancelled jobs are removed.
            clock: seconds since the epoch, for times that outlive the process.
            grace: seconds that work may go on after it was told to stop.
        """
        self.store = store
        self._keep_days = keep_days
        self._clock = clock
        self._news = threading.Condition()
        self._closing = threading.Event()
        self._heartbeat = Heartbeat(store, clock=clock, ended=self._replace_worker, grace=grace)
        self._runner = Runner(store, self._heartbeat, draw=draw, timeout=timeout, clock=clock)
        self._workers = Workers(workers, next_id=self._next_id, run=self.run)

    def keep(self, content: bytes) -> str:
        """Keep uploaded bytes and return the digest to name them by in a request."""
        self.store.require_room()
        return self.store.files.keep(content)

    def submit(self, request: Request) -> str:
        """Queue the request and return the job's id; a live job with the same request is that job.

        Raises:
            SourceError: the bytes of an upload are not kept.
            QueueFull: too many jobs wait.
            StoreFull: there is no room for what the job would write.
        """
        self.store.require_room()
        sizes = [self.store.files.want(upload.sha256) for upload in request.uploads]
        if None in sizes:
            raise SourceError("This upload is no longer there: add the file again.")
        job = Job(
            id=secrets.token_hex(8),
            title=(request.title or request.uploads[0].name)[: moves.TITLE],
            engine=request.engine,
            request=_digest(request),
            size=sum(size or 0 for size in sizes),
            helps=request.helps,
            created=self._clock(),
        )
        queued = self.store.records.add(job, request)
        self._tell()
        return queued.id

    def get(self, job_id: str) -> Job:
        """Return the job.

        Raises:
            JobNotFound: there is none with this id.
        """
        job = self.find(job_id)
        if job is None:
            raise JobNotFound(f"There is no job {job_id!r} in this library.")
        return job

    def find(self, job_id: str) -> Job | None:
        """Return the job, or None."""
        return self.store.records.find(job_id)

    def jobs(self) -> list[Job]:
        """Return every job, newest first."""
        return self.store.records.jobs()

    def request(self, job_id: str) -> Request:
        """Return what the job was asked to do."""
        return self.store.records.request(job_id)

    def findings(self, job_id: str) -> tuple[str, ...]:
        """Return what the job has found so far, in order."""
        return self.store.records.findings(job_id)

    def attempts(self, job_id: str) -> tuple[Attempt, ...]:
        """Return what the job has asked of a paid service so far, in order."""
        return self.store.records.attempts(job_id)

    def position(self, job_id: str) -> int | None:
        """Return the job's place in the queue, 1 for the next; None when it does not wait."""
        queued = self.store.records.queued()
        return queued.index(job_id) + 1 if job_id in queued else None

    def expected_seconds(self, job_id: str) -> float | None:
        """Return the running time to expect from past jobs; None when there are none like it."""
        return expected_seconds(self.get(job_id), [job for job in self.jobs() if not job.helps])

    def cancel(self, job_id: str) -> bool:
        """Stop the job; False when it has ended already. A running one ends within seconds."""
        now = self._clock()
        try:
            self.store.records.change(job_id, lambda job: moves.cancel(job, now=now))
        except InvalidTransition:
            return False
        work = self._heartbeat.find(job_id)
        if work is not None:
            work.stop(JobCancelled)
        self._tell()
        return True

    def retry(self, job_id: str) -> None:
        """Queue a failed or cancelled job again; finished checkpoints are kept.

        Raises:
            InvalidTransition: it is live, has succeeded, or was deleted.
        """
        self.store.require_room()
        self.store.records.change(job_id, moves.retry)
        self._tell()

    def result(self, job_id: str, *, timeout: float | None = None) -> Journey:
        """Wait for the job's journey.

        Raises:
            JobFailed: the job ended without one; the message is its reason.
            TimeoutError: it took longer than `timeout` seconds.
        """
        until = None if timeout is None else time.monotonic() + timeout
        while (job := self.get(job_id)).is_live:
            if until is not None and time.monotonic() > until:
                raise TimeoutError(f"job {job_id} has not ended after {timeout:g} s")
            with self._news:
                self._news.wait(0.1)  # another process's worker gives no sign
        return self.journey(job)

    def journey(self, job: Job) -> Journey:
        """Return the journey of a job that has ended.

        Raises:
            JobFailed: it ended without one.
        """
        if job.result is None:
            raise JobFailed(job.failure.message if job.failure else f"Job {job.id} is {job.state}.")
        return Journey.model_validate_json(self.store.files.load(job.result))

    def run(self, job_id: str) -> None:
        """Run the job here and now, if it waits and is due; every worker of every kind comes through here."""
        self._runner.run(job_id)
        self._tell()

    def start(self) -> None:
        """Own the store, take back what a dead process was working on, and start the workers.

        Raises:
            StoreOwned: another process does already; this queue can still submit, watch, cancel and retry.
        """
        self.store.ownership.take()
        self.store.records.mirror()
        self._take_back_all()
        self._heartbeat.start()
        self._workers.start()
        threading.Thread(target=self._sweep, name="journey-janitor", daemon=True).start()
        atexit.register(self.close)

    def close(self) -> None:
        """Put running jobs back and let go of the store, in less than two seconds."""
        if self._closing.is_set():
            return
        self._closing.set()
        atexit.unregister(self.close)
        for work in self._heartbeat.works:
            work.stop(ShuttingDown)
        self._workers.close(patience=LEAVE)
        for work in self._heartbeat.works:
            self._put_back(work)
        self._heartbeat.close()
        self.store.close()

    def health(self) -> Health:
        """Return how the store and the workers are."""
        return Health(
            is_owned=self.store.ownership.is_taken,
            workers=self._workers.count,
            queued=len(self.store.records.queued()),
            running=len(self.store.records.leases()),
            free_bytes=self.store.free,
            store_bytes=self.store.size,
            is_short=self.store.is_short,
            folder=self.store.home,
        )

    def _put_back(self, work: JobWork) -> None:
        try:
            end(self.store, work, ShuttingDown(), now=self._clock())
        except StoreError as exc:  # the next start takes it back, as after a crash
            log.warning("job %s could not be put back: %s", work.job_id, exc)

    def _take_back_all(self) -> None:
        now = self._clock()
        try:
            for job_id, lease in self.store.records.leases().items():
                self.store.records.take_back(job_id, lease, now=now)
        except StoreFull as exc:  # the library can be read all the same; the heartbeat takes them back later
            log.warning("jobs of a process that is gone could not be taken back yet: %s", exc)

    def _next_id(self) -> str | None:
        if self.store.is_short:
            return None
        now = self._clock()
        found = (self.find(job_id) for job_id in self.store.records.queued())
        return next((job.id for job in found if job is not None and job.is_due(now)), None)

    def _replace_worker(self, job_id: str) -> None:
        self._workers.replace(job_id)
        self._tell()

    def _sweep(self) -> None:
        pause = FIRST_SWEEP
        while not self._closing.wait(pause):
            pause = SWEEP
            try:
                sweep(self.store, now=self._clock(), keep_days=self._keep_days)
            except Exception as exc:
                log.error("the janitor stopped early: %s", where(exc))

    def _tell(self) -> None:
        """Wake the workers and whoever waits for a result."""
        self._workers.wake()
        with self._news:
            self._news.notify_all()


def _digest(request: Request) -> str:
    text = json.dumps(request.model_dump(mode="json"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
