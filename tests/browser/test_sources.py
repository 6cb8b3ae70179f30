"""From a transcript back to the map, the journey as a flow, in a real browser; and the checker in all these states."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.picture_library import PATIENCE, Finished, barriers, element, region, start_with_journeys
from tests.picture_samples import png

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finished]:
    """One server over journeys that nobody has to wait for."""
    expect.set_options(timeout=PATIENCE)
    library = start_with_journeys(tmp_path_factory.mktemp("sources"))
    yield library
    library.server.kill()
    expect.set_options(timeout=5_000)


def sentence(page: Page, words: str) -> Locator:
    """A sentence of the transcript, taken apart as the pointer comes near."""
    turn = page.locator(".transcript .turn", has_text=words)
    turn.locator(".words").hover()
    return turn.locator("[data-sentence]", has_text=words)


def node(page: Page, step_id: str) -> Locator:
    return page.locator(f'.flow button[data-id="{step_id}"]')


def show_flow(page: Page) -> None:
    page.get_by_role("radio", name="Flow").or_(page.get_by_role("button", name="Flow", exact=True)).first.click()
    expect(page.locator(".flow .nodes button").first).to_be_visible()


# From the transcript back


def test_a_chosen_sentence_lists_every_card_that_rests_on_it_and_leads_there(page: Page, finished: Finished) -> None:
    page.goto(finished.pages["interview"])
    sentence(page, "I could have screamed.").click()
    listed = page.locator(".transcript .claim")
    expect(listed).to_have_text([re.compile("Step 5 · Emotion"), re.compile("Step 5 · Thoughts")])
    listed.first.click()
    expect(element(page, "emotion:p5")).to_have_attribute("aria-current", "true")


def test_sentences_are_chosen_by_keyboard(page: Page, finished: Finished) -> None:
    page.goto(finished.pages["interview"])
    box = page.locator(".transcript .scroll")
    expect(box).to_be_visible()
    box.press("Enter")
    expect(page.locator(".transcript .said")).to_have_text("“Thanks for making the time.”")
    box.press("ArrowRight")
    expect(page.locator(".transcript .said")).to_have_text("“Where does this story begin?”")
    expect(page.locator(".transcript .reading")).to_contain_text("never evidence")
    box.press("ArrowRight")
    expect(page.locator(".transcript .claim")).to_have_count(0)
    expect(page.get_by_role("button", name="Make a card")).to_be_visible()


def test_what_no_card_rests_on_is_shown_alone_and_becomes_a_card_that_quotes_it(page: Page, finished: Finished) -> None:
    page.goto(finished.pages["half told"])
    unused = page.get_by_role("button", name=re.compile("^Not used yet"))
    expect(unused).to_be_enabled(timeout=30_000)
    before = int(re.sub(r"\D", "", unused.inner_text()))
    unused.click()
    first = page.locator(".transcript .turn").first
    expect(first).to_have_class(re.compile("unused"))
    first.locator(".words").hover()
    said = first.locator("[data-sentence]")
    words = said.inner_text()
    said.click()
    page.get_by_role("button", name="Make a card").click()
    made = page.locator(".map button.card", has_text=words[:30])
    expect(made).to_be_visible()
    expect(made).to_contain_text("1 quote")
    expect(unused).to_have_text(f"Not used yet: {before - 1} turns")
    page.wait_for_timeout(1_500)  # the page is drawn anew while the change is told
    made.click()
    expect(page.locator(".transcript mark[aria-current]")).to_have_text(words)


def test_a_hundred_thousand_words_open_and_are_filtered_without_freezing_the_page(
    page: Page, finished: Finished
) -> None:
    """Bounds several times looser than what was measured: 0.4 s for the longest task of either."""
    page.add_init_script(
        "window.longest = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => {"
        " window.longest = Math.max(window.longest, entry.duration) })).observe({ type: 'longtask' })"
    )
    page.goto(finished.pages["endless"])
    expect(page.locator(".transcript .turn").first).to_be_visible(timeout=60_000)
    assert page.evaluate("window.longest") < 2_500
    page.evaluate("window.longest = 0")
    page.get_by_role("button", name=re.compile("^Not used yet")).click()
    page.wait_for_timeout(1_000)
    assert page.evaluate("window.longest") < 2_500


# The flow


def test_a_step_chosen_in_the_flow_shows_its_evidence_and_stays_chosen_on_the_map(
    page: Page, finished: Finished
) -> None:
    page.goto(finished.pages["wall"])
    show_flow(page)
    node(page, "p2").click()
    expect(region(page, "b2")).to_have_attribute("aria-current", "true")
    expect(node(page, "p2")).to_have_attribute("aria-current", "true")
    page.get_by_role("radio", name="Map").or_(page.get_by_role("button", name="Map", exact=True)).first.click()
    expect(element(page, "p2")).to_have_attribute("aria-current", "true")


def test_a_node_says_where_it_leads_and_arrow_keys_go_along_the_links(page: Page, finished: Finished) -> None:
    page.goto(finished.pages["wall"])
    show_flow(page)
    expect(node(page, "p2")).to_have_attribute(
        "aria-label",
        "Step 2: Chose a plan, decision. Leads to 3 First bi1l if a paid one; back to 1 Sign up if unsure;"
        " to 4 Done if the free one.",
    )
    expect(page.locator('.flow button[tabindex="0"]')).to_have_count(1)
    node(page, "p1").focus()
    page.keyboard.press("ArrowRight")
    expect(node(page, "p2")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(node(page, "p3")).to_be_focused()
    page.keyboard.press("Home")
    expect(node(page, "p1")).to_be_focused()


def test_on_a_narrow_screen_the_flow_runs_down_the_page(page: Page, finished: Finished) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(finished.pages["wall"])
    show_flow(page)
    first, second = node(page, "p1").bounding_box(), node(page, "p2").bounding_box()
    assert first is not None
    assert second is not None
    assert second["y"] > first["y"] + first["height"]
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth") <= 390


# For everybody


def _new(page: Page, finished: Finished) -> None:
    page.goto(finished.server.url)
    page.locator("input[type=file]").set_input_files({"name": "wall.png", "mimeType": "", "buffer": png()})
    expect(page.locator(".framer canvas")).to_be_visible(timeout=30_000)
    page.get_by_text("Cut by numbers").click()
    page.get_by_label("Width %").fill("60")
    page.get_by_label("Width %").press("Enter")
    expect(page.locator(".framer .frame")).to_be_visible()


def _picture(page: Page, finished: Finished) -> None:
    page.goto(finished.pages["two walls"])
    region(page, "b3").click()
    expect(element(page, "p3")).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Correct the reading").click()
    expect(page.get_by_label("What it says")).to_be_visible()


def _flow(page: Page, finished: Finished) -> None:
    page.goto(finished.pages["interview"])
    show_flow(page)
    node(page, "p6").click()
    expect(page.locator(".quotes h2")).to_be_visible()


def _sentence(page: Page, finished: Finished) -> None:
    page.goto(finished.pages["interview"])
    sentence(page, "I could have screamed.").click()
    expect(page.locator(".transcript .claim").first).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
@pytest.mark.parametrize("reach", [_new, _picture, _flow, _sentence])
def test_there_is_no_barrier_and_nothing_runs_off_the_side(
    browser: Browser, finished: Finished, reach: Callable[[Page, Finished], None], scheme: str, width: int
) -> None:
    pytest.importorskip("axe_playwright_python", reason="the accessibility checker is not installed")
    profile = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = profile.new_page()
    reach(page, finished)
    page.wait_for_timeout(700)
    found = barriers(page)
    widest = page.get_by_test_id("stMain").evaluate("main => main.scrollWidth")
    profile.close()
    assert found == []
    assert widest <= width
