"""Changing the map on the map: by dragging, by keys, by typing in place; what is kept, undone, refused, announced."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from journey.model import Origin, Step
from tests.browser.conftest import ROOT, AppServer
from tests.browser.test_map import card, element, focused
from tests.browser.workspace import keep_journey, library_of
from tests.sample_journeys import rich_journey

ENOUGH = 18
UNTOUCHED: list[str] = []

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """One server over a library with journeys enough for every test; made first, for its workers would draw them."""
    running = AppServer(tmp_path_factory.mktemp("workspace"), script=ROOT / "app.py")
    UNTOUCHED.extend(keep_journey(running.home, rich_journey()) for _ in range(ENOUGH))
    running.start()
    yield running
    running.kill()
    UNTOUCHED.clear()


@pytest.fixture
def job_id(server: AppServer) -> str:
    """A journey of the test's own."""
    return UNTOUCHED.pop()


def open_map(page: Page, server: AppServer, job_id: str, *, more: str = "") -> Locator:
    page.goto(f"{server.url}/journey?job={job_id}{more}")
    expect(page.locator(".map button.card").first).to_be_visible(timeout=30_000)
    return page.locator(".map")


def told(page: Page) -> Locator:
    return page.locator(".told .words")


def steps(server: AppServer, job_id: str) -> list[Step]:
    return list(library_of(server.home).open(job_id).steps())


def step(server: AppServer, job_id: str, step_id: str) -> Step:
    return next(one for one in steps(server, job_id) if one.id == step_id)


def drag(page: Page, what: Locator, to: Locator, *, x: float = 0.5, y: float = 0.5) -> None:
    """Take hold of the middle of one element and let go at a fraction of another."""
    begin, end = what.bounding_box(), to.bounding_box()
    assert begin is not None
    assert end is not None
    page.mouse.move(begin["x"] + begin["width"] / 2, begin["y"] + begin["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] * x, end["y"] + end["height"] * y, steps=8)
    page.mouse.up()


def cell(page: Page, step_id: str, lane: str) -> Locator:
    return page.locator(f'.map td[data-cell="{step_id}"][data-lane="{lane}"]')


def test_a_card_is_dragged_to_another_cell_and_survives_reload(page: Page, server: AppServer, job_id: str) -> None:
    open_map(page, server, job_id)
    moved = card(page, "Pushes the bike to work")
    moved_id = str(moved.get_attribute("data-id"))
    drag(page, moved, cell(page, "p3", "actions"))
    expect(cell(page, "p3", "actions")).to_contain_text("Pushes the bike to work")
    expect(told(page)).to_contain_text("Moved “Pushes the bike to work”")
    assert [item.id for item in step(server, job_id, "p3").actions] == [moved_id]
    page.reload()
    expect(cell(page, "p3", "actions")).to_contain_text("Pushes the bike to work")


def test_a_card_is_dropped_before_the_card_it_was_held_over(page: Page, server: AppServer, job_id: str) -> None:
    open_map(page, server, job_id)
    drag(page, card(page, "Owners’ forum"), card(page, "Search engine"), y=0.1)
    expect(told(page)).to_contain_text("Moved “Owners’ forum”")
    assert [item.text for item in step(server, job_id, "p2").touchpoints] == ["Owners’ forum", "Search engine"]


def test_letting_go_nowhere_or_pressing_escape_moves_nothing(page: Page, server: AppServer, job_id: str) -> None:
    open_map(page, server, job_id)
    before = steps(server, job_id)
    drag(page, card(page, "Search engine"), page.locator(".map th.lane").first)
    box = card(page, "Invoice").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 5, steps=4)
    expect(page.locator(".ghost")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".ghost")).to_have_count(0)
    page.mouse.up()
    page.wait_for_timeout(600)
    assert steps(server, job_id) == before


