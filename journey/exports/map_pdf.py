"""The map as PDF: vector pages in landscape, and an appendix with every quote, to which the cards lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from journey.exports.appendix import Entry, entries
from journey.exports.board import TAKEN_IN, is_taken_in, to_board
from journey.exports.drawing import Sheet
from journey.exports.illustrations import NO_PICTURES, Illustration, Pictures, Region, illustrations
from journey.exports.layout import lay_out
from journey.exports.measuring import is_rtl
from journey.exports.typst_pages import as_given, compiler, shown_text
from journey.model import Journey

A4 = Sheet(width=841.9, height=595.3, margin=30, type_size=8, columns=6)
A3 = Sheet(width=1190.6, height=841.9, margin=36, type_size=9, columns=8)

MARGIN = (36.0, 40.0)
"""Points beside, and above and below, what stands on a page of the appendix."""

HEADING = 40.0
"""Points for the name over a picture, and for the number of a region at its very top."""

SHORT = 20
"""Lines, as `_lines` counts them, up to which a row of the appendix is kept on one page: less than half of an A4."""

LONGEST_WORD = 20
"""Characters after which a word may be broken in the appendix, at a space of no width."""

_LONG = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


def to_pdf(journey: Journey, pictures: Pictures = NO_PICTURES) -> bytes:
    """Write a journey as pages of A4."""
    return _set(journey, pictures, A4)


def to_pdf_a3(journey: Journey, pictures: Pictures = NO_PICTURES) -> bytes:
    """Write a journey as pages of A3."""
    return _set(journey, pictures, A3)


def _set(journey: Journey, pictures: Pictures, sheet: Sheet) -> bytes:
    shown = illustrations(journey, pictures)
    given: dict[str, JsonValue] = {
        "title": shown_text(journey.title),
        "paper": [sheet.width, sheet.height],
        "margin": list(MARGIN),
        "drawings": [as_given(drawing) for drawing in lay_out(to_board(journey), sheet)],
        "entries": [_entry(entry) for entry in entries(journey)],
        "pictures": [_picture(one, sheet) for one in shown.values()],
        "notes": [_breakable(note) for note in _notes(journey, shown)],
    }
    document = compiler(given).compile(format="pdf")
    assert isinstance(document, bytes)
    return document


def _entry(entry: Entry) -> JsonValue:
    proofs: JsonValue = [
        {"quote": _flowing(proof.citation.quote), "place": _flowing(proof.place), "against": proof.is_against}
        for proof in entry.proofs
    ]
    return {
        "number": entry.number,
        "where": _flowing(entry.where),
        "text": _flowing(entry.text),
        "proofs": proofs,
        "short": _lines(entry) <= SHORT,
    }


def _lines(entry: Entry) -> int:
    """Return about how many lines a row of the appendix takes, were its columns as narrow as 28 letters."""
    told = [entry.where, entry.text, *(part for proof in entry.proofs for part in (proof.citation.quote, proof.place))]
    return sum(len(line) // 28 + 1 for text in told for line in text.splitlines())


def _picture(shown: Illustration, sheet: Sheet) -> JsonValue:
    """Return a picture as large as a page of the appendix takes it, and its regions in points from its corner.

    The typesetter takes pictures as text alone: as SVG, in which the JPEG stands whole.
    """
    wide, high = sheet.width - 2 * MARGIN[0], (sheet.height or 0) - 2 * MARGIN[1] - HEADING
    scale = min(wide / shown.width, high / shown.height)
    width, height = shown.width * scale, shown.height * scale
    size = f'width="{shown.width}" height="{shown.height}"'
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{shown.as_address()}"/></svg>'
    regions: JsonValue = [_region(region, width, height) for region in shown.regions]
    name = shown_text(shown.source.name)
    return {"name": name, "drawn": drawn, "width": width, "height": height, "regions": regions}


def _region(region: Region, width: float, height: float) -> JsonValue:
    box = region.box
    place: dict[str, JsonValue] = {"x": box.x * width, "y": box.y * height, "w": box.w * width, "h": box.h * height}
    return {"label": region.label, "to": f"E{region.numbers[0]}", **place}


def _notes(journey: Journey, shown: Mapping[str, Illustration]) -> Iterator[str]:
    for source in journey.sources:
        gone = source.kind == "image" and source.id not in shown
        missing = "; the picture was not at hand for this document" if gone else ""
        yield f"{source.name}: {source.kind}, {len(source.text.split()):,} words, SHA-256 {source.sha256}{missing}"
    drawn = f"Drawn by the {journey.run.engine} engine{f', {journey.run.model}' if journey.run.model else ''}"
    yield f"{TAKEN_IN if is_taken_in(journey) else drawn}."
    yield from journey.run.warnings


def _flowing(text: str) -> JsonValue:
    """Return text for a paragraph that the typesetter breaks into lines itself."""
    return {"text": _breakable(text), "rtl": is_rtl(text)}


def _breakable(text: str) -> str:
    return _LONG.sub(lambda match: f"{match.group()}\u200b", shown_text(text))
