"""Every way a model server fails ends in one of our errors, one sentence, a known number of requests and no leak."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import socket
import time
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

import httpx2
import openai
import pytest
from pydantic import SecretStr

from journey.engines.llm import LlmEngine, asking
from journey.engines.llm.abilities import NOT_HELD, Question
from journey.engines.llm.client import ChatClient
from journey.engines.llm.faults import translated
from journey.engines.llm.usage import Sending
from journey.errors import EngineError, EngineRefused, EngineUnavailable
from journey.model import Journey
from tests.faults.server import (
    Answer,
    ModelServer,
    completion,
    drips,
    fails,
    hangs_up,
    replies,
    says,
    stays_silent,
)
from tests.faults.talk import KEY, SOUND, settings, talk
from tests.plain_work import PlainWork


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single attempt, unless a test is about the others."""
    monkeypatch.setattr(asking, "PATIENCE", 0)


SECRETS = (KEY, "hotline", "annoyed", "website")
GARBAGE = b'{"choices": [{"message": {"content": '


def extract(server: ModelServer, work: PlainWork | None = None) -> Journey:
    return LlmEngine(settings(server.url)).extract([talk()], work or PlainWork())


def failure(*script: Answer, requests: int = 1) -> EngineError:
    """Run the engine against a script that makes it fail, and return its error."""
    work = PlainWork()
    with ModelServer(*script) as server, pytest.raises(EngineError) as caught:
        extract(server, work)
    assert len(server.requests) == requests
    assert work.checkpoints == {}, "a failed call must not be kept as a finished one"
    assert caught.value.__cause__ is None, "the library's error may hold the transcript"
    assert not any(secret in str(caught.value) for secret in SECRETS)
    return caught.value


def echo(status: int, code: str = "", **headers: str) -> Answer:
    """Fail with a message that repeats the key and the transcript, as servers do."""
    return fails(status, code, message=f"bad key {KEY} in: I called the hotline", **headers)


@pytest.mark.parametrize("key", ["a\nb", "ключ", "two words"])
def test_a_key_that_cannot_be_one_is_refused_before_anything_is_sent(key: str) -> None:
    with ModelServer(says(SOUND)) as server, pytest.raises(EngineRefused, match="characters that no key has") as caught:
        LlmEngine(replace(settings(server.url), api_key=SecretStr(key))).extract([talk()], PlainWork())
    assert server.requests == []
    assert key not in str(caught.value)


@pytest.mark.parametrize("library", [openai, httpx2])
def test_every_exception_of_the_libraries_is_translated(library: ModuleType) -> None:
    """A status error is translated by its status, above; the others are told apart by their class."""
    for _, kind in inspect.getmembers(library, inspect.isclass):
        roots = (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL)
        if issubclass(kind, roots) and not issubclass(kind, openai.APIStatusError):
            with pytest.raises(EngineError), translated("host", "model"):
                raise kind.__new__(kind)


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(EngineUnavailable, match=r"127\.0\.0\.1 cannot be reached"):
        LlmEngine(settings(f"http://127.0.0.1:{port}/v1")).extract([talk()], PlainWork())


@pytest.mark.parametrize("answer", [stays_silent(30), drips(completion(SOUND), pause=0.05)])
def test_silence_and_a_drip_end_at_the_wall_clock_limit(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "CALL_TIMEOUT", 0.5)
    began = time.monotonic()
    error = failure(answer)
    assert isinstance(error, EngineUnavailable)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("url", ["ftp://host/v1", "not a url", "http://", "/v1"])
def test_an_address_that_is_none_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(EngineRefused, match="OPENAI_BASE_URL is not a web address"):
        LlmEngine(settings(url)).extract([talk()], PlainWork())


