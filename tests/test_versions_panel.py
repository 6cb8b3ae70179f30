"""Versions, comparisons and proposals as their users meet them, on the real page over a real library."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from journey import bootstrap
from journey.edits import SetText
from journey.edits.outline import Wished
from journey.engines import ON_THIS_MACHINE
from journey.engines.scripted import ScriptedEngine
from journey.model import Budget, Journey, Origin, Request, Source, Upload
from journey.ui import session
from journey.work import Work

ROOT = Path(__file__).parents[1]
TRANSCRIPT = "Interviewer: How did it go?\nAnna: I called the shop on Monday.\nAnna: Then I went there myself.\n"


class Obliging(ScriptedEngine):
    """An engine that takes what it is told for the journey's goal."""

    def extract(
        self,
        sources: Sequence[Source],
        work: Work,
        *,
        instructions: str = "",
        budget: Budget | None = None,
        thorough: bool = False,
    ) -> Journey:
        drawn = super().extract(sources, work, instructions=instructions, budget=budget, thorough=thorough)
        return drawn.model_copy(update={"goal": instructions or None, "scenario": instructions or None})


class Shortener:
    """An editor that has the first step renamed by the first word of the wish."""

    destination = ON_THIS_MACHINE

    def propose(self, outline: str, wish: str, work: Work, *, budget: Budget | None = None) -> tuple[Wished, ...]:
        line = next(number for number, line in enumerate(outline.splitlines(), start=1) if "step:" in line)
        return (Wished(deed="rename", target=line, text=wish.split()[0]), Wished(deed="delete", target=999))


@pytest.fixture(autouse=True)
def _closed_library(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(bootstrap, "offered_engines", lambda settings: {"local": Obliging()})
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


def visit(job_id: str, **address: str) -> AppTest:
    visitor = AppTest.from_file(ROOT / "app.py", default_timeout=30).run()
    visitor.switch_page("pages/journey.py")
    for name, value in {"job": job_id, **address}.items():
        visitor.query_params[name] = value
    visitor.run()
    assert not visitor.exception
    return visitor


def library() -> bootstrap.App:
    return session.current_app()


def field(name: str, job_id: str) -> str:
    return f"edit-{job_id}-{name}"


def labelled(visitor: AppTest, label: str) -> list[str]:
    return [button.key or "" for button in visitor.button if button.label == label]


def change_goal(job_id: str, words: str) -> None:
    app = library()
    app.library.revise(job_id, SetText(part="goal", text=words), base=app.queue.get(job_id).revision)


def test_a_version_is_named_brought_back_and_forgotten(job_id: str) -> None:
    change_goal(job_id, "A kettle")
    visitor = visit(job_id)
    visitor.text_input(key=field("new-version", job_id)).set_value("For the client").run()
    assert [one.name for one in library().library.versions(job_id)] == ["For the client"]
    change_goal(job_id, "Two kettles")
    visitor = visit(job_id)
    visitor.button(key=field("restore-0", job_id)).click().run()
    assert library().library.open(job_id).goal == "A kettle"
    assert "Went back to “For the client”" in visitor.toast[0].value
    visitor.button(key=field("forget-0", job_id)).click().run()
    assert library().library.versions(job_id) == ()
    assert not visitor.exception


def test_two_versions_are_compared_at_an_address_of_their_own_and_the_map_is_a_click_away(job_id: str) -> None:
    change_goal(job_id, "A kettle")
    visitor = visit(job_id)
    visitor.button(key=field("compare", job_id)).click().run()
    assert "compare" in visitor.query_params
    assert visitor.markdown[-1].value == "**1 added**"
    visitor.selectbox(key=f"compare-left-{job_id}").set_value("As it is now").run()
    assert visitor.markdown[-1].value == "**These two are the same**"
    visitor.button(key="compare-end").click().run()
    assert "compare" not in visitor.query_params
    assert not visitor.exception


def test_a_new_drawing_is_proposed_and_taken_piece_by_piece(job_id: str) -> None:
    visitor = visit(job_id)
    visitor.text_area(key=field("instructions", job_id)).set_value("Get the kettle replaced").run()
    visitor.button(key=field("ask-again", job_id)).click().run()
    helper = library().proposer.helper(job_id)
    assert helper is not None
    library().queue.result(helper.id, timeout=20)
    visitor.run()
    assert "**2 suggestions**" in [one.value for one in visitor.markdown]
    visitor.button(key=labelled(visitor, "Accept")[0]).click().run()
    journey = library().library.open(job_id)
    assert [journey.scenario, journey.goal].count("Get the kettle replaced") == 1
    visitor.button(key=labelled(visitor, "Reject")[0]).click().run()
    assert "Nothing is proposed" in " ".join(one.value for one in visitor.text)
    visitor.button(key=field("close-proposal", job_id)).click().run()
    assert library().proposer.helper(job_id) is None
    assert not visitor.exception


def test_a_wish_in_words_is_proposed_and_taken_as_an_edit(job_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "offered_editors", lambda settings: {"local": Shortener()})
    folder = library().settings.home
    session.open_session().close()
    st.cache_resource.clear()
    assert library().settings.home == folder
    visitor = visit(job_id)
    visitor.text_area(key=field("wish", job_id)).set_value("Ring instead of calling").run()
    visitor.button(key=field("ask-wish", job_id)).click().run()
    helper = library().proposer.helper(job_id)
    assert helper is not None
    while library().queue.get(helper.id).is_live:
        time.sleep(0.05)
    visitor.run()
    visitor.button(key=labelled(visitor, "Accept all")[0]).click().run()
    step = next(library().library.open(job_id).steps())
    assert (step.title, step.origin) == ("Ring", Origin.USER)
    assert not visitor.exception


def test_without_a_model_the_page_says_what_changing_in_words_takes(job_id: str) -> None:
    captions = " ".join(one.value for one in visit(job_id).caption)
    assert "takes a model" in captions


def test_the_page_of_a_helping_job_leads_to_the_map_it_helps(job_id: str) -> None:
    app = library()
    helper = app.proposer.draw_again(job_id, engine="local")
    app.queue.result(helper, timeout=20)
    visitor = visit(helper)
    assert "worked out a proposal" in visitor.text[0].value
