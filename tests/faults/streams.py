"""A completion as server-sent events, as the common servers write one when they are asked to stream."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

DONE = b"data: [DONE]\n\n"
KEEP_ALIVE = b": still here\n\n"
PIECE = 40
"""Characters of an answer in one event."""


def event(**parts: Any) -> bytes:
    """Return one chunk of a completion as an event."""
    head = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "told-model"}
    return b"data: " + json.dumps(head | parts, ensure_ascii=False).encode() + b"\n\n"


def delta(finish: str | None = None, **parts: Any) -> bytes:
    """Return an event with a piece of the answer."""
    return event(choices=[{"index": 0, "delta": parts, "finish_reason": finish}])


def written(content: str | None, *, piece: int = PIECE) -> list[bytes]:
    """Return the events of an answer that is being written, its end left out."""
    pieces = [content[at : at + piece] for at in range(0, len(content), piece)] if content else []
    return [delta(role="assistant", content=""), *(delta(content=piece) for piece in pieces)]


def ending(finish: str | None, usage: Mapping[str, Any] | None) -> list[bytes]:
    """Return the events that end an answer: the reason, the usage when it is given, the mark."""
    counted = [] if usage is None else [event(choices=[], usage=usage)]
    return [delta(finish), *counted, DONE]


def whole(content: str | None, *, finish: str | None, refusal: str | None, usage: Any) -> list[bytes]:
    """Return all events of an answer."""
    refused = [delta(refusal=refusal)] if refusal else []
    return [*written(content), *refused, *ending(finish, usage)]
