"""Every way a model server fails, through a real job: its end, the requests, the ledger, the disk, the sentence."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from journey.engines.llm import asking
from journey.grounding import verify
from tests.faults import cases_answers, cases_errors, cases_sections, cases_streams
from tests.faults.case import Case
from tests.faults.ending import run_job
from tests.faults.talk import KEY

CASES = (*cases_errors.CASES, *cases_answers.CASES, *cases_streams.CASES, *cases_sections.CASES)
SECRETS = (KEY, "hotline", "annoyed", "website")


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attempts follow each other at once; a server that asks for a second or more has the job put back."""
    monkeypatch.setattr(asking, "FIRST_DELAY", 0.001)
    monkeypatch.setattr(asking, "PATIENCE", 1.0)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.row.name}-{case.says[:30]}")
def test_a_fault_ends_as_its_row_says(case: Case, tmp_path: Path) -> None:
    ending = run_job(tmp_path, *case.script, text=case.text)
    job = ending.job
    assert (job.state, job.failure and job.failure.kind, job.outcome) == (case.state, case.kind, case.outcome)
    assert len(ending.requests) == case.requests == sum(attempt.calls for attempt in ending.attempts)
    assert sorted(attempt.outcome.value[0].upper() for attempt in ending.attempts) == sorted(case.ledger)
    assert bool(sum(attempt.charged for attempt in ending.attempts)) == case.is_charged
    assert ending.checkpoints["done"] == case.kept
    assert ending.checkpoints["started"] == 0, "what failed was not interrupted: nothing was lost"
    assert case.says in ending.sentence
    assert case.waits is None or job.not_before >= time.time() + case.waits - 10
    assert not any(secret in f"{job.failure} {job.note}" for secret in SECRETS)
    if ending.journey:
        assert verify(ending.journey) == ()
        assert case.steps in (None, len(list(ending.journey.steps())))
