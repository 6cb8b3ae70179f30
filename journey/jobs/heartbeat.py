"""The thread that keeps the leases of running work, writes its progress, and ends what does not stop when told."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from journey.errors import DeadlineExceeded, JobCancelled, JobNotFound, LeaseLost, StoreError
from journey.jobs import job as moves
from journey.jobs.context import JobWork
from journey.jobs.outcome import settle, where
from journey.jobs.store import JobStore

log = logging.getLogger(__name__)

TICK = 0.25
"""Seconds between two looks for requests to cancel that other processes wrote."""

WRITE = 1.0
"""Seconds between two writes of progress."""

BEAT = 5.0
LEASE = 15.0
"""Seconds after which a worker that does not beat is taken for dead."""

GRACE = 10.0
"""Seconds that work may go on after it was told to stop; then its job ends without it."""


class Heartbeat:
    """Watches the running work of this process; for the owner of the store, also for workers that died elsewhere."""

    def __init__(
        self, store: JobStore, *, clock: Callable[[], float], ended: Callable[[str], None], grace: float = GRACE
    ) -> None:
        """Prepare the thread; it starts with the first work, or by `start`.

        Args:
            ended: called with the id of a job that was ended without its worker.
            grace: seconds that work may go on after it was told to stop.
        """
        self._store = store
        self._clock = clock
        self._ended = ended
        self._grace = grace
        self._works: dict[str, JobWork] = {}
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._last_write = self._last_beat = time.monotonic()

    @property
    def works(self) -> list[JobWork]:
        """What runs now."""
        return list(self._works.values())

    def find(self, job_id: str) -> JobWork | None:
        """Return the work on a job in this process, or None."""
        return self._works.get(job_id)

    def start(self) -> None:
        """Start the thread, if it does not run."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._beat, name="journey-heartbeat", daemon=True)
                self._thread.start()

    @contextmanager
    def watching(self, work: JobWork) -> Iterator[None]:
        """Keep the lease of this work for as long as the block runs."""
        self._works[work.job_id] = work
        self.start()
        try:
            yield
        finally:
            if self._works.get(work.job_id) is work:
                del self._works[work.job_id]

    def close(self) -> None:
        """Stop the thread."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(1)

    def _beat(self) -> None:
        while not self._closing.wait(TICK):
            try:
                self._tick()
            except StoreError as exc:
                log.warning("the heartbeat could not write: %s", exc)
            except Exception as exc:
                log.error("the heartbeat met an error of its own: %s", where(exc))

    def _tick(self) -> None:
        now = time.monotonic()
        writes, beats = now - self._last_write >= WRITE, now - self._last_beat >= BEAT
        self._last_write = now if writes else self._last_write
        self._last_beat = now if beats else self._last_beat
        if self._store.ownership.is_mine:
            self._store.records.mirror()
        for work in self.works:
            self._see_to(work, writes=writes, beats=beats)
        if beats and self._store.ownership.is_mine:
            self._take_back_expired()
            self._store.make_room()

    def _see_to(self, work: JobWork, *, writes: bool, beats: bool) -> None:
        try:
            self._pass_on_requests(work)
            if writes:
                work.flush()
            if beats:
                self._renew(work)
        except (LeaseLost, JobNotFound):
            work.stop(LeaseLost)
        if work.ignored_for > self._grace:
            self._end_without(work)

    def _pass_on_requests(self, work: JobWork) -> None:
        if work.left <= 0:
            work.stop(DeadlineExceeded)
        job = self._store.records.find(work.job_id)
        if job is not None and job.cancel_requested:
            work.stop(JobCancelled)

    def _renew(self, work: JobWork) -> None:
        until = self._clock() + LEASE
        spent = work.spent
        self._store.records.change(work.job_id, lambda job: moves.beat(job, spent=spent), token=work.token, until=until)

    def _end_without(self, work: JobWork) -> None:
        """End a job whose work does not listen: its token is dropped, so nothing that it still writes counts."""
        self._works.pop(work.job_id, None)
        log.warning(
            "job %s went on for %.0f s after it was told to stop; its thread is replaced", work.job_id, self._grace
        )
        try:
            if work.reason is not None and work.reason is not LeaseLost:
                end(self._store, work, work.reason(), now=self._clock())
        finally:
            self._ended(work.job_id)

    def _take_back_expired(self) -> None:
        now = self._clock()
        for job_id, lease in self._store.records.leases().items():
            if lease.until < now and job_id not in self._works:
                log.warning("job %s has lost its worker", job_id)
                self._store.records.take_back(job_id, lease, now=now)


def end(store: JobStore, work: JobWork, exc: BaseException, *, now: float) -> None:
    """Record how the work of a job ended, unless another worker holds the job by now."""
    move, spent = settle(exc, now=now), work.spent
    try:
        work.flush()
        store.records.change(work.job_id, lambda job: move(moves.beat(job, spent=spent)), token=work.token)
    except (LeaseLost, JobNotFound):
        log.info("job %s went on elsewhere; what this worker found is dropped", work.job_id)