def test_a_step_and_a_phase_are_dragged_past_others(page: Page, server: AppServer, job_id: str) -> None:
    open_map(page, server, job_id)
    drag(page, element(page, "p1").locator(".title"), element(page, "p3"), x=0.9)
    expect(told(page)).to_contain_text("Moved the step")
    assert [one.id for one in steps(server, job_id)][:3] == ["p2", "p3", "p1"]
    first, second = (page.locator(".map .phase-band").nth(number) for number in (0, 1))
    drag(page, second.locator(".words"), first, x=0.1)
    expect(told(page)).to_contain_text("Moved the phase “Make the claim”")
    assert library_of(server.home).open(job_id).phases[0].name == "Make the claim"


def test_a_feeling_is_dragged_up_and_pressed_down(page: Page, server: AppServer, job_id: str) -> None:
    open_map(page, server, job_id)
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 260)")
    point = element(page, "emotion:p1")
    point.scroll_into_view_if_needed()
    drag(page, point.locator(".face"), page.locator('.map td.feeling[data-step="1"]'), y=0.24)
    expect(told(page)).to_contain_text("Set the feeling of")
    feeling = step(server, job_id, "p1").emotion
    assert feeling is not None
    assert (feeling.score, feeling.origin) == (2, Origin.USER)
    point.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(told(page)).to_contain_text("(+1.5)")
    assert focused(page) == "emotion:p1"


def test_by_keyboard_cards_go_to_other_places_lanes_and_steps_and_keep_the_focus(
    page: Page, server: AppServer, job_id: str
) -> None:
    open_map(page, server, job_id)
    moved = card(page, "Search engine")
    moved_id = str(moved.get_attribute("data-id"))
    moved.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(told(page)).to_contain_text("Moved “Search engine”")
    assert [item.text for item in step(server, job_id, "p2").touchpoints] == ["Owners’ forum", "Search engine"]
    page.keyboard.press("Alt+ArrowRight")
    expect(cell(page, "p3", "touchpoints")).to_contain_text("Search engine")
    page.keyboard.press("Alt+Shift+ArrowDown")
    expect(cell(page, "p3", "thoughts")).to_contain_text("Search engine")
    assert focused(page) == moved_id
    expect(page.locator(".telling")).to_have_attribute("role", "status")


def test_moves_pressed_faster_than_they_are_kept_are_all_made_in_order(
    page: Page, server: AppServer, job_id: str
) -> None:
    open_map(page, server, job_id)
    element(page, "p1").focus()
    for _ in range(4):
        page.keyboard.press("Alt+ArrowRight")
    page.locator('.map:not([aria-busy="true"])').wait_for()
    expect(told(page)).to_contain_text("Moved the step")
    page.wait_for_function("() => !document.querySelector('[aria-busy]')")
    page.wait_for_timeout(1500)
    library = library_of(server.home)
    assert len(library.history(job_id)) == 4
    assert [one.id for one in library.open(job_id).phases[1].steps][1] == "p1"


def test_words_are_typed_anew_in_place_and_marked_as_the_users(page: Page, server: AppServer, job_id: str) -> None:
    open_map(page, server, job_id)
    card(page, "Pushes the bike to work").dblclick()
    field = page.locator("textarea.renaming")
    field.fill("Walks\n the rest of the way")
    field.press("Enter")
    changed = card(page, "Walks the rest of the way")
    expect(changed).to_contain_text("changed by hand")
    expect(told(page)).to_contain_text("detached from its quotes")
    element(page, "p1").focus()
    page.keyboard.press("F2")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    assert focused(page) == "p1"
    page.locator(".phase-band").first.dblclick()
    field.fill("Trouble")
    field.press("Enter")
    expect(page.locator(".phase-band").first).to_contain_text("Trouble")


