"""What an office program makes of our slides and sheets: LibreOffice opens them, headless, and writes them anew."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from pptx import Presentation

from journey.exports.slides import to_pptx
from journey.exports.workbook import to_xlsx
from journey.model import Journey
from tests.sample_journeys import hostile_journey, long_journey, rich_journey

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

MAKE = {"rich": rich_journey, "hostile": hostile_journey, "long": long_journey}


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """Return a function that has LibreOffice write a file in another format."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    profile = tmp_path_factory.mktemp("profile")

    def run(path: Path, target: str) -> Path:
        command = [office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", target]
        subprocess.run(
            [*command, "--outdir", str(path.parent), str(path)], check=True, capture_output=True, timeout=240
        )
        return path.with_suffix(f".{target.partition(':')[0]}")

    return run


@pytest.mark.parametrize("make", MAKE.values(), ids=MAKE)
def test_slides_open_and_print_with_all_their_words(
    make: Callable[[], Journey], convert: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    slides = tmp_path / "map.pptx"
    slides.write_bytes(to_pptx(make()))
    printed = pypdfium2.PdfDocument(convert(slides, "pdf"))
    assert len(printed) == len(Presentation(str(slides)).slides)
    shown = "".join("".join(page.get_textpage().get_text_range().split()) for page in printed)
    for step in make().steps():
        assert "".join(step.title.split())[:40] in shown


@pytest.mark.parametrize("make", [rich_journey, hostile_journey], ids=["rich", "hostile"])
def test_slides_are_still_the_same_shapes_after_being_saved_there(
    make: Callable[[], Journey], convert: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    slides = tmp_path / "map.pptx"
    slides.write_bytes(to_pptx(make()))
    before = [[shape.name for shape in slide.shapes] for slide in Presentation(str(slides)).slides]
    saved = convert(convert(slides, "odp"), "pptx")
    after = [[shape.name for shape in slide.shapes] for slide in Presentation(str(saved)).slides]
    assert [len(names) for names in after] == [len(names) for names in before]


def test_a_workbook_opens_with_its_map_and_nothing_calculated(
    convert: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    book = tmp_path / "map.xlsx"
    book.write_bytes(to_xlsx(rich_journey()))
    with convert(book, "csv:Text - txt - csv (StarCalc):44,34,76").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1][1:] == [step.title for step in rich_journey().steps()]
    assert "Stranded in the rain with no way to ride on" in " ".join(cell for row in rows for cell in row)
    assert not any(cell.startswith(("#NAME?", "Err:")) for row in rows for cell in row)
