"""What is removed, when, and what never is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from journey.errors import JobNotFound, StoreDamaged
from journey.jobs.janitor import DAY, sweep
from journey.jobs.job import JobState
from journey.jobs.queue import JobQueue
from journey.library import Library
from journey.model import Journey, Request
from journey.work import Work
from tests.jobs_parts import ask, draw_at_once, small_store

NOW = time.time()


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[JobQueue]:
    def draw(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
        if b"bad" in load(request.uploads[0].sha256):
            raise ValueError
        return draw_at_once(request, load, work)

    queue = JobQueue(small_store(tmp_path / "store"), draw=draw)
    yield queue
    queue.close()


def ended(queue: JobQueue, text: str) -> str:
    job_id = queue.submit(ask(queue, text))
    queue.run(job_id)
    return job_id


def clean(queue: JobQueue, *, days: float, keep_days: float = 30) -> None:
    """Have the janitor come some days from now; every file has grown as old meanwhile."""
    for path in (queue.store.home / "files").glob("*/*"):
        os.utime(path, (NOW, NOW))
    sweep(queue.store, now=NOW + days * DAY, keep_days=keep_days)


def ids(queue: JobQueue) -> set[str]:
    return {job.id for job in queue.jobs()}


def test_failed_and_cancelled_jobs_go_after_their_days_with_their_files(queue: JobQueue) -> None:
    failed, cancelled = ended(queue, "bad"), queue.submit(ask(queue, "stopped"))
    queue.cancel(cancelled)
    digests = [queue.request(job_id).uploads[0].sha256 for job_id in (failed, cancelled)]
    clean(queue, days=29)
    assert ids(queue) == {failed, cancelled}
    clean(queue, days=31)
    assert ids(queue) == set()
    with pytest.raises(JobNotFound):
        queue.request(failed)
    for digest in digests:
        with pytest.raises(StoreDamaged, match="missing"):
            queue.store.files.load(digest)


def test_journeys_and_their_sources_are_never_removed(queue: JobQueue) -> None:
    done = ended(queue, "hello")
    journey = queue.result(done)
    clean(queue, days=10_000)
    assert queue.result(done) == journey
    assert queue.store.files.load(queue.request(done).uploads[0].sha256) == b"hello"


def test_live_jobs_are_never_removed(queue: JobQueue) -> None:
    waiting, running = queue.submit(ask(queue, "waits")), queue.submit(ask(queue, "runs"))
    queue.store.records.claim(running, now=NOW, until=NOW)
    clean(queue, days=10_000)
    assert ids(queue) == {waiting, running}
    assert queue.store.files.load(queue.request(waiting).uploads[0].sha256) == b"waits"


def test_a_deleted_journey_goes_after_the_time_for_undo(queue: JobQueue) -> None:
    done = ended(queue, "hello")
    Library(queue, clock=lambda: NOW).delete(done)
    clean(queue, days=6)
    assert ids(queue) == {done}
    clean(queue, days=8)
    assert ids(queue) == set()
    assert list((queue.store.home / "files").glob("*/*")) == []


def test_a_file_that_another_job_refers_to_stays(queue: JobQueue) -> None:
    failed = ended(queue, "bad")
    kept = queue.submit(ask(queue, "bad", engine="local"))
    clean(queue, days=31)
    assert ids(queue) == {kept}
    assert failed != kept
    assert queue.store.files.load(queue.request(kept).uploads[0].sha256) == b"bad"


def test_an_upload_that_waits_to_be_submitted_has_a_day(queue: JobQueue) -> None:
    digest = queue.keep(b"not yet submitted")
    clean(queue, days=0.9)
    assert queue.store.files.want(digest) is not None
    clean(queue, days=1.1)
    assert queue.store.files.want(digest) is None


def test_a_torn_file_that_a_crash_left_goes_too(queue: JobQueue) -> None:
    torn = queue.store.home / "files/ab/.partial-x"
    torn.parent.mkdir()
    torn.write_bytes(b"half")
    clean(queue, days=2)
    assert not torn.exists()


def test_checkpoints_go_by_their_age_and_never_within_a_day(queue: JobQueue) -> None:
    checkpoints = queue.store.checkpoints
    checkpoints.finish("fp", 1, name="n", now=NOW)
    clean(queue, days=0.9, keep_days=0)
    assert checkpoints.find("fp", now=NOW) is not None
    clean(queue, days=1.1, keep_days=0)
    assert checkpoints.find("fp", now=NOW) is None


def test_with_no_days_to_keep_a_failure_goes_at_the_next_round(queue: JobQueue) -> None:
    failed = ended(queue, "bad")
    assert queue.get(failed).state is JobState.FAILED
    clean(queue, days=0.01, keep_days=0)
    assert ids(queue) == set()
