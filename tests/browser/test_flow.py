"""The whole way in a real browser: the real app, the real local engine, a real crash."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from journey.ui.samples import sample_transcript

if TYPE_CHECKING:
    from tests.browser.conftest import AppServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAP = 90_000
"""Milliseconds that the engine may take on a busy machine."""

HOSTILE = '<img src="http://192.0.2.1/a.png" onerror="document.title=1"> ![x](http://192.0.2.1/b.png) :red[now]'


def paste_and_submit(page: Page, app: AppServer, text: str, *, title: str = "") -> None:
    page.goto(app.url)
    page.get_by_label("Paste a transcript").fill(text)
    page.get_by_label("Title (optional)").fill(title)
    page.get_by_role("button", name="Draw the journey").click()
    expect(page).to_have_url(re.compile(r"/journey\?job=\w+"))


def the_map(page: Page) -> None:
    expect(page.locator("button.card").first).to_be_visible(timeout=MAP)


def test_from_pasting_to_the_marked_words_and_through_the_library(
    page: Page, app: AppServer, context: BrowserContext
) -> None:
    paste_and_submit(page, app, sample_transcript(), title="Moving broadband")
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^(Starting analysis|Processing)\.\.\."))).to_be_visible()
    page.reload()
    second = context.new_page()
    second.goto(page.url)
    the_map(page)
    the_map(second)
    expect(page.get_by_role("progressbar")).to_have_count(0)

    card = page.locator("button.card").first
    card.click()
    marked = page.locator("mark").first
    expect(marked).to_be_in_viewport()
    assert " ".join(marked.inner_text().split()) in " ".join(sample_transcript().split())

    page.get_by_role("button", name="Rename").click()
    page.get_by_role("dialog").get_by_label("Title").fill("Broadband, renamed")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Broadband, renamed")).to_be_visible()

    page.get_by_role("link", name="Library").click()
    row = page.get_by_test_id("stPageLink").get_by_role("link", name="Broadband, renamed")
    expect(row).to_be_visible()
    page.get_by_role("button", name="⋯").click()
    page.get_by_role("menuitem", name="Delete").or_(page.get_by_role("option", name="Delete")).click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row).to_be_visible()
    row.click()
    the_map(page)
    assert app.outbound() == [], "with the local engine nothing leaves this machine"
    assert app.stop() < 2


def test_a_killed_server_takes_the_job_up_again_and_the_page_comes_back_by_itself(page: Page, app: AppServer) -> None:
    paste_and_submit(page, app, "\n\n".join([sample_transcript()] * 6), title="Killed")
    expect(page.get_by_text(re.compile(r"^Processing\.\.\."))).to_be_visible()
    app.kill()
    app.start()
    expect(page.get_by_text(re.compile(r"^(Processing|Still analyzing)\.\.\."))).to_be_visible()
    expect(page.get_by_role("link", name="New journey")).to_be_visible()
    the_map(page)
    assert app.outbound() == []


def test_a_running_job_is_cancelled_and_the_server_leaves_at_once_with_another_in_flight(
    page: Page, app: AppServer
) -> None:
    text = "\n\n".join([sample_transcript()] * 25)  # long enough that the job taken up again is still seen at work
    paste_and_submit(page, app, text, title="Cancelled")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("You cancelled this.")).to_be_visible()
    page.get_by_role("button", name="Retry").click()
    expect(page.get_by_text(re.compile(r"^Processing\.\.\."))).to_be_visible()
    assert app.stop() < 2


def test_the_first_visitor_after_a_start_finds_the_frame_around_a_deep_link(page: Page, app: AppServer) -> None:
    page.goto(f"{app.url}/journey?job=0123456789abcdef")
    expect(page.get_by_role("heading", name="Nothing is here")).to_be_visible()
    expect(page.get_by_test_id("stTopNav").get_by_role("link", name="New journey")).to_be_visible()
    assert "job=0123456789abcdef" in page.url


def test_words_from_outside_are_shown_as_they_are_and_load_nothing(page: Page, app: AppServer) -> None:
    paste_and_submit(page, app, f"{sample_transcript()}\n\nImani: I clicked on {HOSTILE}.", title=HOSTILE)
    the_map(page)
    expect(page.get_by_role("heading", name=HOSTILE)).to_be_visible()
    expect(page).to_have_title(re.compile("Journey"))
    page.get_by_role("link", name="Library").click()
    expect(page.get_by_test_id("stPageLink").get_by_role("link", name=HOSTILE)).to_be_visible()


def test_a_double_click_submits_once(page: Page, app: AppServer) -> None:
    page.goto(app.url)
    page.get_by_label("Paste a transcript").fill("\n\n".join([sample_transcript()] * 3))
    page.get_by_label("Title (optional)").fill("Once")
    page.get_by_role("button", name="Draw the journey").dblclick()
    expect(page).to_have_url(re.compile(r"/journey\?job=\w+"))
    expect(page.get_by_role("heading", name="Once")).to_be_visible()
    page.get_by_role("link", name="Library").click()
    expect(page.get_by_test_id("stPageLink").get_by_role("link", name="Once")).to_have_count(1)
    expect(page.get_by_role("button", name="⋯")).to_have_count(1)


def test_a_dropped_file_survives_a_look_at_another_page(page: Page, app: AppServer) -> None:
    page.goto(app.url)
    page.locator("input[type=file]").set_input_files(
        {"name": "talk.txt", "mimeType": "text/plain", "buffer": sample_transcript().encode()}
    )
    expect(page.get_by_text("30 turns")).to_be_visible()
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_text("This program works on the jobs")).to_be_visible()
    page.get_by_role("link", name="New journey").click()
    expect(page.get_by_text("talk.txt").first).to_be_visible()
    page.get_by_role("button", name="Draw the journey").click()
    the_map(page)


def test_the_listener_in_the_server_hears_an_attempt_to_reach_another_machine(app: AppServer) -> None:
    """The tests above rest on it: an empty list must mean that nothing was tried."""
    attempt = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"
    subprocess.run([sys.executable, "-c", attempt], env=app.environ(), check=True)
    assert app.outbound() == ["socket.connect 192.0.2.1"]
