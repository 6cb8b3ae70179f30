"""The moves of a job as pure functions: what each one changes, and that all others are refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from journey.errors import InvalidTransition
from journey.jobs import job as moves
from journey.jobs.job import MAX_ATTEMPTS, MAX_CRASHES, TERMINAL, Job, JobState
from journey.model import Outcome

Move = Callable[[Job], Job]

FROM_RUNNING: dict[str, Move] = {
    "beat": lambda job: moves.beat(job, spent=1),
    "report": lambda job: moves.report(job, "Reading"),
    "repeat": moves.repeat,
    "succeed": lambda job: moves.succeed(job, now=9, result="d", outcome=Outcome.COMPLETE),
    "fail": lambda job: moves.fail(job, now=9, kind="error", message="m"),
    "retry_later": lambda job: moves.retry_later(job, now=9, delay=5, message="m"),
    "acknowledge": lambda job: moves.acknowledge(job, now=9),
    "release": lambda job: moves.release(job, now=9),
    "lose": lambda job: moves.lose(job, now=9),
}


def a_job(state: JobState = JobState.QUEUED, **fields: object) -> Job:
    return Job(id="7", request="r", created=0.0, state=state).model_copy(update=fields)


def running(**fields: object) -> Job:
    return a_job(JobState.RUNNING, attempt=1, **fields)


def test_claiming_counts_an_attempt_and_forgets_how_far_the_last_one_was() -> None:
    claimed = moves.claim(a_job(attempt=1, stage="Reading", done=3, note="busy"), now=5)
    assert (claimed.state, claimed.attempt, claimed.started) == (JobState.RUNNING, 2, 5)
    assert (claimed.stage, claimed.done, claimed.note) == ("", 0, "")


@pytest.mark.parametrize("state", [state for state in JobState if state is not JobState.QUEUED])
def test_only_a_waiting_job_is_claimed(state: JobState) -> None:
    with pytest.raises(InvalidTransition, match=f"Job 7 cannot be started: it is {state}"):
        moves.claim(a_job(state), now=5)


def test_a_job_that_waits_for_its_time_is_not_claimed() -> None:
    with pytest.raises(InvalidTransition, match="it waits"):
        moves.claim(a_job(not_before=6.0), now=5)


def test_a_waiting_time_that_no_back_off_gives_comes_from_a_clock_set_back_and_is_ignored() -> None:
    assert a_job(not_before=5 + 2 * moves.LONGEST_WAIT).is_due(5)


@pytest.mark.parametrize("name", FROM_RUNNING)
@pytest.mark.parametrize("state", [state for state in JobState if state is not JobState.RUNNING])
def test_what_workers_do_needs_a_running_job(name: str, state: JobState) -> None:
    with pytest.raises(InvalidTransition, match=f"it is {state}"):
        FROM_RUNNING[name](a_job(state))


@pytest.mark.parametrize("name", ["succeed", "fail", "retry_later", "acknowledge", "release", "lose"])
def test_a_job_told_to_cancel_ends_cancelled_however_its_run_ends(name: str) -> None:
    ended = FROM_RUNNING[name](running(cancel_requested=True))
    assert (ended.state, ended.finished, ended.result) == (JobState.CANCELLED, 9, None)


def test_a_worker_cannot_cancel_unasked() -> None:
    with pytest.raises(InvalidTransition, match="nobody asked"):
        moves.acknowledge(running(), now=9)


def test_the_last_attempt_that_needs_another_one_fails() -> None:
    later = moves.retry_later(running(), now=9, delay=5, message="busy")
    assert (later.state, later.not_before, later.note) == (JobState.QUEUED, 14, "busy")
    last = moves.retry_later(running().model_copy(update={"attempt": MAX_ATTEMPTS}), now=9, delay=5, message="busy")
    assert last.state is JobState.FAILED
    assert last.failure is not None
    assert (last.failure.kind, last.failure.message) == ("error", "busy")


def test_a_closing_program_gives_the_attempt_back() -> None:
    released = moves.release(running(), now=9)
    assert (released.state, released.attempt, released.crashes) == (JobState.QUEUED, 0, 0)


def test_crashes_are_counted_apart_from_attempts_and_the_third_is_the_end() -> None:
    job = a_job()
    for crash in range(1, MAX_CRASHES + 1):
        job = moves.lose(moves.claim(job, now=crash), now=crash)
        assert (job.crashes, job.attempt) == (crash, 0)
        assert job.state is (JobState.FAILED if crash == MAX_CRASHES else JobState.QUEUED)
    assert job.failure is not None
    assert job.failure.kind == "lost"


def test_cancelling_a_waiting_job_ends_it_and_a_running_one_is_asked() -> None:
    assert moves.cancel(a_job(), now=3).state is JobState.CANCELLED
    asked = moves.cancel(running(), now=3)
    assert (asked.state, asked.cancel_requested) == (JobState.RUNNING, True)


@pytest.mark.parametrize("state", TERMINAL)
def test_an_ended_job_cannot_be_cancelled(state: JobState) -> None:
    with pytest.raises(InvalidTransition):
        moves.cancel(a_job(state), now=3)


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.CANCELLED])
def test_a_retry_begins_anew_but_for_what_the_job_is(state: JobState) -> None:
    ended = a_job(state, title="T", engine="local", size=5, attempt=3, crashes=2, spent=900.0, finished=8.0, done=4)
    assert moves.retry(ended.model_copy(update={"cancel_requested": True})) == a_job(title="T", engine="local", size=5)


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING, JobState.SUCCEEDED])
def test_only_what_ended_without_a_journey_is_tried_again(state: JobState) -> None:
    with pytest.raises(InvalidTransition):
        moves.retry(a_job(state))


def test_a_deleted_job_is_restored_before_it_is_tried_again() -> None:
    deleted = moves.delete(a_job(JobState.FAILED), now=4)
    with pytest.raises(InvalidTransition, match="Restore it first"):
        moves.retry(deleted)
    assert moves.retry(moves.restore(deleted)).state is JobState.QUEUED


def test_a_live_job_is_not_deleted_unless_it_was_told_to_stop() -> None:
    with pytest.raises(InvalidTransition, match="Cancel it first"):
        moves.delete(running(), now=4)
    assert moves.delete(running(cancel_requested=True), now=4).deleted == 4


def test_running_time_never_runs_backwards() -> None:
    assert moves.beat(running(spent=5.0), spent=3).spent == 5


def test_a_record_stays_under_two_kilobytes_in_any_script() -> None:
    job = moves.report(running(title="旅" * moves.TITLE, engine="openai"), "Asking the model", note="旅" * 5000)
    failed = moves.fail(job, now=1.7e9, kind="rejected", message="旅" * 5000)
    for record in (job, failed):
        assert len(record.model_dump_json().encode()) < 2000
