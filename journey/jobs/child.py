"""What a child process runs: get ready, read bytes, call one function, write its text. Nothing else is imported."""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

MEMORY = 4 * 2**30
"""Bytes of address space: a hostile picture ends this process, not the machine."""


def main(lifeline: int, name: str, prepare: str = "") -> None:
    """Call the function `module:qualname` with the bytes of stdin and answer in JSON on stdout.

    Args:
        lifeline: a pipe that breaks when the parent is gone.
        prepare: names a function to call first, while the bytes may be still to come.
    """
    answers = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not mix with the answer
    threading.Thread(target=_leave_with_parent, args=(lifeline,), daemon=True).start()
    _bound_memory()
    answer = _answer(name, prepare)
    with os.fdopen(answers, "wb") as out:
        out.write(json.dumps(answer).encode())


def _answer(name: str, prepare: str) -> dict[str, str]:
    try:
        if prepare:
            _named(prepare)()
        function = _named(name)
        return {"text": function(sys.stdin.buffer.read())}
    except Exception as exc:  # its class and message are raised again in the parent
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