def test_a_card_is_added_after_another_and_into_an_empty_cell(page: Page, server: AppServer, job_id: str) -> None:
    open_map(page, server, job_id)
    card(page, "Search engine").focus()
    page.keyboard.press("Insert")
    page.keyboard.type("A friend")
    page.keyboard.press("Enter")
    expect(card(page, "A friend")).to_contain_text("added by hand")
    assert [item.text for item in step(server, job_id, "p2").touchpoints] == [
        "Search engine",
        "A friend",
        "Owners’ forum",
    ]
    empty = cell(page, "p3", "actions")
    empty.hover()
    empty.locator(".plus").click()
    page.keyboard.type("Looks for the invoice")
    page.keyboard.press("Enter")
    expect(empty).to_contain_text("Looks for the invoice")


def test_what_was_deleted_is_brought_back_from_the_line_that_says_so(
    page: Page, server: AppServer, job_id: str
) -> None:
    open_map(page, server, job_id)
    gone = card(page, "Search engine")
    gone.focus()
    page.keyboard.press("Delete")
    expect(told(page)).to_contain_text("Deleted “Search engine”")
    expect(gone).to_have_count(0)
    assert focused(page) == card(page, "Owners’ forum").get_attribute("data-id")
    page.locator(".told").get_by_role("button", name="Undo").click()
    expect(gone).to_be_visible()
    page.keyboard.press("Control+Shift+z")
    expect(gone).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(gone).to_be_visible()


def test_the_later_of_two_tabs_is_told_on_the_map_and_overwrites_nothing(
    page: Page, context: BrowserContext, server: AppServer, job_id: str
) -> None:
    open_map(page, server, job_id)
    late = context.new_page()
    open_map(late, server, job_id)
    element(page, "p1").focus()
    page.keyboard.press("Delete")
    expect(told(page)).to_contain_text("Deleted the step")
    element(late, "p2").focus()
    late.keyboard.press("Delete")
    expect(told(late)).to_contain_text("changed elsewhere")
    expect(element(late, "p2")).to_be_visible()
    expect(element(late, "p1")).to_have_count(0)


def test_typing_in_place_beside_what_was_done_and_what_was_refused_has_no_barriers(
    page: Page, server: AppServer, job_id: str
) -> None:
    pytest.importorskip("axe_playwright_python", reason="the accessibility checker is not installed")
    checker = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    open_map(page, server, job_id)
    card(page, "Search engine").focus()
    page.keyboard.press("Delete")
    expect(told(page)).to_contain_text("Deleted")
    element(page, "p2").focus()
    page.keyboard.press("F2")
    expect(page.locator("textarea.renaming")).to_be_focused()
    page.evaluate(checker)
    violations = page.evaluate("axe.run().then(found => found.violations)")
    assert [(one["id"], [node["html"][:300] for node in one["nodes"]]) for one in violations] == []


def test_at_the_end_of_its_row_nothing_moves_and_that_is_said(page: Page, server: AppServer, job_id: str) -> None:
    open_map(page, server, job_id)
    element(page, "p1").focus()
    page.keyboard.press("Alt+ArrowLeft")
    expect(told(page)).to_have_text("It cannot go further that way.")
    assert steps(server, job_id) == list(rich_journey().steps())


def test_a_finger_scrolls_at_once_and_drags_after_a_moment(
    context: BrowserContext, server: AppServer, job_id: str
) -> None:
    page = context.new_page()
    open_map(page, server, job_id)
    touch = context.new_cdp_session(page)

    def middles() -> list[list[float]]:
        boxes = (card(page, "Search engine").bounding_box(), cell(page, "p3", "touchpoints").bounding_box())
        return [[box["x"] + box["width"] / 2, box["y"] + 20] for box in boxes if box]

    def move(kind: str, at: list[float] | None) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    begin, end = middles()
    move("touchStart", begin)
    expect(page.locator(".ghost")).to_be_visible()
    move("touchMove", end)
    move("touchEnd", None)
    expect(cell(page, "p3", "touchpoints")).to_contain_text("Search engine")
    begin, _ = middles()
    move("touchStart", begin)
    move("touchMove", [begin[0], begin[1] - 60])
    page.wait_for_timeout(600)
    expect(page.locator(".ghost")).to_have_count(0)
    move("touchEnd", None)
