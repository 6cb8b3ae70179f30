"""The pages when a model is set up: what it will cost, the cap, what it did cost, and which models there are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from journey.__main__ import main
from journey.engines.llm import LlmEngine
from journey.engines.llm.client import MOST_MODELS
from journey.errors import EngineError
from journey.exports import to_markdown
from journey.jobs.job import JobState
from journey.model import Budget
from journey.ui.summary import facts, notices
from tests.faults.obedient import long_talk, model
from tests.faults.server import Answer, ModelServer, fails, replies
from tests.faults.talk import settings
from tests.picture_samples import png
from tests.sample_journeys import rich_journey
from tests.test_pages import keep_looking, queue, submit, visit, words

TRANSCRIPT = long_talk(60).text
ROLES = "Nora: How was it?\n" + TRANSCRIPT


@pytest.fixture(autouse=True)
def _closed_library() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def set_up(monkeypatch: pytest.MonkeyPatch, url: str, *, name: str = "gpt-6-luna") -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    monkeypatch.setenv("OPENAI_MODEL", name)


def lists(*names: str) -> Answer:
    return replies(json.dumps({"object": "list", "data": [{"id": name} for name in names]}).encode())


def test_calls_tokens_and_price_are_said_before_submitting_and_the_cap_is_the_user_s(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_up(monkeypatch, "http://models.example/v1")
    visitor = visit()
    visitor.text_area(key="new_text").set_value(TRANSCRIPT).run()
    assert "at prices of 2026-09-22" in words(visitor).replace("\\", "")
    assert "The cap may be reached before the end" not in words(visitor)
    visitor.number_input(key="new_budget_dollars").set_value(0.001).run()
    assert "The cap may be reached before the end" in words(visitor)
    visitor.button(key="submit").click().run()
    (job,) = queue().jobs()
    assert queue().request(job.id).budget == Budget(dollars=0.001)


def test_what_a_picture_takes_is_said_before_anybody_has_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three questions about it and three to try the server out; without its pixels, where names are hidden, less."""
    set_up(monkeypatch, "http://models.example/v1")
    visitor = visit()
    visitor.file_uploader[0].upload("wall.png", png())
    visitor.checkbox(key="new_redact").set_value(False).run()
    assert "About 6 calls" in words(visitor)
    shown = tokens_told(visitor)
    visitor.checkbox(key="new_thorough").check().run()
    assert "About 7 calls" in words(visitor)
    visitor.checkbox(key="new_thorough").uncheck()
    visitor.checkbox(key="new_redact").check().run()
    assert "About 5 calls" in words(visitor)
    assert tokens_told(visitor) < shown


def tokens_told(visitor: AppTest) -> int:
    told = re.search(r"([\d,]+) tokens", words(visitor))
    assert told
    return int(told[1].replace(",", ""))


def test_of_a_model_without_a_known_price_tokens_are_told_and_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(monkeypatch, "http://models.example/v1", name="mine")
    visitor = visit()
    visitor.text_area(key="new_text").set_value(TRANSCRIPT).run()
    assert "The price of mine is not known here." in words(visitor)
    assert visitor.number_input(key="new_budget_tokens").value == 2_000_000
    visitor.radio(key="new_engine").set_value("local").run()
    assert not visitor.number_input, "the local engine costs nothing"


def test_the_finished_job_says_what_was_called_taken_and_paid(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with ModelServer(model()) as server:
        set_up(monkeypatch, server.url)
        visitor = submit(ROLES)
        (job,) = queue().jobs()
        keep_looking(visitor, lambda: queue().get(job.id).state is JobState.SUCCEEDED)
        told = words(visit("journey", job=job.id)).replace("\\", "")
        requests = len(server.requests) + len(server.trials)
    run = queue().result(job.id).run
    assert run.calls == requests
    assert f"{run.calls:,} call" in told
    assert f"{run.tokens:,} tokens, $" in told
    assert main(["jobs", "show", job.id]) == 0
    assert f"asked:      {run.calls:,} call" in capsys.readouterr().out


def test_the_server_s_models_are_listed_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer(lists("small", "large")) as server:
        set_up(monkeypatch, server.url)
        visitor = visit("settings")
        assert server.requests == [], "looking at the page asks nobody"
        visitor.button(key="list-models").click().run()
    assert "large\nsmall" in words(visitor)
    assert [asked.path for asked in server.requests] == ["/v1/models"]


def test_a_server_that_lists_nothing_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer(fails(404)) as server:
        set_up(monkeypatch, server.url)
        visitor = visit("settings")
        visitor.button(key="list-models").click().run()
    assert not visitor.exception
    assert "does not list its models" in visitor.error[0].value


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (fails(401), "did not accept the key"),
        (fails(500), "HTTP 500"),
        (replies(b"<html>"), "not a list of models"),
        (replies(b'{"data": [{"id": 3}]}'), "not a list of models"),
        (replies(b"\xff"), "not a list of models"),
    ],
)
def test_every_failure_to_list_is_one_of_our_errors(answer: Answer, sentence: str) -> None:
    with ModelServer(answer) as server, pytest.raises(EngineError, match=sentence):
        LlmEngine(settings(server.url)).models()


def test_a_list_without_end_is_cut_and_names_that_hide_something_are_left_out() -> None:
    names = [f"model-{n}" for n in range(2000)] + ["a\u202eb", "a\nb"]

    with ModelServer(lists(*names)) as server:
        listed = LlmEngine(settings(server.url)).models()
    assert len(listed) == MOST_MODELS
    assert all(name.startswith("model-") for name in listed)


@pytest.mark.parametrize(
    ("name", "budget", "cap"), [("gpt-6-luna", "0.001", "$0.001"), ("mine", "2000", "2,000 tokens")]
)
def test_the_shell_takes_a_cap_in_the_unit_that_is_known(
    name: str,
    budget: str,
    cap: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(ROLES, encoding="utf-8")
    with ModelServer(model()) as server:
        set_up(monkeypatch, server.url, name=name)
        assert main(["extract", str(path), "--budget", budget]) != 0
        assert server.requests == []
    assert f"The cap of {cap} is too small" in capsys.readouterr().err


@pytest.mark.parametrize("warnings", [(), ("2 quote(s) were not in the transcript and were left out.",)])
def test_what_was_left_out_is_said_once(warnings: tuple[str, ...]) -> None:
    sample = rich_journey()
    journey = sample.model_copy(update={"run": sample.run.model_copy(update={"dropped": 2, "warnings": warnings})})
    assert sum("left out" in line for line in (*facts(journey), *notices(journey))) == 1
    section = to_markdown(journey).partition("## What was left out")[2]
    assert ("were left out" in section) + ("not in the source: 2" in section) == 1


@pytest.mark.parametrize("budget", ["0", "-1", "nan", "much", "inf"])
def test_a_cap_that_is_none_is_refused(budget: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "talk.txt", "--budget", budget]) == 2
    assert "must be a number above 0" in capsys.readouterr().err
