"""The library page as its users meet it: what is listed, in which order, and what can be done to a row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from journey.library import Library
from journey.ui import session
from tests.journeys import full_journey

APP = Path(__file__).parents[1] / "app.py"
TITLES = ("Moving house", "A clinic visit", "Hotel booking")


@pytest.fixture
def library() -> Iterator[Library]:
    """Three journeys in the library that the page opens."""
    st.cache_resource.clear()
    AppTest.from_file(APP, default_timeout=30).run()
    shelf = session.current_app().library
    for title in TITLES:
        shelf.take_in(full_journey().model_copy(update={"title": title}))
    yield shelf
    st.cache_resource.clear()


def visit() -> AppTest:
    visitor = AppTest.from_file(APP, default_timeout=30).run()
    return visitor.switch_page("pages/library.py").run()


def listed(visitor: AppTest) -> list[str]:
    assert not visitor.exception
    return [link.label for link in visitor.page_link]


def identify(library: Library, title: str) -> str:
    return next(job.id for job in library.rows() if job.title == title)


def test_rows_are_sorted_as_asked_for(library: Library) -> None:
    visitor = visit()
    assert listed(visitor) == list(reversed(TITLES))
    visitor.selectbox(key="library_order").set_value("By title").run()
    assert listed(visitor) == sorted(TITLES)


def test_a_word_of_a_step_finds_its_journey(library: Library) -> None:
    visitor = visit()
    word = next(full_journey().steps()).title.split()[0]
    visitor.text_input(key="library_search").set_value(f"clinic {word}").run()
    assert listed(visitor) == ["A clinic visit"]


def test_what_is_archived_is_listed_apart(library: Library) -> None:
    library.archive(identify(library, "Moving house"))
    visitor = visit()
    assert "Moving house" not in listed(visitor)
    visitor.button_group(key="library_shown").set_value("Archived").run()
    assert listed(visitor) == ["Moving house"]


def test_tags_are_shown_and_filter_the_list(library: Library) -> None:
    assert not any(choice.label == "Tags" for choice in visit().multiselect), "nothing to choose from yet"
    library.tag(identify(library, "Hotel booking"), ["pilot"])
    visitor = visit()
    visitor.multiselect(key="library_tags").set_value(["pilot"]).run()
    assert listed(visitor) == ["Hotel booking"]
