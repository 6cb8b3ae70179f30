"""Drawings set by Typst (https://typst.app/docs), as pages of a document or as a picture.

It shapes every script with the fonts of this package, whatever the machine has, and gets what was said as data: words
cannot become its markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

import typst
from pydantic import JsonValue

from journey.exports.drawing import Dot, Drawing, Mark, Panel, Words
from journey.exports.measuring import FONT_FILES, FONTS, is_rtl, settled
from journey.exports.office import xml_text
from journey.exports.typesetting import height

TEMPLATE = Path(__file__).with_name("map.typ")
NOTHING: Mapping[str, JsonValue] = {
    "title": "",
    "paper": [600, 600],
    "margin": [36, 40],
    "drawings": [],
    "entries": [],
    "pictures": [],
    "notes": [],
}
"""What the template takes, when there is none of it; lengths in points."""


def compiler(given: Mapping[str, JsonValue]) -> typst.Compiler:
    """Return what makes a document of the parts given; those of `NOTHING` that are left out are not in it."""
    inputs = {**NOTHING, **given, "fonts": list(_families())}
    return typst.Compiler(TEMPLATE.read_bytes(), font_paths=_fonts(), sys_inputs={"given": json.dumps(inputs)})


def as_given(drawing: Drawing) -> JsonValue:
    """Return a drawing as the template takes it."""
    return {"width": drawing.width, "height": drawing.height, "marks": [_mark(mark) for mark in drawing.marks]}


def shown_text(text: str) -> str:
    """Return text with nothing in it that is not shown."""
    return xml_text(settled(text))


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
    lines: JsonValue = [shown_text(line.strip()) for line in words.lines]
    return {"lines": lines, "size": words.size, "colour": words.colour, "bold": words.bold, "rtl": is_rtl(words.text)}
