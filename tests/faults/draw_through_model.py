"""A process that owns a library's workers and asks a model: draw_through_model.py HOME URL. Runs until killed."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from journey import pipeline
from journey.engines.llm import LlmEngine
from journey.jobs.queue import JobQueue
from tests.faults.talk import settings
from tests.jobs_parts import small_store


def open_queue(
    home: Path, url: str, *, at_once: int = 2, workers: int = 1, clock: Callable[[], float] = time.time
) -> JobQueue:
    """Open a library whose jobs ask the model at this address, so many calls at once."""
    engine = LlmEngine(settings(url), at_once=at_once)
    draw = partial(pipeline.draw, engines={engine.name: engine})
    return JobQueue(small_store(home), draw=draw, workers=workers, clock=clock)


if __name__ == "__main__":
    open_queue(Path(sys.argv[1]), sys.argv[2]).start()
    signal.pause()
