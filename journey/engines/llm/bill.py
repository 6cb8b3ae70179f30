"""The bounded bill: every attempt is counted at the most it can cost before it is sent, and then at what it did cost.

A check after each answer would overshoot by all that is in flight. What the server does not say, or says and cannot
be, stays counted at the most: so does an answer that was cancelled, timed out or broke off.
"""

from __future__ import annotations

import math
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from journey.engines.llm.faults import BudgetReached
from journey.engines.llm.prices import MARGIN, Price
from journey.engines.llm.usage import Sending, Usage
from journey.errors import EngineRefused, Stopped
from journey.model import Attempt, AttemptOutcome
from journey.model.bill import dollars, maybe_paid_twice
from journey.work import Work

LOOK = 0.1
"""Seconds between two looks at whether to stop, while waiting for what is in flight to be settled."""
LEAST_SHARE = 30
"""A server that says it read less than one in so many of the tokens sent is not believed."""

RAISE_IT = "Submit again with a higher one to go on: what was finished is not paid again."


@dataclass(frozen=True)
class _Reserved:
    """An attempt before it is sent, and the sizes it was reckoned from."""

    attempt: Attempt
    sent: int
    room: int


class Bill:
    """What one job spends; may be used by several threads.

    Args:
        price: of the model; where it is None, tokens are counted against the cap and not dollars.
        cap: US dollars or tokens that are never exceeded by what is settled and what is reserved together.
    """

    def __init__(self, work: Work, *, price: Price | None, cap: float) -> None:
        self.cap = cap
        self.was_reached = False
        self._work = work
        self._price = price
        self._changed = threading.Condition()
        self._under_way: set[str] = set()
        self._held_back = 0.0
        self._attempts = {attempt.id: self._taken_over(attempt) for attempt in work.attempts()}

    @contextmanager
    def paying(self, name: str, *, sent: int, room: int) -> Iterator[Sending]:
        """Reserve the most that an attempt can cost, and settle when the block is left, however it is left.

        Waits while only attempts in flight stand in the way: most of what is reserved is given back.

        Args:
            name: what is asked for, for people.
            sent: tokens of the question, estimated from above.
            room: tokens that the answer may take.

        Raises:
            BudgetReached: it would exceed the cap.
            Stopped: the work was told to stop.
        """
        reserved = _Reserved(self._reserve(name, sent, room), sent, room)
        sending = Sending()
        outcome = AttemptOutcome.FAILED
        try:
            self._work.enter(reserved.attempt)
            yield sending
            outcome = AttemptOutcome.ANSWERED
        except Stopped:
            outcome = AttemptOutcome.LOST if sending.may_cost else AttemptOutcome.FAILED
            raise
        finally:
            self._settle(reserved, sending, outcome)

    def at_most(self, sent: int, room: int) -> float:
        """Return the most that an attempt can cost, in the cap's unit."""
        return self._amount(self._attempt("", sent, room))

    def hold_back(self, amount: float) -> None:
        """Keep this much of the cap for later, instead of what was held back before."""
        with self._changed:
            self._held_back = amount
            self._changed.notify_all()

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """All attempts of the job, over all its runs, in order."""
        with self._changed:
            return tuple(self._attempts.values())

    @property
    def spent(self) -> float:
        """What is settled and reserved, in the cap's unit."""
        return math.fsum(map(self._amount, self.attempts))

    @property
    def is_priced(self) -> bool:
        """Whether dollars are counted; else tokens are."""
        return self._price is not None

    @property
    def cap_in_words(self) -> str:
        """The cap with its unit."""
        return f"{self.cap:,.0f} tokens" if self._price is None else dollars(self.cap)

    def _reserve(self, name: str, sent: int, room: int) -> Attempt:
        attempt = self._attempt(name, sent, room)
        with self._changed:
            while not self._fits(attempt):
                if not self._under_way:
                    self.was_reached = True
                    raise BudgetReached(f"The cap of {self.cap_in_words} does not allow another call.")
                self._changed.wait(LOOK)
                self._work.check()
            self._attempts[attempt.id] = attempt
            self._under_way.add(attempt.id)
        return attempt

    def _settle(self, reserved: _Reserved, sending: Sending, outcome: AttemptOutcome) -> None:
        attempt = reserved.attempt.model_copy(update={"outcome": outcome, "calls": sending.requests})
        if not sending.may_cost:
            attempt = self._charged(attempt, Usage(0, 0))
        elif sending.usage is not None and self._is_credible(sending.usage, reserved):
            attempt = self._charged(attempt, sending.usage)
        with self._changed:
            self._attempts[attempt.id] = attempt
            self._under_way.discard(attempt.id)
            self._changed.notify_all()
        self._work.enter(attempt)

    def _attempt(self, name: str, sent: int, room: int) -> Attempt:
        return Attempt(
            id=secrets.token_hex(6),
            name=name,
            at=time.time(),
            charged=math.ceil(sent * MARGIN) + room,
            cost=None if self._price is None else self._price.at_most(sent, room),
        )

    def _charged(self, attempt: Attempt, usage: Usage) -> Attempt:
        cost = None
        if self._price is not None:
            # Never more than was reserved: what is settled must not break a cap that the reservation kept.
            cost = min(self._price.of(usage.sent, usage.received, cached=usage.cached), attempt.cost or 0.0)
        told = {"sent": usage.sent, "received": usage.received, "charged": usage.sent + usage.received}
        return attempt.model_copy(update={**told, "cost": cost, "is_measured": True})

    def _is_credible(self, usage: Usage, reserved: _Reserved) -> bool:
        """Tell whether a usage can be true of this question and answer."""
        fits = reserved.sent / LEAST_SHARE <= usage.sent <= reserved.sent * MARGIN
        return fits and usage.received <= reserved.room

    def _fits(self, attempt: Attempt) -> bool:
        taken = math.fsum(map(self._amount, self._attempts.values()))
        return taken + self._amount(attempt) + self._held_back <= self.cap

    def _amount(self, attempt: Attempt) -> float:
        return attempt.charged if self._price is None else attempt.cost or 0.0

    def _taken_over(self, attempt: Attempt) -> Attempt:
        """Mark what an earlier run left under way: its answer is lost, its charge stands."""
        if attempt.outcome is not AttemptOutcome.UNDER_WAY:
            return attempt
        lost = attempt.model_copy(update={"outcome": AttemptOutcome.LOST})
        self._work.enter(lost)
        return lost


def too_small(bill: Bill) -> EngineRefused:
    """Return the refusal of a job whose cap did not allow anything to be finished."""
    return EngineRefused(f"The cap of {bill.cap_in_words} is too small to read even one section. {RAISE_IT}")


def spending_warnings(attempts: Sequence[Attempt]) -> Iterator[str]:
    """Yield the sentences the user must see about what was spent."""
    lost = maybe_paid_twice(attempts)
    if lost:
        yield f"{lost} call(s) may have been paid for twice: the work was interrupted before their answers were kept."
    unmeasured = sum(not attempt.is_measured for attempt in attempts)
    if unmeasured:
        yield f"The server did not say credibly what {unmeasured} call(s) took: the most they can take was counted."
