"""A journey becomes bytes in one open format each, and back. `FORMATS` is the one list of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from journey.exports.cjml import to_cjml
from journey.exports.html_page import to_html
from journey.exports.illustrations import NO_PICTURES, Pictures, pictures_at_hand
from journey.exports.journey_csv import to_csv, to_csv_matrix
from journey.exports.journey_json import read_json, to_json, to_schema
from journey.exports.map_svg import to_svg
from journey.exports.markdown import to_markdown
from journey.exports.mermaid import to_flowchart, to_mermaid
from journey.exports.on_demand import to_pdf, to_pdf_a3, to_png, to_pptx, to_xlsx
from journey.model import Journey

__all__ = [
    "FORMATS",
    "Format",
    "Pictures",
    "pictures_at_hand",
    "read_json",
    "to_json",
    "to_markdown",
    "to_schema",
]


@dataclass(frozen=True)
class Format:
    """One way out: how it is called, and what does not survive it."""

    name: str
    """The word on the command line."""
    label: str
    """The words on a button."""
    suffix: str
    mime: str
    write: Callable[[Journey], str | bytes]
    loses: str
    """A sentence to show beside the button."""
    encoding: str = "utf-8"
    illustrate: Callable[[Journey, Pictures], str | bytes] | None = None
    """Writes it with the pictures that it was drawn from, where the format shows them."""

    def to_bytes(self, journey: Journey, pictures: Pictures = NO_PICTURES) -> bytes:
        """Write a journey as the content of a file in this format.

        Args:
            pictures: as `pictures_at_hand` finds them; of no use to formats that show none.
        """
        content = self.illustrate(journey, pictures) if self.illustrate else self.write(journey)
        return content if isinstance(content, bytes) else content.encode(self.encoding)

    @property
    def is_text(self) -> bool:
        """Whether a terminal can show it."""
        return self.mime.startswith("text/") or self.mime.endswith(("json", "xml"))


FORMATS = {
    entry.name: entry
    for entry in (
        Format("json", "JSON", ".json", "application/json", to_json, loses="Loses nothing; can be opened here again."),
        Format(
            "pptx",
            "PowerPoint",
            ".pptx",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            to_pptx,
            loses="Shapes that can be edited, every quote in an appendix, and pictures made smaller; leaves out "
            "expectations, goals of phases and the transcript; what is too long for its card is cut short there.",
            illustrate=to_pptx,
        ),
        Format(
            "xlsx",
            "Excel",
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            to_xlsx,
            loses="Keeps the map, every claim and quote, links and goals; leaves out second readings of a feeling and "
            "the transcript; neighbouring phases of one name come back as one.",
        ),
        Format(
            "pdf",
            "PDF, A4",
            ".pdf",
            "application/pdf",
            to_pdf,
            loses="For reading and print: the map over pages, every quote, and pictures made smaller; leaves out "
            "expectations, goals of phases and the transcript.",
            illustrate=to_pdf,
        ),
        Format(
            "pdf-a3",
            "PDF, A3",
            ".pdf",
            "application/pdf",
            to_pdf_a3,
            loses="As the PDF in A4, with more steps on a page.",
            illustrate=to_pdf_a3,
        ),
        Format(
            "png",
            "Picture (PNG)",
            ".png",
            "image/png",
            to_png,
            loses="The map as one picture, less sharp where it is very large; leaves out the quotes.",
        ),
        Format(
            "svg",
            "Picture (SVG)",
            ".svg",
            "image/svg+xml",
            to_svg,
            loses="The map as one picture with text that can be edited; leaves out the quotes.",
        ),
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
            loses="For reading: the map, every quote, all transcripts and pictures made smaller, in one file; leaves "
            "out the goals of phases.",
            illustrate=to_html,
        ),
        Format(
            "csv",
            "CSV, a row per quote",
            ".csv",
            "text/csv",
            to_csv,
            loses="Keeps every claim and quote; leaves out title, actor, scenario, goals, links, second readings "
            "of a feeling and the transcript; neighbouring phases of one name come back as one.",
            encoding="utf-8-sig",
        ),
        Format(
            "csv-matrix",
            "CSV, lanes by steps",
            ".csv",
            "text/csv",
            to_csv_matrix,
            loses="Keeps the words of every lane and feelings; which quote supports which claim is lost, channels, "
            "links and goals too.",
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
        Format(
            "cjml",
            "CJML",
            ".xml",
            "application/xml",
            to_cjml,
            loses="Keeps phases, steps, who acts, ratings from 1 to 5, the first touchpoint of a step with its "
            "channel, and in comments the words of the lanes; no quotes, links or expectations.",
        ),
    )
}
"""Every format that a journey can be written in, by name; of several with one ending, the first is meant by it."""
