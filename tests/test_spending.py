"""What a job asked of a model, as its page says it: against the cap while it runs, attempt by attempt afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from journey.model.bill import in_words
from tests.faults.obedient import long_talk, model
from tests.faults.server import ModelServer, stays_silent
from tests.test_pages import has_download, keep_looking, queue, submit, words

TALK = "Nora: How was it?\n" + long_talk(120).text


@pytest.fixture(autouse=True)
def _closed_library() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """A server that answers the first question and leaves the second without an answer."""
    with ModelServer(model(lambda asked: stays_silent(60) if asked.number == 2 else None)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_MODEL", "gpt-6-luna")
        yield server


def said(visitor: AppTest) -> str:
    return words(visitor).replace("\\", "")


def test_a_running_job_says_what_it_has_spent_of_what_it_may_and_an_ended_one_shows_each_attempt(
    server: ModelServer,
) -> None:
    visitor = submit(TALK)
    (job,) = queue().jobs()
    keep_looking(visitor, lambda: len(queue().attempts(job.id)) == 4)  # two tried the server out, the last one hangs
    keep_looking(visitor, lambda: "so far; at most $1.00. 1 call is under way." in said(visitor))
    visitor.button(key="cancel").click().run()
    keep_looking(visitor, lambda: visitor.dataframe)
    table = visitor.dataframe[0].value
    assert list(table["for"]) == ["Trying out the server"] * 2 + ["Section"] * 2
    assert list(table["outcome"])[-2:] == ["Answered", LOST]
    assert "Maybe paid twice: 1 call, interrupted before the answer was kept" in said(visitor)
    visitor.button(key="retry").click().run()
    keep_looking(visitor, lambda: has_download(visitor))
    assert list(visitor.dataframe[0].value["outcome"]).count(LOST) == 1
    assert f"What was asked of the model: {in_words(queue().attempts(job.id))}" in visitor.expander[-1].label.replace(
        "\\", ""
    )


LOST = "Interrupted, maybe paid twice"


def test_a_job_that_asked_nobody_shows_no_attempts() -> None:
    visitor = submit()
    keep_looking(visitor, lambda: has_download(visitor))
    assert not visitor.dataframe
    assert "so far; at most" not in said(visitor)
