"""Finished parts of the work, kept by fingerprint and shared by all jobs: what was computed once is not paid again."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import JsonValue

from journey.jobs.disk import Table

DAY = 86_400.0


@dataclass(frozen=True)
class Checkpoint:
    """A value that was computed before."""

    value: JsonValue


class Checkpoints:
    """The rows `state/FINGERPRINT` (name, state, time of last use) and `value/FINGERPRINT`.

    The state is written before the work begins, so that after a crash it shows what may have been paid for already.
    """

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, fingerprint: str, *, now: float) -> Checkpoint | None:
        """Return the finished checkpoint, or None, and note that it was used."""
        state = self._table.get(f"state/{fingerprint}")
        if not isinstance(state, dict) or state["state"] != "done":
            return None
        if now - _moment(state["at"]) > DAY:  # once a day is enough to know what is still wanted
            self._table.set(f"state/{fingerprint}", {**state, "at": now})
        return Checkpoint(self._table.get(f"value/{fingerprint}"))

    def peek(self, fingerprint: str) -> JsonValue:
        """Return a finished value, or None; looking is no use of it."""
        state = self._table.get(f"state/{fingerprint}")
        return self._table.get(f"value/{fingerprint}") if isinstance(state, dict) and state["state"] == "done" else None

    def is_open(self, fingerprint: str) -> bool:
        """Whether its work was begun and has not ended, neither well nor badly."""
        state = self._table.get(f"state/{fingerprint}")
        return isinstance(state, dict) and state["state"] == "started"

    def begin(self, fingerprint: str, *, name: str, now: float) -> bool:
        """Note that the work begins, unless it has ended well; True when it was begun before and did not end."""

        def change() -> bool:
            state = self._table.get(f"state/{fingerprint}")
            before = state["state"] if isinstance(state, dict) else ""
            if before != "done":  # another job may have been faster
                self._table.set(f"state/{fingerprint}", {"name": name, "state": "started", "at": now})
            return before == "started"

        return self._table.transact(change)

    def fail(self, fingerprint: str, *, name: str, now: float) -> None:
        """Note that the work ended without a value."""
        self._table.set(f"state/{fingerprint}", {"name": name, "state": "failed", "at": now})

    def finish(self, fingerprint: str, value: JsonValue, *, name: str, now: float) -> None:
        """Keep the value durably."""

        def change() -> None:
            self._table.set(f"value/{fingerprint}", value)
            self._table.set(f"state/{fingerprint}", {"name": name, "state": "done", "at": now})

        self._table.transact(change)

    def purge(self, *, before: float) -> int:
        """Remove what was last used before a moment, and return how many.

        No job refers to a checkpoint: the same fingerprint may be wanted by a job that does not exist yet. So they
        are kept by age, not by reference.
        """
        states = (key for key in list(self._table) if key.startswith("state/"))
        return sum(self._remove(key.removeprefix("state/"), before=before) for key in states)

    def _remove(self, fingerprint: str, *, before: float) -> bool:
        def change() -> bool:
            state = self._table.get(f"state/{fingerprint}")
            if not isinstance(state, dict) or _moment(state["at"]) >= before:
                return False
            self._table.delete(f"state/{fingerprint}")
            self._table.delete(f"value/{fingerprint}")
            return True

        return self._table.transact(change)


def _moment(value: JsonValue) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
