"""The whole way in a browser that asks for German: every page speaks it, and says so to a screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from journey.ui.catalogue import INTERFACE, SENTENCES, read_catalogue
from journey.ui.samples import sample_transcript

if TYPE_CHECKING:
    from tests.browser.conftest import AppServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS_ON_SCREEN = """() => {
  const found = [];
  const ATTRIBUTES = ["aria-label", "placeholder", "title", "alt"];
  const visit = (element) => {
    if (!element.checkVisibility?.() || ["STYLE", "SCRIPT"].includes(element.tagName)) return;
    for (const name of ATTRIBUTES) if (element.getAttribute(name)) found.push(element.getAttribute(name).trim());
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    for (const { data } of own) if (data.trim()) found.push(data.trim());
    for (const child of [...element.children, ...(element.shadowRoot?.children ?? [])]) visit(child);
  };
  visit(document.body);
  return found;
}"""
"""Every text and name that is drawn, those inside components too."""


@pytest.fixture
def german_page(browser: Browser) -> Iterator[Page]:
    profile = browser.new_context(viewport={"width": 1440, "height": 900}, locale="de-AT")
    profile.set_default_timeout(15_000)
    yield profile.new_page()
    profile.close()


def english() -> list[re.Pattern[str]]:
    """Return what must not be seen: the English of every entry that has words and is another in German."""
    entries = [*read_catalogue("de", INTERFACE), *read_catalogue("de", SENTENCES)]
    pairs = [
        (one, other)
        for entry in entries
        if entry.id
        for one, other in zip(_forms(entry.id), _forms(entry.string), strict=False)
    ]
    return [_pattern(one) for one, other in pairs if one != other and re.search(r"[A-Za-z]{3}", _PART.sub("", one))]


_PART = re.compile(r"\{\w+\}")


def _forms(text: object) -> list[str]:
    return [str(form) for form in text] if isinstance(text, tuple | list) else [str(text)]


def _pattern(one: str) -> re.Pattern[str]:
    return re.compile(".+".join(map(re.escape, _PART.split(one))))


def said_in_english(page: Page, patterns: list[re.Pattern[str]]) -> set[str]:
    """Return the texts on the screen that stand in the catalogue in English, but for what the transcript says."""
    words = {" ".join(text.split()) for text in page.evaluate(WORDS_ON_SCREEN)}
    return {
        text
        for text in words
        if text not in sample_transcript() and any(pattern.fullmatch(text) for pattern in patterns)
    }


def test_every_page_speaks_the_browsers_language_until_another_is_chosen(german_page: Page, app: AppServer) -> None:
    page, patterns = german_page, english()
    page.goto(app.url)
    page.get_by_role("button", name="Beispiel ausprobieren").click()
    expect(page.get_by_text("Was erkannt wurde", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert said_in_english(page, patterns) == set()

    page.get_by_role("button", name="Journey zeichnen").click()
    page.locator("button.card").first.click(timeout=90_000)
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator(".map").first).to_have_attribute("lang", "de")
    for words in (page.locator(".quotes .said [lang]").first, page.locator(".transcript .words").first):
        expect(words).to_have_attribute("lang", "en")  # or a screen reader would speak them as if they were German
    assert said_in_english(page, patterns) == set()

    page.get_by_role("link", name="Bibliothek").click()
    expect(page.get_by_role("button", name="⋯")).to_be_visible()
    assert said_in_english(page, patterns) == set()

    page.get_by_role("link", name="Einstellungen").click()
    expect(page.get_by_text("Datenordner")).to_be_visible()
    assert said_in_english(page, patterns) == set()

    page.get_by_label("Sprache der Oberfläche").click()
    page.get_by_role("option", name="English").click()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