@pytest.mark.parametrize(
    "parameters",
    [["max_completion_tokens"], ["temperature"], ["store"], ["store", "temperature", "max_completion_tokens"]],
)
def test_a_parameter_that_the_server_names_in_a_refusal_is_left_out_once_and_for_all(parameters: Sequence[str]) -> None:
    script = [fails(400, "unsupported_parameter", message=f"Unsupported parameter: '{name}'") for name in parameters]
    with ModelServer(*script, says(SOUND)) as server:
        engine = LlmEngine(settings(server.url))
        first = engine.extract([talk()], PlainWork())
        engine.extract([talk()], PlainWork())
    assert first.run.calls == len(parameters) + 1
    assert len(server.requests) == len(parameters) + 2
    for name in parameters:
        assert name in server.requests[0].body
        assert name not in server.requests[-1].body
    assert ("max_tokens" in server.requests[-1].body) == ("max_completion_tokens" in parameters)


def test_a_message_that_repeats_the_transcript_does_not_make_us_let_the_server_store_it() -> None:
    failure(fails(400, message="cannot read: I went to the store at room temperature"))


def test_a_server_that_refuses_the_same_parameter_for_ever_is_not_asked_for_ever() -> None:
    failure(fails(400, message="Unsupported parameter: 'store'"), requests=2)


def test_a_model_is_told_once_what_was_wrong_with_its_answer() -> None:
    with ModelServer(says("I would rather talk"), says(SOUND)) as server:
        journey = extract(server)
    assert journey.run.calls == len(server.requests) == 2
    assert [message["role"] for message in server.requests[1].body["messages"][-2:]] == ["assistant", "user"]
    assert "not valid JSON" in server.requests[1].body["messages"][-1]["content"]


def test_a_server_without_schemas_is_asked_in_json_mode_and_one_without_that_in_words() -> None:
    script = [
        fails(500, message="response_format json_schema: not supported"),
        fails(400, message="no json_object here"),
    ]
    with ModelServer(*script, says(SOUND)) as server:
        engine = LlmEngine(settings(server.url))
        journey = engine.extract([talk()], PlainWork())
        engine.extract([talk()], PlainWork())
    forms = [asked.body.get("response_format", {}).get("type") for asked in server.requests]
    assert forms == ["json_schema", "json_object", None, None]
    assert '"observations"' in server.requests[2].body["messages"][0]["content"]
    assert NOT_HELD["text"] in journey.run.warnings


def test_a_server_that_read_only_part_of_the_text_is_found_out() -> None:
    error = failure(says(SOUND, usage={"prompt_tokens": 1, "completion_tokens": 9}))
    assert isinstance(error, EngineRefused)
    assert "read only 1 tokens" in str(error)


def test_a_failed_call_is_asked_again_by_a_retry_and_a_finished_one_is_not() -> None:
    work = PlainWork()
    with ModelServer(fails(500), says(SOUND)) as server:
        with pytest.raises(EngineUnavailable):
            extract(server, work)
        first, second = extract(server, work), extract(server, work)
    assert first == second
    assert len(server.requests) == 2


def test_cancelling_closes_the_connection_within_a_second() -> None:
    async def ask_and_cancel(url: str) -> float:
        question = Question([{"role": "user", "content": "hotline"}], "any", {}, room=10)
        asking = asyncio.create_task(ChatClient(settings(url), timeout=30).ask(question, Sending()))
        while not server.requests:
            await asyncio.sleep(0.01)
        began = time.monotonic()
        asking.cancel()
        await asyncio.wait([asking])
        assert asking.cancelled()
        return time.monotonic() - began

    with ModelServer(stays_silent(30)) as server:
        assert asyncio.run(ask_and_cancel(server.url)) < 1
        assert server.left.wait(1)


@pytest.mark.parametrize(
    "answer", [says(SOUND), echo(400), echo(401), echo(500), replies(GARBAGE), says("hotline"), hangs_up()]
)
def test_no_log_record_holds_the_key_or_the_transcript(answer: Answer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with ModelServer(answer) as server:
        try:
            extract(server)
        except EngineError:
            logging.getLogger("a caller").exception("The engine failed")
    logged = json.dumps([record.__dict__ for record in caplog.records], default=str) + caplog.text
    assert not any(secret in logged for secret in SECRETS)
