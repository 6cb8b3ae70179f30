"""Child processes that run one function: started with a lifeline, ended with all that they started themselves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]


@dataclass(slots=True, eq=False)
class Child:
    """A process that reads its payload from stdin, answers on stdout, and ends itself when this process is gone.

    Attributes:
        process: leader of its own group.
        held: our end of its lifeline, a pipe that breaks when this process is killed.
    """

    process: subprocess.Popen[bytes]
    held: int

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self.process.poll() is None

    def hand_over(self) -> IO[bytes]:
        """Return the pipe for its payload, which is the caller's to close from now on."""
        pipe = self.process.stdin
        if pipe is None:
            raise ValueError("a child process takes one payload")
        self.process.stdin = None
        return pipe

    def end(self) -> None:
        """Kill it unless it has ended, and whatever it started; its pid is its own until it has been waited for."""
        if self.process.returncode is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        with self.process:  # waits, and closes the pipes
            os.close(self.held)


def start(function: Callable[[bytes], str], *, prepare: Callable[[], None] | None = None) -> Child:
    """Start a child process for one call of a function.

    It is named, not pickled, and this process's main module is not run again there: under Streamlit that is a page.

    Args:
        prepare: is called there before the payload is read.
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
    return Child(process, held)


def _name(function: Callable[..., object]) -> str:
    name = f"{function.__module__}:{function.__qualname__}"
    if function.__module__ == "__main__" or "<" in name:
        raise ValueError(f"{name} cannot be imported by a child process: move it to the top of a module")
    return name
