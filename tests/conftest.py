"""Fixtures every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(autouse=True)
def _private_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the user's library or key."""
    monkeypatch.setenv("JOURNEY_HOME", str(tmp_path / "home"))
    for name in os.environ:
        if name.startswith(("OPENAI_", "JOURNEY_")) and name not in ("JOURNEY_HOME", "JOURNEY_CI"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real inputs with gold that lie beside the checkout in CI."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the evaluation data is not beside this checkout")
    return SHARED / "data"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI everything optional is installed, so a skipped test means that something is missing there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("JOURNEY_CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
