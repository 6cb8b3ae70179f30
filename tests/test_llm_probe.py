"""What a server takes is tried out once for each address and model, kept, and what it lacks is said on the job."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from journey.engines.llm import LlmEngine, asking, probe
from journey.engines.llm.abilities import NOT_HELD, Abilities, Question
from journey.engines.llm.client import ChatClient
from journey.engines.llm.replies import Reply
from journey.engines.llm.usage import Sending
from journey.errors import EngineRefused, EngineUnavailable
from journey.jobs.queue import JobQueue
from journey.model import Budget, Journey, Request
from tests.faults.draw_through_model import open_queue
from tests.faults.server import Answer, Asked, ModelServer, complete, fails, says, send
from tests.faults.talk import SOUND, TURNS, settings, talk
from tests.jobs_parts import upload
from tests.plain_work import PlainWork

Refuses = Callable[[dict[str, Any]], Answer | None]
"""Returns how a request with this body fails, None where it is taken."""


def picky(
    refuses: Refuses = lambda _: None, *, said: str | None = None, usage: Any = (), bounded: bool = True
) -> Answer:
    """A server that refuses some requests; `said` is what it answers instead of a colour of the schema."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if (refusal := refuses(asked.body)) is not None:
            await refusal(asked, writer)
        elif asked.body["messages"][-1]["content"].startswith("Count"):
            is_cut = bounded or "max_tokens" in asked.body
            counted = {"prompt_tokens": 30, "completion_tokens": 16 if is_cut else 180} if usage == () else usage
            await complete(asked, writer, "one, two", finish="length" if is_cut else "stop", usage=counted)
        else:
            await complete(asked, writer, said or '{"colour": "orange"}', usage=usage)

    return answer


def tried(server: ModelServer) -> Abilities:
    """Try out a server as the engine does, without its patience."""
    client = ChatClient(settings(server.url), timeout=10)

    def ask(question: Question) -> Reply:
        return asyncio.run(client.ask(question, Sending()))

    return probe.try_out(client, ask)


def test_a_server_that_takes_everything_is_asked_two_tiny_questions() -> None:
    with ModelServer(picky(), is_known=False) as server:
        assert tried(server) == Abilities()
    assert [asked.room for asked in server.requests] == [probe.HELD_ROOM, probe.BOUNDED_ROOM]
    assert Abilities().warnings() == ()


@pytest.mark.parametrize("name", ["store", "temperature", "max_completion_tokens", "stream"])
@pytest.mark.parametrize("names_it", [True, False])
def test_a_parameter_that_is_refused_is_left_out_and_nothing_else_is(name: str, names_it: bool) -> None:
    message = f"Unknown field {name}." if names_it else "Bad request"

    def refuses(body: dict[str, Any]) -> Answer | None:
        return fails(400, message=message) if name in body else None

    with ModelServer(picky(refuses), is_known=False) as server:
        found = tried(server)
    assert found.unaccepted == (name,)
    assert found.form == "json_schema"
    assert any(name in sentence for sentence in found.warnings())


@pytest.mark.parametrize("status", [400, 422])
def test_a_server_that_refuses_schemas_without_saying_so_is_asked_in_json_mode_with_all_else(status: int) -> None:
    def refuses(body: dict[str, Any]) -> Answer | None:
        return fails(status) if body.get("response_format", {}).get("type") == "json_schema" else None

    with ModelServer(picky(refuses), is_known=False) as server:
        found = tried(server)
    assert (found.form, found.unaccepted) == ("json_object", ())
    assert found.warnings() == (NOT_HELD["json_object"],)


@pytest.mark.parametrize(("said", "form"), [("Red.", "text"), ('{"colour": "red"}', "json_object")])
def test_a_form_that_is_taken_and_not_followed_is_found_out(said: str, form: str) -> None:
    with ModelServer(picky(said=said), is_known=False) as server:
        assert tried(server).form == form


