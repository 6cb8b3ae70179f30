"""A process that forks workers, each of which owns a library, runs its jobs, and may kill itself at a told write.

Reads one order as JSON a line, and answers each with a line when the worker is gone. Forking one that has everything
imported takes a hundredth of the time of starting another.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from journey.engines.llm import reading
from journey.engines.llm.abilities import Question
from journey.engines.llm.client import ChatClient
from journey.engines.llm.usage import Sending
from journey.errors import EngineError
from journey.jobs.checkpoints import Checkpoints
from tests.faults.draw_through_model import open_queue
from tests.faults.talk import settings

SMALL_SECTION = 600
"""Tokens of a section, a seventh of the usual."""
WRITES = ("begin", "finish")
"""What writes a checkpoint, and the methods' names."""


@dataclass(frozen=True)
class Order:
    """What a worker is to do.

    Args:
        write: dies at the n-th write of a checkpoint, from 1; 0 for a worker that lives until its jobs have ended.
        before: dies just before it, otherwise just after.
    """

    home: str
    url: str
    at_once: int = 1
    write: int = 0
    before: bool = True

    def as_line(self) -> bytes:
        """Return the order as it is sent."""
        return json.dumps(asdict(self)).encode() + b"\n"


class _Death:
    """Counts the writes of checkpoints in this process, and ends it at one of them as nothing else can."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._written = 0
        self._counting = threading.Lock()
        for name in WRITES:
            setattr(Checkpoints, name, self._watched(getattr(Checkpoints, name)))

    def _watched(self, write: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **options: Any) -> Any:
            with self._counting:
                self._written += 1
                is_last = self._written == self._order.write
                if is_last and self._order.before:
                    os.kill(os.getpid(), signal.SIGKILL)
                result = write(*args, **options)
                if is_last:
                    os.kill(os.getpid(), signal.SIGKILL)
            return result

        return watched


def _work(order: Order) -> None:
    _Death(order)
    queue = open_queue(Path(order.home), order.url, at_once=order.at_once)
    queue.start()
    while any(job.is_live for job in queue.jobs()):
        time.sleep(0.005)
    os._exit(0)


def _warm_up() -> None:
    """Load what the first call loads, and read small sections: what is measured here is not the time of either."""
    vars(reading)["CORE"] = SMALL_SECTION
    question = Question([{"role": "user", "content": "Hello"}], "any", {}, room=1)
    with suppress(EngineError):
        asyncio.run(ChatClient(settings("http://127.0.0.1:9/v1"), timeout=1).ask(question, Sending()))
    assert threading.active_count() == 1, "a process of several threads must not fork"


def main() -> None:
    """Fork a worker for each order, and say how it went."""
    _warm_up()
    for line in sys.stdin.buffer:
        worker = os.fork()
        if not worker:
            _work(Order(**json.loads(line)))
        _, status = os.waitpid(worker, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
