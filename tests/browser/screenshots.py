"""Make the README's pictures: start the app over an empty library, draw the sample, photograph it into docs/.

Run from the checkout: python tests/browser/screenshots.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import CHROMIUM_FLAGS, AppServer, chromium_path  # noqa: E402

DOCS = ROOT / "docs"
SIZE: ViewportSize = {"width": 1440, "height": 1100}
TOLD = "Nobody came"
"""A word of the card whose evidence is shown."""
SETTLED = 1500
"""Milliseconds after which nothing moves any more."""


def main() -> None:
    """Photograph the page of the sample's journey in both schemes, and the page it is submitted on."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app = AppServer(Path(folder), script=ROOT / "app.py")
        app.start()
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(CHROMIUM_FLAGS))
        try:
            address = _draw_sample(browser, app)
            for scheme in ("light", "dark"):
                _photograph_map(browser, address, scheme)
        finally:
            browser.close()
            app.stop()


def _draw_sample(browser: Browser, app: AppServer) -> str:
    page = browser.new_page(viewport=SIZE, color_scheme="light")
    page.goto(app.url)
    page.get_by_role("button", name="Try a sample").click()
    page.get_by_text("What was recognised", exact=True).wait_for()
    _photograph(page, "new-light.png")
    page.get_by_role("button", name="Draw the journey").click()
    page.locator("button.card").first.wait_for(timeout=120_000)
    return page.url


def _photograph_map(browser: Browser, address: str, scheme: str) -> None:
    page = browser.new_page(viewport=SIZE, color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address)
    page.locator("button.card", has_text=TOLD).first.click()
    page.locator("mark").first.wait_for()
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    _photograph(page, f"map-{scheme}.png")


def _photograph(page: Page, name: str) -> None:
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=DOCS / name)


if __name__ == "__main__":
    main()
