"""What a command says: its result on standard output as bytes, remarks on standard error in one line each."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pydantic import JsonValue

from journey.errors import OutputError

_BREAKS = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    r"""Return text on one line without what a terminal would obey.

    >>> plain("a\x1b[31mb\nc")
    'a�[31mb c'
    """
    return _CONTROL.sub("\ufffd", _BREAKS.sub(" ", text))


def remark(text: str) -> None:
    """Say one line on standard error."""
    if sys.stderr is not None:
        with suppress(OSError):  # nobody listens: the exit status still speaks
            sys.stderr.write(f"journey: {plain(text)}\n")
            sys.stderr.flush()


def write_line(text: str) -> None:
    """Write one line of the result."""
    write(f"{plain(text)}\n".encode(errors="replace"))


def write_json(value: JsonValue) -> None:
    """Write a value as indented JSON, safe for any terminal."""
    write(json.dumps(value, indent=2).encode() + b"\n")


def write(content: bytes) -> None:
    """Write a part of the result.

    Raises:
        OutputError: standard output is closed or full.
        BrokenPipeError: its reader has gone.
    """
    require_output()
    with _border():
        sys.stdout.buffer.write(content)


def require_output() -> None:
    """Raise unless there is a standard output.

    Raises:
        OutputError: it is closed.
    """
    if sys.stdout is None:
        raise OutputError("Standard output is closed: name a file with --output.")


def flush() -> None:
    """Make sure that the result has left, while an error can still be told.

    Raises:
        OutputError: standard output is full.
        BrokenPipeError: its reader has gone.
    """
    if sys.stdout is not None:
        with _border():
            sys.stdout.flush()


@contextmanager
def _border() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as exc:
        abandon_output()
        raise OutputError(f"Standard output cannot be written: {exc.strerror}.") from exc


def abandon_output() -> None:
    """Drop what is still buffered: Python would complain about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
