"""A library that holds finished journeys, drawn by nobody, and what a test does on their pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from journey.jobs.queue import JobQueue
from journey.jobs.store import JobStore
from journey.model import Journey, Request, Upload
from tests.browser.conftest import ROOT, AppServer
from tests.picture_samples import picture_journey, picture_source, png
from tests.sample_journeys import long_journey, rich_journey

PATIENCE = 20_000
"""Milliseconds that a page may take to answer on a busy machine."""

FROM_STREAMLIT = {"presentation-role-conflict"}
"""What the accessibility checker finds in Streamlit's own uploader."""


@dataclass(frozen=True)
class Finished:
    """A server and the addresses of its journeys by name."""

    server: AppServer
    pages: Mapping[str, str]


def start_with_journeys(folder: Path) -> Finished:
    """Start the app over a library with a picture of a wall, the same beside a second one, and three interviews."""
    server = AppServer(folder, script=ROOT / "app.py")
    queue = JobQueue(JobStore(server.home), draw=lambda request, load, work: _journeys(request)[request.title])
    wall = queue.keep(png())
    jobs = {}
    for name in ("wall", "two walls", "interview", "half told", "endless"):
        request = Request(uploads=(Upload(name="wall.png", sha256=wall),), title=name)
        jobs[name] = queue.submit(request)
        queue.run(jobs[name])
    queue.close()
    server.start()
    return Finished(server, {name: f"{server.url}/journey?job={job}" for name, job in jobs.items()})


def _journeys(request: Request) -> Mapping[str, Journey]:
    digest = request.uploads[0].sha256
    one, other = picture_source(digest), picture_source(digest, source_id="s2", name="second.png")
    return {
        "wall": picture_journey(one),
        "two walls": picture_journey(one, other),
        "interview": rich_journey(),
        "half told": long_journey(phases=1, steps=3, words=500),
        "endless": long_journey(words=100_000),
    }


def region(page: Page, region_id: str) -> Locator:
    return page.locator(f'.viewer button[data-region="{region_id}"]')


def element(page: Page, element_id: str) -> Locator:
    return page.locator(f'.map button[data-id="{element_id}"]')


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """What the accessibility checker finds wrong, with the elements it means."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(found => found.violations)")
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found if one["id"] not in FROM_STREAMLIT]
