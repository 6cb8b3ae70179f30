"""A job from submitting to its end, in one process with real threads and a real store."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from journey.errors import (
    EngineRefused,
    EngineReplyInvalid,
    EngineUnavailable,
    InvalidTransition,
    JobFailed,
    JobNotFound,
    QueueFull,
    SourceError,
    StoreOwned,
)
from journey.jobs import heartbeat, records, runner
from journey.jobs.job import Job, JobState
from journey.jobs.outcome import UNEXPECTED, backoff
from journey.jobs.queue import JobQueue
from journey.jobs.runner import Draw
from journey.model import Journey, Request
from journey.work import Stage, Work
from tests.jobs_parts import a_request, ask, draw_at_once, draw_in_chunks, eventually, journey_of, small_store

Open = Callable[..., JobQueue]


class Clock:
    """Wall-clock time that a test can set."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def open_queue(tmp_path: Path) -> Iterator[Open]:
    """Open queues on one folder, and close them at the end."""
    opened: list[JobQueue] = []

    def open_one(draw: Draw = draw_at_once, **options: object) -> JobQueue:
        opened.append(JobQueue(small_store(tmp_path / "store"), draw=draw, **options))  # type: ignore[arg-type]
        return opened[-1]

    yield open_one
    for queue in opened:
        queue.close()


