"""A child process that stands by: ready for call after call, bounded, killed like any other, never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from journey.errors import JobCancelled, ShuttingDown, WorkCrashed
from journey.jobs import standby as standby_module
from journey.jobs.apart import run_apart
from journey.jobs.standby import Standby, standby
from tests.jobs_parts import eventually, hang
from tests.test_jobs_work import is_alive, swell

loaded: list[int] = []
calls: list[bytes] = []


def load() -> None:
    """Get ready in a child process."""
    loaded.append(os.getpid())


def load_for_ever() -> None:
    """Never get ready, as native code that hangs."""
    time.sleep(600)


def read_a_little() -> None:
    """Begin to take what is sent, then hang."""
    os.read(0, 8192)
    time.sleep(600)


def where(payload: bytes) -> str:
    """Say which process this is and which one got ready for it."""
    return f"{os.getpid()} {loaded} {payload.decode()}"


def die(payload: bytes) -> str:
    """Crash in native code."""
    os.abort()


def wear_out(payload: bytes) -> str:
    """Crash in any call but the first."""
    calls.append(payload)
    return where(payload) if len(calls) == 1 else die(payload)


@pytest.fixture(autouse=True)
def nobody_left() -> Iterator[None]:
    standby.dismiss()
    yield
    standby.dismiss()


def expected(function: Callable[[bytes], str], *, idle: float = 60) -> int:
    """Have a child stand by and return its process id."""
    standby.expect(function, prepare=load, idle=idle)
    assert standby._child
    return standby._child.process.pid


def run(function: Callable[[bytes], str], payload: bytes = b"") -> str:
    return run_apart(function, payload, check=lambda: None, prepare=load)


def test_what_stands_by_serves_call_after_call() -> None:
    waiting = expected(where)
    assert run(where, b"once") == f"{waiting} [{waiting}] once"
    assert run(where, b"twice") == f"{waiting} [{waiting}] twice"


def test_where_none_stands_by_the_first_call_starts_one_for_those_after_it() -> None:
    served = run(where, b"first").split()[0]
    assert run(where, b"second") == f"{served} [{served}] second"


def test_only_calls_that_say_so_share_a_process() -> None:
    """Decoders see bytes from outside: what one file did to its process must not reach the next."""
    waiting = expected(where)
    first, second = (run_apart(where, b"x", check=lambda: None).split()[0] for _ in range(2))
    assert len({first, second, str(waiting)}) == 3
    assert not is_alive(int(first))
    assert is_alive(waiting)


def test_one_that_has_served_many_calls_gives_way_to_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standby_module, "MOST", 2)
    served = [run(where).split()[0] for _ in range(4)]
    assert served[0] == served[1] != served[2] == served[3]
    assert not is_alive(int(served[0]))


def test_what_earlier_calls_did_to_a_process_fails_no_later_one() -> None:
    first, second = run(wear_out, b"a").split(), run(wear_out, b"b").split()
    assert second[1:] == [f"[{second[0]}]", "b"]
    assert first[0] != second[0]


def test_after_a_call_it_waits_for_a_short_while_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standby_module, "AGAIN", 0.1)
    served = int(run(where).split()[0])
    assert eventually(lambda: not is_alive(served))


def test_it_waits_for_one_function_only_and_one_child_waits_at_a_time() -> None:
    waiting = expected(where)
    assert expected(where) == waiting
    with pytest.raises(WorkCrashed, match="MemoryError"):
        run_apart(swell, b"", check=lambda: None)
    assert is_alive(waiting)
    other = expected(hang)
    assert is_alive(other)
    assert not is_alive(waiting)


def test_one_that_died_meanwhile_costs_nobody_a_crash() -> None:
    waiting = expected(where)
    os.kill(waiting, signal.SIGKILL)
    assert eventually(lambda: standby._child is not None and not standby._child.is_alive)
    served, _, said = run(where, b"served").split()
    assert served != str(waiting)
    assert said == "served"


def test_its_memory_and_its_crash_are_those_of_any_child_and_a_new_one_stands_by() -> None:
    for function, told in ((swell, "MemoryError"), (die, "memory")):
        waiting = expected(function)
        with pytest.raises(WorkCrashed, match=told):
            run(function)
        assert not is_alive(waiting)
        assert standby._child
        assert standby._child.is_alive


def test_a_cancel_kills_it_within_a_second(tmp_path: Path) -> None:
    waiting, sign, told = expected(hang), tmp_path / "pid", threading.Event()

    def check() -> None:
        if sign.exists() and sign.read_text() == str(waiting):
            told.set()
            raise JobCancelled

    with pytest.raises(JobCancelled):
        run_apart(hang, str(sign).encode(), check=check, prepare=load)
    assert told.is_set()
    assert not is_alive(waiting)
    retried = standby.take(hang)
    assert retried
    retried.end()


def test_one_that_stops_reading_what_it_is_sent_holds_up_no_cancel() -> None:
    def check() -> None:
        if time.monotonic() > began + 0.6:
            raise ShuttingDown

    began = time.monotonic()
    with pytest.raises(ShuttingDown):
        run_apart(where, bytes(10**6), check=check, prepare=read_a_little)
    assert time.monotonic() < began + 5
    assert standby.take(where) is None  # a program that closes starts nothing


def test_one_that_nobody_calls_ends_unless_it_is_expected_anew() -> None:
    waiting = expected(where, idle=0.4)
    time.sleep(0.25)
    assert expected(where, idle=0.4) == waiting
    time.sleep(0.25)
    assert is_alive(waiting)
    assert eventually(lambda: not is_alive(waiting))
    assert standby.take(where) is None


def test_a_caller_and_the_alarm_never_get_the_same_child() -> None:
    """Taken at the very moment at which it is to end, a child is either the caller's and alive, or not given out."""
    for _ in range(5):
        own = Standby()
        own.expect(where, prepare=load, idle=0.05)
        time.sleep(0.0495)
        child = own.take(where)
        if child is not None:
            time.sleep(0.02)
            assert child.is_alive
            child.end()


PARENT = """
import sys, time
from journey.jobs.standby import standby
from tests import test_jobs_standby as parts
standby.expect(parts.where, prepare=getattr(parts, sys.argv[1]))
print(standby._child.process.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("prepare", ["load", "load_for_ever"])
def test_it_ends_when_its_parent_is_killed(prepare: str) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT, prepare], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        waiting = int(parent.stdout.readline())
        time.sleep(0.5)
        assert is_alive(waiting)
        parent.kill()
        assert eventually(lambda: not is_alive(waiting))
