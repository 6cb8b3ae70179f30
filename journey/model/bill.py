"""What a job may spend on a paid service, and what it has spent, attempt by attempt."""

from __future__ import annotations

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
    LOST = "lost"  # the program ended before the answer was kept: it may have been paid for, and is asked for again


class Attempt(Record):
    """One attempt to get an answer from a paid service; before its end, the most that it can cost."""

    id: str
    name: str = Field(description="what was asked for, for people")
    at: float = Field(description="when it was begun, seconds since the epoch")
    outcome: AttemptOutcome = AttemptOutcome.UNDER_WAY
    calls: int = Field(default=1, ge=0, description="requests made, ones that the server had corrected included")
    sent: int = Field(default=0, ge=0, description="tokens of the question, as the server says")
    received: int = Field(default=0, ge=0, description="tokens of the answer, as the server says")
    charged: int = Field(ge=0, description="tokens counted against the budget")
    cost: float | None = Field(default=None, ge=0, description="US dollars counted, where the price is known")
    is_measured: bool = Field(default=False, description="whether the charge rests on what the server says")
