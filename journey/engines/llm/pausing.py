"""A pause that all calls to a server keep together, and may be interrupted in."""

from __future__ import annotations

import asyncio
import threading
import time

from journey.work import Work


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


def sleep(seconds: float, work: Work) -> None:
    """Wait; a stop interrupts it."""
    work.call(lambda: asyncio.sleep(seconds))
