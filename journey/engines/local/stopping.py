"""How long arithmetic lets itself be stopped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")
EVERY = 100
"""Items between two checks: a few milliseconds of rules each 100."""


class Checking(Protocol):
    """What long arithmetic asks between two parts; `Work` is one."""

    def check(self) -> None:
        """Raise if the work must stop."""


def watched(items: Iterable[T], work: Checking) -> Iterator[T]:
    """Yield items, asking every now and then whether the work must stop."""
    for number, item in enumerate(items):
        if number % EVERY == 0:
            work.check()
        yield item
