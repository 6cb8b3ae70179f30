"""What a model's tokens cost, from `prices.toml`: the one place to change a price."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from pydantic import Field

from journey.model import Record

MARGIN = 1.25
"""By how much a question may cost more than its estimate: services take this for keeping it, asked or not."""
_TABLE = Path(__file__).with_name("prices.toml")
_MILLION = 1_000_000


class Price(Record):
    """US dollars for 1,000,000 tokens."""

    sent: float = Field(ge=0)
    received: float = Field(ge=0)
    written: float | None = Field(default=None, ge=0, description="sent and kept by the service; as `sent` if unknown")
    cached: float | None = Field(default=None, ge=0, description="sent and kept before; as `sent` if unknown")

    def of(self, sent: int, received: int, *, cached: int = 0) -> float:
        """Return the dollars for a question and its answer, taking what was not kept before as kept now.

        >>> round(Price(sent=1, written=2, received=10).of(500_000, 100_000), 2)
        2.0
        """
        fresh = self.sent if self.written is None else self.written
        kept = fresh if self.cached is None else self.cached
        return ((sent - cached) * fresh + cached * kept + received * self.received) / _MILLION

    def at_most(self, sent: int, received: int) -> float:
        """Return the dollars that a question of an estimated size and an answer of at most so many tokens may cost."""
        return (sent * self.sent * MARGIN + received * self.received) / _MILLION


class _Prices(Record):
    date: str
    models: dict[str, Price]


def find_price(model: str) -> Price | None:
    """Return the price of a model, or of the model that it is a dated issue of; None when it is not known.

    >>> find_price("gpt-6-luna-2026-05-01") == find_price("gpt-6-luna") != None
    True
    >>> find_price("qwen2.5-0.5b") is None
    True
    """
    models = _prices().models
    return models.get(model) or models.get(re.sub(r"-\d{4}-\d{2}-\d{2}$", "", model))


def price_date() -> str:
    """Return the day of the price list."""
    return _prices().date


@cache
def _prices() -> _Prices:
    return _Prices.model_validate(tomllib.loads(_TABLE.read_text(encoding="utf-8")))
