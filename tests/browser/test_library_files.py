"""Files on the library page: in by a drop, out as an archive or as any format, without a barrier in their menus."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from journey.exports import FORMATS, to_json
from tests.browser.conftest import AppServer
from tests.browser.test_accessible import findings
from tests.journeys import full_journey
from tests.sample_journeys import rich_journey

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def drop(page: Page, *paths: Path) -> None:
    button = page.get_by_role("button", name="Import")
    button.wait_for(timeout=60_000)  # the first page of a server imports everything
    button.click()
    page.locator("input[type=file]").set_input_files([str(path) for path in paths])


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_files_are_dropped_kept_named_and_opened(page: Page, app: AppServer, tmp_path: Path) -> None:
    table = written(tmp_path, "visit.csv", FORMATS["csv-matrix"].to_bytes(full_journey()))
    diary = written(tmp_path, "diary.txt", b"Dear diary")
    page.goto(f"{app.url}/library")
    drop(page, table, diary)
    expect(page.get_by_text("visit: Taken in from visit.csv.")).to_be_visible()
    expect(page.get_by_text("diary.txt: No journey map was found")).to_be_visible()
    assert findings(page) == []
    page.get_by_role("link", name="Open it").click()
    expect(page.get_by_text("Look for a room").first).to_be_visible()
    expect(page.get_by_text("Taken in from a file")).to_be_visible()


def test_everything_leaves_as_one_archive_and_comes_back(page: Page, app: AppServer, tmp_path: Path) -> None:
    page.goto(f"{app.url}/library")
    drop(page, written(tmp_path, "map.json", to_json(rich_journey()).encode()))
    expect(page.get_by_text("My e-bike is repaired under guarantee: Taken in")).to_be_visible()
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export everything").click()
    archive = Path(download.value.path())
    with zipfile.ZipFile(archive) as opened:
        assert len(opened.namelist()) == 2
    drop(page, written(tmp_path, "all.zip", archive.read_bytes()))
    expect(page.get_by_text("0 journeys were taken in. 1 was there already.")).to_be_visible()


def test_slides_are_two_clicks_away_and_every_format_says_what_it_loses(
    page: Page, app: AppServer, tmp_path: Path
) -> None:
    page.goto(f"{app.url}/library")
    drop(page, written(tmp_path, "map.json", to_json(rich_journey()).encode()))
    page.get_by_role("link", name="Open it").click()
    page.get_by_role("button", name="Download").click()
    for way in FORMATS.values():
        expect(page.get_by_role("button", name=way.label, exact=True)).to_be_attached()
        expect(page.get_by_text(way.loses)).to_be_attached()
    assert findings(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="PowerPoint").click()
    assert download.value.suggested_filename == "My-e-bike-is-repaired-under-guarantee.pptx"
    assert len(Presentation(io.BytesIO(Path(download.value.path()).read_bytes())).slides) > 5
