"""The map and the evidence panel in a real browser: by mouse and by keyboard, wide and narrow, hostile and long."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import ROOT, AppServer
from tests.sample_journeys import HOSTILE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FOCUSED = """() => {
    let found = document.activeElement
    while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement
    return found?.dataset?.id ?? null
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """One server that draws every sample."""
    running = AppServer(tmp_path_factory.mktemp("map"), script=ROOT / "tests/browser/map_page.py")
    running.start()
    yield running
    running.kill()


def open_sample(page: Page, server: AppServer, name: str = "rich") -> Locator:
    """Open the page of a sample and wait for its map."""
    page.goto(f"{server.url}/?sample={name}")
    drawn = page.locator(".map")
    expect(drawn.locator("button[data-id]").first).to_be_visible(timeout=20_000)
    return drawn


def element(page: Page, element_id: str) -> Locator:
    return page.locator(f'.map button[data-id="{element_id}"]')


def card(page: Page, text: str) -> Locator:
    return page.locator(".map button.card", has_text=text).first


def reading(page: Page) -> Locator:
    """The slice that is highlighted as the one being read."""
    return page.locator(".transcript mark[aria-current]")


def focused(page: Page) -> str:
    return str(page.evaluate(FOCUSED))


# From a card to the words


def test_choosing_a_card_highlights_its_quote_where_it_was_said(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    card(page, "More done than asked for").click()
    expect(reading(page)).to_have_text("they had cleaned the chain and pumped the tyres")
    expect(page.locator(".quotes")).to_contain_text("Maya")
    expect(page.locator(".quotes")).to_contain_text("3:51")
    expect(reading(page)).to_be_in_viewport()


def test_a_choice_is_answered_in_the_browser_before_the_server_hears_of_it(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    expect(page.locator(".transcript .turn").first).to_be_visible()
    shown = element(page, "p1").evaluate(
        """card => {
            card.click()
            const within = kind => [...document.querySelectorAll('*')].map(e => e.shadowRoot?.querySelector(kind))
            return ['.quotes h2', '.transcript mark[aria-current]'].map(kind => within(kind).find(Boolean)?.textContent)
        }"""
    )
    assert shown == ["Battery dies on the way to work", "The battery died on my way to work"]


def test_what_the_server_says_of_an_older_choice_is_not_heard(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    element(page, "p1").click()
    expect(page.locator(".quotes h2")).to_have_text("Battery dies on the way to work")
    page.evaluate("window.dispatchEvent(new CustomEvent('journey:chosen', { detail: { id: 'p5', made: 1 } }))")
    page.wait_for_timeout(300)
    expect(page.locator(".quotes h2")).to_have_text("Battery dies on the way to work")
    expect(element(page, "p1")).to_have_attribute("aria-current", "true")


def test_a_highlight_after_an_emoji_is_not_shifted(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    element(page, "p1").click()
    expect(reading(page)).to_have_text("The battery died on my way to work")


def test_next_and_previous_walk_through_the_quotes_and_change_the_source(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    element(page, "p1").click()
    expect(page.locator("h3.file")).to_have_text("maya.vtt")
    page.get_by_role("button", name="Next quote").click()
    expect(page.locator("h3.file")).to_have_text("олена.docx")
    expect(reading(page)).to_have_text("Акумулятор просто вимкнувся посеред дороги")
    page.get_by_role("button", name="Previous quote").click()
    expect(reading(page)).to_have_text("The battery died on my way to work")


def test_moving_to_another_quote_of_the_same_source_sends_nothing(page: Page, server: AppServer) -> None:
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(len(frame))))
    open_sample(page, server)
    element(page, "p5").click()
    expect(reading(page)).to_have_text("the upload failed three times")
    page.wait_for_timeout(500)
    sent.clear()
    page.get_by_role("button", name="Next quote").click()
    expect(reading(page)).to_have_text("tried again in the evening")
    assert sent == []


def test_a_quote_against_the_claim_is_marked_as_such(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    contradicted = card(page, "The form loses everything")
    expect(contradicted).to_contain_text("1 against")
    contradicted.click()
    page.locator(".quotes .quote.against").click()
    expect(reading(page)).to_have_class("against")


def test_what_nobody_said_says_so_and_shows_no_quote(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    inferred = element(page, "p7")
    expect(inferred).to_contain_text("inferred")
    inferred.click()
    expect(page.locator(".quotes .origin")).to_contain_text("inferred")
    expect(page.locator(".quotes .quote")).to_have_count(0)
    expect(reading(page)).to_have_count(0)


# By keyboard


def test_the_map_is_one_tab_stop_and_arrows_move_within_it(page: Page, server: AppServer) -> None:
    drawn = open_sample(page, server)
    expect(drawn.locator('button[tabindex="0"]')).to_have_count(1)
    element(page, "p1").focus()
    page.keyboard.press("ArrowRight")
    assert focused(page) == "p2"
    page.keyboard.press("ArrowDown")
    assert focused(page) == card(page, "Searches for E-17").get_attribute("data-id")
    page.keyboard.press("ArrowRight")
    # Step 3 has no action: the nearest lane that has something is its touchpoint.
    assert focused(page) == card(page, "Invoice").get_attribute("data-id")
    expect(drawn.locator('button[tabindex="0"]')).to_have_count(1)


def test_home_and_end_go_to_the_ends_of_a_lane_and_of_the_map(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    element(page, "p5").focus()
    page.keyboard.press("End")
    assert focused(page) == "p14"
    expect(element(page, "p14")).to_be_in_viewport()
    page.keyboard.press("Home")
    assert focused(page) == "p1"
    page.keyboard.press("Control+End")
    assert focused(page) == card(page, "Colleagues").get_attribute("data-id")
    page.keyboard.press("Control+Home")
    assert focused(page) == "p1"


def test_enter_chooses_and_focus_stays_on_the_card(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    element(page, "emotion:p12").focus()
    page.keyboard.press("Enter")
    expect(reading(page)).to_have_text("I grinned all the way home 😀")
    expect(element(page, "emotion:p12")).to_have_attribute("aria-current", "true")
    assert focused(page) == "emotion:p12"


def test_a_focused_card_has_a_visible_outline(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    element(page, "p1").focus()
    page.keyboard.press("ArrowDown")
    outline = card(page, "Pushes the bike").evaluate("card => getComputedStyle(card).outlineWidth")
    assert outline == "3px"


# What is drawn


def test_a_cell_of_the_table_has_its_phase_step_and_lane_as_headers(page: Page, server: AppServer) -> None:
    drawn = open_sample(page, server)
    expect(drawn.get_by_role("columnheader")).to_have_count(5 + 14)
    expect(drawn.get_by_role("rowheader", name="Pains")).to_be_visible()
    assert drawn.locator("th[scope=colgroup]").evaluate_all("heads => heads.map(head => head.colSpan)") == [
        3,
        3,
        3,
        2,
        3,
    ]
    assert drawn.locator("colgroup").evaluate_all("groups => groups.map(group => group.span)")[1:] == [3, 3, 3, 2, 3]


def test_the_curve_stops_where_nobody_voiced_a_feeling(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    lines = {
        step: page.locator(f'td.feeling[data-step="{step}"] path.line').count() for step in (1, 2, 3, 4, 12, 13, 14)
    }
    assert lines == {1: 0, 2: 0, 3: 1, 4: 2, 12: 2, 13: 1, 14: 0}
    expect(page.locator('td.feeling[data-step="2"]')).to_have_text("not voiced")
    expect(page.locator('td.feeling[data-step="2"] button')).to_have_count(0)


def test_a_point_of_the_curve_says_its_feeling_and_score_in_words(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    expect(page.get_by_role("button", name="desperate, feeling very bad (-2 of 2)")).to_be_visible()


def test_the_form_of_a_card_tells_its_standing_without_colour(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    style = "card => getComputedStyle(card).borderTopStyle"
    assert card(page, "Nobody official seems to answer").evaluate(style) == "dashed"
    assert card(page, "Searches for E-17").evaluate(style) == "solid"
    contradicted = card(page, "The form loses everything")
    assert contradicted.evaluate("card => getComputedStyle(card).borderRightStyle") == "double"
    expect(card(page, "Offer the form before the queue")).to_contain_text("added by hand")


def test_lane_names_and_step_titles_stay_while_thirty_steps_scroll_by(page: Page, server: AppServer) -> None:
    drawn = open_sample(page, server, "thirty")
    lane, head = drawn.get_by_role("rowheader", name="Needs"), element(page, "p30")
    before = lane.bounding_box()
    element(page, "p1").focus()
    page.keyboard.press("End")
    expect(head).to_be_in_viewport(ratio=1)
    page.locator(".board").evaluate("board => board.scrollTop = board.scrollHeight")
    expect(head).to_be_in_viewport(ratio=1)
    after = lane.bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] == pytest.approx(before["x"], abs=1)


def test_at_390_pixels_the_map_stacks_by_phase_and_nothing_runs_off_the_side(page: Page, server: AppServer) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    drawn = open_sample(page, server)
    expect(drawn.locator("table")).to_have_count(0)
    assert drawn.locator("h2 .name").all_inner_texts() == [
        "1 Notice the fault",
        "2 Make the claim",
        "3 Arrange the repair",
        "4 Wait",
        "5 Back on the road",
    ]
    expect(drawn.get_by_role("heading", level=3)).to_have_count(14)
    widest = drawn.evaluate(
        "map => Math.max(...[...map.querySelectorAll('*')].map(e => e.getBoundingClientRect().right))"
    )
    assert widest <= 390


def test_on_a_narrow_screen_the_panel_comes_into_sight_and_leads_back(page: Page, server: AppServer) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_sample(page, server)
    card(page, "Hotline").click()
    expect(page.locator(".quotes h2")).to_be_in_viewport()
    expect(reading(page)).to_be_in_viewport()
    page.get_by_role("button", name="Back to the map").click()
    expect(card(page, "Hotline")).to_be_in_viewport()
    assert focused(page) == card(page, "Hotline").get_attribute("data-id")


def test_markup_in_a_journey_is_text(page: Page, server: AppServer) -> None:
    drawn = open_sample(page, server, "hostile")
    drawn.locator("button.step").first.click()
    expect(page.locator(".quotes h2")).to_have_text(HOSTILE)
    expect(reading(page)).to_have_text(HOSTILE)
    expect(page.locator(".map img, .map script, .quotes img, .transcript img, .transcript script")).to_have_count(0)
    assert page.title() == "Map"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("sample", ["rich", "hostile"])
def test_the_accessibility_checker_finds_nothing(
    browser: Browser, server: AppServer, scheme: str, width: int, sample: str
) -> None:
    pytest.importorskip("axe_playwright_python", reason="the accessibility checker is not installed")
    checker = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    profile = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = profile.new_page()
    open_sample(page, server, sample).locator("button.step").first.click()
    expect(reading(page)).to_be_visible()
    page.evaluate(checker)
    violations = page.evaluate("axe.run().then(found => found.violations)")
    profile.close()
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations] == []


def test_a_hundred_thousand_words_open_without_freezing_the_page(page: Page, server: AppServer) -> None:
    """Bounds ten times looser than what was measured: 0.3 s to the highlight, 0.2 s for the longest task."""
    page.add_init_script(
        "window.longest = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => {"
        " window.longest = Math.max(window.longest, entry.duration) })).observe({ type: 'longtask' })"
    )
    open_sample(page, server, "endless")
    element(page, "p20").click()
    expect(reading(page)).to_have_text("turn 2109 ", timeout=15_000)  # the text itself is sent first
    page.evaluate("window.longest = 0")
    element(page, "p3").click()
    expect(reading(page)).to_have_text("turn 222 ", timeout=3_000)
    expect(reading(page)).to_be_in_viewport()
    assert page.evaluate("window.longest") < 2_000
