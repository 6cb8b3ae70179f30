"""The workspace around the map: links, versions, a comparison and a proposal in a browser; no state has barriers."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, expect

from journey.edits import AddItem, DeleteItem, DeleteStep, Edit, SetText
from journey.model import Journey
from tests.browser.conftest import ROOT, AppServer
from tests.browser.test_map import element
from tests.browser.workspace import keep_journey, library_of, propose
from tests.sample_journeys import rich_journey

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EDITS: tuple[Edit, ...] = (
    SetText(part="step", id="p2", text="Looks up what E-17 means"),
    DeleteStep(step="p3"),
    AddItem(step="p2", lane="needs", text="A straight answer"),
)
STATES = ("compared", "versions", "phase chosen", "proposal", "presented")


def drawn_again() -> Journey:
    """The journey as another drawing has it: another goal, and without its first touchpoint."""
    journey = rich_journey().model_copy(update={"goal": "Ride to work again soon"})
    return DeleteItem(item=next(journey.steps()).touchpoints[0].id).apply_to(journey)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[AppServer, str]]:
    """A server, and a journey with edits, a named version and a proposal."""
    server = AppServer(tmp_path_factory.mktemp("states"), script=ROOT / "app.py")
    job_id = keep_journey(server.home, rich_journey())
    library = library_of(server.home)
    library.name_version(job_id, "For the team")
    for number, edit in enumerate(EDITS):
        library.revise(job_id, edit, base=number)
    propose(server.home, job_id, drawn_again())
    server.start()
    yield server, job_id
    server.kill()


def open_state(page: Page, server: AppServer, job_id: str, state: str) -> None:
    more = {"compared": "&compare=1", "presented": "&present=1"}.get(state, "")
    page.goto(f"{server.url}/journey?job={job_id}{more}")
    if state == "compared":
        expect(page.locator(".comparison tr.step").first).to_be_visible(timeout=30_000)
        return
    expect(page.locator(".map button.card").first).to_be_visible(timeout=30_000)
    if state == "versions":
        page.get_by_role("button", name="Versions").click()
        expect(page.get_by_text("For the team")).to_be_visible()
    elif state == "phase chosen":
        page.locator(".phase-band").first.click()
        page.get_by_role("button", name="Edit", exact=True).click()
        expect(page.get_by_label("Goal", exact=True)).to_be_visible()
    elif state == "proposal":
        expect(page.get_by_role("button", name="Accept all")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
@pytest.mark.parametrize("state", STATES)
def test_no_state_has_barriers_or_runs_off_the_side(
    browser: Browser, workspace: tuple[AppServer, str], state: str, scheme: str, width: int
) -> None:
    pytest.importorskip("axe_playwright_python", reason="the accessibility checker is not installed")
    profile = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = profile.new_page()
    open_state(page, *workspace, state)
    page.wait_for_timeout(800)
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then(found => found.violations)")
    widest = page.get_by_test_id("stMain").evaluate("main => main.scrollWidth")
    profile.close()
    assert [(one["id"], [node["html"][:300] for node in one["nodes"]]) for one in violations] == []
    assert widest <= width


def test_a_comparison_tells_by_sign_word_and_form_what_was_added_removed_and_changed(
    page: Page, workspace: tuple[AppServer, str]
) -> None:
    open_state(page, *workspace, "compared")
    removed = page.locator("tr.step.removed", has_text="Checks the guarantee")
    expect(removed.locator(".word")).to_have_text("removed")
    assert (
        removed.locator("td .words").evaluate("words => getComputedStyle(words).textDecorationLine") == "line-through"
    )
    expect(page.locator("tr.card.added", has_text="A straight answer").locator(".sign")).to_have_text("+")
    expect(page.locator("tr.step.changed ins").first).to_have_text("what")
    page.get_by_role("button", name="Back to the map").click()
    expect(page.locator(".map button.card").first).to_be_visible()


def test_of_a_proposal_one_suggestion_is_accepted_and_one_rejected(
    page: Page, workspace: tuple[AppServer, str]
) -> None:
    server, job_id = workspace
    open_state(page, server, job_id, "proposal")
    offered = page.locator("[class*=st-key-suggestion-]")
    expect(offered).to_have_count(2)
    page.emulate_media(media="print")
    for pressed in (offered.first, page.get_by_role("radio", name="Flow"), page.get_by_role("button", name="Undo")):
        expect(pressed).to_be_hidden()  # nothing on paper can be pressed
    page.emulate_media(media="screen")
    expect(offered.first).to_be_visible()
    offered.filter(has_text="Set the goal").get_by_role("button", name="Accept").click()
    expect(offered).to_have_count(1)
    offered.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Nothing is proposed")).to_be_visible()
    journey = library_of(server.home).open(job_id)
    assert journey.goal == "Ride to work again soon"
    expect(element(page, str(next(journey.steps()).touchpoints[0].id))).to_be_visible()
    page.locator(".st-key-proposal").get_by_role("button", name="Close").click()
    expect(page.get_by_text("Nothing is proposed")).to_have_count(0)


def test_the_address_tells_the_presentation_until_it_is_left(page: Page, workspace: tuple[AppServer, str]) -> None:
    open_state(page, *workspace, "")
    page.get_by_role("button", name="Present", exact=True).click()
    expect(page.get_by_role("dialog", name="Presentation")).to_be_visible()
    page.wait_for_url("**present=1*")
    page.reload()
    expect(page.get_by_role("dialog", name="Presentation")).to_be_visible(timeout=30_000)
    page.keyboard.press("Escape")
    page.wait_for_url(lambda address: "present" not in address)
    expect(page.get_by_role("button", name="Present", exact=True)).to_be_visible()


def test_a_link_is_added_in_the_form_of_its_step(page: Page, workspace: tuple[AppServer, str]) -> None:
    server, job_id = workspace
    open_state(page, server, job_id, "")
    element(page, "p1").click()
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_text("Links to other steps").click()
    page.get_by_label("When (optional)").fill("if it rains")
    page.get_by_role("button", name="Add the link").click()
    expect(element(page, "p1")).to_contain_text("if it rains")
