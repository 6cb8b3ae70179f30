"""What running work may ask of whoever runs it: checkpoints, network calls, progress, and whether to stop."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from pydantic import JsonValue

from journey.model import Attempt

T = TypeVar("T")


class Stage(StrEnum):
    """What a job is doing, in the words shown on screen."""

    READ = "Reading"
    FIND = "Finding steps"
    ASK = "Asking the model"
    CHECK = "Checking every quote"


class Work(Protocol):
    """The running job as its work sees it.

    Every method may raise `errors.Stopped` (cancelled, deadline, closing, lease lost): let it pass.
    """

    def check(self) -> None:
        """Raise if the work must stop. CPU work calls this at least every 0.5 s."""

    def progress(self, stage: Stage, *, done: int = 0, total: int = 0, note: str = "") -> None:
        """Say how far the work is: "section 3 of 9" is done=3, total=9, note="section". Also checks."""

    def found(self, titles: Sequence[str]) -> None:
        """Show findings so far (all of them, in order; the page shows the newest)."""

    def step(self, name: str, compute: Callable[[], JsonValue], *, fingerprint: str) -> JsonValue:
        """Return the checkpoint with this fingerprint, else compute, keep and return a JSON value.

        The fingerprint alone is the key, shared by all jobs; `name` is for people.
        """

    def call(self, request: Callable[[], Coroutine[Any, Any, T]], *, timeout: float | None = None) -> T:
        """Run one coroutine on the shared event loop; a cancel interrupts it within a second.

        Args:
            timeout: wall-clock seconds; the job's remaining running time bounds it in any case.

        Raises:
            TimeoutError: the call took longer than `timeout`.
        """

    def apart(
        self, function: Callable[[bytes], str], payload: bytes, *, prepare: Callable[[], None] | None = None
    ) -> str:
        """Run an importable module-level function in a child process that is killed at cancel or deadline.

        Args:
            prepare: loads there what the function takes; with it, one child serves call after call.
        """

    def load(self, digest: str) -> bytes:
        """Return the bytes kept under a digest, such as the pixels of a source that is an image."""

    def attempts(self) -> tuple[Attempt, ...]:
        """Return every attempt at a paid call that this job has made, over all its runs, in order."""

    def enter(self, attempt: Attempt) -> None:
        """Keep an attempt durably before it returns; one with the same id is replaced. Does not check."""
