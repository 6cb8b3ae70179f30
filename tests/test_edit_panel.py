"""The editor as its users meet it, on the real page over a real library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from journey import bootstrap
from journey.edits import AddItem
from journey.engines.scripted import ScriptedEngine
from journey.model import Journey, Origin, Request, Step, Upload
from journey.ui import session
from journey.ui.edit_panel import CHOSEN_OPEN, OUTLINE_OPEN
from journey.ui.wording import plain

ROOT = Path(__file__).parents[1]
TRANSCRIPT = (
    "Interviewer: How did it go?\nAnna: I called the shop on Monday.\nAnna: Then I went there myself.\n"
    "Clerk: We are closed, come back tomorrow.\n"
)
HOSTILE = "![x](http://127.0.0.1/a.png) <img src=x onerror=alert(1)> :red[now] $x$"


@pytest.fixture(autouse=True)
def _closed_library(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test opens its own library, on which nothing but the scripted engine works."""
    monkeypatch.setattr(bootstrap, "offered_engines", lambda settings: {"local": ScriptedEngine()})
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def job_id() -> str:
    queue = session.current_app().queue
    upload = Upload(name="anna.txt", sha256=queue.keep(TRANSCRIPT.encode()))
    job_id = queue.submit(Request(uploads=(upload,)))
    queue.result(job_id, timeout=20)
    return job_id


def visit(job_id: str, *, selected: str | None = None) -> AppTest:
    visitor = AppTest.from_file(ROOT / "app.py", default_timeout=30).run()
    visitor.switch_page("pages/journey.py")
    visitor.query_params["job"] = job_id
    visitor.session_state[OUTLINE_OPEN] = visitor.session_state[CHOSEN_OPEN] = True
    if selected:
        visitor.session_state[f"selected-{job_id}"] = selected
    visitor.run()
    assert not visitor.exception
    return visitor


def journey(job_id: str) -> Journey:
    return session.current_app().library.open(job_id)


def steps(job_id: str) -> list[Step]:
    return list(journey(job_id).steps())


def revision(job_id: str) -> int:
    return session.current_app().queue.get(job_id).revision


def first(job_id: str) -> str:
    return steps(job_id)[0].id


def field(name: str, job_id: str) -> str:
    """Return a field's key."""
    return f"edit-{job_id}-{name}"


def test_words_are_kept_as_soon_as_the_field_is_left_and_a_toast_says_what_that_means(job_id: str) -> None:
    step = first(job_id)
    visitor = visit(job_id, selected=step)
    visitor.text_input(key=field(f"title-{step}", job_id)).set_value("Calls the shop").run()
    assert steps(job_id)[0].title == "Calls the shop"
    assert steps(job_id)[0].origin is Origin.USER
    assert steps(job_id)[0].evidence
    assert "detached from its quotes" in visitor.toast[0].value
    assert visit(job_id, selected=step).text_input(key=field(f"title-{step}", job_id)).value == "Calls the shop"


def test_undo_and_redo_say_what_they_would_do_and_do_it(job_id: str) -> None:
    drawn, step = journey(job_id), first(job_id)
    visitor = visit(job_id, selected=step)
    assert visitor.button(key=field("undo", job_id)).disabled
    visitor.text_input(key=field(f"title-{step}", job_id)).set_value("Calls").run()
    changed = journey(job_id)
    undo = visitor.button(key=field("undo", job_id))
    assert "to “Calls”" in undo.help
    undo.click().run()
    assert journey(job_id) == drawn
    assert visitor.toast[0].value.startswith("Undone")
    redo = visitor.button(key=field("redo", job_id))
    assert "to “Calls”" in redo.help
    redo.click().run()
    assert journey(job_id) == changed
    assert visitor.button(key=field("redo", job_id)).disabled


