"""Running work of an engine that sees redacted sources: what it shows the user meanwhile are the words really said."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import JsonValue

from journey.model import Attempt
from journey.redaction.redacting import Redaction
from journey.work import Stage, Work

T = TypeVar("T")


@dataclass(frozen=True)
class RestoringWork:
    """Passes all on to the job's own work, its findings with every pseudonym put back."""

    work: Work
    redaction: Redaction

    def found(self, titles: Sequence[str]) -> None:
        """Show findings so far, in the words of the originals."""
        self.work.found([self.redaction.restored_text(title) for title in titles])

    def check(self) -> None:
        """Raise if the work must stop."""
        self.work.check()

    def progress(self, stage: Stage, *, done: int = 0, total: int = 0, note: str = "") -> None:
        """Say how far the work is."""
        self.work.progress(stage, done=done, total=total, note=note)

    def step(self, name: str, compute: Callable[[], JsonValue], *, fingerprint: str) -> JsonValue:
        """Return the checkpoint with this fingerprint, which is of what the engine sees, else compute and keep it."""
        return self.work.step(name, compute, fingerprint=fingerprint)

    def call(self, request: Callable[[], Coroutine[Any, Any, T]], *, timeout: float | None = None) -> T:
        """Run one coroutine on the shared event loop."""
        return self.work.call(request, timeout=timeout)

    def apart(
        self, function: Callable[[bytes], str], payload: bytes, *, prepare: Callable[[], None] | None = None
    ) -> str:
        """Run a function in a child process."""
        return self.work.apart(function, payload, prepare=prepare)

    def load(self, digest: str) -> bytes:
        """Return the bytes kept under a digest."""
        return self.work.load(digest)

    def attempts(self) -> tuple[Attempt, ...]:
        """Return every attempt at a paid call."""
        return self.work.attempts()

    def enter(self, attempt: Attempt) -> None:
        """Keep an attempt durably."""
        self.work.enter(attempt)
