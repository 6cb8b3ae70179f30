"""What running work may ask for: checkpoints, calls that can be interrupted, child processes, progress."""

from __future__ import annotations

import asyncio
import os
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from journey.errors import (
    DeadlineExceeded,
    EngineUnavailable,
    JobCancelled,
    LeaseLost,
    ShuttingDown,
    SourceError,
    WorkCrashed,
)
from journey.jobs import apart
from journey.jobs.context import JobWork
from journey.jobs.job import Job
from journey.jobs.store import JobStore
from journey.model import Attempt, AttemptOutcome
from journey.work import Stage
from tests.jobs_parts import a_request, eventually, hang, shout, small_store


@pytest.fixture
def store(tmp_path: Path) -> JobStore:
    return small_store(tmp_path / "home")


def claimed(store: JobStore, *, limit: float = 900.0) -> JobWork:
    """Begin work on a new job."""
    store.records.add(Job(id="7", request="r", created=0), a_request())
    claim = store.records.claim("7", now=time.time(), until=time.time() + 15)
    assert claim is not None
    return JobWork(store, claim[0], claim[1], limit=limit)


class Silent(socketserver.BaseRequestHandler):
    """Take the request and never answer."""

    def handle(self) -> None:
        self.server.leaving.wait(30)  # type: ignore[attr-defined]


class Dripping(socketserver.BaseRequestHandler):
    """Answer a byte every tenth of a second, for ever: no time-out per read ever strikes."""

    def handle(self) -> None:
        try:
            self.request.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while not self.server.leaving.wait(0.1):  # type: ignore[attr-defined]
                self.request.sendall(b".")
        except OSError:
            return


@contextmanager
def serving(handler: type[socketserver.BaseRequestHandler]) -> Iterator[int]:
    """Serve on the loopback interface and yield the port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.leaving = threading.Event()  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_address[1]
        server.leaving.set()  # type: ignore[attr-defined]
        server.shutdown()


async def fetch(port: int) -> bytes:
    """Ask the server and read its answer to the end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        return await reader.read()
    finally:
        writer.close()


@pytest.mark.parametrize("handler", [Silent, Dripping])
def test_a_stop_interrupts_a_blocking_call_at_once(
    store: JobStore, handler: type[socketserver.BaseRequestHandler]
) -> None:
    work = claimed(store)
    stopped_at: list[float] = []

    def stop() -> None:
        stopped_at.append(time.perf_counter())
        work.stop(JobCancelled)

    with serving(handler) as port:
        threading.Timer(0.3, stop).start()
        with pytest.raises(JobCancelled):
            work.call(lambda: fetch(port))
    assert time.perf_counter() - stopped_at[0] < 1


@pytest.mark.parametrize("handler", [Silent, Dripping])
def test_the_running_time_ends_a_blocking_call_exactly(
    store: JobStore, handler: type[socketserver.BaseRequestHandler]
) -> None:
    work = claimed(store, limit=0.5)
    began = time.perf_counter()
    with serving(handler) as port, pytest.raises(DeadlineExceeded):
        work.call(lambda: fetch(port), timeout=60)
    assert 0.4 < time.perf_counter() - began < 1.5


def test_a_calls_own_time_out_is_no_deadline(store: JobStore) -> None:
    with pytest.raises(TimeoutError):
        claimed(store).call(lambda: asyncio.sleep(30), timeout=0.05)


def test_a_call_returns_what_the_coroutine_returns_and_raises_what_it_raises(store: JobStore) -> None:
    work = claimed(store)

    async def refuse() -> None:
        raise EngineUnavailable("busy", retry_after=3)

    assert work.call(lambda: asyncio.sleep(0, "answer")) == "answer"
    with pytest.raises(EngineUnavailable, match="busy") as caught:
        work.call(refuse)
    assert caught.value.retry_after == 3


