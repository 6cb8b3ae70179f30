"""What was found out about a server by an earlier job of the month, so that it is not tried out again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from journey.engines.llm import probe
from journey.engines.llm.limits import DEFAULT_URL
from journey.settings import Settings


@dataclass(frozen=True)
class Known:
    """What there is still to find out, and what there is not."""

    takes: bool = False
    """Whether it is known what the server takes."""
    sees: bool | None = None
    """Whether the model sees pictures; None while nobody has tried."""


def known_about(settings: Settings, find: Callable[[str], JsonValue]) -> Known:
    """Return what is known about the server and the model of the settings.

    Args:
        find: returns what was kept under a fingerprint, or None.
    """
    url = settings.base_url or DEFAULT_URL
    takes, sees = (find(fingerprint(what, url=url, model=settings.model)) for what in ("requests", "pictures"))
    return Known(takes=takes is not None, sees=sees if isinstance(sees, bool) else None)


def fingerprint(what: Literal["requests", "pictures"], *, url: str, model: str) -> str:
    """Return the fingerprint of what a server was found to be able to do: it may learn more, so not for ever."""
    month = time.strftime("%Y-%m", time.gmtime())
    return hashlib.sha256(f"{what} {probe.VERSION} {url} {model} {month}".encode()).hexdigest()
