"""A child process that stands by: ready for one call, bounded and killed like any other, and never left behind."""

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

from journey.errors import JobCancelled, WorkCrashed
from journey.jobs.apart import run_apart
from journey.jobs.standby import Standby, standby
from tests.jobs_parts import eventually, hang
from tests.test_jobs_work import is_alive, swell

loaded: list[int] = []


def load() -> None:
    """Get ready in a child process."""
    loaded.append(os.getpid())


def load_for_ever() -> None:
    """Never get ready, as native code that hangs."""
    time.sleep(600)


def where(payload: bytes) -> str:
    """Say which process this is and which one got ready for it."""
    return f"{os.getpid()} {loaded} {payload.decode()}"


def die(payload: bytes) -> str:
    """Crash in native code."""
    os.abort()


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
    return run_apart(function, payload, check=lambda: None)


def test_what_stands_by_serves_one_call_and_ends_with_it() -> None:
    waiting = expected(where)
    assert run(where, b"once") == f"{waiting} [{waiting}] once"
    assert not is_alive(waiting)
    again, ready, said = run(where, b"twice").split()
    assert (ready, said) == ("[]", "twice")
    assert again != str(waiting)


def test_it_waits_for_one_function_only_and_one_child_waits_at_a_time() -> None:
    waiting = expected(where)
    assert expected(where) == waiting
    with pytest.raises(WorkCrashed, match="MemoryError"):
        run(swell)
    assert is_alive(waiting)
    other = expected(hang)
    assert is_alive(other)
    assert not is_alive(waiting)


def test_one_that_died_meanwhile_costs_nobody_a_crash() -> None:
    waiting = expected(where)
    os.kill(waiting, signal.SIGKILL)
    assert eventually(lambda: standby._child is not None and not standby._child.is_alive)
    assert run(where, b"all the same").endswith("[] all the same")


def test_its_memory_and_its_crash_are_those_of_any_child() -> None:
    expected(swell)
    with pytest.raises(WorkCrashed, match="MemoryError"):
        run(swell)
    expected(die)
    with pytest.raises(WorkCrashed, match="memory"):
        run(die)


def test_a_cancel_kills_it_within_a_second(tmp_path: Path) -> None:
    waiting, sign, told = expected(hang), tmp_path / "pid", threading.Event()

    def check() -> None:
        if sign.exists() and sign.read_text() == str(waiting):
            told.set()
            raise JobCancelled

    with pytest.raises(JobCancelled):
        run_apart(hang, str(sign).encode(), check=check)
    assert told.is_set()
    assert not is_alive(waiting)


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
