"""Somebody who has read nothing goes from the sample to slides."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pptx import Presentation

from tests.browser.conftest import StartApp

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WINDOW: ViewportSize = {"width": 1440, "height": 900}
TWO_MINUTES = 120.0


def press(page: Page, name: str) -> None:
    """Press a button that can be seen without scrolling, as somebody who does not know that there is more would."""
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_be_in_viewport(timeout=60_000)
    button.click()


def test_from_the_sample_to_slides_takes_four_buttons_in_plain_sight_and_less_than_two_minutes(
    page: Page, start_app: StartApp
) -> None:
    page.set_viewport_size(WINDOW)
    address, began = start_app().url, time.monotonic()
    page.goto(address)
    press(page, "Try a sample")
    page.get_by_text("What was recognised", exact=True).wait_for()
    press(page, "Draw the journey")
    page.locator("button.card").first.wait_for(timeout=60_000)
    press(page, "Download")
    with page.expect_download() as download:
        press(page, "PowerPoint")
    slides = Presentation(str(download.value.path())).slides
    assert time.monotonic() - began < TWO_MINUTES
    assert "Nobody came" in " ".join(
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    )
