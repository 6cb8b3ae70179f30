"""One event loop for the network calls of all jobs, in a thread of its own.

A thread that waits in `recv` cannot be interrupted, and a client's time-outs are per read, not deadlines; a coroutine
is cancelled in well under a millisecond and its deadline is exact. There is one loop per process and it is never
closed, because clients keep connections that belong to the loop that opened them.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")
_starting = threading.Lock()


def begin(request: Callable[[], Coroutine[Any, Any, T]], *, timeout: float) -> Future[T]:
    """Start a coroutine on the loop; cancelling the future interrupts it, and `timeout` seconds are its end."""
    return asyncio.run_coroutine_threadsafe(_bounded(request, timeout), _loop())


async def _bounded(request: Callable[[], Coroutine[Any, Any, T]], timeout: float) -> T:
    async with asyncio.timeout(timeout):
        return await request()


def _loop() -> asyncio.AbstractEventLoop:
    with _starting:  # `cache` alone would let two threads start two loops
        return _started()


@cache
def _started() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="journey-calls", daemon=True).start()
    return loop
