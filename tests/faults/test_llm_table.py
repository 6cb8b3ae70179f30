"""Every way a model server fails, through a real job: its end, the requests, the ledger, the disk, the sentence."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from journey.engines.llm import asking
from journey.grounding import verify
from tests.faults import (
    cases_answers,
    cases_errors,
    cases_sections,
    cases_streams,
    test_llm_budget,
    test_llm_cut_answers,
    test_llm_faults,
    test_llm_jobs,
    test_llm_killed,
    test_llm_sections,
    test_llm_waits,
)
from tests.faults.case import Case
from tests.faults.ending import run_job
from tests.faults.rows import Row
from tests.faults.talk import KEY

CASES = (*cases_errors.CASES, *cases_answers.CASES, *cases_streams.CASES, *cases_sections.CASES)
ELSEWHERE: dict[Row, Callable[..., None]] = {
    Row.PARAMETER: test_llm_faults.test_a_parameter_that_the_server_names_in_a_refusal_is_left_out_once_and_for_all,
    Row.DRIP: test_llm_waits.test_silence_and_drips_end_at_their_limits,
    Row.EVERY_BYTE: test_llm_cut_answers.test_an_answer_cut_at_any_byte_is_used_whole_or_not_at_all,
    Row.STORM: test_llm_waits.test_in_a_storm_all_calls_keep_one_pause_and_few_requests_are_made,
    Row.KILLED: test_llm_killed.test_a_kill_at_any_write_changes_nothing_and_repeats_at_most_one_call,
    Row.CANCELLED: test_llm_waits.test_a_cancel_closes_the_sockets_within_a_second,
    Row.CAP: test_llm_budget.test_the_cap_holds_with_four_calls_in_flight_whose_usage_is_missing,
    Row.TWO_JOBS: test_llm_killed.test_another_job_of_the_same_transcript_repeats_nothing_that_was_finished,
    Row.AT_ONCE: test_llm_jobs.test_two_jobs_at_once_on_one_document_both_end_and_tell_what_was_asked_twice,
    Row.DISK_FULL: test_llm_jobs.test_an_answer_that_a_full_disk_could_not_keep_is_asked_for_again_and_known_as_lost,
    Row.SAME_KEYS: test_llm_sections.test_the_same_transcript_has_the_same_keys_whatever_the_settings,
}
"""Rows that take more than one run of one job, and the test that holds each."""
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


def test_every_row_is_covered() -> None:
    assert {case.row for case in CASES} | set(ELSEWHERE) == set(Row)