@pytest.fixture
def quick_beats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beat ten times as often, and lose a lease ten times as soon."""
    monkeypatch.setattr(heartbeat, "BEAT", 0.1)
    monkeypatch.setattr(heartbeat, "LEASE", 0.6)
    monkeypatch.setattr(runner, "LEASE", 0.6)


class Hold:
    """Draws that wait until they are let go, checking or not."""

    def __init__(self, *, is_deaf: bool = False) -> None:
        self.is_deaf = is_deaf
        self.begun = threading.Semaphore(0)
        self.let_go = threading.Event()

    def __call__(self, request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
        self.begun.release()
        while not self.let_go.wait(0.005):
            if not self.is_deaf:
                work.check()
        return draw_at_once(request, load, work)


def sleep_in_call(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
    work.progress(Stage.ASK)
    work.call(lambda: asyncio.sleep(60))
    return journey_of("never")


def raising(error: Exception) -> Draw:
    def draw(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
        raise error

    return draw


def is_running(queue: JobQueue, job_id: str) -> Callable[[], bool]:
    return lambda: queue.get(job_id).state is JobState.RUNNING


def test_a_submitted_request_becomes_a_journey(open_queue: Open) -> None:
    queue = open_queue()
    queue.start()
    job_id = queue.submit(ask(queue, "hello"))
    assert queue.result(job_id, timeout=10) == journey_of("hello")
    job = queue.get(job_id)
    assert (job.state, job.title, job.size, job.attempt) == (JobState.SUCCEEDED, "About hello", 5, 1)


def test_the_users_title_stands(open_queue: Open) -> None:
    queue = open_queue()
    job_id = queue.submit(ask(queue, title="Mine"))
    assert queue.get(job_id).title == "Mine"
    queue.run(job_id)
    assert queue.get(job_id).title == "Mine"


def test_run_is_a_door_that_opens_once(open_queue: Open) -> None:
    """Messages may be doubled: the second finds nothing to do."""
    calls: list[str] = []

    def draw(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
        calls.append("drawn")
        return draw_at_once(request, load, work)

    queue = open_queue(draw)
    job_id = queue.submit(ask(queue))
    threads = [threading.Thread(target=queue.run, args=(job_id,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert calls == ["drawn"]
    assert queue.get(job_id).state is JobState.SUCCEEDED


def test_the_same_request_is_one_live_job_and_a_new_one_after_that(open_queue: Open) -> None:
    queue = open_queue()
    first = queue.submit(ask(queue))
    assert queue.submit(ask(queue)) == first
    assert queue.submit(ask(queue, engine="local")) != first
    queue.run(first)
    assert queue.submit(ask(queue)) != first


def test_a_retry_does_not_make_a_second_live_job_of_one_request(open_queue: Open) -> None:
    queue = open_queue()
    first = queue.submit(ask(queue))
    queue.cancel(first)
    second = queue.submit(ask(queue))
    with pytest.raises(InvalidTransition, match=f"job {second} is working on the same input"):
        queue.retry(first)


def test_an_upload_that_is_not_kept_is_refused(open_queue: Open) -> None:
    with pytest.raises(SourceError, match="add the file again"):
        open_queue().submit(a_request())


def test_the_waiting_queue_is_bounded(open_queue: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "LONGEST_QUEUE", 2)
    queue = open_queue()
    ids = [queue.submit(ask(queue, str(number))) for number in range(2)]
    with pytest.raises(QueueFull, match="let some finish"):
        queue.submit(ask(queue, "one more"))
    assert [queue.position(job_id) for job_id in ids] == [1, 2]
    assert len(queue.jobs()) == 2


def test_an_unknown_id_is_said_to_be_unknown(open_queue: Open) -> None:
    queue = open_queue()
    assert queue.find("x") is None
    for ask_for in (queue.get, queue.cancel, queue.retry, queue.run, queue.result, queue.request):
        with pytest.raises(JobNotFound):
            ask_for("x")


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (SourceError("Too long."), "rejected", "Too long."),
        (EngineRefused("The key is wrong."), "rejected", "The key is wrong."),
        (EngineReplyInvalid("No map."), "error", "No map."),
        (ValueError("secret words"), "error", UNEXPECTED),
        (TimeoutError("secret words"), "error", UNEXPECTED),
    ],
)
def test_an_error_ends_the_job_with_a_sentence(open_queue: Open, error: Exception, kind: str, message: str) -> None:
    queue = open_queue(raising(error))
    job_id = queue.submit(ask(queue))
    queue.run(job_id)
    job = queue.get(job_id)
    assert job.failure is not None
    assert (job.state, job.failure.kind, job.failure.message) == (JobState.FAILED, kind, message)
    with pytest.raises(JobFailed, match=message):
        queue.result(job_id)


def test_the_log_says_where_an_error_was_and_nothing_of_the_transcript(
    open_queue: Open, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    queue = open_queue(raising(ValueError("secret words")))
    queue.run(queue.submit(ask(queue, "secret words")))
    assert "ValueError" in caplog.text
    assert "test_queue.py" in caplog.text
    assert "secret" not in caplog.text


def test_an_engine_that_cannot_be_reached_is_asked_three_times_ever_later(open_queue: Open) -> None:
    clock = Clock()
    queue = open_queue(raising(EngineUnavailable("busy")), clock=clock)
    job_id = queue.submit(ask(queue))
    waits = []
    for _ in range(2):
        queue.run(job_id)
        job = queue.get(job_id)
        assert (job.state, job.note) == (JobState.QUEUED, "busy")
        waits.append(job.not_before - clock.now)
        queue.run(job_id)  # too early: nothing happens
        assert queue.get(job_id).attempt == job.attempt
        clock.now = job.not_before
    queue.run(job_id)
    assert queue.get(job_id).state is JobState.FAILED
    assert 2.5 <= waits[0] <= 5 <= waits[1] <= 10


def test_a_wait_is_never_shorter_than_the_server_asked_nor_longer_than_an_hour(open_queue: Open) -> None:
    clock = Clock()
    for asked, waited in ((120.0, 120.0), (1e9, 3600.0)):
        queue = open_queue(raising(EngineUnavailable("busy", retry_after=asked)), clock=clock)
        job_id = queue.submit(ask(queue, str(asked)))
        queue.run(job_id)
        assert queue.get(job_id).not_before == clock.now + waited


def test_back_off_doubles_up_to_five_minutes() -> None:
    for attempt, most in ((1, 5), (2, 10), (3, 20), (20, 300)):
        waits = [backoff(Job(id="1", request="", created=0, attempt=attempt), None) for _ in range(50)]
        assert most / 2 <= min(waits) <= max(waits) <= most


def test_cancelling_a_waiting_job_ends_it(open_queue: Open) -> None:
    queue = open_queue()
    job_id = queue.submit(ask(queue))
    assert queue.cancel(job_id)
    assert queue.get(job_id).state is JobState.CANCELLED
    assert queue.position(job_id) is None
    assert not queue.cancel(job_id)
    queue.run(job_id)
    assert queue.get(job_id).state is JobState.CANCELLED


def test_cancelling_a_completed_job_changes_nothing(open_queue: Open) -> None:
    queue = open_queue()
    job_id = queue.submit(ask(queue))
    queue.run(job_id)
    assert not queue.cancel(job_id)
    assert queue.result(job_id) == journey_of("hello")


@pytest.mark.parametrize("draw", [sleep_in_call, Hold()], ids=["in a call", "computing"])
def test_cancelling_a_running_job_takes_less_than_a_second(open_queue: Open, draw: Draw) -> None:
    queue = open_queue(draw)
    queue.start()
    job_id = queue.submit(ask(queue))
    assert eventually(is_running(queue, job_id))
    began = time.perf_counter()
    assert queue.cancel(job_id)
    with pytest.raises(JobFailed, match="cancelled"):
        queue.result(job_id, timeout=5)
    assert time.perf_counter() - began < 1


def test_a_client_cancels_a_job_that_runs_in_the_owner(open_queue: Open) -> None:
    owner, client = open_queue(sleep_in_call), open_queue()
    owner.start()
    job_id = client.submit(ask(client))
    assert eventually(is_running(client, job_id), within=5)
    assert client.cancel(job_id)
    assert eventually(lambda: client.get(job_id).state is JobState.CANCELLED, within=3)


def test_a_job_that_waits_to_be_tried_again_can_be_cancelled(open_queue: Open) -> None:
    queue = open_queue(raising(EngineUnavailable("busy")))
    job_id = queue.submit(ask(queue))
    queue.run(job_id)
    assert queue.cancel(job_id)
    assert queue.get(job_id).state is JobState.CANCELLED


def test_work_that_does_not_listen_is_left_behind_and_its_late_result_dropped(open_queue: Open) -> None:
    hold = Hold(is_deaf=True)
    queue = open_queue(hold, workers=1, grace=0.5)
    queue.start()
    deaf = queue.submit(ask(queue, "deaf"))
    assert hold.begun.acquire(timeout=5)
    assert queue.cancel(deaf)
    assert eventually(lambda: queue.get(deaf).state is JobState.CANCELLED, within=5)
    after = queue.submit(ask(queue, "after"))
    assert hold.begun.acquire(timeout=5), "the thread was not replaced"
    assert queue.health().workers == 1
    hold.let_go.set()
    assert queue.result(after, timeout=5) == journey_of("after")
    assert (queue.get(deaf).state, queue.get(deaf).result) == (JobState.CANCELLED, None)


def test_work_that_does_not_listen_to_its_deadline_fails(open_queue: Open) -> None:
    hold = Hold(is_deaf=True)
    queue = open_queue(hold, timeout=0.3, grace=0.3)
    queue.start()
    job_id = queue.submit(ask(queue))
    with pytest.raises(JobFailed, match="minutes allowed"):
        queue.result(job_id, timeout=5)
    hold.let_go.set()
    failure = queue.get(job_id).failure
    assert failure is not None
    assert failure.kind == "deadline"


def test_a_retry_after_the_deadline_goes_on_where_the_job_was(
    open_queue: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    queue = open_queue(draw_in_chunks, timeout=0.28)
    job_id = queue.submit(ask(queue))
    queue.run(job_id)
    failed = queue.get(job_id)
    assert failed.failure is not None
    assert failed.failure.kind == "deadline"
    assert failed.spent >= 0.28
    while queue.get(job_id).state is JobState.FAILED:
        queue.retry(job_id)
        assert queue.get(job_id).spent == 0
        queue.run(job_id)
    assert queue.get(job_id).state is JobState.SUCCEEDED
    assert len((tmp_path / "calls").read_text().splitlines()) == 10


def test_running_time_is_kept_over_the_runs_of_a_job(open_queue: Open) -> None:
    clock = Clock()

    def draw(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
        time.sleep(0.2)
        work.check()
        raise EngineUnavailable("busy", retry_after=10)

    queue = open_queue(draw, clock=clock, timeout=0.5)
    job_id = queue.submit(ask(queue))
    for _ in range(3):
        queue.run(job_id)
        clock.now += 20
    failure = queue.get(job_id).failure
    assert failure is not None
    assert failure.kind == "deadline"


def test_closing_puts_running_jobs_back_and_gives_the_attempt_back(open_queue: Open) -> None:
    hold = Hold()
    queue = open_queue(hold)
    queue.start()
    ids = [queue.submit(ask(queue, text)) for text in ("a", "b", "c")]
    assert eventually(lambda: queue.health().running == 2)
    began = time.perf_counter()
    queue.close()
    assert time.perf_counter() - began < 2
    again = open_queue()
    assert [(job.state, job.attempt, job.crashes) for job in again.jobs()] == [(JobState.QUEUED, 0, 0)] * 3
    assert {again.position(job_id) for job_id in ids} == {1, 2, 3}


def test_closing_takes_less_than_two_seconds_even_when_the_work_does_not_listen(open_queue: Open) -> None:
    hold = Hold(is_deaf=True)
    queue = open_queue(hold)
    queue.start()
    job_id = queue.submit(ask(queue))
    assert hold.begun.acquire(timeout=5)
    began = time.perf_counter()
    queue.close()
    assert time.perf_counter() - began < 2
    again = open_queue()
    assert again.get(job_id).state is JobState.QUEUED
    hold.let_go.set()
    time.sleep(0.1)
    assert again.get(job_id).state is JobState.QUEUED


def test_a_second_owner_is_refused_and_can_still_submit(open_queue: Open) -> None:
    owner, second = open_queue(), open_queue()
    owner.start()
    with pytest.raises(StoreOwned):
        second.start()
    assert second.result(second.submit(ask(second)), timeout=10) == journey_of("hello")
    assert second.health().is_owned
    assert second.health().workers == 0


def test_what_a_dead_process_worked_on_is_taken_back_at_once(open_queue: Open) -> None:
    queue = open_queue()
    job_id = queue.submit(ask(queue))
    queue.store.records.claim(job_id, now=time.time(), until=time.time() + 15)  # and its process died
    queue.start()
    assert queue.result(job_id, timeout=5) == journey_of("hello")
    assert queue.get(job_id).crashes == 1


def test_a_worker_that_stops_beating_loses_its_job_to_the_owner(open_queue: Open, quick_beats: None) -> None:
    queue = open_queue()
    job_id = queue.submit(ask(queue))
    queue.store.ownership.take()
    queue._heartbeat.start()
    queue.store.records.claim(job_id, now=time.time(), until=time.time() + 0.3)  # and its thread died
    assert eventually(lambda: queue.get(job_id).crashes == 1, within=5)


def test_a_worker_in_another_process_keeps_its_job_as_long_as_it_beats(open_queue: Open, quick_beats: None) -> None:
    hold, owner = Hold(), open_queue()
    worker = open_queue(hold)
    job_id = worker.submit(ask(worker))
    thread = threading.Thread(target=worker.run, args=(job_id,))
    thread.start()
    assert hold.begun.acquire(timeout=5)
    owner.store.ownership.take()
    owner._heartbeat.start()
    time.sleep(2)  # more than three leases
    hold.let_go.set()
    thread.join()
    assert (worker.get(job_id).state, worker.get(job_id).crashes) == (JobState.SUCCEEDED, 0)


def test_a_job_that_kills_its_worker_three_times_is_lost_and_says_so(open_queue: Open) -> None:
    queue = open_queue()
    job_id = queue.submit(ask(queue))
    for _ in range(3):
        queue.store.records.claim(job_id, now=time.time(), until=0)
        for leased, lease in queue.store.records.leases().items():
            queue.store.records.take_back(leased, lease, now=time.time())
    failure = queue.get(job_id).failure
    assert failure is not None
    assert failure.kind == "lost"
    queue.retry(job_id)
    queue.run(job_id)
    assert queue.get(job_id).state is JobState.SUCCEEDED


def test_a_worker_whose_job_went_on_elsewhere_changes_nothing(open_queue: Open) -> None:
    """The guard is the token: without it the slow old worker would overwrite what the new one found."""
    queue = open_queue()
    job_id = queue.submit(ask(queue))

    def draw(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
        queue.store.records.take_back(job_id, queue.store.records.leases()[job_id], now=time.time())
        assert queue.store.records.claim(job_id, now=time.time(), until=time.time() + 15) is not None
        return journey_of("stale")

    slow = open_queue(draw)
    slow.run(job_id)
    job = queue.get(job_id)
    assert (job.state, job.result, job.crashes) == (JobState.RUNNING, None, 1)


@pytest.mark.parametrize("jump", [-7 * 86_400.0, 7 * 86_400.0])
def test_a_clock_that_jumps_neither_steals_nor_stalls_a_job(open_queue: Open, jump: float) -> None:
    clock, hold = Clock(), Hold()
    queue = open_queue(hold, clock=clock, timeout=60)
    queue.start()
    job_id = queue.submit(ask(queue, "running"))
    assert hold.begun.acquire(timeout=5)
    clock.now += jump
    queue._heartbeat._last_beat -= 5  # the next beat is due, and with it the look for expired leases
    time.sleep(0.6)
    hold.let_go.set()
    assert queue.result(job_id, timeout=5) == journey_of("running")
    assert queue.get(job_id).crashes == 0


def test_a_retry_does_not_wait_a_week_because_the_clock_was_set_back(open_queue: Open) -> None:
    clock = Clock()
    queue = open_queue(raising(EngineUnavailable("busy", retry_after=60)), clock=clock)
    job_id = queue.submit(ask(queue))
    queue.run(job_id)
    clock.now -= 7 * 86_400
    queue.run(job_id)
    assert queue.get(job_id).attempt == 2


def test_progress_and_findings_show_within_seconds_and_are_written_at_most_once_a_second(open_queue: Open) -> None:
    revisions: list[object] = []

    def draw(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
        until = time.monotonic() + 2.2
        while time.monotonic() < until:
            work.progress(Stage.FIND, done=3, total=9, note="section")
            work.found(["Look for a room"])
            revisions.append(queue.store.records._read_ledger().revision)
            time.sleep(0.001)
        return draw_at_once(request, load, work)

    queue = open_queue(draw)
    job_id = queue.submit(ask(queue))
    thread = threading.Thread(target=queue.run, args=(job_id,))
    thread.start()
    assert eventually(lambda: queue.get(job_id).done == 3, within=3)
    assert eventually(lambda: queue.findings(job_id) == ("Look for a room",), within=3)
    thread.join()
    assert len(set(map(str, revisions))) <= 4


def test_the_expected_time_comes_from_past_jobs_of_the_same_engine(open_queue: Open) -> None:
    def draw(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
        time.sleep(0.1)
        return draw_at_once(request, load, work)

    queue = open_queue(draw)
    first = queue.submit(ask(queue, "x" * 100, engine="local"))
    assert queue.expected_seconds(first) is None
    queue.run(first)
    double = queue.submit(ask(queue, "y" * 200, engine="local"))
    other = queue.submit(ask(queue, "z" * 200, engine="openai"))
    assert queue.expected_seconds(double) == pytest.approx(2 * queue.get(first).spent)
    assert queue.expected_seconds(other) is None


def test_jobs_come_newest_first_and_in_turn(open_queue: Open) -> None:
    clock, order = Clock(), list[str]()

    def draw(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
        order.append(load(request.uploads[0].sha256).decode())
        return draw_at_once(request, load, work)

    queue = open_queue(draw, workers=1, clock=clock)
    ids = []
    for text in "abc":
        ids.append(queue.submit(ask(queue, text)))
        clock.now += 1
    assert [job.id for job in queue.jobs()] == ids[::-1]
    queue.start()
    for job_id in ids:
        queue.result(job_id, timeout=5)
    assert order == ["a", "b", "c"]


def test_the_request_is_kept_as_it_was(open_queue: Open) -> None:
    queue = open_queue()
    request = ask(queue, engine="local", title="Mine")
    assert queue.request(queue.submit(request)) == request


def test_a_result_is_waited_for_no_longer_than_asked(open_queue: Open) -> None:
    queue = open_queue()
    with pytest.raises(TimeoutError):
        queue.result(queue.submit(ask(queue)), timeout=0.1)


def test_leaving_by_ctrl_c_puts_the_job_back(open_queue: Open) -> None:
    def draw(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
        raise KeyboardInterrupt

    queue = open_queue(draw)
    job_id = queue.submit(ask(queue))
    with pytest.raises(KeyboardInterrupt):
        queue.run(job_id)
    assert (queue.get(job_id).state, queue.get(job_id).attempt) == (JobState.QUEUED, 0)


def test_many_visitors_submit_while_jobs_run(open_queue: Open) -> None:
    queue = open_queue(workers=2)
    queue.start()
    ids: list[str] = []

    def visit(visitor: int) -> None:
        for number in range(10):
            ids.append(queue.submit(ask(queue, f"{visitor}/{number}")))

    visitors = [threading.Thread(target=visit, args=(visitor,)) for visitor in range(6)]
    for thread in visitors:
        thread.start()
    for thread in visitors:
        thread.join()
    assert len(set(ids)) == 60
    for job_id in ids:
        queue.result(job_id, timeout=20)
