"""A real llama.cpp server whose model does not see: it says so, and is not asked to look."""

from __future__ import annotations

import asyncio

import pytest

from journey.engines.llm import sight
from journey.engines.llm.abilities import Question
from journey.engines.llm.client import ChatClient
from journey.engines.llm.faults import PictureRefused
from journey.engines.llm.replies import Reply
from journey.engines.llm.usage import Sending
from journey.settings import Settings

pytestmark = [pytest.mark.model, pytest.mark.slow]


def test_a_picture_is_refused_for_good_and_not_as_a_fault_that_may_pass(model_server: Settings) -> None:
    client = ChatClient(model_server, timeout=60)
    refusals: list[type[Exception]] = []

    def ask(question: Question) -> Reply:
        try:
            return asyncio.run(client.ask(question, Sending()))
        except Exception as error:
            refusals.append(type(error))
            raise

    assert sight.is_there(ask) is False
    assert refusals == [PictureRefused]
