"""The model engine in real jobs: what a cancel, a retry and a kill cost."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from journey.jobs.job import JobState
from journey.jobs.queue import JobQueue
from journey.model import Request
from journey.model.bill import maybe_paid_twice
from tests.faults.draw_through_model import open_queue
from tests.faults.obedient import long_talk, model
from tests.faults.server import Asked, ModelServer
from tests.jobs_parts import eventually, upload


def submit(queue: JobQueue) -> str:
    return queue.submit(Request(uploads=(upload(queue, long_talk().text),), engine="openai"))


def test_a_cancel_closes_the_calls_in_flight_within_a_second(tmp_path: Path) -> None:
    with ModelServer(model(latency=30)) as server, closing(open_queue(tmp_path, server.url)) as queue:
        queue.start()
        job = submit(queue)
        assert eventually(lambda: len(server.requests) == 2)
        began = time.monotonic()
        queue.cancel(job)
        assert server.left.wait(5)
        assert eventually(lambda: queue.get(job).state is JobState.CANCELLED)
        assert time.monotonic() - began < 5  # measured: 0.1 s
        assert len(server.requests) == 2


def test_closing_the_program_does_not_wait_for_the_model(tmp_path: Path) -> None:
    with ModelServer(model(latency=30)) as server:
        queue = open_queue(tmp_path, server.url)
        queue.start()
        job = submit(queue)
        assert eventually(lambda: len(server.requests) == 2)
        began = time.monotonic()
        queue.close()
        assert time.monotonic() - began < 5
        assert queue.get(job).state is JobState.QUEUED


@pytest.mark.slow
def test_a_kill_in_the_middle_repeats_only_the_calls_that_were_in_flight(tmp_path: Path) -> None:
    kills = 2  # a third would make the job one that kills its worker
    with ModelServer(model(latency=0.4)) as server, closing(open_queue(tmp_path, server.url)) as client:
        job = submit(client)
        for _ in range(kills):
            reached = len(server.requests)
            with worker(tmp_path, server.url):
                assert eventually(lambda reached=reached: len(server.requests) > reached, within=60)  # type: ignore[misc]
        with worker(tmp_path, server.url):
            journey = client.result(job, timeout=60)
        attempts = client.attempts(job)
    different = Counter(material(asked) for asked in server.requests)
    assert len(server.requests) <= len(different) + 2 * kills
    lost = maybe_paid_twice(attempts)
    assert 1 <= lost <= 2 * kills
    assert len(attempts) >= len(server.requests), "none was sent before it was in the ledger"
    assert any(f"{lost} call(s) may have been paid for twice" in warning for warning in journey.run.warnings)


@contextmanager
def worker(home: Path, url: str) -> Iterator[None]:
    """Run a process that works on the jobs, and kill it in the end."""
    command = [sys.executable, "-m", "tests.faults.draw_through_model", str(home), url]
    with subprocess.Popen(command) as process:
        try:
            yield
        finally:
            process.kill()


def material(asked: Asked) -> str:
    """Return what stands between the marks, which are new in every question."""
    words: str = asked.body["messages"][1]["content"]
    return words.split("===")[-3]
