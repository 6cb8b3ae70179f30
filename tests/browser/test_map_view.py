"""What of the map is shown: filters, lanes hidden and in another order, zoom, the presentation, print, calm motion."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import ROOT, AppServer
from tests.browser.test_map import card, element, open_sample

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """One server that draws every sample."""
    running = AppServer(tmp_path_factory.mktemp("view"), script=ROOT / "tests/browser/map_page.py")
    running.start()
    yield running
    running.kill()


def tool(page: Page, name: str) -> Locator:
    return page.locator(".tools").get_by_role("button", name=name, exact=True)


def lanes(page: Page) -> list[str]:
    return page.locator(".map th.lane .name").all_inner_texts()


def test_only_cards_with_evidence_are_shown_when_asked_and_all_again(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    inferred = card(page, "Nobody official seems to answer")
    expect(inferred).to_be_visible()
    tool(page, "With evidence").click()
    expect(inferred).to_have_count(0)
    expect(tool(page, "With evidence")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".left-out").get_by_role("status")).to_contain_text("Showing ")
    expect(page.locator(".map .card.inferred, .map .card.user")).to_have_count(0)
    tool(page, "Show all").click()
    expect(inferred).to_be_visible()
    expect(page.locator(".left-out")).to_be_hidden()


def test_what_a_redrawn_map_has_in_common_with_the_one_before_stays_the_same_elements(
    page: Page, server: AppServer
) -> None:
    """A press that began before it therefore ends on the card it began on; the scrolling and the focus stay too."""
    open_sample(page, server)
    kept = page.locator(".map button.card.quoted").last
    kept.evaluate("card => { card.isTheSame = true; card.focus() }")
    page.get_by_role("button", name="With evidence").click()
    expect(page.locator(".map button.card.inferred")).to_have_count(0)
    assert kept.evaluate("card => card.isTheSame")
    page.get_by_role("button", name="With evidence").click()
    expect(page.locator(".map button.card.inferred").first).to_be_attached()
    assert kept.evaluate("card => card.isTheSame")


def test_only_pains_are_shown_when_asked(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    tool(page, "Pains").click()
    expect(page.locator(".map th.lane")).to_have_count(1)
    expect(page.locator(".map th.lane")).to_contain_text("Pains")


def test_only_what_rests_on_one_persons_words_is_shown_when_asked(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    page.get_by_label("Whose words").select_option("Олена Коваль")
    expect(card(page, "Search engine")).to_have_count(0)
    shown = page.locator(".map button.card")
    assert shown.count() > 0
    expect(page.locator(".map th.column.faint").first).to_be_visible()


def test_lanes_are_hidden_and_put_in_another_order_by_keyboard_and_stay_so_after_a_reload(
    page: Page, server: AppServer
) -> None:
    open_sample(page, server)
    before = lanes(page)
    tool(page, "Lanes").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Thoughts").focus()
    page.keyboard.press("Space")
    assert lanes(page) == [name for name in before if name != "Thoughts"]
    page.get_by_role("button", name="Lower Actions").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    now = [name for name in before if name not in {"Thoughts", "Actions"}]
    assert lanes(page) == [now[0], "Actions", *now[1:]]
    page.keyboard.press("Escape")
    expect(page.locator(".lane-list")).to_be_hidden()
    page.reload()
    expect(page.locator(".map button.card").first).to_be_visible()
    assert lanes(page) == [now[0], "Actions", *now[1:]]
    tool(page, "Lanes").click()
    tool(page, "Show all lanes as they were").click()
    assert lanes(page) == before


def test_thirty_steps_fit_the_breadth_when_asked_and_zoom_goes_in_steps(page: Page, server: AppServer) -> None:
    open_sample(page, server, "thirty")
    board = page.locator(".board")
    overflow = "board => board.scrollWidth - board.clientWidth"
    assert board.evaluate(overflow) > 1000
    tool(page, "Fit").click()
    assert board.evaluate(overflow) <= 1
    expect(element(page, "p30")).to_be_in_viewport()
    tool(page, "Larger").click()
    assert board.evaluate(overflow) > 1
    page.locator(".zoom").get_by_role("button", name="back to 100 %").click()
    expect(page.locator(".percent")).to_have_text("100 %")


def test_the_presentation_has_nothing_to_press_escape_leaves_it(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    tool(page, "Present").click()
    shown = page.get_by_role("dialog", name="Presentation")
    expect(shown).to_be_visible()
    box = shown.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"]) == (0, 0, 1440)
    expect(page.locator(".tools")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".leave")).to_be_focused()
    page.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    expect(tool(page, "Present")).to_be_focused()


def test_pointing_at_or_focusing_a_point_of_the_curve_shows_its_quote(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    point = element(page, "emotion:p12")
    expect(point.locator(".voiced")).to_be_hidden()
    element(page, "p12").focus()
    while page.evaluate("document.activeElement.shadowRoot.activeElement.dataset.id") != "emotion:p12":
        page.keyboard.press("ArrowDown")
    expect(point.locator(".voiced")).to_be_visible()
    expect(point.locator(".voiced")).to_contain_text("I grinned all the way home 😀")
    expect(point.locator(".voiced")).to_contain_text("Maya")


def test_a_printed_map_has_no_controls_and_all_of_its_columns(page: Page, server: AppServer) -> None:
    open_sample(page, server)
    page.emulate_media(media="print")
    expect(page.locator(".tools")).to_be_hidden()
    assert page.locator(".board").evaluate("board => getComputedStyle(board).overflow") == "visible"
    assert len(page.pdf(landscape=True, format="A3")) > 10_000


def test_nothing_glides_where_motion_is_to_be_reduced(browser: Browser, server: AppServer) -> None:
    profile = browser.new_context(reduced_motion="reduce")
    page = profile.new_page()
    open_sample(page, server)
    assert card(page, "Search engine").evaluate("card => getComputedStyle(card).transitionDuration") in {"0s", ""}
    profile.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
@pytest.mark.parametrize("state", ["lanes open", "filtered", "presenting"])
def test_no_state_has_barriers(browser: Browser, server: AppServer, state: str, scheme: str, width: int) -> None:
    pytest.importorskip("axe_playwright_python", reason="the accessibility checker is not installed")
    profile = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = profile.new_page()
    open_sample(page, server)
    tool(page, {"lanes open": "Lanes", "filtered": "With evidence", "presenting": "Present"}[state]).click()
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then(found => found.violations)")
    profile.close()
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in violations] == []
