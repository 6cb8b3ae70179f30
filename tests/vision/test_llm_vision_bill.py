"""What pictures cost: the calls are those that were expected, and the cap holds whatever the server does not say."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from typing import Any

import pytest

from journey.engines.llm import LlmEngine, asking, probe
from journey.engines.llm.estimate import estimate, volume
from journey.errors import EngineError, EngineRefused
from journey.grounding import verify
from journey.model import AttemptOutcome, Budget, Journey, Outcome, Source
from journey.model.bill import cost_of
from journey.settings import DEFAULT_MODEL
from tests.faults.server import Answer, Asked, ModelServer, breaks_off, completion, fails, hangs_up, says
from tests.faults.talk import settings
from tests.plain_work import PlainWork
from tests.vision.drawings import png, source
from tests.vision.seeing import looks, model, shown, wanted


def pictures(count: int, work: PlainWork) -> list[Source]:
    """Return so many pictures of different sizes, kept where the work finds them."""
    sizes = [(800 + 10 * number, 500) for number in range(count)]
    sources = [source(png(size=size), size=size, source_id=f"s{number}") for number, size in enumerate(sizes, 1)]
    work.kept |= {one.sha256: png(size=size) for one, size in zip(sources, sizes, strict=True)}
    return sources


def extract(server: ModelServer, sources: list[Source], work: PlainWork, **wishes: Any) -> Journey:
    journey = LlmEngine(settings(server.url, model=DEFAULT_MODEL), at_once=4).extract(sources, work, **wishes)
    assert verify(journey) == ()
    return journey


def spent(work: PlainWork) -> float:
    return cost_of(work.attempts()) or 0.0


@pytest.mark.parametrize(("count", "thorough", "calls"), [(1, False, 3), (1, True, 4), (2, False, 5), (2, True, 7)])
def test_the_calls_that_are_expected_are_those_that_are_made(count: int, thorough: bool, calls: int) -> None:
    """Nodes and edges of each, what was missed in each, the phases of all; and three to try the server out."""
    work = PlainWork(is_known=False)
    sources = pictures(count, work)
    expected = estimate(list(map(volume, sources)), settings(model=DEFAULT_MODEL), thorough=thorough)
    with ModelServer(model(), is_known=False) as server:
        journey = extract(server, sources, work, thorough=thorough)
    assert expected.calls == len(server.requests) == journey.run.calls == 3 + calls
    assert all(attempt.is_measured for attempt in work.attempts() if attempt.name != probe.NAME)
    assert journey.run.tokens / 4 < expected.tokens < 4 * journey.run.tokens
    assert expected.cost
    assert expected.cost < 0.01


def test_a_larger_picture_is_expected_to_cost_more() -> None:
    small, large = (source(png(size=size), size=size) for size in ((800, 500), (2000, 1250)))
    expected, more = (estimate([volume(one)], settings(model=DEFAULT_MODEL)) for one in (small, large))
    assert expected.calls == more.calls
    assert expected.tokens < more.tokens


def test_the_pixels_are_reserved_for() -> None:
    """A usage is believed up to what was reserved: one with all patches of a large picture is."""
    work = PlainWork()
    size = (2048, 1200)
    large = source(png(size=size), size=size)
    work.kept[large.sha256] = png(size=size)
    with ModelServer(model(), is_known=False) as server:
        extract(server, [large], work)
    told = [attempt for attempt in work.attempts() if attempt.name in ("nodes", "edges", "phases")]
    assert [attempt.is_measured for attempt in told] == [True] * 3
    assert min(attempt.sent for attempt in told) > volume(large).shown == 64 * 38


CAP = 0.03


def test_the_cap_holds_with_four_pictures_in_flight_whose_usage_is_missing() -> None:
    """Each is charged at the most that it can cost, its pixels included, before it is sent and for good."""
    work, at_once = PlainWork(), list[float]()

    def silent_about_usage(asked: Asked) -> Answer:
        at_once.append(spent(work))
        return says(looks(asked), usage=None)

    with ModelServer(model(silent_about_usage), is_known=False) as server:
        journey = extract(server, pictures(6, work), work, budget=Budget(dollars=CAP), thorough=True)
    assert journey.outcome is Outcome.PARTIAL
    assert str(journey.reason).startswith(f"The cap of ${CAP} was reached")
    assert max(*at_once, spent(work)) <= CAP
    assert {attempt.is_measured for attempt in work.attempts()} == {False}
    assert any("the most they can take was counted" in warning for warning in journey.run.warnings)


@pytest.mark.parametrize("seed", range(3))
def test_the_cap_holds_with_pictures_in_flight_whatever_the_server_does(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "FIRST_DELAY", 0.01)
    work, chance, at_once = PlainWork(), random.Random(seed), list[float]()

    def misbehaves(asked: Asked) -> Answer | None:
        at_once.append(spent(work))
        absurd = {"prompt_tokens": 10**9, "completion_tokens": 10**9}
        faults = [fails(500), fails(429, retry_after_ms="5"), breaks_off(completion("x")), hangs_up()]
        sound = says(looks(asked), usage=chance.choice([None, absurd]))
        return chance.choice([None, None, None, sound, *faults]) if wanted(asked) != "sight" else None

    with ModelServer(model(misbehaves), is_known=False) as server, suppress(EngineError):
        extract(server, pictures(6, work), work, budget=Budget(dollars=CAP))
    assert len(at_once) > 3
    assert max(*at_once, spent(work)) <= CAP


def test_at_the_cap_the_pictures_that_were_read_are_in_a_partial_map() -> None:
    free, work = PlainWork(), PlainWork()
    with ModelServer(model(lambda asked: says(looks(asked), usage=None)), is_known=False) as server:
        extract(server, pictures(1, free), free)
        sight, nodes, *_ = [attempt.cost or 0.0 for attempt in free.attempts()]
        journey = extract(server, pictures(4, work), work, budget=Budget(dollars=sight + 2.5 * nodes))
    assert len({step.evidence[0].source for step in journey.steps()}) == 2
    assert journey.outcome is Outcome.PARTIAL
    assert "the map shows what was finished" in str(journey.reason)
    assert any(sentence.startswith("2 picture(s) were not read") for sentence in journey.run.warnings)


def test_a_cap_that_allows_no_phases_shows_the_steps_as_they_were_seen() -> None:
    free, work = PlainWork(), PlainWork()
    with ModelServer(model(lambda asked: says(looks(asked), usage=None)), is_known=False) as server:
        extract(server, pictures(1, free), free)
        *before, last = [attempt.cost or 0.0 for attempt in free.attempts()]
        asked_before = len(server.requests)
        journey = extract(server, pictures(1, work), work, budget=Budget(dollars=sum(before) + last / 2))
    assert [wanted(asked) for asked in server.requests[asked_before:]] == ["sight", "nodes", "edges"]
    assert [phase.name for phase in journey.phases] == ["As told"]
    assert len(list(journey.steps())) == 3
    assert journey.outcome is Outcome.PARTIAL


def test_a_cap_too_small_for_one_question_about_a_picture_is_refused() -> None:
    work = PlainWork()
    with ModelServer(model(), is_known=False) as server, pytest.raises(EngineRefused, match="too small"):
        extract(server, pictures(1, work), work, budget=Budget(dollars=0.002))
    assert not any(wanted(asked) == "nodes" for asked in server.requests)
    assert [attempt.outcome for attempt in work.attempts()] == [AttemptOutcome.ANSWERED], "whether it sees"


def test_no_ledger_holds_what_stands_in_a_picture() -> None:
    work = PlainWork()
    with ModelServer(model(), is_known=False) as server:
        extract(server, pictures(1, work), work)
    assert any(shown(asked) for asked in server.requests)
    assert "Order" not in json.dumps([attempt.model_dump(mode="json") for attempt in work.attempts()])
