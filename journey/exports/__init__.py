"""A journey becomes bytes in one open format each, and back. `FORMATS` is the one list of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from journey.exports.html_page import to_html
from journey.exports.journey_csv import to_csv, to_csv_matrix
from journey.exports.journey_json import read_json, to_json, to_schema
from journey.exports.markdown import to_markdown
from journey.exports.mermaid import to_flowchart, to_mermaid
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
        Format(
            "html",
            "Web page",
            ".html",
            "text/html",
            to_html,
            loses="For reading: the map and its transcript in one file; leaves out expectations and the run's figures.",
        ),
        Format(
            "csv",
            "CSV, a row per quote",
            ".csv",
            "text/csv",
            to_csv,
            loses="Keeps every claim and quote; leaves out actor, scenario, goals, links and the transcript.",
            encoding="utf-8-sig",
        ),
        Format(
            "csv-matrix",
            "CSV, lanes by steps",
            ".csv",
            "text/csv",
            to_csv_matrix,
            loses="Keeps the words of every lane; which quote supports which claim is lost, links and goals too.",
            encoding="utf-8-sig",
        ),
        Format(
            "mermaid",
            "Mermaid journey",
            ".mmd",
            "text/vnd.mermaid",
            to_mermaid,
            loses="Keeps phases, steps, who acts, and scores rounded to 1-5 (3 where no feeling was voiced); "
            "no quotes or lanes; a phase without steps is not drawn, nor a text of over 50,000 characters.",
        ),
        Format(
            "flowchart",
            "Mermaid flowchart",
            ".mmd",
            "text/vnd.mermaid",
            to_flowchart,
            loses="Keeps phases, steps and links, no lanes, feelings or quotes; "
            "over 50,000 characters or 500 links, Mermaid does not draw it.",
        ),
    )
}
"""Every format that a journey can be written in, by name; of several with one ending, the first is meant by it."""
