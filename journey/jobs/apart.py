"""Run one function in a child process that can be killed, whatever native code it is in."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from journey import errors
from journey.jobs import children
from journey.jobs.children import Child
from journey.jobs.standby import standby

log = logging.getLogger(__name__)


def run_apart(
    function: Callable[[bytes], str],
    payload: bytes,
    *,
    check: Callable[[], None],
    prepare: Callable[[], None] | None = None,
) -> str:
    """Return what the function returns in a fresh interpreter, or in one that stands by for it.

    Args:
        function: at module level of an importable module.
        check: raises when the work must stop; the child is then killed.
        prepare: loads what the function takes, as in `Standby.expect`. With it a child that stands by is used, and one
            stands by afterwards; it is for a function that trusts its payloads, since several share an interpreter.

    Raises:
        JourneyError: the function raised it, with the same class and message.
        WorkCrashed: the child died, or raised anything else.
    """
    if prepare is None:
        with _started(function) as child:
            return _text(child.ask(payload, check=check))
    try:
        with standby.lent(function, prepare=prepare) as child:
            return _text(child.ask(payload, check=check))
    except errors.WorkCrashed:
        if child.asked == 1:
            raise
    log.warning("a child process died in call %d: once more in a new one, for earlier calls may be why", child.asked)
    return run_apart(function, payload, check=check, prepare=prepare)


@contextmanager
def _started(function: Callable[[bytes], str]) -> Iterator[Child]:
    child = children.start(function)
    try:
        yield child
    finally:
        child.end()


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
