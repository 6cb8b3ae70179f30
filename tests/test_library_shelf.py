"""The library as a shelf: search inside maps, tags, the archive, copies, and what is brought from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from journey.errors import InvalidTransition, JobFailed
from journey.jobs.janitor import DAY, sweep
from journey.jobs.job import JobState
from journey.jobs.queue import JobQueue
from journey.library import Library
from tests.jobs_parts import ask, draw_at_once, small_store
from tests.journeys import full_journey


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[JobQueue]:
    queue = JobQueue(small_store(tmp_path / "store"), draw=draw_at_once)
    yield queue
    queue.close()


@pytest.fixture
def library(queue: JobQueue) -> Library:
    return Library(queue)


def test_a_search_looks_into_maps_and_at_tags_and_each_word_may_stand_elsewhere(
    queue: JobQueue, library: Library
) -> None:
    told, other = library.take_in(full_journey()), queue.submit(ask(queue, "else", title="Else"))
    library.tag(told, ["Q3 study"])
    step = next(full_journey().steps()).title.split()[0]
    assert [job.id for job in library.rows(f"q3 {step.upper()}")] == [told]
    assert [job.id for job in library.rows("else")] == [other]
    assert library.rows(f"{step} else") == []


def test_tags_are_kept_once_and_sorted_and_there_is_an_end_to_them(queue: JobQueue, library: Library) -> None:
    told = library.take_in(full_journey())
    library.tag(told, ["pilot", " Pilot ", "", "q3   study"])
    assert queue.get(told).tags == ("pilot", "q3 study")
    with pytest.raises(InvalidTransition, match="10 tags"):
        library.tag(told, [f"tag {number}" for number in range(11)])
    assert queue.get(told).tags == ("pilot", "q3 study")


def test_the_archive_takes_what_has_ended_and_gives_it_back(queue: JobQueue, library: Library) -> None:
    told, waiting = library.take_in(full_journey()), queue.submit(ask(queue))
    library.archive(told)
    assert queue.get(told).archived
    library.archive(told, away=False)
    assert not queue.get(told).archived
    with pytest.raises(InvalidTransition, match="Cancel it first"):
        library.archive(waiting)


def test_a_copy_is_a_journey_of_its_own(queue: JobQueue, library: Library) -> None:
    first = library.take_in(full_journey(), tags=["pilot"])
    copy = library.duplicate(first, "A copy")
    assert library.open(copy).title == queue.get(copy).title == "A copy"
    library.rename(copy, "Another")
    assert library.open(first) == full_journey()
    assert library.open(copy).title == "Another"
    assert queue.get(copy).tags == ("pilot",)
    assert library.open(copy).sources == full_journey().sources


def test_what_has_no_journey_cannot_be_copied(queue: JobQueue, library: Library) -> None:
    with pytest.raises(JobFailed):
        library.duplicate(queue.submit(ask(queue)), "A copy")


def test_a_journey_from_elsewhere_is_completed_and_waits_for_no_worker(queue: JobQueue, library: Library) -> None:
    told = library.take_in(full_journey())
    assert queue.get(told).state is JobState.SUCCEEDED
    assert queue.position(told) is None
    assert library.take_in(full_journey()) != told


def test_the_janitor_spares_what_was_taken_in_and_its_pictures(queue: JobQueue, library: Library) -> None:
    told = library.take_in(full_journey(), pictures=[b"pixels"])
    digest = queue.request(told).uploads[1].sha256
    sweep(queue.store, now=queue.get(told).created + 400 * DAY, keep_days=30)
    assert library.open(told) == full_journey()
    assert queue.store.files.load(digest) == b"pixels"
