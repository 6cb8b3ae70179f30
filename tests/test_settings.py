"""What the environment may say, and what happens when it says nonsense."""

from __future__ import annotations

from pathlib import Path

import pytest

from journey.settings import DEFAULT_MODEL, Settings


def test_nothing_set_means_the_defaults_and_no_model() -> None:
    settings = Settings.from_env({})
    assert (settings.workers, settings.job_timeout, settings.keep_days) == (2, 900.0, 30.0)
    assert settings.model == DEFAULT_MODEL
    assert not settings.has_model


@pytest.mark.parametrize(
    ("environ", "host"),
    [
        ({"OPENAI_API_KEY": "k"}, "api.openai.com"),
        ({"OPENAI_BASE_URL": "http://localhost:8080/v1"}, "localhost"),
    ],
)
def test_a_key_or_a_base_url_makes_a_model_and_names_its_host(environ: dict[str, str], host: str) -> None:
    settings = Settings.from_env(environ)
    assert settings.has_model
    assert settings.model_host == host


def test_the_key_is_never_shown() -> None:
    assert "secret" not in repr(Settings.from_env({"OPENAI_API_KEY": "secret"}))


def test_home_may_begin_with_a_tilde() -> None:
    assert Settings.from_env({"JOURNEY_HOME": "~/maps"}).home == Path.home() / "maps"


@pytest.mark.parametrize("text", ["many", "0", "-1", "nan", "inf"])
def test_a_bad_number_names_its_variable(text: str) -> None:
    with pytest.raises(ValueError, match="JOURNEY_WORKERS"):
        Settings.from_env({"JOURNEY_WORKERS": text})


def test_what_a_job_may_spend_and_how_it_asks_can_be_set() -> None:
    environ = {"JOURNEY_BUDGET": "0.25", "JOURNEY_TOKEN_BUDGET": "50000", "JOURNEY_CALLS_AT_ONCE": "8"}
    settings = Settings.from_env(environ)
    assert (settings.budget, settings.token_budget, settings.calls_at_once) == (0.25, 50_000, 8)


@pytest.mark.parametrize("name", ["JOURNEY_BUDGET", "JOURNEY_TOKEN_BUDGET", "JOURNEY_CALLS_AT_ONCE"])
def test_a_job_that_may_spend_nothing_is_refused_at_the_start(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        Settings.from_env({name: "0"})
