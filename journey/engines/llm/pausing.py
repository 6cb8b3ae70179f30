"""What calls to a server keep together: how many a job has in flight, and a pause of all; both may be interrupted."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from journey.engines.llm.faults import RequestRefused
from journey.errors import EngineError, EngineRefused, EngineUnavailable
from journey.work import Work

LOOK = 0.1
"""Seconds between two looks at whether to stop, while waiting for a call in flight to end."""


class Pause:
    """A time before which nobody asks."""

    def __init__(self) -> None:
        self._until = 0.0
        self._lock = threading.Lock()

    def extend(self, seconds: float) -> None:
        """Ask nothing for this long from now, or as long as was already agreed."""
        with self._lock:
            self._until = max(self._until, time.monotonic() + seconds)

    def wait(self, work: Work) -> None:
        """Wait until asking is allowed; a stop interrupts it."""
        while (left := self._until - time.monotonic()) > 0:
            sleep(left, work)


class Slots:
    """Calls of a job in flight, a few at a time.

    It is calls that are counted and not threads: while one thread looks into an answer, another asks already.
    """

    def __init__(self, at_once: int) -> None:
        self._free = threading.Semaphore(at_once)
        self._failure: EngineError | None = None

    @contextmanager
    def one(self, work: Work) -> Iterator[None]:
        """Hold one slot; after a failure that every further call would share, those that waited fail likewise.

        Raises:
            EngineError: the failure of an earlier call.
            Stopped: the work was told to stop.
        """
        while not self._free.acquire(timeout=LOOK):
            work.check()
        try:
            if self._failure is not None:
                raise self._failure
            yield
        except EngineError as error:
            if isinstance(error, EngineUnavailable) or type(error) in (EngineRefused, RequestRefused):
                self._failure = error
            raise
        finally:
            self._free.release()


def sleep(seconds: float, work: Work) -> None:
    """Wait; a stop interrupts it."""
    work.call(lambda: asyncio.sleep(seconds))