def test_the_later_of_two_tabs_is_told_keeps_its_words_and_sees_the_map_as_it_is(job_id: str) -> None:
    step = first(job_id)
    early, late = visit(job_id, selected=step), visit(job_id, selected=step)
    key = field(f"title-{step}", job_id)
    early.text_input(key=key).set_value("First come").run()
    late.text_input(key=key).set_value("Too late").run()
    assert "changed elsewhere" in late.error[0].value
    assert "Too late" in late.error[0].value
    assert steps(job_id)[0].title == "First come"
    assert late.text_input(key=field(f"title-{step}", job_id)).value == "First come"


def test_a_field_left_by_clicking_a_button_is_two_changes_of_one_tab(job_id: str) -> None:
    step = first(job_id)
    visitor = visit(job_id, selected=step)
    visitor.text_input(key=field(f"title-{step}", job_id)).set_value("Calls the shop")
    visitor.button(key=field(f"Right-{step}", job_id)).click().run()
    assert not visitor.error
    assert [one.title for one in steps(job_id)][1] == "Calls the shop"
    visitor.text_input(key=field(f"title-{step}", job_id)).set_value("Rings the shop")
    visitor.button(key=field("undo", job_id)).click().run()
    assert not visitor.error
    assert revision(job_id) == 4


def test_a_refused_change_is_a_sentence(job_id: str) -> None:
    step = first(job_id)
    visitor = visit(job_id, selected=step)
    visitor.text_input(key=field(f"title-{step}", job_id)).set_value("  ").run()
    assert "type some" in visitor.error[0].value
    assert revision(job_id) == 0
    assert visitor.text_input(key=field(f"title-{step}", job_id)).value == steps(job_id)[0].title


def test_a_card_may_rest_on_words_of_the_transcript_and_on_no_others(job_id: str) -> None:
    step = first(job_id)
    visitor = visit(job_id, selected=step)

    def add(text: str, quote: str) -> None:
        visitor.selectbox(key=field(f"new-lane-{step}", job_id)).set_value("pains")
        visitor.text_input(key=field(f"new-card-{step}", job_id)).set_value(text)
        visitor.text_input(key=field(f"new-quote-{step}", job_id)).set_value(quote)
        next(button for button in visitor.button if button.label == "Add the card").click().run()

    add("Has to go there", "then I went there MYSELF")
    assert [one.quote for one in steps(job_id)[0].pains[0].evidence] == ["Then I went there myself"]
    add("Never said", "I love this shop")
    assert "do not stand in the transcript" in visitor.error[0].value
    add("", "Then I went there myself.")
    assert [item.origin for item in steps(job_id)[0].pains] == [Origin.USER, Origin.QUOTED]


def test_a_card_changes_its_words_lane_step_and_order_and_is_deleted(job_id: str) -> None:
    library = session.current_app().library
    step, other = steps(job_id)[0].id, steps(job_id)[1].id
    for text in ("one", "two"):
        library.revise(job_id, AddItem(step=step, lane="touchpoints", text=text), base=revision(job_id))
    card = steps(job_id)[0].touchpoints[1].id
    visitor = visit(job_id, selected=card)
    visitor.text_input(key=field(f"channel-{card}", job_id)).set_value("phone").run()
    assert steps(job_id)[0].touchpoints[1].channel == "phone"
    visitor.button(key=field(f"Up-{card}", job_id)).click().run()
    assert [item.text for item in steps(job_id)[0].touchpoints] == ["two", "one"]
    visitor.selectbox(key=field(f"lane-{card}", job_id)).set_value("needs").run()
    assert [item.id for item in steps(job_id)[0].needs] == [card]
    visitor.selectbox(key=field(f"step-{card}", job_id)).set_value(other).run()
    assert [item.id for item in steps(job_id)[1].needs] == [card]
    visitor.button(key=field(f"delete-{card}", job_id)).click().run()
    assert steps(job_id)[1].needs == ()
    assert not visitor.exception
    assert f"selected-{job_id}" not in visitor.session_state


