"""The edit that brings back a version which the user named."""

from __future__ import annotations

from typing import Literal

from journey.edits.places import short
from journey.edits.putting_back import PutBack, difference
from journey.model import Journey, Record


class Restore(Record):
    """Put the map back as it was in a named version; what was done since stays in the history."""

    kind: Literal["restore"] = "restore"
    name: str
    back: PutBack

    @classmethod
    def to(cls, then: Journey, *, now: Journey, name: str) -> Restore:
        """Return the edit that leads from the map as it is now to a version of it."""
        return cls(name=name, back=difference(now, then))

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey as it was then."""
        return self.back.apply_to(journey)

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        return f"Went back to {short(self.name)}"
