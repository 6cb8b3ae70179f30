"""Run one function in a child process that can be killed, whatever native code it is in."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO

from journey import errors
from journey.jobs import children
from journey.jobs.children import Child
from journey.jobs.standby import standby

LOOK = 0.05
"""Seconds between two looks at whether the work must stop."""


def run_apart(function: Callable[[bytes], str], payload: bytes, *, check: Callable[[], None]) -> str:
    """Return what the function returns in a fresh interpreter, or in one that stands by for it and was never used.

    Args:
        function: at module level of an importable module.
        check: raises when the work must stop; the child is then killed.

    Raises:
        JourneyError: the function raised it, with the same class and message.
        WorkCrashed: the child died, or raised anything else.
    """
    child = standby.take(function) or children.start(function)
    try:
        reply = _await(child, payload, check=check)
    finally:
        child.end()
    return _text(reply)


def _await(child: Child, payload: bytes, *, check: Callable[[], None]) -> bytes:
    # `communicate` would send it, but forgets what is left of it when it is called again after a time-out.
    threading.Thread(target=_feed, args=(child.hand_over(), payload), daemon=True).start()
    while True:
        check()
        try:
            return child.process.communicate(timeout=LOOK)[0]
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
