"""The Work protocol without jobs: for tests of engines and of the pipeline."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from pydantic import JsonValue

from journey.engines.llm import probe
from journey.model import Attempt
from journey.work import Stage

T = TypeVar("T")


class PlainWork:
    """Runs everything here and now; keeps checkpoints in a dict and remembers what it was told.

    Args:
        is_known: the model's server was tried out before and takes everything; otherwise it is tried out first.
    """

    def __init__(self, *, stop_after: int | None = None, stop: Exception | None = None, is_known: bool = True) -> None:
        self.checkpoints: dict[str, JsonValue] = {}
        self.stages: list[tuple[Stage, int, int, str]] = []
        self.titles: tuple[str, ...] = ()
        self.shown: list[tuple[str, ...]] = []
        """The findings each time they were shown."""
        self.checks = 0
        self.apart_calls = 0
        self.ledger: dict[str, Attempt] = {}
        self.kept: dict[str, bytes] = {}
        self._is_known = is_known
        self._stop_after = stop_after
        self._stop = stop

    def check(self) -> None:
        self.checks += 1
        if self._stop is not None and self.checks > (self._stop_after or 0):
            raise self._stop

    def progress(self, stage: Stage, *, done: int = 0, total: int = 0, note: str = "") -> None:
        self.stages.append((stage, done, total, note))
        self.check()

    def found(self, titles: Sequence[str]) -> None:
        self.titles = tuple(titles)
        self.shown.append(self.titles)

    def step(self, name: str, compute: Callable[[], JsonValue], *, fingerprint: str) -> JsonValue:
        self.check()
        if name == probe.NAME and self._is_known:
            return {}
        if fingerprint not in self.checkpoints:
            self.checkpoints[fingerprint] = compute()
        return self.checkpoints[fingerprint]

    def call(self, request: Callable[[], Coroutine[Any, Any, T]], *, timeout: float | None = None) -> T:
        return asyncio.run(asyncio.wait_for(request(), timeout))

    def apart(
        self, function: Callable[[bytes], str], payload: bytes, *, prepare: Callable[[], None] | None = None
    ) -> str:
        self.apart_calls += 1
        return function(payload)

    def load(self, digest: str) -> bytes:
        return self.kept[digest]

    def attempts(self) -> tuple[Attempt, ...]:
        return tuple(self.ledger.values())

    def enter(self, attempt: Attempt) -> None:
        self.ledger[attempt.id] = attempt
