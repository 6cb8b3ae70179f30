"""A child process that stands by: it was started before its work was there, and has loaded what the work takes.

It serves one call after another. One that crashed or was killed in a call is replaced, and so is one that has served
many, since memory wears. One that nobody calls ends after a while, since what it has loaded takes memory, and in any
case with this process.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from journey.errors import DeadlineExceeded, JobCancelled, WorkCrashed
from journey.jobs import children
from journey.jobs.children import Child

log = logging.getLogger(__name__)

IDLE = 300.0
"""Seconds that a child waits for its work: the time in which a picture is turned, cut and submitted."""

AGAIN = 30.0
"""Seconds that a child waits after a call for the next one: another picture of the wall, the next job, a retry."""

MOST = 16
"""Calls that one child serves; each leaves some memory in pieces."""


class Standby:
    """At most one child process that waits for a call."""

    def __init__(self) -> None:
        self._turn = threading.RLock()  # an alarm and a caller never get the same child
        self._child: Child | None = None
        self._function: Callable[[bytes], str] | None = None
        self._alarm: threading.Timer | None = None

    def expect(self, function: Callable[[bytes], str], *, prepare: Callable[[], None], idle: float = IDLE) -> None:
        """Have a child ready for a call of the function soon; one that waits already waits on from now.

        Args:
            prepare: loads there what the function takes; at module level of an importable module, as the function is.
            idle: seconds after which the child ends if nobody calls.
        """
        with self._turn:
            child = self.take(function)
            self.dismiss()  # what waits for another function
            try:
                child = child or children.start(function, prepare=prepare)
            except OSError as error:  # too many processes, say: whoever calls tries again, and tells
                log.warning("no child process could be made ready: %s", error)
                return
            self._let_wait(child, function, idle=idle)

    @contextmanager
    def lent(self, function: Callable[[bytes], str], *, prepare: Callable[[], None]) -> Iterator[Child]:
        """Lend a child for one call, the one that stands by or a new one; afterwards it, or another, stands by again.

        Args:
            prepare: as in `expect`.
        """
        child = self.take(function) or children.start(function, prepare=prepare)
        try:
            yield child
        except (WorkCrashed, JobCancelled, DeadlineExceeded):
            child.end()
            self.expect(function, prepare=prepare, idle=AGAIN)  # for a retry
            raise
        except BaseException:
            child.end()
            raise
        self._take_back(child, function)

    def take(self, function: Callable[[bytes], str]) -> Child | None:
        """Return the child that waits for this function, the caller's from now on; None when there is none."""
        with self._turn:
            if self._function is not function:
                return None
            child = self._let_go()
            if child is None or child.is_alive:
                return child
            log.warning("a child process that stood by has ended with status %s", child.process.returncode)
            child.end()
            return None

    def dismiss(self) -> None:
        """End the child that waits, if there is one."""
        with self._turn:
            child = self._let_go()
            if child is not None:
                child.end()

    def _take_back(self, child: Child, function: Callable[[bytes], str]) -> None:
        """Let a child wait for its next call, unless another waits already or it has served enough."""
        with self._turn:
            if self._child is None and child.asked < MOST:
                self._let_wait(child, function, idle=AGAIN)
                return
        child.end()

    def _let_wait(self, child: Child, function: Callable[[bytes], str], *, idle: float) -> None:
        self._child, self._function = child, function
        self._alarm = threading.Timer(idle, self._dismiss, [child])
        self._alarm.daemon = True
        self._alarm.start()

    def _dismiss(self, child: Child) -> None:
        with self._turn:
            if self._child is child:
                self.dismiss()

    def _let_go(self) -> Child | None:
        if self._alarm is not None:
            self._alarm.cancel()
        child, self._child, self._function, self._alarm = self._child, None, None, None
        return child


standby = Standby()
"""The one of this process: a picture is read one at a time, and what waits takes a third of a gigabyte."""

atexit.register(standby.dismiss)
