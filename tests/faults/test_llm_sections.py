"""A long transcript through a model: in parallel, resumable, each section answered for, whatever the server does."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import Counter

import pytest

from journey.engines.llm import LlmEngine, asking, merge
from journey.errors import EngineRefused, EngineUnavailable, JobCancelled
from journey.grounding import unused, verify
from journey.model import Budget, Journey, Outcome
from tests.faults.obedient import long_talk, model, obeys, turns_of, wanted
from tests.faults.server import Answer, Asked, ModelServer, fails, says
from tests.faults.talk import observed, settings
from tests.plain_work import PlainWork

TALK = long_talk()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "FIRST_DELAY", 0.01)


def extract(server: ModelServer, work: PlainWork | None = None, *, at_once: int = 4) -> Journey:
    journey = LlmEngine(settings(server.url), at_once=at_once).extract([TALK], work or PlainWork())
    assert verify(journey) == ()
    return journey


def kinds(server: ModelServer) -> Counter[str]:
    return Counter(wanted(asked) for asked in server.requests)


def holds(asked: Asked, number: int) -> bool:
    """Tell whether a question is about the section that has this turn."""
    return wanted(asked) == "observed" and number in turns_of(asked)


def test_every_turn_of_the_customer_is_read_once_and_becomes_a_step() -> None:
    work = PlainWork()
    with ModelServer(model()) as server:
        journey = extract(server, work)
    assert unused(journey) == ()
    assert len(list(journey.steps())) == 108
    sections = kinds(server)["observed"]
    assert sections == 2
    assert kinds(server) == {"observed": sections, "drawing": 1}
    assert journey.run.calls == len(work.checkpoints) == sections + 1
    assert journey.run.dropped == 0
    assert work.stages[-2][1:3] == (sections, sections)


def test_the_same_transcript_has_the_same_keys_whatever_the_settings() -> None:
    """Neither the calls in flight, nor the cap, nor the order in which answers come is part of a key."""
    first, second = PlainWork(), PlainWork()
    with ModelServer(model()) as server:
        extract(server, first, at_once=1)
    with ModelServer(model(latency=0.02)) as server:
        LlmEngine(settings(server.url), at_once=4).extract([TALK], second, budget=Budget(tokens=1_000_000))
    assert list(first.checkpoints) != []
    assert set(first.checkpoints) == set(second.checkpoints)


def test_sections_are_asked_about_at_once_but_never_more_than_allowed() -> None:
    under_way: set[int] = set()
    together: list[int] = []

    async def hold_until_two(asked: Asked, writer: asyncio.StreamWriter) -> None:
        under_way.add(asked.number)
        while wanted(asked) == "observed" and not together and len(under_way) < 2:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)  # time for a third to come, if it could
        together.append(len(under_way))
        await model()(asked, writer)
        under_way.discard(asked.number)

    with ModelServer(hold_until_two) as server:
        extract(server, at_once=2)
    assert max(together) == 2


def test_a_throttled_call_makes_all_wait_as_long_as_the_server_asks() -> None:
    arrivals: list[float] = []

    def throttle(asked: Asked) -> Answer | None:
        arrivals.append(time.monotonic())
        return fails(429, "rate_limit_exceeded", retry_after="1") if asked.number == 1 else None

    with ModelServer(model(throttle)) as server:
        journey = extract(server, at_once=2)
    assert arrivals[2] - arrivals[0] > 0.9  # the second was under way
    assert journey.run.calls == len(server.requests)


def test_faults_that_pass_are_survived_and_counted() -> None:
    with ModelServer(model(lambda asked: fails(500) if asked.number in (1, 2, 5) else None)) as server:
        journey = extract(server)
    assert journey.run.calls == len(server.requests)


def test_a_server_that_stays_down_is_given_up_after_a_few_attempts_and_finished_sections_are_kept() -> None:
    work = PlainWork()
    with ModelServer(model(lambda asked: fails(503) if holds(asked, 100) else None)) as server:
        with pytest.raises(EngineUnavailable):
            extract(server, work, at_once=1)
        before, kept = len(server.requests), len(work.checkpoints)
    with ModelServer(model()) as server:
        extract(server, work, at_once=1)
        after = len(server.requests)
    assert before == kept + asking.ATTEMPTS
    assert after == len(work.checkpoints) - kept


def test_a_long_wait_is_left_to_the_job() -> None:
    with ModelServer(fails(429, retry_after="600")) as server, pytest.raises(EngineUnavailable) as caught:
        extract(server, at_once=1)
    assert caught.value.retry_after == 600
    assert len(server.requests) == 1


def test_a_wrong_key_stops_the_job_with_the_first_refusals() -> None:
    with ModelServer(fails(401)) as server, pytest.raises(EngineRefused, match="OPENAI_API_KEY"):
        extract(server, at_once=2)
    assert len(server.requests) <= 2


def test_a_cancel_in_the_middle_is_let_pass() -> None:
    work = PlainWork(stop_after=6, stop=JobCancelled())
    with ModelServer(model()) as server, pytest.raises(JobCancelled):
        extract(server, work)


def test_a_refused_section_is_named_and_the_rest_is_drawn() -> None:
    with ModelServer(model(lambda asked: says(None, refusal="no") if holds(asked, 100) else None)) as server:
        journey = extract(server)
    assert journey.outcome is Outcome.PARTIAL
    assert any("were refused by the model and are missing" in warning for warning in journey.run.warnings)
    assert ("s1", "t100") in unused(journey)
    assert ("s1", "t10") not in unused(journey)


def test_when_every_section_is_refused_the_job_is() -> None:
    with (
        ModelServer(says(None, finish="content_filter")) as server,
        pytest.raises(EngineRefused, match="refused to work"),
    ):
        extract(server)


@pytest.mark.parametrize("fault", [says("{", finish="length"), fails(400, "context_length_exceeded")])
def test_a_section_that_is_too_long_is_halved(fault: Answer) -> None:
    def choke(asked: Asked) -> Answer | None:
        return fault if wanted(asked) == "observed" and len(turns_of(asked)) > 12 else None

    with ModelServer(model(choke)) as server:
        journey = extract(server)
    assert unused(journey) == ()


def test_a_server_that_silently_cuts_is_answered_with_smaller_sections() -> None:
    def cut_short(asked: Asked) -> Answer | None:
        read = min(len(asked.text) // 4, 900)
        return says(obeys(asked), usage={"prompt_tokens": read, "completion_tokens": 9})

    with ModelServer(model(cut_short)) as server:
        journey = extract(server)
    assert unused(journey) == ()


def test_a_section_in_which_nothing_is_found_is_asked_about_once_more_and_flagged() -> None:
    with ModelServer(model(lambda asked: '{"observations": []}' if holds(asked, 50) else None)) as server:
        journey = extract(server)
    assert sum(holds(asked, 50) for asked in server.requests) == 2
    assert any("gave the model nothing to note" in warning for warning in journey.run.warnings)


def test_quotes_that_fail_are_asked_about_once_and_mended_or_dropped() -> None:
    def invents(asked: Asked) -> str | None:
        if holds(asked, 52):
            wrong = [observed(52, "Event 51 started", id=1), observed(53, "I danced on the moon", id=2)]
            return json.dumps({"observations": wrong})
        if wanted(asked) == "repairs":
            assert "id 1, turn 52: Event 51 started" in asked.text
            assert "[52] Yusuf: Event 51 began" in asked.text
            repairs = [{"id": 1, "turn": 52, "quote": "Event 51 began"}, {"id": 2, "turn": 53, "quote": None}]
            return json.dumps({"repairs": repairs})
        return None

    with ModelServer(model(invents)) as server:
        journey = extract(server)
    quotes = [piece.quote for found in journey.steps() for piece in found.evidence]
    assert "Event 51 began" in quotes
    assert not any("moon" in quote for quote in quotes)


def test_what_is_quoted_from_the_turns_before_a_section_is_not_counted_twice() -> None:
    def quotes_all(asked: Asked) -> str | None:
        if wanted(asked) != "observed":
            return None
        before = re.findall(r"^\[(\d+)\] \w+: (Event \d+ began)", asked.text, re.MULTILINE)
        return json.dumps({"observations": [observed(int(n), words, id=int(n)) for n, words in before]})

    with ModelServer(model(quotes_all)) as server:
        journey = extract(server)
    assert any("EARLIER\n[" in asked.text for asked in server.requests)
    assert len(list(journey.steps())) == 108


def test_many_observations_are_merged_in_groups_and_no_step_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "MOST", 40)
    with ModelServer(model()) as server:
        journey = extract(server)
    assert kinds(server)["drawing"] == 3
    assert kinds(server)["joining"] == 1
    assert unused(journey) == ()


def test_steps_too_many_to_join_stand_in_the_order_of_the_talk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "MOST", 40)
    with ModelServer(model(lambda asked: fails(413) if wanted(asked) == "joining" else None)) as server:
        journey = extract(server)
    assert unused(journey) == ()
    assert [phase.name for phase in journey.phases] == ["Book"] * 3


def test_a_step_that_the_model_joins_twice_is_shown_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "MOST", 40)

    def repeats(asked: Asked) -> str | None:
        if wanted(asked) != "joining":
            return None
        joined = json.loads(obeys(asked))
        joined["phases"] *= 2
        joined["phases"][0]["steps"][0]["steps"] = [1, 2, 2, 999]
        return json.dumps(joined)

    with ModelServer(model(repeats)) as server:
        journey = extract(server)
    first, *others = journey.steps()
    assert len(first.evidence) == 2
    assert len(others) == 106


def test_steps_that_the_model_forgets_when_joining_are_put_after_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(merge, "MOST", 40)

    def forgets(asked: Asked) -> str | None:
        if wanted(asked) != "joining":
            return None
        joined = json.loads(obeys(asked))
        joined["phases"][0]["steps"] = [one for one in joined["phases"][0]["steps"] if one["steps"][0] % 3]
        return json.dumps(joined)

    with ModelServer(model(forgets)) as server:
        journey = extract(server)
    assert unused(journey) == ()
    starts = [found.evidence[0].start for found in journey.steps()]
    assert starts == sorted(starts)
