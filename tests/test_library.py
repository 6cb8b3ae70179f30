"""The user's side of the jobs: find, open, rename, delete, restore."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from journey.errors import InvalidTransition, JobFailed, JobNotFound
from journey.jobs import job as moves
from journey.jobs.job import Job, JobState
from journey.jobs.queue import JobQueue
from journey.library import Library
from journey.model import Journey, Request
from journey.work import Work
from tests.jobs_parts import a_request, ask, draw_at_once, eventually, small_store


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[JobQueue]:
    queue = JobQueue(small_store(tmp_path / "store"), draw=draw_at_once)
    yield queue
    queue.close()


@pytest.fixture
def library(queue: JobQueue) -> Library:
    return Library(queue)


def done(queue: JobQueue, title: str) -> str:
    job_id = queue.submit(ask(queue, title, title=title))
    queue.run(job_id)
    return job_id


def test_rows_are_found_by_every_word_of_the_title_in_any_case(queue: JobQueue, library: Library) -> None:
    hotel, clinic = done(queue, "Booking a Hotel"), done(queue, "Straße zur Klinik")
    assert {job.id for job in library.rows()} == {hotel, clinic}
    assert [job.id for job in library.rows("hotel BOOK")] == [hotel]
    assert [job.id for job in library.rows("STRASSE")] == [clinic]
    assert library.rows("hotel klinik") == []


def test_a_completed_journey_opens(queue: JobQueue, library: Library) -> None:
    assert library.open(done(queue, "hello")).sources[0].text == "hello"


def test_what_has_no_journey_does_not_open(queue: JobQueue, library: Library) -> None:
    with pytest.raises(JobFailed, match="queued"):
        library.open(queue.submit(ask(queue)))
    with pytest.raises(JobNotFound):
        library.open("x")


def test_a_new_title_is_in_the_library_and_in_the_journey(queue: JobQueue, library: Library) -> None:
    job_id = done(queue, "Old")
    before = library.open(job_id)
    library.rename(job_id, "  New\n title ")
    assert queue.get(job_id).title == "New title"
    assert library.open(job_id) == before.model_copy(update={"title": "New title"})


def test_a_title_is_not_blank_and_belongs_to_a_journey(queue: JobQueue, library: Library) -> None:
    with pytest.raises(InvalidTransition, match="type one"):
        library.rename(done(queue, "Old"), " \t")
    with pytest.raises(JobFailed):
        library.rename(queue.submit(ask(queue)), "New")


def test_deleting_hides_and_restoring_brings_back(queue: JobQueue, library: Library) -> None:
    job_id = done(queue, "hello")
    library.delete(job_id)
    library.delete(job_id)
    assert library.rows() == []
    library.restore(job_id)
    assert [job.id for job in library.rows()] == [job_id]
    assert library.open(job_id).sources[0].text == "hello"


def test_a_waiting_job_is_cancelled_before_it_is_deleted(queue: JobQueue, library: Library) -> None:
    job_id = queue.submit(ask(queue))
    library.delete(job_id)
    assert queue.get(job_id).state is JobState.CANCELLED
    assert library.rows() == []


def test_a_running_job_is_told_to_stop_and_stays_deleted(tmp_path: Path) -> None:
    def draw(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
        while True:
            work.check()
            time.sleep(0.01)

    queue = JobQueue(small_store(tmp_path / "store"), draw=draw)
    library = Library(queue)
    job_id = queue.submit(ask(queue))
    thread = threading.Thread(target=queue.run, args=(job_id,))
    thread.start()
    assert eventually(lambda: queue.get(job_id).state is JobState.RUNNING)
    library.delete(job_id)
    assert library.rows() == []
    thread.join(5)
    assert queue.get(job_id).state is JobState.CANCELLED
    assert library.rows() == []
    queue.close()


@pytest.mark.slow
def test_thousands_of_rows_stay_quick(queue: JobQueue, library: Library) -> None:
    records = queue.store.records

    def add_many() -> None:
        for number in range(3000):
            job_id = f"{number:016x}"
            records.add(Job(id=job_id, request=str(number), title=f"Job {number}", created=number), a_request())
            records.change(job_id, lambda job: moves.cancel(job, now=0))

    records._table.transact(add_many)  # in one transaction, to spare the test 6000
    queue.start()
    began = time.perf_counter()
    assert len(library.rows("job 29")) == sum("29" in str(number) for number in range(3000))
    assert time.perf_counter() - began < 0.5
