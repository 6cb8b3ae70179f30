"""Every page in every state, light and dark, wide and narrow: nothing for the accessibility checker to find."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from journey import pipeline
from journey.engines import Engine
from journey.engines.scripted import ScriptedEngine
from journey.errors import EngineRefused
from journey.jobs.job import JobState
from journey.jobs.queue import JobQueue
from journey.jobs.store import JobStore
from journey.model import Request, Upload
from tests.browser.conftest import ROOT, AppServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TALK = "Interviewer: How did it go?\nAnna: I called the shop on Monday.\nAnna: Then I went there myself.\n"
QUESTIONS = "Interviewer: Where did it begin?\nInterviewer: And then?\n"

STREAMLITS_OWN = {"presentation-role-conflict"}
"""Found in Streamlit's own uploader, and called minor: its drop zone is a section with a label and no role."""

ENGINES: Mapping[str, Engine] = {
    "scripted": ScriptedEngine(),
    "local": ScriptedEngine(pace=600),
    "openai": ScriptedEngine(failures=[EngineRefused("The model server refused the key.")] * 9),
}


@dataclass(frozen=True)
class State:
    """A page's address, the words that show that it stands, and what is dropped on it first."""

    path: str
    shows: str
    dropped: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True)
class Library:
    """A server over a library with a job in each state, and the empty one beside it."""

    full: AppServer
    empty: AppServer
    jobs: Mapping[str, str]


STATES = {
    "new, empty": State("", "Bring an interview"),
    "new, filled": State("", "What was recognised", (("talk.txt", TALK.encode()),)),
    "new, refused": State("", "choose Save As", (("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600),)),
    "unknown": State("journey?job=0123456789abcdef", "Nothing is here"),
    "nothing open": State("journey", "The latest in your library"),
    "running": State("journey?job={running}", "You can leave or close this page"),
    "waiting": State("journey?job={waiting}", "Next in the queue"),
    "failed": State("journey?job={failed}", "The model server refused the key."),
    "cancelled": State("journey?job={cancelled}", "You cancelled this."),
    "not enough": State("journey?job={not enough}", "What would help"),
    "done": State("journey?job={done}", "What the map rests on"),
    "library, many": State("library", "1 to 20 of"),
    "settings": State("settings", "Another running program works on the jobs"),
}
EMPTY = {
    "library, empty": State("library", "No journeys yet"),
    "nothing open, empty": State("journey", "Your library is empty"),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """This process works on the jobs, so that each stays in its state; the server is a client of the same library."""
    full, empty = (AppServer(tmp_path_factory.mktemp(name), script=ROOT / "app.py") for name in ("full", "empty"))
    queue = JobQueue(JobStore(full.home), draw=partial(pipeline.draw, engines=ENGINES), workers=1)
    queue.start()
    jobs = _submit_every_kind(queue)
    full.start()
    empty.start()
    yield Library(full, empty, jobs)
    full.kill()
    empty.kill()
    queue.close()


def _submit_every_kind(queue: JobQueue) -> dict[str, str]:
    jobs = {
        "failed": _submit(queue, "failed", engine="openai"),
        "not enough": _submit(queue, "not enough", text=QUESTIONS),
        "done": _submit(queue, "done"),
    }
    for number in range(20):
        _submit(queue, f"number {number}")
    for title in ("running", "waiting", "cancelled"):  # words of their own: checkpoints are shared by all jobs
        jobs[title] = _submit(queue, title, text=f"Anna: My {title} is slow.", engine="local")
    queue.cancel(jobs["cancelled"])
    _wait_for(queue, jobs["running"], JobState.RUNNING)
    assert queue.get(jobs["failed"]).state is JobState.FAILED
    return jobs


def _submit(queue: JobQueue, title: str, *, text: str = TALK, engine: str = "scripted") -> str:
    upload = Upload(name="talk.txt", sha256=queue.keep(text.encode()))
    return queue.submit(Request(uploads=(upload,), engine=engine, title=title, instructions=title))


def _wait_for(queue: JobQueue, job_id: str, state: JobState) -> None:
    deadline = time.monotonic() + 60
    while queue.get(job_id).state is not state:
        assert time.monotonic() < deadline, queue.get(job_id)
        time.sleep(0.05)


def findings(page: Page) -> list[tuple[str, list[str]]]:
    """What the checker finds wrong, with the elements it means."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(found => found.violations)")
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found if one["id"] not in STREAMLITS_OWN]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
@pytest.mark.parametrize("name", [*STATES, *EMPTY])
def test_a_page_has_no_barriers_and_nothing_that_runs_off_its_side(
    browser: Browser, library: Library, name: str, scheme: str, width: int
) -> None:
    pytest.importorskip("axe_playwright_python", reason="the accessibility checker is not installed")
    state = (STATES | EMPTY)[name]
    server = library.empty if name in EMPTY else library.full
    profile = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = profile.new_page()
    page.goto(f"{server.url}/{state.path.format(**library.jobs)}")
    for file, content in state.dropped:
        page.locator("input[type=file]").set_input_files({"name": file, "mimeType": "", "buffer": content})
    expect(page.get_by_text(state.shows).first).to_be_visible(timeout=20_000)
    page.wait_for_timeout(500)  # a page that is still fading in has less contrast than it will have
    found = findings(page)
    widest = page.get_by_test_id("stMain").evaluate("main => main.scrollWidth")
    profile.close()
    assert found == []
    assert widest <= width


def test_a_transcript_is_submitted_and_its_map_is_read_by_keyboard_alone(page: Page, app: AppServer) -> None:
    page.goto(app.url)
    expect(page.get_by_text("Bring an interview")).to_be_visible(timeout=30_000)
    tab_to(page, "Paste a transcript")
    page.keyboard.insert_text(TALK + "Anna: I was furious when nobody called me back for two weeks.\n" * 3)
    tab_to(page, "Title (optional)")
    page.keyboard.type("By keyboard")
    tab_to(page, "Draw the journey")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="By keyboard")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("button", name="Download").or_(page.get_by_text("What would help"))).to_be_visible(
        timeout=90_000
    )


def tab_to(page: Page, label: str) -> None:
    """Press Tab until what bears this label has the focus."""
    named = "() => { const at = document.activeElement; return at.ariaLabel || (at.matches('button') && at.innerText) }"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(named) == label:
            return
    raise AssertionError(f"Tab never reaches {label!r}")
