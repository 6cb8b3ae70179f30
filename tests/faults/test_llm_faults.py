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
from journey.engines.llm.client import ChatClient, Question
from journey.engines.llm.engine import NOT_HELD
from journey.engines.llm.faults import translated
from journey.engines.llm.usage import Sending
from journey.errors import EngineError, EngineRefused, EngineReplyInvalid, EngineUnavailable
from journey.grounding import verify
from journey.model import Journey
from tests.faults.server import (
    Answer,
    ModelServer,
    breaks_off,
    completion,
    drips,
    fails,
    hangs_up,
    replies,
    says,
    send,
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


REFUSED = [
    (echo(401, "invalid_api_key"), "did not accept the key. Check OPENAI_API_KEY"),
    (echo(403), "may not use the model 'small'"),
    (echo(404, "model_not_found"), "has no model 'small' at this address"),
    (echo(402), "no credit"),
    (echo(429, "insufficient_quota", retry_after="1"), "no credit"),
    (echo(429, "billing_hard_limit_reached"), "no credit"),
    (echo(400, "context_length_exceeded"), "longer than the model 'small' can read"),
    (fails(400, message="the request exceeds the available context size", kind="exceed_context_size_error"), "longer"),
    (echo(413), "longer than the model"),
    (echo(400, "content_filter"), "content filter"),
    (echo(400, "invalid_value"), "did not accept the request (HTTP 400, invalid_value)"),
    (echo(422), "did not accept the request (HTTP 422, error)"),
    (echo(307, location="http://127.0.0.1:9/v1/elsewhere"), "for safety that is not followed"),
    (says(None, refusal="I cannot help with the hotline"), "refused to work on this transcript"),
    (says(None, finish="content_filter"), "content filter"),
]

INVALID = [
    (replies(b"<html>Sign in</html>", content_type="text/html"), "a web page, as a proxy or a login does"),
    (replies(b"<html>Sign in</html>"), "a web page"),
    (replies(b"hotline"), "not a model's answer"),
    (replies(b'{"choices": null}'), "not a model's answer"),
    (replies(b"[]"), "not a model's answer"),
    (replies(b"null"), "not a model's answer"),
    (replies(b"\xff\xfe\x00"), "not a model's answer"),
    (replies(b'{"choices": []}'), "without content"),
    (replies(b"x" * 10_000_001), "more than a map can hold"),
    (says(SOUND[:80], finish="length"), "cut off at its length limit"),
    (says(SOUND, finish=None), "broke off before its end"),
    (says(None), "broke off before its end"),
    (says(""), "broke off before its end"),
    (says(SOUND[:-1]), "not valid JSON"),
    (says("Sure! Here is the hotline journey"), "not valid JSON"),
    (says(SOUND.replace('"turn": 2', '"turn": NaN', 1)), "not valid JSON"),
    (says(SOUND.replace('"id": 1', '"id": 1, "id": 2', 1)), "not valid JSON"),
    (says("[" * 100_000), "not valid JSON"),
    (says("[]"), "wrong form"),
    (says(SOUND.replace('"emotion"', '"hotline"', 1)), "wrong form at: observations.kind"),
    (says(SOUND.replace('"title": "Booking", ', "", 1)), "wrong form at: journey.title"),
]

UNAVAILABLE = [
    (echo(408), "has a fault of its own right now (HTTP 408)", None),
    (echo(409), "HTTP 409", None),
    (echo(500), "HTTP 500", None),
    (replies(b'{"error": {"message": "hotline", "code": 502}}'), "reported a fault behind it", None),
    (echo(503, "server_is_overloaded", retry_after="7"), "HTTP 503", 7),
    (echo(429, "rate_limit_exceeded"), "limiting how much it answers", None),
    (echo(429, "rate_limit_exceeded", retry_after="3"), "limiting", 3),
    (echo(429, retry_after_ms="250"), "limiting", 0.25),
    (echo(429, retry_after="Wed, 21 Oct 2015 07:28:00 GMT"), "limiting", 0),
    (echo(429, retry_after="Wed, 21 Oct 2115 07:28:00 GMT"), "limiting", 3600),
    (echo(429, retry_after="999999999"), "limiting", 3600),
    (echo(429, retry_after="soon"), "limiting", None),
    (echo(429, retry_after="-5"), "limiting", None),
    (breaks_off(completion(SOUND)), "broke off in the middle of its answer", None),
    (hangs_up(), "cannot be reached", None),
    (lambda _, writer: send(writer, b"not gzip", content_encoding="gzip"), "broke off", None),
]


@pytest.mark.parametrize(("answer", "sentence"), REFUSED)
def test_what_another_try_cannot_help_is_refused_at_once(answer: Answer, sentence: str) -> None:
    error = failure(answer)
    assert isinstance(error, EngineRefused)
    assert sentence in str(error)


@pytest.mark.parametrize(("answer", "sentence"), INVALID)
def test_an_answer_that_cannot_be_used_says_what_came_instead(answer: Answer, sentence: str) -> None:
    complained = "valid JSON" in sentence or "wrong form" in sentence
    error = failure(answer, requests=2 if complained else 1)
    assert isinstance(error, EngineReplyInvalid)
    assert sentence in str(error)


@pytest.mark.parametrize(("answer", "sentence", "wait"), UNAVAILABLE)
def test_what_another_try_may_help_carries_the_wait_that_was_asked_for(
    answer: Answer, sentence: str, wait: float | None
) -> None:
    error = failure(answer)
    assert isinstance(error, EngineUnavailable)
    assert sentence in str(error)
    assert error.retry_after == wait


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


@pytest.mark.parametrize("wrapping", ["```json\n{}\n```", "Sure! Here it is:\n{}\nAnything else?", "{}"])
def test_an_answer_wrapped_in_a_code_fence_or_a_sentence_is_read(wrapping: str) -> None:
    with ModelServer(says(wrapping.replace("{}", SOUND))) as server:
        assert verify(extract(server)) == ()


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
    assert NOT_HELD in journey.run.warnings


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": 0, "completion_tokens": 0}])
def test_missing_usage_counts_no_tokens(usage: object) -> None:
    with ModelServer(says(SOUND, usage=usage)) as server:
        assert extract(server).run.tokens == 0


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
