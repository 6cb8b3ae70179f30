"""The bill of a job: what is settled and what is reserved never exceed the cap together."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.engines.llm.bill import Bill, spending_warnings
from journey.engines.llm.faults import BudgetReached
from journey.engines.llm.limits import cap_of
from journey.engines.llm.prices import MARGIN, Price, find_price, price_date
from journey.engines.llm.usage import Usage, read_usage
from journey.errors import JobCancelled, ShuttingDown
from journey.model import Attempt, AttemptOutcome, Budget
from journey.model.bill import cost_of, tokens_of
from journey.settings import DEFAULT_MODEL
from tests.faults.talk import settings
from tests.plain_work import PlainWork

PRICE = Price(sent=1.0, written=1.25, cached=0.1, received=4.0)
SENT, ROOM = 1000, 2000
MOST = (SENT * MARGIN * 1.0 + ROOM * 4.0) / 1e6


class Recording(PlainWork):
    """Remembers the highest sum that was ever in the ledger, and may be slow to write."""

    def __init__(self, *, stop_after: int | None = None, stop: Exception | None = None) -> None:
        super().__init__(stop_after=stop_after, stop=stop)
        self.highest = 0.0
        self._writing = threading.Lock()

    def enter(self, attempt: Attempt) -> None:
        with self._writing:
            super().enter(attempt)
            self.highest = max(self.highest, sum(one.cost or 0.0 for one in self.ledger.values()))


def bill(cap: float, work: PlainWork | None = None, *, price: Price | None = PRICE) -> Bill:
    return Bill(work or PlainWork(), price=price, cap=cap)


def ask(
    one: Bill,
    *,
    usage: Usage | None = None,
    may_cost: bool = True,
    fails: type[Exception] | None = None,
    seconds: float = 0.0,
) -> None:
    """Make an attempt that ends as told."""
    with one.paying("section", sent=SENT, room=ROOM) as sending:
        sending.requests, sending.may_cost, sending.usage = 1, may_cost, usage
        time.sleep(seconds)
        if fails:
            raise fails


class TestOneAttempt:
    def test_it_is_in_the_ledger_at_the_most_it_can_cost_before_it_is_sent(self) -> None:
        work = PlainWork()
        with bill(1, work).paying("section", sent=SENT, room=ROOM):
            (attempt,) = work.ledger.values()
            assert attempt.outcome is AttemptOutcome.UNDER_WAY
            assert attempt.cost == pytest.approx(MOST)

    def test_it_is_settled_with_what_the_server_says(self) -> None:
        one = bill(1)
        ask(one, usage=Usage(800, 100, cached=200))
        (attempt,) = one.attempts
        assert attempt.cost == pytest.approx((600 * 1.25 + 200 * 0.1 + 100 * 4) / 1e6)
        assert (attempt.outcome, attempt.sent, attempt.received) == (AttemptOutcome.ANSWERED, 800, 100)

    @pytest.mark.parametrize(
        "usage",
        [None, Usage(10**9, 1), Usage(800, ROOM + 1), Usage(1, 1), Usage(int(SENT * MARGIN) + 1, 1)],
        ids=["missing", "a thousand million", "more than there was room for", "next to nothing", "a little too much"],
    )
    def test_a_usage_that_is_missing_or_cannot_be_leaves_the_reservation_charged(self, usage: Usage | None) -> None:
        one = bill(1)
        ask(one, usage=usage)
        assert one.spent == pytest.approx(MOST)
        assert list(spending_warnings(one.attempts))

    @pytest.mark.parametrize(
        ("error", "outcome"),
        [
            (TimeoutError, AttemptOutcome.FAILED),
            (ConnectionError, AttemptOutcome.FAILED),
            (JobCancelled, AttemptOutcome.LOST),
            (ShuttingDown, AttemptOutcome.LOST),
        ],
    )
    def test_a_time_out_a_stop_and_a_broken_connection_leave_the_reservation_charged(
        self, error: type[Exception], outcome: AttemptOutcome
    ) -> None:
        one = bill(1)
        with pytest.raises(error):
            ask(one, fails=error)
        assert one.spent == pytest.approx(MOST)
        assert one.attempts[0].outcome is outcome

    def test_a_request_that_was_refused_or_never_left_costs_nothing(self) -> None:
        one = bill(1)
        with pytest.raises(TimeoutError):
            ask(one, may_cost=False, fails=TimeoutError)
        assert one.spent == 0
        assert one.attempts[0].calls == 1

    def test_without_a_price_tokens_are_counted_against_the_cap(self) -> None:
        one = bill(SENT * MARGIN + ROOM, price=None)
        ask(one, usage=Usage(800, 100))
        assert (one.spent, cost_of(one.attempts)) == (900, None)
        with pytest.raises(BudgetReached, match="3,250 tokens"):
            ask(one)
        assert one.was_reached


class TestTheCap:
    @hypothesis.settings(deadline=None, max_examples=50)
    @given(cap=st.floats(0, 8 * MOST), seed=st.integers(0, 10**6), calls=st.integers(1, 12))
    def test_settled_and_reserved_never_exceed_it_with_calls_in_flight(self, cap: float, seed: int, calls: int) -> None:
        chance, work = random.Random(seed), Recording()
        one = bill(cap, work)
        usages = [None, Usage(900, 1500), Usage(SENT, 10), Usage(SENT, ROOM), Usage(10**6, 10**6)]
        tasks = [
            partial(
                ask,
                one,
                usage=chance.choice(usages),
                may_cost=chance.random() < 0.8,
                fails=chance.choice([None, None, TimeoutError]),
                seconds=chance.random() / 200,
            )
            for _ in range(calls)
        ]
        run_at_once(tasks)
        assert work.highest <= cap
        assert one.spent <= cap

    def test_a_call_waits_for_those_in_flight_that_give_most_of_their_reservation_back(self) -> None:
        one = bill(1.5 * MOST)
        sent = threading.Event()

        def slow() -> None:
            with one.paying("section", sent=SENT, room=ROOM) as sending:
                sent.set()
                time.sleep(0.2)
                sending.may_cost, sending.usage = True, Usage(500, 10)

        first = threading.Thread(target=slow)
        first.start()
        sent.wait()
        ask(one, usage=Usage(500, 10))
        first.join()
        assert len(one.attempts) == 2
        assert not one.was_reached

    def test_a_call_that_waits_for_room_is_cancelled_within_moments(self) -> None:
        work = PlainWork(stop_after=0, stop=JobCancelled())
        one = bill(MOST, work)
        with one.paying("section", sent=SENT, room=ROOM), pytest.raises(JobCancelled):
            ask(one)

    def test_what_is_held_back_is_there_later(self) -> None:
        one = bill(2 * MOST)
        one.hold_back(MOST)
        ask(one)
        with pytest.raises(BudgetReached):
            ask(one)
        one.hold_back(0)
        ask(one)

    def test_it_holds_over_all_runs_and_what_a_crash_left_under_way_stays_charged(self) -> None:
        work = PlainWork()
        crashed = bill(1.5 * MOST, work)
        with crashed.paying("section", sent=SENT, room=ROOM):
            again = bill(1.5 * MOST, work)
            assert [attempt.outcome for attempt in again.attempts] == [AttemptOutcome.LOST]
            with pytest.raises(BudgetReached):
                ask(again)
            assert "paid for twice" in next(iter(spending_warnings(again.attempts)))

    def test_the_user_s_own_is_used_and_else_the_setting_s(self) -> None:
        priced, unknown = settings(model=DEFAULT_MODEL), settings(model="mine")
        assert cap_of(None, priced) == priced.budget
        assert cap_of(Budget(dollars=0.2), priced) == 0.2
        assert cap_of(Budget(dollars=0.2), unknown) == unknown.token_budget
        assert cap_of(Budget(tokens=5000), unknown) == 5000


class TestUsage:
    @hypothesis.settings(deadline=None)
    @given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=3))
    def test_whatever_a_server_calls_usage_is_read_as_counts_or_not_at_all(self, value: object) -> None:
        told = {"prompt_tokens": value, "completion_tokens": value, "prompt_tokens_details": value}
        usage = read_usage(told)
        assert usage is None or (usage.sent > 0 and usage.received > 0)
        assert read_usage(value) is None


class TestPrices:
    def test_the_default_model_has_one_and_the_list_its_day(self) -> None:
        assert find_price(DEFAULT_MODEL) == Price(sent=0.10, written=0.125, cached=0.01, received=0.50)
        assert price_date() == "2026-09-22"

    @pytest.mark.parametrize("model", ["openai/gpt-6-luna", "gpt-6", "gpt-6-luna-pro", ""])
    def test_a_model_that_is_not_listed_has_none(self, model: str) -> None:
        assert find_price(model) is None


def run_at_once(tasks: Sequence[Callable[[], None]]) -> None:
    def run(task: Callable[[], None]) -> None:
        with suppress(BudgetReached, TimeoutError):
            task()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_totals_are_those_of_the_ledger() -> None:
    one = bill(1)
    ask(one, usage=Usage(800, 100))
    ask(one, usage=None)
    assert tokens_of(one.attempts) == 900
    assert cost_of(one.attempts) == pytest.approx(one.spent)
