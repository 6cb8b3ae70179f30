"""Pictures in a real browser: how they come in, and what leads from the map into them and back."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import AppServer
from tests.browser.picture_library import PATIENCE, Finished, element, region, start_with_journeys
from tests.picture_samples import CELLS, png

pytestmark = [pytest.mark.browser, pytest.mark.slow]

READ = 300_000
"""Milliseconds that reading a picture may take on a busy machine."""

PASTE = """content => {
    const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0))
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([bytes], "image.png", { type: "image/png" }))
    const told = { clipboardData, bubbles: true, cancelable: true, composed: true }
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", told))
}"""


DROP = """(target, content) => {
    const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0))
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([bytes], "wall.png", { type: "image/png" }))
    const told = { dataTransfer, bubbles: true, cancelable: true, composed: true }
    return ["dragover", "drop"].filter(kind => !target.dispatchEvent(new DragEvent(kind, told)))
}"""


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finished]:
    """One server over journeys that nobody has to wait for."""
    expect.set_options(timeout=PATIENCE)
    library = start_with_journeys(tmp_path_factory.mktemp("pictures"))
    yield library
    library.server.kill()
    expect.set_options(timeout=5_000)


def drop(page: Page, app: AppServer, *files: tuple[str, bytes]) -> None:
    page.goto(app.url)
    expect(page.get_by_text("Bring an interview")).to_be_visible(timeout=30_000)
    dropped: list[FilePayload] = [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    page.locator("input[type=file]").set_input_files(dropped, timeout=60_000)
    expect(page.locator(".framer canvas").first).to_be_visible(timeout=30_000)


def size_of(page: Page, at: int = 0) -> tuple[int, int]:
    """The size of a preview once it is painted, in its own pixels."""
    canvas = page.locator(".framer canvas").nth(at)
    expect(canvas).not_to_have_attribute("width", "")
    width, height = canvas.evaluate("canvas => [canvas.width, canvas.height]")
    return width, height


def outline(page: Page) -> list[str]:
    """The ids of the regions that are outlined as what the chosen element rests on."""
    chosen: list[str] = page.locator(".viewer .region.chosen").evaluate_all("all => all.map(one => one.dataset.region)")
    return chosen


# How they come in


@pytest.mark.timeout(400)
def test_a_dropped_and_a_pasted_picture_become_one_journey_that_shows_where_it_was_read(
    page: Page, app: AppServer
) -> None:
    drop(page, app, ("wall.png", png()))
    page.evaluate(PASTE, base64.b64encode(png(CELLS[:2], size=(820, 300))).decode())
    expect(page.get_by_text("2 · Pasted picture")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Later").first.click()
    expect(page.get_by_text("1 · Pasted picture")).to_be_visible()
    page.get_by_role("button", name="Draw the journey").click()
    expect(page).to_have_url(re.compile(r"/journey\?job=\w+"))
    expect(page.get_by_text(re.compile(r"^(Starting analysis|Processing)\.\.\."))).to_be_visible()
    expect(page.locator("button.step").first).to_be_visible(timeout=READ)
    page.locator("button.step", has_text="Sign up").first.click()
    expect(page.locator(".viewer .region[aria-current]")).to_have_attribute("aria-label", re.compile("^Sign up"))
    expect(page.locator(".viewer img")).to_have_count(1)
    assert page.locator(".viewer img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert app.outbound() == [], "with the local engine nothing leaves this machine"


def test_a_picture_is_turned_and_cut_by_keyboard_alone(page: Page, app: AppServer) -> None:
    drop(page, app, ("wall.png", png()))
    page.wait_for_function("() => true")
    expect(page.get_by_role("button", name="Turn right")).to_be_visible()
    before = size_of(page)
    page.get_by_role("button", name="Turn right").press("Enter")
    page.wait_for_timeout(300)
    assert size_of(page) == before[::-1]
    page.get_by_text("Cut by numbers").press("Enter")
    page.get_by_label("Width %").fill("50")
    page.get_by_label("Width %").press("Enter")
    expect(page.locator(".framer .frame")).to_be_visible()
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("link", name="New journey").click()
    expect(page.locator(".framer .frame")).to_be_visible(timeout=30_000)
    assert size_of(page) == before[::-1], "what was framed survives a look at another page"
    page.get_by_role("button", name="Whole picture").press("Enter")
    expect(page.locator(".framer .frame")).to_be_hidden()


def test_a_frame_is_dragged_over_what_matters(page: Page, app: AppServer) -> None:
    drop(page, app, ("wall.png", png()))
    sheet = page.locator(".framer .sheet").bounding_box()
    assert sheet is not None
    page.mouse.move(sheet["x"] + sheet["width"] * 0.5, sheet["y"] + sheet["height"] * 0.25)
    page.mouse.down()
    page.mouse.move(sheet["x"] + sheet["width"] * 0.98, sheet["y"] + sheet["height"] * 0.75, steps=4)
    page.mouse.up()
    page.get_by_text("Cut by numbers").click()
    expect(page.get_by_label("Left %")).to_have_value("50")
    expect(page.get_by_label("Height %")).to_have_value("50")


def test_a_file_above_the_limit_keeps_its_sentence_beside_those_that_were_taken(page: Page, app: AppServer) -> None:
    drop(page, app, ("wall.png", png()), ("huge.png", png() + bytes(21 * 1024 * 1024)))
    page.get_by_role("button", name="Turn right").click()
    page.wait_for_timeout(500)
    expect(page.get_by_text("huge.png was not taken: it has 21.0 MB, and the limit is 20 MB.")).to_be_visible()


def test_what_is_dropped_beside_the_uploader_is_taken_in_and_not_opened_instead_of_the_page(
    page: Page, app: AppServer
) -> None:
    page.goto(app.url)
    expect(page.locator(".arrivals .said")).to_be_attached(timeout=30_000)  # from now on the page listens
    handled = page.get_by_role("heading", name="New journey").evaluate(DROP, base64.b64encode(png()).decode())
    assert handled == ["dragover", "drop"], "the browser would open what nobody handles"
    expect(page.locator(".framer canvas")).to_be_visible(timeout=30_000)
    expect(page.locator(".framer canvas")).to_have_attribute("aria-label", "Preview of wall.png")


def test_text_pasted_into_the_box_stays_text(page: Page, app: AppServer) -> None:
    page.goto(app.url)
    box = page.get_by_label("Paste a transcript")
    box.click()
    page.evaluate(
        """() => {
        const clipboardData = new DataTransfer()
        clipboardData.setData("text/plain", "Anna: Hello")
        clipboardData.items.add(new File([new Uint8Array(9)], "image.png", { type: "image/png" }))
        window.kept = document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }))
    }"""
    )
    assert page.evaluate("window.kept"), "the field may handle it: nobody prevented that"
    expect(page.locator(".framer")).to_have_count(0)


# From the map into the picture and back


def test_choosing_a_card_outlines_its_region_and_another_one_moves_the_outline(page: Page, finished: Finished) -> None:
    page.goto(finished.pages["wall"])
    element(page, "p2").click()
    expect(region(page, "b2")).to_have_attribute("aria-current", "true")
    assert outline(page) == ["b2"]
    expect(region(page, "b2")).to_be_in_viewport()
    element(page, "i1").click()
    expect(region(page, "b4")).to_have_attribute("aria-current", "true")
    assert outline(page) == ["b4"]


def test_choosing_a_region_selects_its_card_on_the_map(page: Page, finished: Finished) -> None:
    page.goto(finished.pages["wall"])
    region(page, "b6").click()
    expect(element(page, "i2")).to_have_attribute("aria-current", "true")
    expect(page.locator(".quotes h2")).to_have_text("What is this fee?")
    expect(region(page, "b6")).to_have_attribute("aria-current", "true")


def test_what_could_not_be_read_is_hatched_and_what_is_unsure_is_dotted_and_both_say_so(
    page: Page, finished: Finished
) -> None:
    page.goto(finished.pages["wall"])
    assert "repeating-linear-gradient" in region(page, "b5").evaluate("one => getComputedStyle(one).backgroundImage")
    assert region(page, "b3").evaluate("one => getComputedStyle(one).borderTopStyle") == "dotted"
    expect(page.get_by_text("7 regions · 1 could not be read · 1 to check")).to_be_visible()
    expect(region(page, "b5")).to_have_attribute("aria-label", "Region without words, could not be read")


def test_regions_are_one_tab_stop_and_arrow_keys_go_to_the_nearest(page: Page, finished: Finished) -> None:
    page.goto(finished.pages["wall"])
    expect(page.locator('.viewer .region[tabindex="0"]')).to_have_count(1)
    region(page, "b1").focus()
    page.keyboard.press("ArrowRight")
    expect(region(page, "b2")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(region(page, "b5")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(region(page, "b4")).to_be_focused()
    page.keyboard.press("Enter")
    expect(element(page, "i1")).to_have_attribute("aria-current", "true")


def test_the_picture_is_zoomed_by_button_and_by_key_and_fits_again(page: Page, finished: Finished) -> None:
    page.goto(finished.pages["wall"])
    sheet = page.locator(".viewer .sheet")
    expect(sheet).to_be_visible()
    width = sheet.evaluate("sheet => sheet.offsetWidth")
    page.get_by_role("button", name="Zoom in").click()
    assert sheet.evaluate("sheet => sheet.offsetWidth") == pytest.approx(1.5 * width, rel=0.05)
    page.locator(".viewer .stage").press("+")
    assert sheet.evaluate("sheet => sheet.offsetWidth") == pytest.approx(2.25 * width, rel=0.05)
    page.locator(".viewer .stage").press("0")
    assert sheet.evaluate("sheet => sheet.offsetWidth") == pytest.approx(width, rel=0.05)


def test_a_corrected_reading_changes_the_card_survives_a_reload_and_is_undone(page: Page, finished: Finished) -> None:
    page.goto(finished.pages["wall"])
    region(page, "b3").click()
    expect(element(page, "p3")).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Correct the reading").click()
    field = page.get_by_label("What it says")
    expect(field).to_be_focused()
    field.fill("First bill")
    page.get_by_role("button", name="Keep this reading").click()
    expect(element(page, "p3")).to_contain_text("First bill")
    expect(region(page, "b3")).to_have_attribute("aria-label", re.compile("First bill, corrected by you"))
    page.reload()
    expect(element(page, "p3")).to_contain_text("First bill")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(element(page, "p3")).to_contain_text("First bi1l")


def test_what_could_not_be_read_is_typed_in_and_becomes_a_card(page: Page, finished: Finished) -> None:
    page.goto(finished.pages["two walls"])
    region(page, "b5").click()
    page.get_by_role("button", name="Type what it says").click()
    page.get_by_label("What stands here").fill("Wait for the letter")
    page.get_by_role("button", name="Keep this reading").click()
    expect(page.get_by_text("7 regions · 1 to check · 1 corrected by you")).to_be_visible()
    expect(region(page, "b5")).to_have_attribute("aria-label", "Wait for the letter, corrected by you")
    page.get_by_label("Lane").select_option("Pains")
    page.get_by_role("button", name="Make a card").click()
    expect(page.locator(".map button.card", has_text="Wait for the letter")).to_contain_text("1 quote")
    expect(region(page, "b5")).to_have_attribute("aria-label", re.compile("on the map in 1 place"))


def test_the_reader_turns_to_another_picture_and_a_card_leads_back_to_its_own(page: Page, finished: Finished) -> None:
    page.goto(finished.pages["two walls"])
    expect(page.locator(".viewer h3")).to_have_text("wall.png")
    page.get_by_role("combobox", name="2 sources").click()
    page.get_by_role("option", name="second.png").click()
    expect(page.locator(".viewer h3")).to_have_text("second.png")
    element(page, "p2").click()
    expect(page.locator(".viewer h3")).to_have_text("wall.png")
    expect(region(page, "b2")).to_have_attribute("aria-current", "true")


def test_the_pixels_are_sent_once_and_not_again_for_another_choice(page: Page, finished: Finished) -> None:
    received: list[bytes | str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(frame)))
    page.goto(finished.pages["wall"])
    expect(page.locator(".viewer img[src]")).to_be_visible()
    assert any(b"WEBP" in frame for frame in received if isinstance(frame, bytes))
    received.clear()
    for choice, place in (("p2", "b2"), ("i1", "b4")):
        element(page, choice).click()
        expect(region(page, place)).to_have_attribute("aria-current", "true")
    page.wait_for_timeout(500)
    assert received
    assert not any(b"WEBP" in frame for frame in received if isinstance(frame, bytes))