def test_the_calls_of_all_threads_share_one_loop(store: JobStore) -> None:
    """A client keeps connections that belong to the loop that opened them."""
    work = claimed(store)
    loops: set[int] = set()

    async def note() -> None:
        loops.add(id(asyncio.get_running_loop()))

    threads = [threading.Thread(target=lambda: work.call(note)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loops) == 1


def test_a_coroutine_that_ignores_its_end_does_not_hold_the_job(store: JobStore) -> None:
    work, let_go = claimed(store, limit=0.2), threading.Event()

    async def stubborn() -> None:
        while not let_go.is_set():
            try:
                await asyncio.sleep(0.01)
            except asyncio.CancelledError:
                continue

    began = time.perf_counter()
    with pytest.raises(DeadlineExceeded):
        work.call(stubborn)
    let_go.set()
    assert time.perf_counter() - began < 5


def test_a_call_that_cancels_itself_may_be_tried_again(store: JobStore) -> None:
    async def give_up() -> None:
        raise asyncio.CancelledError

    with pytest.raises(EngineUnavailable):
        claimed(store).call(give_up)


def test_every_question_raises_once_the_work_was_told_to_stop(store: JobStore) -> None:
    work = claimed(store)
    work.stop(LeaseLost)
    work.stop(JobCancelled)  # the first reason stands
    questions: list[Callable[[], object]] = [
        work.check,
        lambda: work.progress(Stage.READ),
        lambda: work.found(["a"]),
        lambda: work.step("s", lambda: 1, fingerprint="f"),
        lambda: work.call(lambda: asyncio.sleep(0)),
        lambda: work.apart(shout, b""),
    ]
    for question in questions:
        with pytest.raises(LeaseLost):
            question()


def test_the_running_time_ends_work_that_computes(store: JobStore) -> None:
    work = claimed(store, limit=0.05)
    time.sleep(0.06)
    with pytest.raises(DeadlineExceeded):
        work.check()


def test_a_finished_step_is_never_computed_again_not_even_for_another_job(store: JobStore) -> None:
    work = claimed(store)
    assert work.step("first", lambda: {"a": [None]}, fingerprint="f") == {"a": [None]}
    store.records.add(Job(id="8", request="s", created=0), a_request())
    assert work.step("second", lambda: pytest.fail("computed"), fingerprint="f") == {"a": [None]}


def test_a_step_that_fails_leaves_no_value_and_was_not_interrupted(store: JobStore) -> None:
    work = claimed(store)
    with pytest.raises(ZeroDivisionError):
        work.step("s", lambda: 1 // 0, fingerprint="f")
    assert work.step("s", lambda: 2, fingerprint="f") == 2
    job = store.records.find("7")
    assert job is not None
    assert job.repeated == 0


def test_a_step_that_is_interrupted_is_counted_when_it_is_begun_again(store: JobStore) -> None:
    """Its answer may be on the way, and paid for."""
    work = claimed(store)

    def interrupted() -> int:
        raise ShuttingDown

    with pytest.raises(ShuttingDown):
        work.step("s", interrupted, fingerprint="f")
    assert work.step("s", lambda: 2, fingerprint="f") == 2
    assert work.step("s", lambda: pytest.fail("computed"), fingerprint="f") == 2
    job = store.records.find("7")
    assert job is not None
    assert job.repeated == 1


def test_a_step_that_ends_after_the_stop_is_kept_because_it_was_paid_for(store: JobStore) -> None:
    work = claimed(store)

    def compute() -> int:
        work.stop(JobCancelled)
        return 5

    assert work.step("s", compute, fingerprint="f") == 5
    found = store.checkpoints.find("f", now=0)
    assert found is not None
    assert found.value == 5


def test_progress_and_findings_are_written_apart_and_only_when_flushed(store: JobStore) -> None:
    work = claimed(store)
    for number in range(1000):
        work.progress(Stage.FIND, done=number, total=1000, note="section")
        work.found([f"step {i}" for i in range(number)])
    before = store.records.find("7")
    work.flush()
    job = store.records.find("7")
    assert before is not None
    assert job is not None
    assert (before.done, job.done, job.total, job.stage, job.note) == (0, 999, 1000, "Finding steps", "section")
    assert len(store.records.findings("7")) == 999
    assert len(job.model_dump_json().encode()) < 2000


def test_a_stale_worker_cannot_report(store: JobStore) -> None:
    work = claimed(store)
    store.records.take_back("7", store.records.leases()["7"], now=1.0)
    work.progress(Stage.FIND)
    with pytest.raises(LeaseLost):
        work.flush()
    work.found(["late"])
    with pytest.raises(LeaseLost):
        work.flush()
    assert store.records.findings("7") == ()


def test_attempts_at_paid_calls_are_kept_over_runs_and_through_threads(store: JobStore) -> None:
    work = claimed(store)
    entered = [Attempt(id=str(number), name="section", at=0, charged=5) for number in range(20)]
    threads = [threading.Thread(target=work.enter, args=(attempt,)) for attempt in entered]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work.enter(entered[3].model_copy(update={"outcome": AttemptOutcome.ANSWERED}))
    known = {attempt.id: attempt.outcome for attempt in store.records.attempts("7")}
    assert len(known) == 20
    assert known["3"] is AttemptOutcome.ANSWERED
    store.records.take_back("7", store.records.leases()["7"], now=1.0)
    claim = store.records.claim("7", now=2.0, until=9e9)
    assert claim is not None
    assert len(JobWork(store, *claim, limit=9).attempts()) == 20
    with pytest.raises(LeaseLost):
        work.enter(entered[0])


def sleepy_shout(payload: bytes) -> str:
    """Be slower than the parent's patience between two looks, once all was read."""
    time.sleep(0.3)
    return payload.decode().upper()


def die(payload: bytes) -> str:
    """Crash as native code does."""
    os.abort()


def refuse(payload: bytes) -> str:
    """Refuse the input."""
    raise SourceError("This picture is too large: make it smaller.")


def fail(payload: bytes) -> str:
    """Have a bug."""
    raise ValueError(payload.decode())


def chatter(payload: bytes) -> str:
    """Print while working, as libraries do."""
    print("noise")  # noqa: T201
    os.system("echo more noise")
    return "the answer"


def swell(payload: bytes) -> str:
    """Take more memory than there is."""
    return str(len(bytearray(2**40)))


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_work_apart_returns_text_whatever_is_printed(store: JobStore) -> None:
    work = claimed(store)
    assert work.apart(shout, "é".encode() * 100_000) == "É" * 100_000
    assert work.apart(chatter, b"") == "the answer"


def test_a_payload_that_no_pipe_holds_reaches_a_child_that_is_slow_to_read(store: JobStore) -> None:
    text = "é" * 2_000_000
    assert claimed(store).apart(sleepy_shout, text.encode()) == text.upper()


def test_work_apart_that_dies_or_fails_says_so_without_taking_the_worker_with_it(store: JobStore) -> None:
    work = claimed(store)
    with pytest.raises(WorkCrashed, match="memory"):
        work.apart(die, b"")
    with pytest.raises(WorkCrashed, match=r"failed \(ValueError\)") as caught:
        work.apart(fail, b"words of a transcript")
    assert "transcript" not in str(caught.value)
    with pytest.raises(WorkCrashed, match="MemoryError"):
        work.apart(swell, b"")
    with pytest.raises(SourceError, match="make it smaller"):
        work.apart(refuse, b"")


def test_work_apart_is_killed_when_the_job_is_told_to_stop(store: JobStore, tmp_path: Path) -> None:
    work, sign = claimed(store), tmp_path / "pid"
    stopping: list[float] = []

    def stop() -> None:
        eventually(lambda: sign.exists() and sign.read_text() != "")
        stopping.append(time.perf_counter())
        work.stop(JobCancelled)

    threading.Thread(target=stop).start()
    with pytest.raises(JobCancelled):
        work.apart(hang, str(sign).encode())
    assert time.perf_counter() - stopping[0] < 1
    assert not is_alive(int(sign.read_text()))


def test_work_apart_is_killed_at_the_deadline(store: JobStore, tmp_path: Path) -> None:
    with pytest.raises(DeadlineExceeded):
        claimed(store, limit=0.5).apart(hang, str(tmp_path / "pid").encode())


def test_what_a_child_cannot_import_is_refused() -> None:
    with pytest.raises(ValueError, match="top of a module"):
        apart.run_apart(lambda payload: "", b"", check=lambda: None)


def answered_but_not_kept(store: JobStore, *, finish: str) -> Attempt:
    """Enter an answered attempt within a step that ends in a way of its own, and return it as the next run sees it."""
    work = claimed(store)
    attempt = Attempt(id="a", name="section", at=0, outcome=AttemptOutcome.ANSWERED, charged=9)

    def compute() -> int:
        work.enter(attempt)
        if finish == "kill":
            raise KeyboardInterrupt
        return 1 if finish == "keep" else 1 // 0

    with suppress(ZeroDivisionError, KeyboardInterrupt):
        work.step("section", compute, fingerprint="f")
    job = store.records.find("7")
    assert job is not None
    (seen,) = JobWork(store, job, work.token, limit=9).attempts()
    assert seen.step == "f"
    return seen


@pytest.mark.parametrize(
    ("finish", "outcome"),
    [("keep", AttemptOutcome.ANSWERED), ("fail", AttemptOutcome.ANSWERED), ("kill", AttemptOutcome.LOST)],
)
def test_an_answer_that_came_but_was_not_kept_is_known_as_lost(
    store: JobStore, finish: str, outcome: AttemptOutcome
) -> None:
    assert answered_but_not_kept(store, finish=finish).outcome is outcome
