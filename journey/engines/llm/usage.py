"""What became of a question on its way to a server, known even when no answer came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_FREE = frozenset({429, 503})
"""Statuses besides 4xx of a server that did nothing; any other fault may have come after the work."""
_MAYBE_WORKED = frozenset({408, 409})


@dataclass(frozen=True)
class Usage:
    """Tokens that a server says it took."""

    sent: int
    received: int
    cached: int = 0
    """Of those sent, the ones it had kept from before."""


@dataclass
class Sending:
    """One question on its way: the client writes here what the bill must know."""

    requests: int = 0
    """Requests made, ones that the server had corrected included."""
    may_cost: bool = False
    """Whether the server may charge for the last request."""
    usage: Usage | None = None


def read_usage(told: object) -> Usage | None:
    """Read the usage of a completion; None when it is missing or cannot be a count.

    >>> read_usage({"prompt_tokens": 900, "completion_tokens": 20})
    Usage(sent=900, received=20, cached=0)
    >>> read_usage({"prompt_tokens": -900, "completion_tokens": 20}), read_usage({"prompt_tokens": True}), read_usage(3)
    (None, None, None)
    """
    if not isinstance(told, Mapping):
        return None
    sent, received = _count(told.get("prompt_tokens")), _count(told.get("completion_tokens"))
    if not sent or not received:
        return None
    details = told.get("prompt_tokens_details")
    cached = _count(details.get("cached_tokens")) if isinstance(details, Mapping) else 0
    return Usage(sent, received, cached if cached <= sent else 0)


def is_free(status: int) -> bool:
    """Tell whether a server that answers with this status has done no work.

    >>> is_free(401), is_free(429), is_free(503), is_free(500), is_free(408)
    (True, True, True, False, False)
    """
    return status in _FREE or (300 <= status < 500 and status not in _MAYBE_WORKED)


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
