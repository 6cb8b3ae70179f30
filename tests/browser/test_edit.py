"""Editing in a real browser: what was changed is kept, undone and redone, and the later of two tabs is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.test_flow import paste_and_submit, the_map

if TYPE_CHECKING:
    from tests.browser.conftest import AppServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TALK = """Interviewer: What happened?
Anna: I called the shop on Monday because the kettle was broken.
Anna: Then I went there with the receipt.
Anna: They gave me a new kettle and I was so relieved.
"""


def begin_to_edit_the_first_step(page: Page) -> Locator:
    """Choose the first step of the map and return the field of its title."""
    the_map(page)
    page.locator("button.step").first.click()
    page.get_by_role("button", name="Edit", exact=True).click()
    field = page.get_by_label("Step", exact=True)
    expect(field).to_be_visible()
    return field


def test_a_changed_title_outlives_reload_and_is_undone_and_redone(
    page: Page, app: AppServer, context: BrowserContext
) -> None:
    paste_and_submit(page, app, TALK)
    field = begin_to_edit_the_first_step(page)
    second = context.new_page()
    second.goto(page.url)
    late = begin_to_edit_the_first_step(second)

    field.fill("Rings the shop")
    field.press("Enter")
    expect(page.get_by_text(re.compile("It is marked as yours"))).to_be_visible()
    changed = page.locator("button.step", has_text="Rings the shop")
    expect(changed).to_contain_text("changed by hand")
    expect(page.get_by_text("detached from these quotes")).to_be_attached()
    page.reload()
    expect(changed).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(changed).to_have_count(0)
    page.get_by_role("button", name="Redo", exact=True).click()
    expect(changed).to_be_visible()
    page.get_by_role("button", name="History", exact=True).click()
    history = page.get_by_role("dialog").filter(has_text="What was changed, and by whom")
    expect(history.get_by_text(re.compile("^Changed “.*to “Rings the shop” "))).to_be_visible()
    expect(history.get_by_text(re.compile("^Changed the step .*to “Rings the shop”$"))).to_be_visible()

    late.fill("Too late")
    late.press("Enter")
    expect(second.get_by_text(re.compile("changed elsewhere.*Too late"))).to_be_visible()
    expect(second.locator("button.step", has_text="Rings the shop")).to_be_visible()
    assert app.outbound() == []
