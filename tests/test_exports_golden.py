"""What every export of one journey looks like, kept in tests/golden: a change there is a change for whoever reads it.

After a change that you have looked at, write them anew with `python -m tests.test_exports_golden`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from pptx import Presentation

from journey.exports import FORMATS
from tests.journeys import full_journey

FOLDER = Path(__file__).parent / "golden"


def told(name: str) -> str:
    """Return what a format says, as text: of slides, sheets and pages what stands in them and where."""
    content = FORMATS[name].to_bytes(full_journey())
    match name:
        case "pptx":
            return "\n".join(_slides(content)) + "\n"
        case "xlsx":
            return "\n".join(_sheets(content)) + "\n"
        case "pdf" | "pdf-a3":
            return "\n".join(_pages(content)) + "\n"
    return content.decode(FORMATS[name].encoding)


def _slides(content: bytes) -> Iterator[str]:
    for number, slide in enumerate(Presentation(io.BytesIO(content)).slides, start=1):
        yield f"-- slide {number}"
        for shape in slide.shapes:
            place = " ".join(f"{value.pt:.0f}" for value in (shape.left, shape.top, shape.width, shape.height))
            text = shape.text_frame.text.replace("\n", " | ") if shape.has_text_frame else ""
            yield f"{place}  {shape.name}: {text}"
            if shape.has_table:
                yield from (_line(cell.text for cell in row.cells) for row in shape.table.rows)


def _sheets(content: bytes) -> Iterator[str]:
    for sheet in load_workbook(io.BytesIO(content)):
        yield f"-- {sheet.title} {sheet.dimensions} frozen {sheet.freeze_panes} filter {sheet.auto_filter.ref}"
        for row in sheet.iter_rows(values_only=True):
            yield _line(str(value or "") for value in row)


def _line(cells: Iterable[str]) -> str:
    return " || ".join(cell.replace("\n", " | ") for cell in cells)


def _pages(content: bytes) -> Iterator[str]:
    for number, page in enumerate(pypdfium2.PdfDocument(content), start=1):
        yield f"-- page {number}"
        yield from page.get_textpage().get_text_range().splitlines()


TEXTUAL = [name for name in FORMATS if name != "png"]


@pytest.mark.parametrize("name", TEXTUAL)
def test_an_export_is_as_it_was_looked_at(name: str) -> None:
    assert told(name).splitlines() == (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in TEXTUAL:
        (FOLDER / f"{each}.txt").write_text(told(each), encoding="utf-8", newline="")
