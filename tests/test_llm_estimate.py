"""What a job will take is said before it is submitted: calls, tokens, seconds, dollars where the price is known."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from journey.engines.llm.estimate import Volume, estimate, picture_volume, rough_volume, trial_calls, volume
from journey.engines.llm.known import Known, known_about
from journey.engines.llm.limits import Limits
from journey.model import Request
from journey.settings import DEFAULT_MODEL
from tests.faults.draw_through_model import open_queue
from tests.faults.obedient import long_talk
from tests.faults.server import ModelServer, says
from tests.faults.talk import SOUND, settings, talk
from tests.jobs_parts import upload

TRIED = Known(takes=True, sees=True)
BLIND = Known(takes=True, sees=False)


def calls(*volumes: Volume, **known: Any) -> int:
    return estimate(volumes, settings(model=DEFAULT_MODEL), **known).calls


class TestATranscript:
    def test_a_short_one_takes_one_call(self) -> None:
        expected = estimate([volume(talk())], settings(model=DEFAULT_MODEL), known=TRIED)
        assert expected.calls == 1
        assert expected.cost is not None
        assert 0 < expected.cost < 0.01

    def test_a_long_one_takes_a_call_for_each_section_and_what_joins_them(self) -> None:
        measured = volume(long_talk(1500))
        expected = estimate([measured], settings(model="mine"), known=TRIED)
        assert expected.calls > measured.sections > 10
        assert expected.cost is None

    def test_nothing_takes_nothing_not_even_a_trial(self) -> None:
        assert calls() == calls(volume(talk(()))) == 0

    @hypothesis.settings(deadline=None)
    @given(st.integers(0, 10**8))
    def test_more_text_never_takes_less(self, size: int) -> None:
        assert calls(rough_volume(size)) <= calls(rough_volume(size + 5000))


def test_the_number_of_calls_at_once_is_the_user_s_or_fits_the_server() -> None:
    assert Limits.of(settings("http://127.0.0.1:1/v1")).at_once == 1
    assert Limits.of(settings("https://models.example/v1")).at_once == 4


class TestTryingAServerOut:
    def test_it_is_reckoned_with_until_a_job_has_done_it(self, tmp_path: Path) -> None:
        with ModelServer(says(SOUND)) as server, closing(open_queue(tmp_path, server.url)) as queue:
            chosen = settings(server.url)
            before = known_about(chosen, queue.store.checkpoints.peek)
            queue.run(queue.submit(Request(uploads=(upload(queue, talk().text),), engine="openai")))
            after = known_about(chosen, queue.store.checkpoints.peek)
            made = len(server.requests) + len(server.trials)
        assert (before, after) == (Known(), Known(takes=True))
        assert estimate([volume(talk())], chosen, known=before).calls == made == 3
        assert estimate([volume(talk())], chosen, known=after).calls == len(server.requests) == 1

    def test_what_is_known_of_one_address_and_model_says_nothing_of_another(self) -> None:
        kept: dict[str, JsonValue] = {"a": {}, "b": True}
        fingerprints = iter("ab")
        assert known_about(settings(), lambda _: kept[next(fingerprints)]) == Known(takes=True, sees=True)
        asked: list[str] = []
        for url, name in (("", "small"), ("", "large"), ("http://127.0.0.1:1/v1", "small")):
            known_about(settings(url, model=name), asked.append)
        assert len(set(asked)) == 6

    def test_sight_is_tried_out_where_a_picture_would_be_shown_and_nobody_knows(self) -> None:
        shown = picture_volume(800, 500)
        assert len(list(trial_calls([shown], Known()))) == 3
        assert len(list(trial_calls([shown.unshown], Known()))) == 2
        assert list(trial_calls([shown], BLIND)) == list(trial_calls([rough_volume(9000)], TRIED)) == []

    def test_it_costs_next_to_nothing(self) -> None:
        tried, untried = (estimate([picture_volume(800, 500)], settings(), known=known) for known in (TRIED, Known()))
        assert untried.calls - tried.calls == 3
        assert 0 < untried.tokens - tried.tokens < 1000


class TestAPicture:
    def test_one_that_nobody_has_read_yet_is_reckoned_by_its_size(self) -> None:
        small, large, strip = (
            estimate([picture_volume(*size)], settings(model=DEFAULT_MODEL), known=TRIED)
            for size in ((800, 500), (4000, 3000), (12_000, 2000))
        )
        assert small.calls == large.calls == strip.calls == 3
        assert large.tokens - small.tokens == 3 * (2494 - 400), "the picture goes with each of the three"
        assert strip.tokens - large.tokens > 5000 - 3 * 2494, "enlarged parts of it go with the first"
        assert 0 < (small.cost or 0) < (large.cost or 0) < 0.01

    def test_a_model_that_does_not_see_is_sent_its_words_only(self) -> None:
        seen, unseen = (estimate([picture_volume(4000, 3000)], settings(), known=known) for known in (TRIED, BLIND))
        assert unseen.calls == seen.calls
        assert seen.tokens - unseen.tokens == 3 * 2494

    def test_where_the_price_is_not_known_no_dollars_are_claimed(self) -> None:
        assert estimate([picture_volume(800, 500)], settings(model="mine")).cost is None
