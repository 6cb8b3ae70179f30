"""The settings of a command."""

from __future__ import annotations

from journey.errors import SettingsError
from journey.settings import Settings


def read_settings() -> Settings:
    """Read the environment.

    Raises:
        SettingsError: a variable cannot be used; the sentence names it.
    """
    try:
        return Settings.from_env()
    except ValueError as exc:
        raise SettingsError(f"{exc}.") from exc
