"""Run one function in a child process that can be killed, whatever native code it is in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from journey import errors

ROOT = Path(__file__).parents[2]
LOOK = 0.05
"""Seconds between two looks at whether the work must stop."""


def run_apart(function: Callable[[bytes], str], payload: bytes, *, check: Callable[[], None]) -> str:
    """Return what the function returns in a fresh interpreter.

    It is named, not pickled, and the parent's main module is not run again there: under Streamlit that is a page.

    Args:
        function: at module level of an importable module.
        check: raises when the work must stop; the child is then killed.

    Raises:
        JourneyError: the function raised it, with the same class and message.
        WorkCrashed: the child died, or raised anything else.
    """
    name = f"{function.__module__}:{function.__qualname__}"
    if function.__module__ == "__main__" or "<" in name:
        raise ValueError(f"{name} cannot be imported by a child process: move it to the top of a module")
    lifeline, held = os.pipe()
    try:
        with _child(name, lifeline) as child:
            try:
                reply = _await(child, payload, check=check)
            finally:  # its pid is its own until it has been waited for
                if child.returncode is None:
                    os.killpg(child.pid, signal.SIGKILL)
    finally:
        os.close(held)
        os.close(lifeline)
    return _text(reply)


def _child(name: str, lifeline: int) -> subprocess.Popen[bytes]:
    """Start the child; it ends itself when the lifeline breaks because this process was killed."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "journey.jobs.child", name, str(lifeline)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        pass_fds=[lifeline],
        start_new_session=True,  # what the function starts in its turn is killed with it
    )


def _await(child: subprocess.Popen[bytes], payload: bytes, *, check: Callable[[], None]) -> bytes:
    # `communicate` would send it, but forgets what is left of it when it is called again after a time-out.
    threading.Thread(target=_feed, args=(child.stdin, payload), daemon=True).start()
    child.stdin = None
    while True:
        check()
        try:
            return child.communicate(timeout=LOOK)[0]
        except subprocess.TimeoutExpired:
            continue


def _feed(pipe: IO[bytes], payload: bytes) -> None:
    with suppress(BrokenPipeError), pipe:  # broken when the child died or was killed
        pipe.write(payload)


def _text(reply: bytes) -> str:
    try:
        answer = json.loads(reply)
    except ValueError:
        raise errors.WorkCrashed from None
    if "text" in answer:
        return str(answer["text"])
    kind = getattr(errors, answer["error"], None)
    if isinstance(kind, type) and issubclass(kind, errors.JourneyError):
        raise kind(answer["message"])
    raise errors.WorkCrashed(f"A part of the work failed ({answer['error']}).")
