"""How long the engine waits, and how few requests it makes meanwhile: storms of 429, silence, drips, cancels."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from journey.engines.llm import asking, merge, replies
from journey.jobs.job import JobState
from journey.jobs.queue import JobQueue
from journey.model import AttemptOutcome, Request
from tests.faults.draw_through_model import open_queue
from tests.faults.ending import ROLES, attempts_of, kept, run_job
from tests.faults.obedient import long_talk, model, wanted
from tests.faults.server import (
    Answer,
    Asked,
    ModelServer,
    completion,
    drips,
    fails,
    send_events,
    stays_silent,
)
from tests.faults.streams import KEEP_ALIVE, written
from tests.faults.talk import SOUND
from tests.jobs_parts import eventually, upload

pytestmark = pytest.mark.slow

LIMIT = "rate_limit_exceeded"
CALLS = 8


@contextmanager
def opened(home: Path, url: str, *, at_once: int = CALLS, workers: int = 1) -> Iterator[JobQueue]:
    """Open a library at work whose jobs ask this server, so many calls at once."""
    with closing(open_queue(home, url, at_once=at_once, workers=workers)) as queue:
        queue.start()
        yield queue


def submit(queue: JobQueue, text: str, *, title: str = "") -> str:
    request = Request(uploads=(upload(queue, text),), engine="openai", roles=ROLES, title=title)
    return queue.submit(request)


class Storm:
    """A server that takes no question for a while, and says when it will."""

    def __init__(self, *, calm_after: float, told: str = "1") -> None:
        self.arrivals: list[float] = []
        self._calm_after = calm_after
        self._told = told
        self._lock = threading.Lock()

    def __call__(self, asked: Asked) -> Answer | None:
        with self._lock:
            self.arrivals.append(time.monotonic())
        if self.arrivals[-1] - self.arrivals[0] < self._calm_after:
            return fails(429, LIMIT, retry_after=self._told)
        return None


def test_in_a_storm_all_calls_keep_one_pause_and_few_requests_are_made(tmp_path: Path) -> None:
    storm, text = Storm(calm_after=0.5), long_talk(600).text
    with ModelServer(model(storm)) as server, opened(tmp_path, server.url) as queue:
        job = submit(queue, text)
        journey = queue.result(job, timeout=30)
        attempts = attempts_of(queue, job)
    assert len(list(journey.steps())) == 540
    refused = [attempt for attempt in attempts if attempt.outcome is AttemptOutcome.FAILED]
    assert len(refused) <= CALLS
    assert all(attempt.charged == 0 for attempt in refused)
    after_the_first = storm.arrivals[CALLS:]  # those were on their way before anybody knew
    during = [at for at in after_the_first if 0.3 < at - storm.arrivals[0] < 0.9]
    assert during == [], "nobody asks while the server has asked all to wait"


def test_a_job_that_begins_while_another_has_been_asked_to_wait_waits_with_it(tmp_path: Path) -> None:
    storm = Storm(calm_after=0.5, told="2")
    with ModelServer(model(storm)) as server, opened(tmp_path, server.url, at_once=1, workers=2) as queue:
        first = submit(queue, long_talk(150).text)
        assert eventually(lambda: len(storm.arrivals) == 1)
        second = submit(queue, long_talk(170).text)
        for job in (first, second):
            queue.result(job, timeout=30)
        attempts = [*attempts_of(queue, first), *attempts_of(queue, second)]
    began, *later = storm.arrivals
    assert min(later) - began > 1.9, "one pause for all jobs, as long as the server has said"
    assert sum(attempt.outcome is AttemptOutcome.FAILED for attempt in attempts) == 1


def test_a_storm_without_end_puts_the_job_back_and_keeps_the_server_in_peace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "FIRST_DELAY", 0.05)
    ending = run_job(tmp_path, model(Storm(calm_after=60, told="0")), text=long_talk(600).text)
    assert ending.job.state is JobState.QUEUED
    assert "limiting how much it answers" in ending.sentence
    assert len(ending.requests) == len(ending.attempts) <= 2 * asking.ATTEMPTS
    assert sum(attempt.charged for attempt in ending.attempts) == 0


def keeps_alive(*, pause: float) -> Answer:
    """Begin an answer and then send signs of life for ever."""
    return lambda _, writer: send_events(writer, [*written(SOUND)[:4], *[KEEP_ALIVE] * 1000], pause=pause)


@pytest.mark.parametrize(
    ("answer", "limit", "sentence"),
    [
        (stays_silent(30), "CALL_TIMEOUT", "gave no complete answer within 0.5 s"),
        (drips(completion(SOUND), pause=0.02), "CALL_TIMEOUT", "gave no complete answer within 0.5 s"),
        (keeps_alive(pause=0.02), "CALL_TIMEOUT", "gave no complete answer within 0.5 s"),
        (keeps_alive(pause=0.02), "IDLE_TIMEOUT", "fell silent in the middle of its answer"),
    ],
    ids=["silence", "a byte at a time", "signs of life", "signs of life but no word"],
)
def test_silence_and_drips_end_at_their_limits(
    answer: Answer, limit: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking if limit == "CALL_TIMEOUT" else replies, limit, 0.5)
    monkeypatch.setattr(asking, "PATIENCE", 0.0)
    began = time.monotonic()
    ending = run_job(tmp_path, answer)
    assert time.monotonic() - began < 3
    assert ending.job.state is JobState.QUEUED
    assert sentence in ending.sentence
    assert len(ending.requests) == len(ending.attempts) == 1
    assert ending.attempts[0].charged > 0
    assert ending.checkpoints["done"] == 0


def in_a_wait(asked: Asked) -> Answer:
    return fails(429, LIMIT, retry_after="30")


def in_a_stream(asked: Asked) -> Answer:
    return keeps_alive(pause=0.05)


def in_the_merge(asked: Asked) -> Answer | None:
    return keeps_alive(pause=0.05) if wanted(asked) == "drawing" else None


SECTIONS, MERGES = 2, 3


@pytest.mark.parametrize(
    ("moment", "least"), [(in_a_wait, 1), (in_a_stream, SECTIONS), (in_the_merge, SECTIONS + MERGES)]
)
def test_a_cancel_closes_the_sockets_within_a_second(
    moment: Callable[[Asked], Answer | None], least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "MOST", 50)
    with ModelServer(model(moment)) as server, opened(tmp_path, server.url, at_once=4) as queue:
        job = submit(queue, long_talk().text)
        assert eventually(lambda: len(server.requests) >= least)
        time.sleep(0.2)
        asked = len(server.requests)
        assert asked == least or moment is in_a_wait, "the second may have been on its way when the first had to wait"
        began = time.monotonic()
        queue.cancel(job)
        assert eventually(lambda: server.answering == 0)
        assert eventually(lambda: queue.get(job).state is JobState.CANCELLED)
        assert time.monotonic() - began < 1
        time.sleep(0.1)
        assert len(server.requests) == asked
    assert kept(tmp_path)["done"] == (SECTIONS if moment is in_the_merge else 0)
