"""What a long transcript sends: little beside its own words. (What it takes in time is measured, not tested.)"""

from __future__ import annotations

import pytest

from journey.engines.llm import LlmEngine
from tests.bench.bench_llm import FORTY_SECTIONS, sent_share
from tests.faults.obedient import gathers, long_talk, model, wanted
from tests.faults.server import ModelServer
from tests.faults.talk import settings
from tests.plain_work import PlainWork

AIM = 1.35


@pytest.mark.slow
def test_of_forty_sections_not_much_more_is_sent_than_was_said() -> None:
    talk = long_talk(FORTY_SECTIONS)
    with ModelServer(model(gathers)) as server:
        LlmEngine(settings(server.url), at_once=4).extract([talk], PlainWork())
    assert sum(wanted(asked) == "observed" for asked in server.requests) >= 40
    assert sent_share(talk, server.requests) <= AIM
