"""The bounded bill against a server on real sockets: what is asked, what is charged, and what the user is told."""

from __future__ import annotations

import json
import random
from contextlib import closing, suppress
from pathlib import Path

import pytest

from journey.engines.llm import LlmEngine, asking, merge, probe
from journey.errors import EngineError, EngineRefused, EngineReplyInvalid, EngineUnavailable
from journey.grounding import unused, verify
from journey.jobs.job import JobState
from journey.jobs.queue import JobQueue
from journey.model import AttemptOutcome, Budget, Journey, Outcome, Request, Run
from journey.model.bill import cost_of, tokens_of
from journey.settings import DEFAULT_MODEL
from tests.faults.draw_through_model import open_queue
from tests.faults.obedient import long_talk, model, obeys, turns_of, wanted
from tests.faults.server import (
    Answer,
    Asked,
    ModelServer,
    breaks_off,
    completion,
    fails,
    hangs_up,
    replies,
    says,
    stays_silent,
)
from tests.faults.talk import SOUND, settings, talk
from tests.jobs_parts import eventually, upload
from tests.plain_work import PlainWork

TALK = long_talk(320)
CAP = 0.01


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "FIRST_DELAY", 0.01)


def extract(server: ModelServer, work: PlainWork | None = None, *, budget: Budget | None = None) -> Journey:
    engine = LlmEngine(settings(server.url, model=DEFAULT_MODEL), at_once=4)
    journey = engine.extract([TALK], work or PlainWork(), budget=budget)
    assert verify(journey) == ()
    return journey


def spent(work: PlainWork) -> float:
    return cost_of(work.attempts()) or 0.0


def test_a_finished_map_says_what_was_really_called_taken_and_paid() -> None:
    work = PlainWork()
    with ModelServer(model()) as server:
        run = extract(server, work).run
    assert run.calls == len(server.requests) == len(work.ledger)
    assert run.tokens == tokens_of(work.attempts()) > 10_000
    assert run.cost == pytest.approx(spent(work))
    assert run.cost is not None
    assert 0.001 < run.cost < 0.1
    assert not any("call(s)" in warning for warning in run.warnings)


def test_at_the_cap_the_map_is_partial_and_holds_every_section_that_was_finished() -> None:
    work = PlainWork()
    with ModelServer(model(latency=0.02)) as server:
        journey = extract(server, work, budget=Budget(dollars=CAP))
        finished = sum(wanted(asked) == "observed" for asked in server.requests)
    assert journey.outcome is Outcome.PARTIAL
    assert journey.reason is not None
    assert journey.reason.startswith("The cap of $0.01 was reached; the map shows what was finished.")
    assert any("were not read: the job's cap did not allow it" in warning for warning in journey.run.warnings)
    assert finished > 0
    assert 0 < len(unused(journey)) < 288
    assert spent(work) <= CAP


def test_the_cap_holds_with_four_calls_in_flight_whose_usage_is_missing() -> None:
    work = PlainWork()
    at_once: list[float] = []

    def silent_about_usage(asked: Asked) -> Answer:
        at_once.append(spent(work))
        return says(obeys(asked), usage=None)

    with ModelServer(model(silent_about_usage, latency=0.05)) as server:
        journey = extract(server, work, budget=Budget(dollars=CAP))
    assert journey.outcome is Outcome.PARTIAL
    assert max(at_once) <= CAP
    assert spent(work) <= CAP
    assert journey.run.tokens == 0
    assert any("the most they can take was counted" in warning for warning in journey.run.warnings)


@pytest.mark.parametrize("seed", range(3))
def test_the_cap_holds_with_eight_calls_in_flight_whatever_the_server_does(seed: int) -> None:
    work, chance, at_once = PlainWork(), random.Random(seed), list[float]()

    def misbehaves(asked: Asked) -> Answer | None:
        at_once.append(spent(work))
        told = {"prompt_tokens": 10**9, "completion_tokens": 10**9}
        faults = [fails(500), fails(429, retry_after_ms="5"), breaks_off(completion("x")), hangs_up()]
        return chance.choice(
            [None, None, None, says(obeys(asked), usage=None), says(obeys(asked), usage=told), *faults]
        )

    with ModelServer(model(misbehaves, latency=0.01)) as server, suppress(EngineError):
        engine = LlmEngine(settings(server.url, model=DEFAULT_MODEL), at_once=8)
        engine.extract([long_talk(600)], work, budget=Budget(dollars=1.5 * CAP))
    assert len(at_once) > 3
    assert max(*at_once, spent(work)) <= 1.5 * CAP


def test_a_higher_cap_goes_on_and_pays_nothing_twice() -> None:
    work = PlainWork()
    with ModelServer(model()) as server:
        partial = extract(server, work, budget=Budget(dollars=CAP))
        kept = len(server.requests)
        work.ledger.clear()  # another job: the checkpoints are shared, the ledger is not
        whole = extract(server, work, budget=Budget(dollars=1))
    assert partial.outcome is Outcome.PARTIAL
    assert whole.outcome is Outcome.COMPLETE
    assert whole.run.calls == len(server.requests) - kept
    sections = {asked.text.split("===")[-3] for asked in server.requests if wanted(asked) == "observed"}
    assert len(sections) == sum(wanted(asked) == "observed" for asked in server.requests)


def test_the_same_transcript_in_another_job_costs_nothing() -> None:
    work = PlainWork()
    with ModelServer(model()) as server:
        extract(server, work)
        work.ledger.clear()
        again = extract(server, work)
    assert (again.run.calls, again.run.tokens, again.run.cost) == (0, 0, 0)


