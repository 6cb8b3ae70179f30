"""Every setting, read from the environment once, by `bootstrap`."""

from __future__ import annotations

import getpass
import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import SecretStr

DEFAULT_MODEL = "gpt-6-luna"
"""The current small model of the default service: the one place to change it."""


@dataclass(frozen=True)
class Settings:
    """What the user chose; an empty value means it was not set."""

    home: Path
    workers: int = 2
    job_timeout: float = 900.0
    """Seconds of running time per job, kept across restarts."""
    keep_days: float = 30.0
    """Days after which failed and cancelled jobs are removed; journeys never are."""
    api_key: SecretStr = field(default_factory=lambda: SecretStr(""))
    base_url: str = ""
    model: str = DEFAULT_MODEL
    calls_at_once: int = 0
    """Calls in flight to a model; 0 leaves it to what is usual for the server."""
    budget: float = 1.0
    """US dollars that a job may spend, where the model's price is known and the user chose no other cap."""
    token_budget: int = 2_000_000
    """Tokens that a job may send and receive, where the price is not known."""

    author: str = ""
    """Who signs the changes made here."""

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the variables named in the README.

        Raises:
            ValueError: a number could not be read; the message names the variable.
        """
        env = os.environ if environ is None else environ
        home = env.get("JOURNEY_HOME", "").strip()
        return cls(
            home=Path(home).expanduser() if home else user_data_path("journey", appauthor=False),
            workers=int(_number(env, "JOURNEY_WORKERS", default=cls.workers, least=1)),
            job_timeout=_number(env, "JOURNEY_JOB_TIMEOUT", default=cls.job_timeout, least=1),
            keep_days=_number(env, "JOURNEY_KEEP_DAYS", default=cls.keep_days, least=0),
            api_key=SecretStr(env.get("OPENAI_API_KEY", "").strip()),
            base_url=env.get("OPENAI_BASE_URL", "").strip(),
            model=env.get("OPENAI_MODEL", "").strip() or cls.model,
            calls_at_once=int(_number(env, "JOURNEY_CALLS_AT_ONCE", default=cls.calls_at_once, least=1)),
            budget=_number(env, "JOURNEY_BUDGET", default=cls.budget, least=0.001),
            author=env.get("JOURNEY_AUTHOR", "").strip() or _user(),
            token_budget=int(_number(env, "JOURNEY_TOKEN_BUDGET", default=cls.token_budget, least=1000)),
        )

    @property
    def has_model(self) -> bool:
        """Whether an OpenAI-compatible model is configured."""
        return bool(self.api_key.get_secret_value() or self.base_url)

    @property
    def model_host(self) -> str:
        """The host that a configured model's requests go to."""
        return urlsplit(self.base_url).hostname or "api.openai.com"

    @property
    def model_is_near(self) -> bool:
        """Whether a configured model's host is this machine or one on the user's own network."""
        return is_near(self.model_host)


def is_near(host: str) -> bool:
    """Tell whether a host is this machine or one on the user's own network.

    >>> is_near("localhost"), is_near("192.168.1.7"), is_near("api.openai.com")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith(".local")


def _user() -> str:
    """Return the name the system knows its user by; none where it knows none, as in some containers."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _number(env: Mapping[str, str], name: str, *, default: float, least: float) -> float:
    text = env.get(name, "").strip()
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{name} must be a number, not {text!r}") from None
    if not least <= value < float("inf"):
        raise ValueError(f"{name} must be at least {least:g}, not {text!r}")
    return value
