"""What a child process runs: get ready, then for every payload call one function and write its text.

Nothing else is imported. A payload is preceded by its length in eight bytes, an answer is a line of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import Any

MEMORY = 4 * 2**30
"""Bytes of address space: a hostile picture ends this process, not the machine."""


def main(lifeline: int, name: str, prepare: str = "") -> None:
    """Call the function `module:qualname` with each payload on stdin and answer in JSON on stdout.

    Args:
        lifeline: a pipe that breaks when the parent is gone.
        prepare: names a function to call first, while the first payload may be still to come.
    """
    answers = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not mix with the answer
    threading.Thread(target=_leave_with_parent, args=(lifeline,), daemon=True).start()
    _bound_memory()
    with os.fdopen(answers, "wb") as out:
        for answer in _answers(name, prepare):
            out.write(json.dumps(answer).encode() + b"\n")
            out.flush()


def _answers(name: str, prepare: str) -> Iterator[dict[str, str]]:
    try:
        if prepare:
            _named(prepare)()
        function = _named(name)
    except Exception as exc:
        yield _told(exc)
        return
    yield from map(partial(_answer, function), iter(_payload, None))


def _payload() -> bytes | None:
    """Return the next payload; None when no more will come."""
    length = sys.stdin.buffer.read(8)
    return sys.stdin.buffer.read(int.from_bytes(length)) if length else None


def _answer(function: Callable[[bytes], str], payload: bytes) -> dict[str, str]:
    try:
        return {"text": function(payload)}
    except Exception as exc:
        return _told(exc)


def _told(exc: Exception) -> dict[str, str]:
    """Describe an error by its class and message, which are raised again in the parent."""
    return {"error": type(exc).__name__, "message": str(exc)}


def _named(name: str) -> Callable[..., Any]:
    module, _, attribute = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), attribute)
    return found


def _leave_with_parent(lifeline: int) -> None:
    os.read(lifeline, 1)  # returns when the last holder of the other end is gone
    os._exit(1)


def _bound_memory() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or most > MEMORY:
        with suppress(ValueError):  # macOS has the limit by name only
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
