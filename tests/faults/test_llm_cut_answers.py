"""A good answer that was cut is never taken for a whole one, wherever it was cut and however the cut looks."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from journey.engines.llm.abilities import Question
from journey.engines.llm.client import ChatClient
from journey.engines.llm.schema import Whole, read_answer
from journey.engines.llm.usage import Sending
from journey.errors import EngineError, EngineReplyInvalid
from tests.faults.cases_streams import COUNTED, closed
from tests.faults.server import Answer, ModelServer, breaks_off, completion, send_events
from tests.faults.streams import ending, written
from tests.faults.talk import SOUND, settings

BODY = completion(SOUND)
STREAM = b"".join([*written(SOUND, piece=500), *ending("stop", COUNTED)])
QUESTION = Question([{"role": "user", "content": "How was it?"}], "any", {}, room=10)
AT_ONCE = 8


def cut_bodies() -> Iterator[Answer]:
    """Yield the answer in one piece, cut before each of its bytes."""
    return (breaks_off(BODY[:end]) for end in range(len(BODY)))


def cut_streams() -> Iterator[Answer]:
    """Yield the streamed answer, cut before each of its bytes, so that the cut shows."""

    def cut(end: int) -> Answer:
        return lambda _, writer: send_events(writer, [STREAM[:end]] if end else [], is_whole=False)

    return (cut(end) for end in range(len(STREAM)))


def closed_streams() -> Iterator[Answer]:
    """Yield the streamed answer, cut before each of its bytes, by the end of a connection that promised no length."""
    return (closed(STREAM[:end]) for end in range(len(STREAM)))


async def contents(server: ModelServer, count: int) -> list[str]:
    """Ask so often, a few at once, and return what was taken for an answer."""
    client, free = ChatClient(settings(server.url), timeout=10), asyncio.Semaphore(AT_ONCE)

    async def ask() -> str | None:
        async with free:
            try:
                return (await client.ask(QUESTION, Sending())).content
            except EngineError:
                return None

    return [content for content in await asyncio.gather(*(ask() for _ in range(count))) if content is not None]


@pytest.mark.slow
@pytest.mark.parametrize("cuts", [cut_bodies, cut_streams, closed_streams])
def test_an_answer_cut_at_any_byte_is_used_whole_or_not_at_all(cuts: type[Iterator[Answer]]) -> None:
    answers = list(cuts())
    with ModelServer(*answers) as server:
        taken = asyncio.run(contents(server, len(answers)))
    assert set(taken) <= {SOUND}
    assert len(server.requests) == len(answers), "each was asked once: the library does not ask again behind our back"
    assert len(taken) < 400, "only a cut in what follows the reason for the end may go unnoticed"


def test_an_answer_that_a_model_cut_itself_at_any_byte_is_refused() -> None:
    for end in range(len(SOUND)):
        with pytest.raises(EngineReplyInvalid):
            read_answer(Whole, SOUND[:end])
