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
from pydantic import JsonValue

from journey.errors import StoreFull
from journey.jobs.checkpoints import Checkpoints
from journey.jobs.job import JobState
from journey.jobs.queue import JobQueue
from journey.model import AttemptOutcome, Request
from journey.model.bill import maybe_paid_twice
from tests.faults.draw_through_model import open_queue
from tests.faults.ending import attempts_of
from tests.faults.obedient import long_talk, material, model
from tests.faults.server import ModelServer
from tests.jobs_parts import eventually, upload


def submit(queue: JobQueue, *, title: str = "") -> str:
    return queue.submit(Request(uploads=(upload(queue, long_talk().text),), engine="openai", title=title))


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


def test_an_answer_that_a_full_disk_could_not_keep_is_asked_for_again_and_known_as_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, full = Checkpoints.finish, [True]

    def finish(checkpoints: Checkpoints, fingerprint: str, value: JsonValue, *, name: str, now: float) -> None:
        if name == "merge" and full:
            full.clear()
            raise StoreFull
        keep(checkpoints, fingerprint, value, name=name, now=now)

    monkeypatch.setattr(Checkpoints, "finish", finish)
    later = [0.0]
    with (
        ModelServer(model()) as server,
        closing(open_queue(tmp_path, server.url, clock=lambda: time.time() + later[0])) as queue,
    ):
        job = submit(queue)
        queue.run(job)
        assert (queue.get(job).state, "The disk is full" in queue.get(job).note) == (JobState.QUEUED, True)
        later[0] = 60
        queue.run(job)
        journey, attempts = queue.result(job, timeout=0), attempts_of(queue, job)
    asked = Counter(material(one) for one in server.requests)
    assert asked.total() == len(asked) + 1
    assert [attempt.name for attempt in attempts if attempt.outcome is AttemptOutcome.LOST] == ["merge"]
    assert any("1 call(s) may have been paid for twice" in warning for warning in journey.run.warnings)


def test_two_jobs_at_once_on_one_document_both_end_and_tell_what_was_asked_twice(tmp_path: Path) -> None:
    with (
        ModelServer(model(latency=0.1)) as server,
        closing(open_queue(tmp_path, server.url, at_once=1, workers=2)) as queue,
    ):
        queue.start()
        jobs = [submit(queue, title=title) for title in ("One", "Two")]
        journeys = [queue.result(job, timeout=30) for job in jobs]
        repeated = sum(queue.get(job).repeated for job in jobs)
    asked = Counter(material(one) for one in server.requests)
    assert journeys[0].phases == journeys[1].phases
    assert asked.total() - len(asked) <= repeated <= len(asked) + 1, "the trying out of the server is begun twice too"


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
