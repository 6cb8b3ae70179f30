"""What leaves the program, opened where people open it: a browser, and Mermaid in one."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import html5lib  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Page, expect

from journey.exports import FORMATS
from journey.exports.html_page import to_html
from journey.exports.map_svg import to_svg
from journey.exports.mermaid import to_flowchart, to_mermaid
from journey.model import Journey
from tests.journeys import HOSTILE, empty_journey, full_journey, journey_saying
from tests.picture_samples import picture_journey, picture_source, png
from tests.sample_journeys import hostile_journey, long_journey, rich_journey

pytestmark = [pytest.mark.slow, pytest.mark.browser]

MERMAID = "mermaid@11.17.2"
JOURNEYS = {
    "rich": rich_journey(),
    "hostile": hostile_journey(),
    "full": full_journey(),
    "long": long_journey(),
    **{f"saying {number}": journey_saying(text) for number, text in enumerate(HOSTILE)},
}


@pytest.fixture(scope="module")
def mermaid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fetch Mermaid as it is published; nothing of it runs but in the page of a test."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm, which fetches Mermaid, is not on this machine")
    folder = tmp_path_factory.mktemp("mermaid")
    subprocess.run([npm, "pack", "--silent", MERMAID], cwd=folder, check=True, capture_output=True, timeout=100)
    with tarfile.open(next(folder.glob("*.tgz"))) as package:
        package.extract("package/dist/mermaid.min.js", folder, filter="data")
    return folder / "package" / "dist" / "mermaid.min.js"


@pytest.fixture
def draw(page: Page, mermaid: Path) -> Callable[[str], str]:
    """Return a function that has Mermaid draw a text, and gives its SVG."""
    page.set_content("<!DOCTYPE html><div id='out'></div>")
    page.add_script_tag(path=str(mermaid))
    page.evaluate("mermaid.initialize({startOnLoad: false, securityLevel: 'strict', suppressErrorRendering: true})")
    return lambda text: str(page.evaluate("async text => (await mermaid.render('drawn', text)).svg", text))


def shown(page: Page, svg: str) -> str:
    page.evaluate("svg => { document.getElementById('out').innerHTML = svg }", svg)
    return " ".join(page.locator("#out").inner_text().split() + (page.locator("#out").text_content() or "").split())


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS)
def test_mermaid_draws_every_step_of_a_journey(journey: Journey, draw: Callable[[str], str], page: Page) -> None:
    drawn = "".join(shown(page, draw(to_mermaid(journey))).split())
    for step in journey.steps():
        words = "".join(one for one in step.title if one.isprintable() and not one.isspace())
        assert words[:20] in drawn


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS)
def test_mermaid_draws_a_flowchart(journey: Journey, draw: Callable[[str], str], page: Page) -> None:
    drawn = "".join(shown(page, draw(to_flowchart(journey))).split())
    for step in journey.steps():
        words = "".join(one for one in step.title if one.isprintable() and not one.isspace())
        assert words[:10] in drawn


@pytest.mark.parametrize("journey", [*JOURNEYS.values(), empty_journey()], ids=[*JOURNEYS, "empty"])
def test_the_page_is_valid_html(journey: Journey) -> None:
    """A strict parser raises at the first thing that HTML does not allow."""
    html5lib.HTMLParser(strict=True).parse(to_html(journey))


def test_a_quote_leads_to_its_words_and_back(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_bytes(FORMATS["html"].to_bytes(rich_journey()))
    page.goto(path.as_uri())
    page.locator("summary", has_text="1 quote").first.click()
    page.locator("a.quote:visible").first.click()
    target = page.locator("mark:target")
    assert target.count() == 1
    assert target.is_visible()
    page.locator("p:has(mark:target) a.back").first.click()
    assert page.locator(".map :target").is_visible()


def test_a_card_shows_its_part_of_the_picture_and_leads_to_the_region_by_keyboard_alone(
    page: Page, tmp_path: Path
) -> None:
    content = png()
    digest = hashlib.sha256(content).hexdigest()
    text = to_html(picture_journey(picture_source(digest)), {digest: content})
    html5lib.HTMLParser(strict=True).parse(text)
    path = tmp_path / "map.html"
    path.write_text(text, encoding="utf-8")
    page.goto(path.as_uri())
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("svg.cut:visible").count() == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    region = page.locator("a.region:target")
    assert region.get_attribute("aria-label") == "E1: Sign up"
    expect(region).to_be_in_viewport()
    region.press("Enter")
    assert page.locator(".map :target").is_visible()


def test_nothing_in_the_page_runs_and_nothing_is_fetched(page: Page, tmp_path: Path) -> None:
    """The fixture fails when the page asks anything of another host."""
    path = tmp_path / "map.html"
    path.write_text(to_html(hostile_journey()), encoding="utf-8")
    page.goto(path.as_uri())
    assert "owned" not in page.title() or "<img" in page.title()
    assert page.evaluate("document.scripts.length") == 0


def test_a_browser_shows_the_svg(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    path.write_text(to_svg(rich_journey()), encoding="utf-8")
    page.goto(path.as_uri())
    assert page.locator("text", has_text="Waits for the spare").count() == 1
    boxes = page.evaluate(
        "[...document.querySelectorAll('text')].map(one => one.getBBox()).map(box => box.x + box.width)"
    )
    assert max(boxes) <= page.evaluate("document.documentElement.viewBox.baseVal.width") + 8
