"""A job killed at any write of a checkpoint comes to the same map, and only what was in flight is asked again."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from journey.engines.llm import probe
from journey.jobs.job import JobState
from journey.jobs.queue import JobQueue
from journey.model import Attempt, AttemptOutcome, Journey, Request
from tests.faults.draw_through_model import open_queue
from tests.faults.ending import ROLES, attempts_of
from tests.faults.mortal_worker import Order
from tests.faults.obedient import long_talk, material, model
from tests.faults.server import ModelServer
from tests.jobs_parts import upload

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

TALK = long_talk(100).text
LEAST_SECTIONS = 10
KILLED = -9


class Worker:
    """Forks workers that work on a library until its jobs have ended, or until they die."""

    def __init__(self, url: str) -> None:
        command = [sys.executable, "-m", "tests.faults.mortal_worker"]
        self._url = url
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def work(self, home: Path, *, write: int = 0, before: bool = True, at_once: int = 1) -> int:
        """Let one work, and return its exit status."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = Order(str(home), self._url, at_once=at_once, write=write, before=before)
        self._process.stdin.write(order.as_line())
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


@dataclass(frozen=True)
class Drawn:
    """What a job came to, and what it took."""

    journey: Journey
    asked: Counter[str]
    """How often each question reached the server."""
    attempts: tuple[Attempt, ...]
    repeated: int

    @property
    def writes(self) -> int:
        """Checkpoints written: each call writes that it begins and that it ended; so does trying out the server."""
        return 2 * (len(self.asked) + 1)

    @property
    def again(self) -> int:
        """Questions that reached the server once more."""
        return self.asked.total() - len(self.asked)

    @property
    def lost(self) -> int:
        """Attempts that the user is told may have been paid for twice."""
        return sum(attempt.outcome is AttemptOutcome.LOST for attempt in self.attempts)

    @property
    def is_told(self) -> bool:
        return any("may have been paid for twice" in warning for warning in self.journey.run.warnings)

    @property
    def map(self) -> Journey:
        """The journey without the record of its run, which differs by seconds and calls."""
        return self.journey.model_copy(update={"run": None})


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(model()) as server:
        yield server


@pytest.fixture
def worker(server: ModelServer) -> Iterator[Worker]:
    worker = Worker(server.url)
    yield worker
    worker.close()


def submit(queue: JobQueue, *, title: str = "") -> str:
    return queue.submit(Request(uploads=(upload(queue, TALK),), engine="openai", roles=ROLES, title=title))


def drawn(home: Path, server: ModelServer, worker: Worker, *kills: tuple[int, bool], at_once: int = 1) -> Drawn:
    """Let a job be killed at these writes, one after the other, and then let it end."""
    before = len(server.requests)
    with closing(open_queue(home, server.url)) as client:
        job = submit(client)
        for write, is_before in kills:
            assert worker.work(home, write=write, before=is_before, at_once=at_once) == KILLED
        assert worker.work(home, at_once=at_once) == 0
        asked = Counter(material(one) for one in server.requests[before:])
        return Drawn(client.result(job), asked, attempts_of(client, job), client.get(job).repeated)


def kills_at(writes: int) -> list[tuple[int, bool]]:
    """Return every write with whether the kill comes before it.

    Between the end of a call and the beginning of the next nothing happens: of these two moments one is enough.
    """
    after_beginnings = [(write, False) for write in range(1, writes, 2)]
    return sorted([*((write, True) for write in range(1, writes + 1)), *after_beginnings, (writes, False)])


def test_a_kill_at_any_write_changes_nothing_and_repeats_at_most_one_call(
    tmp_path: Path, server: ModelServer, worker: Worker
) -> None:
    undisturbed = drawn(tmp_path / "0", server, worker)
    assert undisturbed.again == 0
    assert len(undisturbed.asked) > LEAST_SECTIONS
    for write, before in kills_at(undisturbed.writes):
        killed = drawn(tmp_path / f"{write}-{before}", server, worker, (write, before))
        assert killed.map == undisturbed.map
        assert len(killed.asked) == len(undisturbed.asked)
        # Asked for again is an answer that is here and not kept, which is before the write of each end; that of the
        # first only tries out the server.
        assert killed.again == (before and write % 2 == 0 and write > 2)
        assert killed.lost == killed.again, "each call that was paid twice is marked, and no other"
        assert killed.is_told or not killed.again


def test_two_kills_repeat_at_most_two_calls(tmp_path: Path, server: ModelServer, worker: Worker) -> None:
    undisturbed = drawn(tmp_path / "0", server, worker)
    for first, second in [(4, 2), (9, 5), (undisturbed.writes, 2)]:
        killed = drawn(tmp_path / f"{first}", server, worker, (first, True), (second, True))
        assert killed.map == undisturbed.map
        assert killed.again == killed.lost <= 2


def test_with_four_in_flight_a_kill_repeats_at_most_four_and_marks_them(
    tmp_path: Path, server: ModelServer, worker: Worker
) -> None:
    undisturbed = drawn(tmp_path / "0", server, worker, at_once=4)
    for write in range(3, undisturbed.writes, 3):
        killed = drawn(tmp_path / str(write), server, worker, (write, True), at_once=4)
        assert killed.map == undisturbed.map
        assert killed.again <= killed.lost <= 4


def test_another_job_of_the_same_transcript_repeats_nothing_that_was_finished(
    tmp_path: Path, server: ModelServer, worker: Worker
) -> None:
    """The first is killed in its sixth call and given up; the second asks the sixth again, and says so."""
    with closing(open_queue(tmp_path, server.url)) as client:
        first = submit(client)
        assert worker.work(tmp_path, write=2 * 7, before=True) == KILLED
        assert client.cancel(first)
        second = submit(client, title="Once more")
        assert worker.work(tmp_path) == 0
        assert client.get(first).state is JobState.CANCELLED
        asked = Counter(map(material, server.requests))
        assert asked.total() == len(asked) + 1
        assert client.get(second).repeated == 1
        third = submit(client, title="And again")
        assert worker.work(tmp_path) == 0
        assert client.result(third).run.calls == client.get(third).repeated == 0
        assert len(server.requests) == asked.total()
        assert client.result(second).phases == client.result(third).phases


def test_the_server_is_tried_out_once_for_all_jobs(tmp_path: Path, server: ModelServer, worker: Worker) -> None:
    drawn(tmp_path, server, worker)
    tried = len(server.trials)
    with closing(open_queue(tmp_path, server.url)) as client:
        job = submit(client, title="Another")
        assert worker.work(tmp_path) == 0
        assert not any(attempt.name == probe.NAME for attempt in client.attempts(job))
    assert len(server.trials) == tried > 0
