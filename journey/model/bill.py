"""What a job may spend on a paid service, and what it has spent, attempt by attempt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum

from pydantic import Field

from journey.model.record import Record


class Budget(Record):
    """The most a job may spend; what is not set is decided by the settings."""

    dollars: float | None = Field(default=None, gt=0, description="US dollars, where the price is known")
    tokens: int | None = Field(default=None, gt=0, description="tokens sent and received, where it is not")


class AttemptOutcome(StrEnum):
    """How an attempt to get an answer ended."""

    UNDER_WAY = "under way"  # sent, or about to be
    ANSWERED = "answered"
    FAILED = "failed"
    LOST = "lost"  # the work was stopped before the answer was kept: it may have been paid for, and is asked for again


class Attempt(Record):
    """One attempt to get an answer from a paid service; before its end, the most that it can cost."""

    id: str
    name: str = Field(description="what was asked for, for people")
    step: str = Field(default="", description="fingerprint of the checkpoint that it was made for")
    at: float = Field(description="when it was begun, seconds since the epoch")
    outcome: AttemptOutcome = AttemptOutcome.UNDER_WAY
    calls: int = Field(default=1, ge=0, description="requests made, ones that the server had corrected included")
    sent: int = Field(default=0, ge=0, description="tokens of the question, as the server says")
    received: int = Field(default=0, ge=0, description="tokens of the answer, as the server says")
    charged: int = Field(ge=0, description="tokens counted against the budget")
    cost: float | None = Field(default=None, ge=0, description="US dollars counted, where the price is known")
    is_measured: bool = Field(default=False, description="whether the charge rests on what the server says")


def dollars(amount: float) -> str:
    """Write US dollars, finer where they are few.

    >>> dollars(12.5), dollars(0.024), dollars(0.0034), dollars(0.00002), dollars(0)
    ('$12.50', '$0.024', '$0.0034', 'under $0.0001', '$0')
    """
    if amount <= 0:
        return "$0"
    if amount < 0.0001:
        return "under $0.0001"
    return f"${amount:,.2f}" if amount >= 0.1 else f"${amount:.2g}"


def maybe_paid_twice(attempts: Sequence[Attempt]) -> int:
    """Return how many attempts may have been paid for without an answer that was kept."""
    return sum(attempt.outcome is AttemptOutcome.LOST for attempt in attempts)


def in_words(attempts: Sequence[Attempt]) -> str:
    """Say what attempts have taken, or nothing where there were none.

    >>> in_words([Attempt(id="a", name="section", at=0, sent=900, received=100, charged=1000, cost=0.02)])
    '1 call, 1,000 tokens, $0.02'
    """
    calls = sum(attempt.calls for attempt in attempts)
    if not attempts:
        return ""
    return run_in_words(calls, tokens_of(attempts), cost_of(attempts))


def run_in_words(calls: int, tokens: int, cost: float | None) -> str:
    """Say what calls to a paid service have taken.

    >>> run_in_words(12, 48_000, None)
    '12 calls, 48,000 tokens'
    """
    told = [f"{calls:,} call{'' if calls == 1 else 's'}", f"{tokens:,} tokens"]
    return ", ".join(told + ([] if cost is None else [dollars(cost)]))


def tokens_of(attempts: Sequence[Attempt]) -> int:
    """Return the tokens that the server says were sent and received."""
    return sum(attempt.sent + attempt.received for attempt in attempts)


def cost_of(attempts: Sequence[Attempt]) -> float | None:
    """Return the US dollars counted, None where no price was known."""
    known = [attempt.cost for attempt in attempts if attempt.cost is not None]
    return math.fsum(known) if known or not attempts else None
