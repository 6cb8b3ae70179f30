"""The map as PDF: vector pages in landscape, and an appendix with every quote, to which the cards lead.

Typst sets the pages (https://typst.app/docs). It shapes every script, embeds the fonts of this package, and gets what
was said as data: words cannot become its markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

import typst
from pydantic import JsonValue

from journey.exports.appendix import Entry, entries
from journey.exports.board import to_board
from journey.exports.drawing import Dot, Drawing, Mark, Panel, Sheet, Words
from journey.exports.illustrations import NO_PICTURES, Illustration, Pictures, Region, illustrations
from journey.exports.layout import lay_out
from journey.exports.measuring import FONT_FILES, FONTS, is_rtl, settled
from journey.exports.office import xml_text
from journey.exports.typesetting import height
from journey.model import Journey

TEMPLATE = Path(__file__).with_name("map.typ")
A4 = Sheet(width=841.9, height=595.3, margin=30, type_size=8, columns=6)
A3 = Sheet(width=1190.6, height=841.9, margin=36, type_size=9, columns=8)

MARGIN = (36.0, 40.0)
"""Points beside, and above and below, what stands on a page of the appendix."""

HEADING = 40.0
"""Points for the name over a picture, and for the number of a region at its very top."""

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
    given: JsonValue = {
        "title": _text(journey.title),
        "fonts": list(_families()),
        "paper": [sheet.width, sheet.height],
        "margin": list(MARGIN),
        "drawings": [_drawing(drawing) for drawing in lay_out(to_board(journey), sheet)],
        "entries": [_entry(entry) for entry in entries(journey)],
        "pictures": [_picture(one, sheet) for one in shown.values()],
        "notes": [_breakable(note) for note in _notes(journey, shown)],
    }
    compiler = typst.Compiler(TEMPLATE.read_bytes(), font_paths=_fonts(), sys_inputs={"given": json.dumps(given)})
    document = compiler.compile(format="pdf")
    assert isinstance(document, bytes)
    return document


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def _families() -> tuple[str, ...]:
    """Return the families in the order in which they are tried, the one of the design first."""
    names = dict.fromkeys(font.family for font in sorted(_fonts().fonts(), key=lambda font: _rank(font.path)))
    return tuple(names)


def _rank(path: str | None) -> int:
    files = [file.name for file in FONT_FILES]
    name = Path(path or "").name
    return -1 if name == "NotoSans-Regular.ttf" else files.index(name) if name in files else len(files)


def _drawing(drawing: Drawing) -> JsonValue:
    return {"width": drawing.width, "height": drawing.height, "marks": [_mark(mark) for mark in drawing.marks]}


def _mark(mark: Mark) -> JsonValue:
    match mark:
        case Panel():
            free = (mark.h - height(mark.words)) / 2 if mark.middle else mark.pad
            words: JsonValue = [_words(part) for part in mark.words]
            return {**asdict(mark), "kind": "panel", "name": "", "text-y": mark.y + free, "words": words}
        case Dot():
            told = _words(mark.words) if mark.words else None
            return {**asdict(mark), "kind": "dot", "name": "", "words": told}
    return {**asdict(mark), "kind": "stroke"}


def _words(words: Words) -> JsonValue:
    lines: JsonValue = [_text(line.strip()) for line in words.lines]
    return {"lines": lines, "size": words.size, "colour": words.colour, "bold": words.bold, "rtl": is_rtl(words.text)}


def _entry(entry: Entry) -> JsonValue:
    proofs: JsonValue = [
        {"quote": _flowing(proof.citation.quote), "place": _flowing(proof.place), "against": proof.is_against}
        for proof in entry.proofs
    ]
    return {"number": entry.number, "where": _flowing(entry.where), "text": _flowing(entry.text), "proofs": proofs}


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
    name = _text(shown.source.name)
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
    yield f"Drawn by the {journey.run.engine} engine{f', {journey.run.model}' if journey.run.model else ''}."
    yield from journey.run.warnings


def _text(text: str) -> str:
    return xml_text(settled(text))


def _flowing(text: str) -> JsonValue:
    """Return text for a paragraph that the typesetter breaks into lines itself."""
    return {"text": _breakable(text), "rtl": is_rtl(text)}


def _breakable(text: str) -> str:
    return _LONG.sub(lambda match: f"{match.group()}\u200b", _text(text))
