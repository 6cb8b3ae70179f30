"""Child processes that serve one function: started with a lifeline, ended with all that they started themselves."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]

LOOK = 0.05
"""Seconds between two looks at whether the work must stop."""
_PIECE = 65_536
"""Bytes written to or read from a pipe at once."""


@dataclass(slots=True, eq=False)
class Child:
    """A process that is sent payloads, answers each, and ends itself when this process is gone.

    Attributes:
        process: leader of its own group.
        held: our end of its lifeline, a pipe that breaks when this process is killed.
        asked: how many payloads it was sent.
    """

    process: subprocess.Popen[bytes]
    held: int
    asked: int = 0

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self.process.poll() is None

    def ask(self, payload: bytes, *, check: Callable[[], None]) -> bytes:
        """Send it a payload and return the line it answers; nothing, or half a line, when it dies meanwhile.

        Args:
            check: raises when the work must stop; the child is then the caller's to end.
        """
        self.asked += 1
        to, of = _both(self.process)
        left, answer = memoryview(len(payload).to_bytes(8) + payload), bytearray()
        with selectors.DefaultSelector() as pipes:
            pipes.register(to, selectors.EVENT_WRITE)
            pipes.register(of, selectors.EVENT_READ)
            while not answer.endswith(b"\n"):
                check()
                for pipe, _ in pipes.select(LOOK):
                    if pipe.fileobj is to:
                        left = _written(to, left)
                        if not left:
                            pipes.unregister(to)
                    elif part := os.read(of.fileno(), _PIECE):
                        answer += part
                    else:
                        return bytes(answer)
        return bytes(answer)

    def end(self) -> None:
        """Kill it unless it has ended, and whatever it started; its pid is its own until it has been waited for."""
        if self.process.returncode is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        with self.process:  # waits, and closes the pipes
            os.close(self.held)


def start(function: Callable[[bytes], str], *, prepare: Callable[[], None] | None = None) -> Child:
    """Start a child process for calls of a function.

    It is named, not pickled, and this process's main module is not run again there: under Streamlit that is a page.

    Args:
        prepare: is called there before a payload is read.
    """
    names = [_name(each) for each in (function, prepare) if each is not None]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    lifeline, held = os.pipe()
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "journey.jobs.child", str(lifeline), *names],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            pass_fds=[lifeline],
            start_new_session=True,  # what the function starts in its turn is killed with it
        )
    except OSError:
        os.close(held)
        raise
    finally:
        os.close(lifeline)
    os.set_blocking(_both(process)[0].fileno(), False)  # a child that does not read must not hold up a cancel
    return Child(process, held)


def _both(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    """Return the pipe to a process and the pipe from it."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("a child process is started with both pipes")
    return process.stdin, process.stdout


def _written(pipe: IO[bytes], left: memoryview) -> memoryview:
    """Write as much as the pipe takes and return the rest; none is left for a process that no longer reads."""
    try:
        return left[os.write(pipe.fileno(), left[:_PIECE]) :]
    except BrokenPipeError:  # it may have answered before it ended
        return left[:0]


def _name(function: Callable[..., object]) -> str:
    name = f"{function.__module__}:{function.__qualname__}"
    if function.__module__ == "__main__" or "<" in name:
        raise ValueError(f"{name} cannot be imported by a child process: move it to the top of a module")
    return name
