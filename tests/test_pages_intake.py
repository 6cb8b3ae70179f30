"""What the page for a new journey says before anything is sent: a second pass, pictures, texts too large to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import streamlit as st

from journey.model import Role
from journey.ui import intake
from journey.ui.redaction_form import REDACT
from tests.faults.obedient import long_talk
from tests.picture_samples import png
from tests.test_pages import queue, visit, words


@pytest.fixture(autouse=True)
def _closed_library() -> Iterator[None]:
    """Every test opens its own library; the cache would hand it the one before."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def _model(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model far away, which nothing is sent to here."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://models.example/v1")
    monkeypatch.setenv("OPENAI_MODEL", "gpt-6-luna")


def calls(page: str) -> int:
    """The number of calls that the page expects."""
    found = re.search(r"About ([\d,]+) calls?", page)
    assert found
    return int(found[1].replace(",", ""))


@pytest.mark.usefixtures("_model")
def test_a_second_pass_is_expected_to_take_more_and_reaches_the_request() -> None:
    visitor = visit()
    visitor.text_area(key="new_text").set_value(long_talk(60).text).run()
    once = calls(words(visitor))
    next(box for box in visitor.checkbox if box.label == "Thorough (second pass)").check().run()
    assert calls(words(visitor)) == once + 2, "read in sections, a second look, and what joins them"
    visitor.button(key="submit").click().run()
    (job,) = queue().jobs()
    assert queue().request(job.id).thorough


@pytest.mark.usefixtures("_model")
def test_of_pictures_it_is_said_that_a_seeing_model_gets_them_with_nothing_hidden() -> None:
    visitor = visit()
    visitor.file_uploader[0].upload("wall.png", png()).run()
    visitor.checkbox(key=REDACT).uncheck().run()
    assert not visitor.exception
    assert "Your pictures: **are sent to models.example**" in words(visitor)
    assert "nothing is hidden there" in words(visitor)
    visitor.radio(key="new_engine").set_value("local").run()
    assert "Your pictures: **stay on this machine**" in words(visitor)
    assert "nothing is hidden there" not in words(visitor)


@pytest.mark.usefixtures("_model")
def test_of_pictures_it_is_said_that_only_their_words_go_while_names_are_hidden() -> None:
    visitor = visit()
    visitor.file_uploader[0].upload("wall.png", png()).run()
    assert not visitor.exception
    assert "The words in your pictures: **are sent to models.example**" in words(visitor)
    assert "The pictures themselves stay here" in words(visitor)


def test_of_a_large_text_the_beginning_is_read_so_that_roles_can_be_corrected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LARGEST", 20_000)
    monkeypatch.setattr(intake, "BEGINNING", 5_000)
    talk = "Ines: How was it?\nAnna: I called the shop, and then I went there.\n" * 500
    visitor = visit()
    visitor.file_uploader[0].upload("talk.txt", talk.encode()).run()
    assert "Large: its beginning was read, for those who speak, below." in words(visitor)
    assert {box.label for box in visitor.selectbox} == {"Role of Ines", "Role of Anna"}
    visitor.selectbox[0].select(Role.OTHER).run()
    visitor.button(key="submit").click().run()
    (job,) = queue().jobs()
    assert Role.OTHER in queue().request(job.id).roles.values()