def test_a_cap_too_small_for_anything_is_refused_before_anything_is_sent() -> None:
    with ModelServer(model()) as server, pytest.raises(EngineRefused, match=r"\$0.001 is too small"):
        extract(server, budget=Budget(dollars=0.001))
    assert server.requests == []


def test_where_the_price_is_not_known_tokens_are_capped_and_no_dollars_are_claimed() -> None:
    work = PlainWork()
    with ModelServer(model()) as server:
        engine = LlmEngine(settings(server.url, model="mine"), at_once=4)
        journey = engine.extract([TALK], work, budget=Budget(tokens=30_000))
    assert journey.outcome is Outcome.PARTIAL
    assert "30,000 tokens" in str(journey.reason)
    assert journey.run.cost is None
    assert sum(attempt.charged for attempt in work.attempts()) <= 30_000


def test_when_nothing_is_left_for_the_merge_the_finished_sections_are_shown_as_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(merge, "MOST", 10)
    monkeypatch.setattr("journey.engines.llm.reading.MOST_FOR_MERGING", 0)
    work = PlainWork()
    with ModelServer(model()) as server:
        journey = extract(server, work, budget=Budget(dollars=CAP))
        read = {number for asked in server.requests if wanted(asked) == "observed" for number in turns_of(asked)}
    assert journey.outcome is Outcome.PARTIAL
    assert "As told" in {phase.name for phase in journey.phases}
    assert {int(passage.removeprefix("t")) for _, passage in unused(journey)}.isdisjoint(read)
    assert spent(work) <= CAP


FULL, NONE = "the reservation", "nothing"
CHARGES = [
    (breaks_off(completion(SOUND)), FULL),
    (stays_silent(30), FULL),
    (fails(500), FULL),
    (fails(504), FULL),
    (replies(b"<html>Sign in</html>"), FULL),
    (replies(b'{"error": {"message": "hotline", "code": 502}}'), FULL),
    (replies(b"null"), FULL),
    (fails(429, "rate_limit_exceeded"), NONE),
    (fails(429, "insufficient_quota"), NONE),
    (fails(401), NONE),
    (fails(400, "context_length_exceeded"), NONE),
    (fails(503, "server_is_overloaded"), NONE),
]


@pytest.mark.parametrize(("answer", "charged"), CHARGES)
def test_an_attempt_that_failed_is_charged_unless_the_server_did_no_work(
    answer: Answer, charged: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 0)
    monkeypatch.setattr(asking, "CALL_TIMEOUT", 2.0)
    work = PlainWork()
    with ModelServer(answer) as server, pytest.raises((EngineRefused, EngineUnavailable, EngineReplyInvalid)):
        LlmEngine(settings(server.url, model=DEFAULT_MODEL)).extract([talk()], work)
    (attempt,) = work.attempts()
    assert attempt.outcome is AttemptOutcome.FAILED
    assert (attempt.calls, attempt.sent, attempt.received) == (len(server.requests), 0, 0)
    assert bool(attempt.cost) == (charged == FULL)


def test_an_answer_that_was_cut_off_is_charged_as_the_server_says() -> None:
    work = PlainWork()
    usage = {"prompt_tokens": 900, "completion_tokens": 400}
    with ModelServer(says(SOUND[:80], finish="length", usage=usage)) as server, pytest.raises(EngineReplyInvalid):
        LlmEngine(settings(server.url, model=DEFAULT_MODEL)).extract([talk()], work)
    assert [(one.sent, one.received, one.is_measured) for one in work.attempts()] == [(900, 400, True)] * 2


def test_a_server_that_is_not_there_costs_nothing() -> None:
    work = PlainWork()
    with pytest.raises(EngineUnavailable):
        LlmEngine(settings("http://127.0.0.1:9/v1", model=DEFAULT_MODEL)).extract([talk()], work)
    assert spent(work) == 0


def test_a_cancelled_job_keeps_what_it_was_charged_in_its_ledger(tmp_path: Path) -> None:
    with ModelServer(model(latency=30)) as server, closing(open_queue(tmp_path, server.url)) as queue:
        queue.start()
        job = submit(queue)
        assert eventually(lambda: len(server.requests) == 2)
        queue.cancel(job)
        assert eventually(lambda: queue.get(job).state is JobState.CANCELLED)
        attempts = [attempt for attempt in queue.attempts(job) if attempt.name != probe.NAME]
    assert len(attempts) == 2
    assert {attempt.outcome for attempt in attempts} == {AttemptOutcome.LOST}
    assert all(attempt.charged > 1000 for attempt in attempts)


def test_a_job_that_is_removed_takes_its_ledger_with_it(tmp_path: Path) -> None:
    with ModelServer(model()) as server, closing(open_queue(tmp_path, server.url)) as queue:
        job = submit(queue)
        queue.run(job)
        run: Run = queue.result(job).run
        requests = len(server.requests) + len(server.trials)
        assert run.calls == sum(attempt.calls for attempt in queue.attempts(job)) == requests
        queue.store.records.remove(job)
        assert queue.attempts(job) == ()


def test_no_ledger_holds_words_of_the_transcript() -> None:
    work = PlainWork()
    with ModelServer(model()) as server:
        extract(server, work)
    written = json.dumps([attempt.model_dump(mode="json") for attempt in work.attempts()])
    assert "Event" not in written
    assert "letter" not in written


def submit(queue: JobQueue) -> str:
    return queue.submit(Request(uploads=(upload(queue, long_talk().text),), engine="openai"))
