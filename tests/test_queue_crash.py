"""Real worker processes that are killed, told to leave, or started twice; and what their jobs come to."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from journey.jobs.job import JobState
from journey.jobs.queue import JobQueue
from tests.jobs_parts import ask, draw_at_once, eventually, small_store

ROOT = Path(__file__).parents[1]
Worker = subprocess.Popen[str]


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[JobQueue]:
    """A client of the store that the workers will own."""
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "calls").touch()
    queue = JobQueue(small_store(tmp_path / "store"), draw=draw_at_once)
    yield queue
    queue.close()


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[list[Worker]]:
    """Workers started by the test; what is left of them is killed at its end."""
    started: list[Worker] = []
    yield started
    for worker in started:
        worker.kill()
        worker.communicate()


def start(workers: list[Worker], home: Path, draw: str) -> Worker:
    """Start a worker and wait until it owns the store."""
    command = [sys.executable, "-m", "tests.jobs_worker", str(home), draw]
    worker = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    workers.append(worker)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    return worker


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def has_lines(path: Path, count: int) -> bool:
    return len(lines(path)) >= count


def test_a_job_whose_worker_is_killed_goes_on_where_it_was(
    client: JobQueue, workers: list[Worker], tmp_path: Path
) -> None:
    """Ten chunks and two kills at random points: at most one chunk is computed twice for each kill."""
    job_id = client.submit(ask(client))
    chance = random.Random()
    for most in (4, 8):
        worker = start(workers, tmp_path / "store", "chunks")
        chunks = chance.randint(most - 3, most)
        assert eventually(partial(has_lines, tmp_path / "calls", chunks))
        time.sleep(chance.uniform(0, 0.05))
        worker.kill()
        worker.wait()
    start(workers, tmp_path / "store", "chunks")
    client.result(job_id, timeout=20)
    assert 10 <= len(lines(tmp_path / "calls")) <= 12
    job = client.get(job_id)
    assert (job.crashes, job.attempt) == (2, 1)
    assert job.repeated == len(lines(tmp_path / "calls")) - 10


def test_the_restarted_worker_does_not_wait_for_the_lease_to_run_out(
    client: JobQueue, workers: list[Worker], tmp_path: Path
) -> None:
    job_id = client.submit(ask(client))
    worker = start(workers, tmp_path / "store", "in_a_call")
    assert eventually(lambda: client.get(job_id).state is JobState.RUNNING)
    worker.kill()
    worker.wait()
    start(workers, tmp_path / "store", "at_once")
    began = time.perf_counter()
    client.result(job_id, timeout=10)
    assert time.perf_counter() - began < 1  # the lease is 15 s


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_forty_kills_lose_nothing(client: JobQueue, workers: list[Worker], tmp_path: Path) -> None:
    chance, kills = random.Random(1), 40
    ids = {client.submit(ask(client, f"job {number}")): f"job {number}" for number in range(300)}
    for _ in range(kills):
        worker = start(workers, tmp_path / "store", "short")
        time.sleep(chance.uniform(0.02, 0.25))
        worker.kill()
        worker.wait()
    start(workers, tmp_path / "store", "short")
    assert eventually(lambda: not any(job.is_live for job in client.jobs()), within=60)
    lost = [job for job in client.jobs() if job.state is not JobState.SUCCEEDED]
    assert all(job.failure is not None and job.failure.kind == "lost" and job.crashes == 3 for job in lost)
    for job in lost:
        client.retry(job.id)
    for job_id, text in ids.items():
        assert client.result(job_id, timeout=20).sources[0].text == text
    ends = Counter(line for line in lines(tmp_path / "calls") if line.startswith("end"))
    assert len(ends) == 300
    assert sum(ends.values()) <= 300 + 2 * kills  # two workers: a kill repeats at most what was in flight
    with closing(sqlite3.connect(tmp_path / "store/records/cache.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("draw", ["in_a_call", "computing", "deaf", "apart"])
def test_a_worker_that_is_told_to_leave_leaves_within_two_seconds(
    client: JobQueue, workers: list[Worker], tmp_path: Path, draw: str
) -> None:
    ids = [client.submit(ask(client, text)) for text in ("a", "b", "c")]
    worker = start(workers, tmp_path / "store", draw)
    assert eventually(lambda: client.health().running == 2)
    time.sleep(0.1)
    began = time.perf_counter()
    worker.terminate()
    worker.wait(10)
    assert time.perf_counter() - began < 2
    jobs = [client.get(job_id) for job_id in ids]
    assert [(job.state, job.attempt, job.crashes) for job in jobs] == [(JobState.QUEUED, 0, 0)] * 3


def test_two_workers_do_not_own_one_store(client: JobQueue, workers: list[Worker], tmp_path: Path) -> None:
    start(workers, tmp_path / "store", "at_once")
    command = [sys.executable, "-m", "tests.jobs_worker", str(tmp_path / "store"), "at_once"]
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert second.returncode == 1
    assert "Another running program" in second.stderr
    assert client.health().is_owned
    client.result(client.submit(ask(client)), timeout=10)


def test_a_client_cancels_in_another_process_in_about_a_second(
    client: JobQueue, workers: list[Worker], tmp_path: Path
) -> None:
    job_id = client.submit(ask(client))
    start(workers, tmp_path / "store", "in_a_call")
    assert eventually(lambda: client.get(job_id).state is JobState.RUNNING)
    began = time.perf_counter()
    assert client.cancel(job_id)
    assert eventually(lambda: client.get(job_id).state is JobState.CANCELLED)
    assert time.perf_counter() - began < 2


def test_the_child_of_a_killed_worker_does_not_live_on(client: JobQueue, workers: list[Worker], tmp_path: Path) -> None:
    client.submit(ask(client))
    worker = start(workers, tmp_path / "store", "apart")
    assert eventually(lambda: (tmp_path / "calls").read_text() != "")
    child = int((tmp_path / "calls").read_text())
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert eventually(lambda: is_gone(child), within=5)


def is_gone(pid: int) -> bool:
    """Whether the process has ended, were it only as a zombie that nobody waits for."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (ProcessLookupError, FileNotFoundError):
        return True
