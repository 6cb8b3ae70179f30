"""How much is asked of a server at once: sizes of sections and answers, calls in flight, the cap of a job."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from journey.engines.llm.prices import Price, find_price
from journey.model import Budget
from journey.settings import Settings

DEFAULT_URL = "https://api.openai.com/v1"
DEFAULT_CONTEXT = 128_000
"""Tokens that the default service's models read at once, less than they advertise."""
OTHER_CONTEXT = 8_192
"""Tokens assumed of any other server; one that has fewer is found out by what it says it has read."""
CORE = 4_000
"""Tokens of a section, by an estimate from above (3,000 of English); a transcript of no more is read in one call."""
EARLIER = 300
"""Tokens of the turns before a section that are repeated with it."""
MOST_ROOM = 16_000
"""Tokens asked for at most: a service counts what an answer may take against its limits, not what it took."""
LEAST_ROOM = 1000
AT_ONCE = 4
"""Calls in flight; a server on the user's own network is asked one at a time."""


@dataclass(frozen=True)
class Limits:
    """What a server is trusted with."""

    context: int
    """Tokens that it reads at once, its answer included."""
    at_once: int
    price: Price | None

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Return the limits for the server and the model of the settings."""
        return cls(
            context=DEFAULT_CONTEXT if is_default_service(settings) else OTHER_CONTEXT,
            at_once=settings.calls_at_once or (1 if settings.model_is_near else AT_ONCE),
            price=find_price(settings.model),
        )

    def room(self, sent: int) -> int:
        """Return the tokens that the answer to a question of a size may take."""
        return max(min(self.context - sent, self.context // 2, MOST_ROOM), LEAST_ROOM)


def cap_of(budget: Budget | None, settings: Settings) -> float:
    """Return what a job may spend: US dollars where the model's price is known, else tokens."""
    chosen = budget or Budget()
    if find_price(settings.model) is None:
        return chosen.tokens or settings.token_budget
    return chosen.dollars or settings.budget


def is_default_service(settings: Settings) -> bool:
    """Tell whether the settings lead to the service that is asked when no other is named."""
    return urlsplit(settings.base_url or DEFAULT_URL).hostname == urlsplit(DEFAULT_URL).hostname
