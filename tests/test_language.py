"""One catalogue holds the interface's text: whole in every language, and each session is spoken to in its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from journey.ui.catalogue import INTERFACE, LANGUAGES, read_catalogue
from tests.catalogue import faults, said

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _closed_library() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def visitor(locale: str) -> AppTest:
    tested = AppTest.from_file(ROOT / "app.py", default_timeout=30)
    tested.context["locale"] = locale
    return tested


def titles(tested: AppTest, page: str) -> list[str]:
    return [title.value for title in tested.switch_page(f"pages/{page}.py").run().title]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_everything_that_is_said_has_an_entry_and_every_entry_is_said(language: str) -> None:
    """The remedy for a failure is `python -m tests.catalogue` and a translation."""
    assert list(faults(read_catalogue(language, INTERFACE), {entry for entry, _ in said()})) == []


def test_two_sessions_speak_two_languages_at_once() -> None:
    german, english, french = visitor("de-AT"), visitor("en-US"), visitor("fr-FR")
    for tested in (german, english, french):
        tested.run()
    for _ in range(2):
        assert titles(german, "settings") == ["Einstellungen"]
        assert titles(english, "settings") == ["Settings"]
        assert titles(french, "settings") == ["Settings"], "English where there is no catalogue"


def test_a_choice_in_the_settings_is_stronger_than_the_browser_and_can_be_taken_back() -> None:
    tested = visitor("en-US").run()
    titles(tested, "settings")
    assert [title.value for title in tested.selectbox(key="language_asked").set_value("de").run().title] == [
        "Einstellungen"
    ]
    assert titles(tested, "library") == ["Bibliothek"]
    titles(tested, "settings")
    assert [title.value for title in tested.selectbox(key="language_asked").set_value("").run().title] == ["Settings"]
