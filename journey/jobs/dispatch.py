"""How a job id gets to a worker: daemon threads that are woken, and look for themselves in case nobody woke them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from journey.jobs.outcome import where

log = logging.getLogger(__name__)

LOOK = 0.5
"""Seconds between two looks for jobs that another process submitted or whose waiting time is over."""


class Workers:
    """Threads that run jobs.

    Daemon threads, not a `ThreadPoolExecutor`: that one holds a program that was told to leave until its jobs have
    ended.
    """

    def __init__(self, count: int, *, next_id: Callable[[], str | None], run: Callable[[str], None]) -> None:
        self._count = count
        self._next_id = next_id
        self._run = run
        self._ready = threading.Condition()
        self._rings = 0
        self._is_closing = False
        self._busy: dict[threading.Thread, str | None] = {}

    @property
    def count(self) -> int:
        """How many threads there are."""
        return len(self._busy)

    def start(self) -> None:
        """Start the threads."""
        for _ in range(self._count):
            self._add()

    def wake(self) -> None:
        """Have the threads look for jobs."""
        with self._ready:
            self._rings += 1
            self._ready.notify_all()

    def replace(self, job_id: str) -> None:
        """Put a new thread in the place of the one that hangs on a job; it leaves when it comes back to life."""
        for thread, running in list(self._busy.items()):
            if running == job_id and not self._is_closing:
                del self._busy[thread]
                self._add()

    def close(self, *, patience: float) -> None:
        """Start no more jobs and wait for those under way, at most `patience` seconds in all."""
        self._is_closing = True
        self.wake()
        until = time.monotonic() + patience
        for thread in list(self._busy):
            thread.join(max(0.0, until - time.monotonic()))

    def _add(self) -> None:
        thread = threading.Thread(target=self._work, name="journey-worker", daemon=True)
        self._busy[thread] = None
        thread.start()

    def _work(self) -> None:
        me = threading.current_thread()
        while me in self._busy and not self._is_closing:
            try:
                self._turn(me)
            except Exception as exc:
                log.error("a worker could not run its job: %s", where(exc))
                time.sleep(LOOK)

    def _turn(self, me: threading.Thread) -> None:
        rings = self._rings
        job_id = self._next_id()
        if job_id is None:
            with self._ready:  # a ring between the look and here is not missed
                self._ready.wait_for(lambda: self._rings != rings, LOOK)
            return
        self._busy[me] = job_id
        try:
            self._run(job_id)
        finally:
            if me in self._busy:
                self._busy[me] = None
