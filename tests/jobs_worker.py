"""A real worker process: `python -m tests.jobs_worker HOME DRAW` owns the store and works until it is told to leave."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from journey.errors import StoreOwned
from journey.jobs.queue import JobQueue
from journey.jobs.runner import Draw
from journey.model import Journey, Request
from journey.work import Work
from tests.jobs_parts import draw_at_once, draw_in_chunks, hang, journey_of, small_store


def in_a_call(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
    """Wait for an answer that never comes."""
    work.call(lambda: asyncio.sleep(60))
    return journey_of("never")


def computing(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
    """Compute and check twice a second, which is what is asked of computing work."""
    while True:
        work.check()
        time.sleep(0.5)


def deaf(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
    """Never check."""
    time.sleep(60)
    return journey_of("never")


def apart(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
    """Hang in a child process."""
    return journey_of(work.apart(hang, os.environ["CALLS"].encode()))


def short(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
    """Leave a line at the beginning and at the end of a twentieth of a second."""
    name = load(request.uploads[0].sha256).decode()
    for moment in ("begin", "end"):
        with Path(os.environ["CALLS"]).open("a", encoding="utf-8") as calls:
            calls.write(f"{moment} {name}\n")
        time.sleep(0.05 if moment == "begin" else 0)
    return journey_of(name)


DRAWS: dict[str, Draw] = {
    "at_once": draw_at_once,
    "chunks": draw_in_chunks,
    "in_a_call": in_a_call,
    "computing": computing,
    "deaf": deaf,
    "apart": apart,
    "short": short,
}


def main(home: Path, draw: Draw) -> None:
    """Own the store until a signal says to leave."""
    queue = JobQueue(small_store(home), draw=draw)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        queue.start()
    except StoreOwned as exc:
        sys.exit(str(exc))
    print("ready", flush=True)  # noqa: T201
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main(Path(sys.argv[1]), DRAWS[sys.argv[2]])