def test_a_feeling_is_set_named_and_taken_off(job_id: str) -> None:
    step = first(job_id)
    visitor = visit(job_id, selected=step)
    visitor.select_slider(key=field(f"score-{step}", job_id)).set_value(-2.0).run()
    feeling = steps(job_id)[0].emotion
    assert feeling is not None
    assert (feeling.score, feeling.label, feeling.origin) == (-2.0, "very bad", Origin.USER)
    visitor.text_input(key=field(f"label-{step}", job_id)).set_value("desperate").run()
    visitor.select_slider(key=field(f"score-{step}", job_id)).set_value(-1.5).run()
    feeling = steps(job_id)[0].emotion
    assert feeling is not None
    assert (feeling.score, feeling.label) == (-1.5, "desperate")
    from_curve = visit(job_id, selected=f"emotion:{step}")
    from_curve.button(key=field(f"clear-{step}", job_id)).click().run()
    assert steps(job_id)[0].emotion is None


def test_steps_are_added_moved_merged_split_and_deleted(job_id: str) -> None:
    step = first(job_id)
    visitor = visit(job_id, selected=step)
    before = len(steps(job_id))
    visitor.text_input(key=field(f"next-{step}", job_id)).set_value("Waits").run()
    assert [one.title for one in steps(job_id)][1] == "Waits"
    visitor.button(key=field(f"Right-{step}", job_id)).click().run()
    assert [one.id for one in steps(job_id)][1] == step
    visitor.button(key=field(f"merge-{step}", job_id)).click().run()
    assert len(steps(job_id)) == before
    visitor.text_input(key=field(f"split-{step}", job_id)).set_value("And then")
    next(button for button in visitor.button if button.label == "Split").click().run()
    assert len(steps(job_id)) == before + 1
    visitor.button(key=field(f"delete-{step}", job_id)).click().run()
    assert step not in {one.id for one in steps(job_id)}


def test_the_journey_and_its_phases_are_changed_as_a_whole(job_id: str) -> None:
    visitor = visit(job_id)
    visitor.text_input(key=field("title", job_id)).set_value("Another title").run()
    assert visitor.title[0].value == "Another title"
    visitor.text_input(key=field("goal", job_id)).set_value("Buy it").run()
    visitor.text_input(key=field("new-phase", job_id)).set_value("Afterwards").run()
    phase = journey(job_id).phases[-1]
    visitor.selectbox(key=field("which-phase", job_id)).set_value(phase.id).run()
    visitor.text_input(key=field(f"first-{phase.id}", job_id)).set_value("Tells a friend").run()
    assert [one.title for one in journey(job_id).phases[-1].steps] == ["Tells a friend"]
    visitor.button(key=field(f"Left-{phase.id}", job_id)).click().run()
    assert journey(job_id).phases[0].name == "Afterwards"
    visitor.button(key=field(f"delete-{phase.id}", job_id)).click().run()
    assert [one.name for one in journey(job_id).phases] == ["anna.txt"]
    assert (journey(job_id).title, journey(job_id).goal) == ("Another title", "Buy it")


def test_a_damaged_history_leaves_the_map_in_sight_and_says_so(job_id: str) -> None:
    app = session.current_app()
    app.library.rename(job_id, "Renamed")
    app.queue.store.revisions.forget(job_id)
    visitor = visit(job_id)
    assert "history of this journey cannot be read" in visitor.warning[0].value
    assert visitor.title[0].value == "Renamed"
    assert not visitor.error


def test_typed_words_are_never_markup(job_id: str) -> None:
    step = first(job_id)
    visitor = visit(job_id, selected=step)
    visitor.text_input(key=field(f"title-{step}", job_id)).set_value(HOSTILE).run()
    library, queue = session.current_app().library, session.current_app().queue
    made = library.next_undo(queue.get(job_id))
    assert made is not None
    assert HOSTILE[:20] in made.words
    assert visitor.button(key=field("undo", job_id)).help == f"Undo: {plain(made.words)}"
    assert visitor.toast[0].value.startswith(plain(made.words))
    phase = journey(job_id).phases[0].id
    visitor.text_input(key=field(f"name-{phase}", job_id)).set_value(HOSTILE).run()
    assert visitor.selectbox(key=field("which-phase", job_id)).options == [HOSTILE]
