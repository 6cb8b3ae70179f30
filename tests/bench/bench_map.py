"""How fast the map is in a browser: `python -m tests.bench.bench_map [clicks]`. Prints a measurement, never fails.

The map of 8 phases, 30 steps and 300 items, in the real app over a real library. Drawn: from the moment the browser
has the page (`load`) until every step and card is there and painted. A click: from the press until the card is marked
as chosen and painted, and until its quote is the one being read; an edit by key: until the changed map is painted. Then
the same clicks beside a transcript of 100,000 words, and the longest that it kept the page from answering.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM_FLAGS, ROOT, AppServer, chromium_path
from tests.browser.workspace import keep_journey
from tests.sample_journeys import long_journey

LOADS = 20
WORDS = 100_000

WATCH = """
() => {
  const roots = () => [...document.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean);
  const all = (selector) => roots().flatMap((root) => [...root.querySelectorAll(selector)]);
  const painted = (is, then) => {
    const look = () => {
      if (!is()) return setTimeout(look, 4);
      requestAnimationFrame(() => setTimeout(() => then(performance.now()), 0));
    };
    look();
  };
  window.all = all;
  window.whenPainted = (is) => new Promise((done) => painted(is, done));
}
"""
LONGEST_TASK = """
window.longest = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
}).observe({ type: "longtask", buffered: true });
"""
OPENED = """
async () => {
  const at = await window.whenPainted(() => window.all(".transcript .turn").length > 0);
  return at - performance.getEntriesByType("navigation")[0].loadEventEnd;
}
"""
DRAWN = """
async (cards) => {
  const at = await window.whenPainted(() => window.all(".map button.card").length >= cards);
  return at - performance.getEntriesByType("navigation")[0].loadEventEnd;
}
"""
CLICKED = """
async (id) => {
  const card = window.all(`.map button[data-id="${id}"]`)[0];
  card.scrollIntoView({ block: "center", inline: "center" });
  await new Promise((done) => setTimeout(done, 60));
  const began = performance.now();
  card.click();
  const marked = await window.whenPainted(() => card.getAttribute("aria-current") === "true");
  const words = card.querySelector(".text, .title").textContent;
  const quoted = await window.whenPainted(() => window.all(".quotes h2").some((head) => head.textContent === words));
  return [marked - began, quoted - began];
}
"""
EDITED = """
async (id) => {
  const card = window.all(`.map button[data-id="${id}"]`)[0];
  card.focus();
  const was = card.closest("[data-step]").dataset.step;
  const began = performance.now();
  card.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", altKey: true, bubbles: true, composed: true }));
  const moved = () => window.all(`.map button[data-id="${id}"]`)[0]?.closest("[data-step]").dataset.step !== was;
  return (await window.whenPainted(moved)) - began;
}
"""


def main(clicks: int) -> None:
    """Measure on a server and a browser of this machine."""
    journey = long_journey()
    cards = [item for step in journey.steps() for _, item in step.items()]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app = AppServer(Path(folder), script=ROOT / "app.py")
        job_id, long_id = keep_journey(app.home, journey), keep_journey(app.home, long_journey(words=WORDS))
        app.start()
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(CHROMIUM_FLAGS))
        try:
            address = f"{app.url}/journey?job={job_id}"
            print(f"{len(journey.phases)} phases, {sum(1 for _ in journey.steps())} steps, {len(cards)} items")
            _tell("drawn after the first load of a server", [_drawn(browser, address, len(cards))])
            _tell("drawn after load", [_drawn(browser, address, len(cards)) for _ in range(LOADS)])
            page = _opened(browser, address, len(cards))
            quoted = [item.id for item in cards if item.evidence]
            picked = [quoted[number * 7 % len(quoted)] for number in range(clicks)]
            times = [page.evaluate(CLICKED, one) for one in picked]
            _tell("card marked after a click", [marked for marked, _ in times])
            _tell("quotes shown after a click", [shown for _, shown in times])
            _tell("map changed after Alt+Right", [page.evaluate(EDITED, one) for one in picked[: clicks // 4]])
            _tell_of_the_longest(browser, f"{app.url}/journey?job={long_id}", picked)
        finally:
            browser.close()
            app.kill()


def _opened(browser: Browser, address: str, cards: int) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(f"({WATCH})()")
    page.goto(address)
    page.evaluate(DRAWN, cards)
    return page


def _drawn(browser: Browser, address: str, cards: int) -> float:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(f"({WATCH})()")
    page.goto(address)
    took: float = page.evaluate(DRAWN, cards)
    page.close()
    return took


def _tell_of_the_longest(browser: Browser, address: str, picked: list[str]) -> None:
    """Open a transcript of a hundred thousand words and click through its quotes."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(f"({WATCH})(); {LONGEST_TASK}")
    page.goto(address)
    _tell(f"a transcript of {WORDS:,} words opened after load", [page.evaluate(OPENED)])
    page.wait_for_timeout(500)
    _tell("its longest task", [page.evaluate("window.longest")])
    _tell("its quotes shown after a click", [page.evaluate(CLICKED, one)[1] for one in picked])
    page.close()


def _tell(what: str, times: list[float]) -> None:
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    middle = statistics.median(ordered)
    print(f"{what}: median {middle:.0f} ms, p95 {p95:.0f} ms, most {ordered[-1]:.0f} ms (n={len(times)})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
