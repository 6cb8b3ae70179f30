"""The wire path against a real model: form, usage, refusals, cancel. What the small model says is nonsense."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import Annotated

import pytest
from pydantic import Field, SecretStr, WithJsonSchema

from journey.engines.llm.abilities import Question
from journey.engines.llm.asking import Asker
from journey.engines.llm.client import ChatClient
from journey.engines.llm.engine import LlmEngine
from journey.engines.llm.prompt import as_lines, number_turns
from journey.engines.llm.replies import Reply
from journey.engines.llm.schema import Answer, Kind, read_answer, strict_schema
from journey.engines.llm.usage import Sending
from journey.errors import EngineRefused, EngineReplyInvalid
from journey.grounding import verify
from journey.settings import Settings
from tests.faults.talk import talk
from tests.plain_work import PlainWork

pytestmark = [pytest.mark.model, pytest.mark.slow]

Words = Annotated[str, WithJsonSchema({"type": "string", "maxLength": 40})]


class Seen(Answer):
    turn: int
    quote: Words
    kind: Kind
    channel: Words | None


class Few(Answer):
    """An answer small enough for a test: what bounds a small model's babble is the grammar made of the schema."""

    observations: list[Seen] = Field(json_schema_extra={"maxItems": 2})


def question(text: str = "", *, room: int = 300) -> Question:
    """Ask about two short turns: prompt and answer together are read in seconds even on a busy machine."""
    asked = {"role": "user", "content": text or as_lines(number_turns([talk()])[1:3])}
    return Question([asked], "few", strict_schema(Few, bounded=True), room)


def ask(settings: Settings, asked: Question, *, timeout: float = 100, sending: Sending | None = None) -> Reply:
    answer = ChatClient(settings, timeout=timeout).ask(asked, sending or Sending())
    return asyncio.run(asyncio.wait_for(answer, timeout))


def test_the_answer_has_the_form_that_was_asked_for_and_its_usage_is_told(model_server: Settings) -> None:
    sending = Sending()
    reply = ask(model_server, question(), sending=sending)
    answer = read_answer(Few, reply.content)
    assert len(answer.observations) <= 2
    assert all(len(seen.quote) <= 40 for seen in answer.observations)
    assert reply.sent > 40
    assert 0 < reply.received <= 300
    assert sending.requests == 1


def test_an_answer_without_room_is_called_cut_off(model_server: Settings) -> None:
    with pytest.raises(EngineReplyInvalid, match="cut off at its length limit"):
        ask(model_server, question(room=10))


def test_a_wrong_key_is_refused_in_words(model_server: Settings) -> None:
    with pytest.raises(EngineRefused, match="did not accept the key"):
        ask(replace(model_server, api_key=SecretStr("another")), question())


def test_a_text_beyond_the_servers_context_is_refused_in_words(model_server: Settings) -> None:
    with pytest.raises(EngineRefused, match="longer than the model 'smol' can read"):
        ask(model_server, question("I waited for the bus again. " * 900))


def test_a_cancelled_call_is_over_within_a_second_and_the_server_is_free_again(model_server: Settings) -> None:
    async def cancelled_after(seconds: float) -> float:
        asking = asyncio.create_task(ChatClient(model_server, timeout=100).ask(question(), Sending()))
        await asyncio.sleep(seconds)
        began = time.monotonic()
        asking.cancel()
        await asyncio.wait([asking])
        assert asking.cancelled()
        return time.monotonic() - began

    assert asyncio.run(cancelled_after(0.3)) < 1
    with pytest.raises(EngineReplyInvalid):
        ask(model_server, question(room=1), timeout=30)


def test_the_engine_takes_the_whole_schema_to_a_real_server(
    model_server: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The small model rarely ends in time: a map whose quotes all stand, or a plain sentence; nothing else."""
    monkeypatch.setattr(Asker, "_room", lambda *_: 30)
    try:
        journey = LlmEngine(model_server).extract([talk()], PlainWork())
    except EngineReplyInvalid as error:
        assert "cut off" in str(error)  # noqa: PT017
    else:
        assert verify(journey) == ()
