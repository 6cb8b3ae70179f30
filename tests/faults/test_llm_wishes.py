"""A wish about a map, asked of the server on loopback: what is sent, what comes of the answer, and of a bad one."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping

import pytest

from journey import pipeline
from journey.edits import Suggestion
from journey.edits.outline import Wishes, lines_of, suggestions_of
from journey.engines.llm.wishes import LlmEditor
from journey.engines.scripted import ScriptedEngine
from journey.errors import EngineRefused, EngineReplyInvalid
from journey.model import Journey, Request, Upload
from tests.faults.server import Answer, Asked, ModelServer, complete
from tests.faults.talk import settings
from tests.journeys import full_journey
from tests.plain_work import PlainWork

BLANK = {"other": None, "lane": None, "text": None, "score": None}


def answers(*changes: Mapping[str, object]) -> Answer:
    async def reply(asked: Asked, writer: asyncio.StreamWriter) -> None:
        listed = [BLANK | dict(change) for change in changes]
        await complete(asked, writer, json.dumps({"changes": listed}))

    return reply


def number(words: str) -> int:
    return next(at for at, line in enumerate(lines_of(full_journey()), start=1) if line.words == words)


def propose(server: ModelServer, wish: str, *, redact: bool = False) -> tuple[Suggestion, ...]:
    journey = full_journey()
    content = journey.model_dump_json().encode()
    digest = hashlib.sha256(content).hexdigest()
    upload = Upload(name="anna.txt", sha256=digest)
    request = Request(uploads=(upload,), engine="openai", about=digest, wish=wish, redact=redact)
    editors = {"openai": LlmEditor(settings(server.url))}
    found = pipeline.carry_out(request, lambda _: content, PlainWork(), engines={}, editors=editors)
    assert isinstance(found, Wishes)
    return suggestions_of(journey, found.wishes)


def test_the_map_is_sent_as_numbered_lines_with_the_wish_and_no_word_of_the_transcript() -> None:
    with ModelServer(answers({"target": number("Look for a room"), "deed": "rename", "text": "Search"})) as server:
        found = propose(server, "make titles shorter")
    assert [one.words for one in found] == ["Changed “Look for a room” to “Search”"]
    assert "make titles shorter" in server.requests[0].text
    assert "step: Look for a room" in server.requests[0].text
    assert "My cat is called Otto" not in server.requests[0].text


def test_what_is_not_on_the_map_or_makes_no_sense_is_left_out() -> None:
    nonsense = (
        {"target": 999, "deed": "delete"},
        {"target": 2, "deed": "feel", "score": 70, "text": "great"},
        {"target": number("A faster search"), "deed": "delete"},
    )
    with ModelServer(answers(*nonsense)) as server:
        found = propose(server, "tidy up")
    assert [one.words for one in found] == ["Deleted “A faster search” from the opportunities"]


def test_names_do_not_leave_and_come_back_in_the_suggestion() -> None:
    journey = full_journey()
    assert journey.title.startswith("Anna")

    async def reply(asked: Asked, writer: asyncio.StreamWriter) -> None:
        name = next(word for word in asked.text.split() if word.startswith("Person_"))
        changes = [BLANK | {"target": 2, "deed": "rename", "text": f"{name} searches"}]
        await complete(asked, writer, json.dumps({"changes": changes}))

    with ModelServer(reply) as server:
        found = propose(server, "say that Anna does it", redact=True)
    assert "Anna" not in server.requests[0].text
    assert [one.words for one in found] == ["Changed “Look for a room” to “Anna searches”"]


def test_an_answer_of_another_form_is_refused_after_one_complaint() -> None:
    async def chatter(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await complete(asked, writer, "Sure! I have merged them for you.")

    with ModelServer(chatter) as server, pytest.raises(EngineReplyInvalid):
        propose(server, "merge the two login steps")
    assert len(server.requests) >= 2


def test_without_a_model_a_wish_is_refused_in_words() -> None:
    request = Request(uploads=(Upload(name="a.txt", sha256="0"),), engine="local", about="x", wish="shorter")
    with pytest.raises(EngineRefused, match="takes a model"):
        pipeline.carry_out(request, lambda _: b"", PlainWork(), engines={}, editors={})


def test_a_map_is_drawn_again_from_the_sources_of_the_journey_and_not_from_the_uploads() -> None:

    content = full_journey().model_dump_json().encode()
    request = Request(uploads=(Upload(name="imported.json", sha256="0"),), engine="scripted", about="x")
    drawn = pipeline.carry_out(
        request, lambda _: content, PlainWork(), engines={"scripted": ScriptedEngine()}, editors={}
    )
    assert isinstance(drawn, Journey)
    assert drawn.sources == full_journey().sources
