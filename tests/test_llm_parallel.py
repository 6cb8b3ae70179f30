"""How many calls are in flight, and what becomes of those that wait when one fails for all."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from journey.engines.llm import LlmEngine
from journey.engines.llm.pausing import Slots
from journey.errors import EngineRefused, JobCancelled
from tests.faults.obedient import long_talk, model
from tests.faults.server import Asked, ModelServer, fails
from tests.faults.talk import settings
from tests.plain_work import PlainWork

TALK = long_talk(480)


def test_of_many_sections_never_more_are_asked_about_at_once_than_allowed() -> None:
    under_way: set[int] = set()
    together: list[int] = []

    async def slowly(asked: Asked, writer: asyncio.StreamWriter) -> None:
        under_way.add(asked.number)
        await asyncio.sleep(0.05)
        together.append(len(under_way))
        under_way.discard(asked.number)
        await model()(asked, writer)

    with ModelServer(slowly) as server:
        LlmEngine(settings(server.url), at_once=2).extract([TALK], PlainWork())
    assert len(server.requests) > 8
    assert max(together) == 2


def test_what_waits_for_its_turn_is_not_sent_after_a_refusal_that_holds_for_all() -> None:
    with ModelServer(fails(401)) as server, pytest.raises(EngineRefused, match="OPENAI_API_KEY"):
        LlmEngine(settings(server.url), at_once=1).extract([TALK], PlainWork())
    assert len(server.requests) == 1


def test_a_wait_for_a_turn_is_cancelled_within_moments() -> None:
    slots, stopping = Slots(1), PlainWork(stop_after=0, stop=JobCancelled())
    with slots.one(PlainWork()):
        began = time.monotonic()
        with pytest.raises(JobCancelled), slots.one(stopping):
            pass
        assert time.monotonic() - began < 1


def test_a_slot_is_free_again_after_an_error() -> None:
    slots, done = Slots(1), threading.Event()
    with pytest.raises(ZeroDivisionError), slots.one(PlainWork()):
        raise ZeroDivisionError
    with slots.one(PlainWork()):
        done.set()
    assert done.is_set()
