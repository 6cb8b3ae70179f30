"""A journey becomes bytes in one open format each, and back. `FORMATS` is the one list of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from journey.exports.journey_json import read_json, to_json, to_schema
from journey.exports.markdown import to_markdown
from journey.model import Journey

__all__ = ["FORMATS", "Format", "read_json", "to_json", "to_markdown", "to_schema"]


@dataclass(frozen=True)
class Format:
    """One way out: how it is called, and what does not survive it."""

    name: str
    """The word on the command line."""
    label: str
    """The words on a button."""
    suffix: str
    mime: str
    write: Callable[[Journey], str]
    loses: str
    """A sentence to show beside the button."""
    encoding: str = "utf-8"

    def to_bytes(self, journey: Journey) -> bytes:
        """Write a journey as the content of a file in this format."""
        return self.write(journey).encode(self.encoding)


FORMATS = {
    entry.name: entry
    for entry in (
        Format("json", "JSON", ".json", "application/json", to_json, loses="Loses nothing; can be opened here again."),
        Format(
            "markdown",
            "Markdown",
            ".md",
            "text/markdown",
            to_markdown,
            loses="For reading: keeps every claim and quote with speaker and time, and leaves out the transcript.",
        ),
    )
}
"""Every format that a journey can be written in, by name, best first."""