def test_a_bound_that_is_taken_and_not_followed_is_asked_for_by_its_older_name() -> None:
    with ModelServer(picky(bounded=False), is_known=False) as server:
        found = tried(server)
    asked = found.parameters(Question([], "any", None, 70), "small", is_default_service=False)
    assert (asked["max_tokens"], "max_completion_tokens" in asked) == (70, False)


def test_a_server_that_counts_only_without_a_stream_is_not_asked_to_stream() -> None:
    def refuses(body: dict[str, Any]) -> Answer | None:
        return fails(400, message="stream_options?") if "stream_options" in body else None

    with ModelServer(picky(refuses), is_known=False) as server:
        found = tried(server)
    assert (found.unaccepted, found.tells_usage) == (("stream_options", "stream"), True)


def test_a_server_that_never_counts_is_said_to() -> None:
    with ModelServer(picky(usage=None), is_known=False) as server:
        found = tried(server)
    assert (found.unaccepted, found.tells_usage) == ((), False)
    assert "does not say how much it has read" in found.warnings()[0]


def test_it_is_tried_out_once_for_each_address_and_model_and_holds_for_other_jobs(tmp_path: Path) -> None:
    with ModelServer(says(SOUND)) as server:
        for words in ("I waited.", "I went home."):
            with closing(open_queue(tmp_path, server.url)) as queue:
                draw(queue, words)
        assert len(server.trials) == 2
        work = PlainWork(is_known=False)
        for model in ("small", "large", "small"):
            LlmEngine(settings(server.url, model=model)).extract([talk()], work)
        assert len(server.trials) == 2 + 4
    assert all(TURNS[1][2] not in json.dumps(asked.body) for asked in server.trials)


def draw(queue: JobQueue, words: str) -> Journey:
    job = queue.submit(Request(uploads=(upload(queue, f"Ann: {words}\nAnn: And {words}"),), engine="openai"))
    queue.run(job)
    return queue.result(job, timeout=0)


def test_what_was_found_shapes_the_first_real_question_and_is_said_on_the_job() -> None:
    def refuses(body: dict[str, Any]) -> Answer | None:
        return fails(400, message="no such thing: temperature") if "temperature" in body else None

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await (picky(refuses) if asked.is_trial else says(SOUND))(asked, writer)

    work = PlainWork(is_known=False)
    with ModelServer(answer, is_known=False) as server:
        journey = LlmEngine(settings(server.url)).extract([talk()], work)
        again = LlmEngine(settings(server.url)).extract([talk()], work)
    (real,) = [asked for asked in server.requests if not asked.is_trial]
    assert "temperature" not in real.body
    assert any("does not follow: temperature" in warning for warning in journey.run.warnings)
    assert again.run.warnings == journey.run.warnings
    assert journey.run.calls == len(server.requests), "what it costs to try out is on the bill"


@pytest.mark.parametrize(("fault", "error"), [(fails(401), EngineRefused), (fails(503), EngineUnavailable)])
def test_a_server_that_cannot_be_asked_at_all_is_not_taken_for_one_that_takes_little(
    fault: Answer, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 0)
    work = PlainWork(is_known=False)
    with ModelServer(fault, is_known=False) as server, pytest.raises(error):
        LlmEngine(settings(server.url)).extract([talk()], work)
    assert len(server.requests) == 1
    assert work.checkpoints == {}


def test_a_cap_too_small_to_try_it_out_is_said_to_be() -> None:
    with ModelServer(picky(), is_known=False) as server, pytest.raises(EngineRefused, match="too small"):
        LlmEngine(settings(server.url)).extract([talk()], PlainWork(is_known=False), budget=Budget(tokens=100))
    assert server.requests == []


def test_a_server_that_does_not_stream_though_asked_to_is_read_whole() -> None:
    body = json.dumps({"choices": [{"finish_reason": "stop", "message": {"content": SOUND}}]}).encode()
    with ModelServer(lambda _, writer: send(writer, body)) as server:
        journey = LlmEngine(settings(server.url)).extract([talk()], PlainWork())
    assert server.requests[0].body["stream"] is True
    assert len(list(journey.steps())) == 2
