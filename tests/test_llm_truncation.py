"""A server that reads only the beginning of a long question, and does not say so, is asked in smaller sections."""

from __future__ import annotations

import asyncio
import json
import re

from journey.engines.llm import LlmEngine
from journey.grounding import unused
from journey.model import Journey
from tests.faults.obedient import long_talk, obeys, wanted
from tests.faults.server import Asked, ModelServer, complete
from tests.faults.talk import settings
from tests.plain_work import PlainWork

TALK = long_talk(240)


class Forgetful:
    """Reads so many tokens of a question, a token being four characters, and answers about those."""

    def __init__(self, context: int) -> None:
        self.context = context
        self.too_long = 0

    async def __call__(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        told = len(asked.text) // 4
        self.too_long += told > self.context
        content = json.loads(obeys(asked))
        if wanted(asked) == "observed":
            seen = {int(n) for n in re.findall(r"^\[(\d+)\]", asked.text[: 4 * self.context], re.MULTILINE)}
            content["observations"] = [one for one in content["observations"] if one["turn"] in seen]
        usage = {"prompt_tokens": min(told, self.context), "completion_tokens": 9}
        await complete(asked, writer, json.dumps(content), usage=usage)


def extract(server: ModelServer) -> Journey:
    return LlmEngine(settings(server.url), at_once=1).extract([TALK], PlainWork())


def test_every_turn_is_read_and_the_job_says_why_it_took_more_calls() -> None:
    forgetful = Forgetful(1500)
    with ModelServer(forgetful) as server:
        journey = extract(server)
    assert unused(journey) == ()
    assert any("reads 1,500 tokens at most" in warning for warning in journey.run.warnings)


def test_once_it_is_known_nothing_too_long_is_sent_any_more() -> None:
    forgetful = Forgetful(1500)
    with ModelServer(forgetful) as server:
        extract(server)
    assert forgetful.too_long <= 2, "the first section, and the one that was under way with it"
    assert len(server.requests) > 8


def test_the_size_of_a_context_gives_a_cut_away_that_is_too_slight_for_the_size_of_the_text() -> None:
    forgetful = Forgetful(2048)
    with ModelServer(forgetful) as server:
        journey = extract(server)
    assert unused(journey) == ()


def test_a_server_that_reads_all_is_not_taken_for_one_that_cuts() -> None:
    with ModelServer(Forgetful(100_000)) as server:
        journey = extract(server)
    assert journey.run.warnings == ()
