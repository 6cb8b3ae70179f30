"""Named versions of a journey: named, listed, compared, brought back, and out of the janitor's reach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from journey.edits import AddPhase, Restore, SetText
from journey.errors import EditOutdated, EditRefused
from journey.jobs.janitor import DAY, sweep
from journey.jobs.queue import JobQueue
from journey.library import Library
from tests.jobs_parts import ask, small_store
from tests.journeys import full_journey


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    queue = JobQueue(small_store(tmp_path / "store"), draw=lambda request, load, work: full_journey())
    yield Library(queue, author="Ada")
    queue.close()


@pytest.fixture
def job_id(library: Library) -> str:
    job_id = library._queue.submit(ask(library._queue))
    library._queue.run(job_id)
    return job_id


def seen(library: Library, job_id: str) -> int:
    return library._queue.get(job_id).revision


def change(library: Library, job_id: str, words: str) -> None:
    library.revise(job_id, SetText(part="goal", text=words), base=seen(library, job_id))


def restore(library: Library, job_id: str, name: str) -> Restore:
    return Restore.to(library.open_version(job_id, name), now=library.open(job_id), name=name)


def test_a_change_and_a_version_say_who_made_them(library: Library, job_id: str) -> None:
    change(library, job_id, "Sleep")
    library.name_version(job_id, " For  the client ")
    assert [revision.by for revision in library.history(job_id)] == ["Ada"]
    assert [(one.name, one.by, one.edits) for one in library.versions(job_id)] == [("For the client", "Ada", 1)]


def test_a_version_is_brought_back_by_an_edit_that_can_be_undone(library: Library, job_id: str) -> None:
    change(library, job_id, "Sleep")
    library.name_version(job_id, "One")
    named = library.open(job_id)
    library.revise(job_id, AddPhase(name="More"), base=seen(library, job_id))
    later = library.open(job_id)
    assert library.open_version(job_id, "One") == named
    back = library.revise(job_id, restore(library, job_id, "One"), base=seen(library, job_id))
    assert back is not None
    assert back.words == "Went back to “One”"
    assert library.open(job_id) == named
    assert library.revise(job_id, restore(library, job_id, "One"), base=seen(library, job_id)) is None
    library.undo(job_id, base=seen(library, job_id))
    assert library.open(job_id) == later


def test_a_version_outlives_what_was_undone_and_overwritten_and_the_janitor(library: Library, job_id: str) -> None:
    change(library, job_id, "Sleep")
    library.name_version(job_id, "One")
    library.undo(job_id, base=seen(library, job_id))
    change(library, job_id, "Stay awake")
    queue = library._queue
    sweep(queue.store, now=queue.get(job_id).created + 400 * DAY, keep_days=1)
    assert library.open_version(job_id, "One").goal == "Sleep"
    library.drop_version(job_id, "One")
    assert library.versions(job_id) == ()
    with pytest.raises(EditRefused, match="no version"):
        library.open_version(job_id, "One")


def test_a_name_stands_for_the_latest_state_it_was_given_to_and_is_never_blank(library: Library, job_id: str) -> None:
    library.name_version(job_id, "One")
    change(library, job_id, "Sleep")
    library.name_version(job_id, "One")
    assert [one.edits for one in library.versions(job_id)] == [1]
    with pytest.raises(EditRefused, match="needs a name"):
        library.name_version(job_id, "  ")


def test_the_later_of_two_tabs_cannot_bring_a_version_back_unseen(library: Library, job_id: str) -> None:
    library.name_version(job_id, "One")
    base = seen(library, job_id)
    change(library, job_id, "Sleep")
    with pytest.raises(EditOutdated):
        library.revise(job_id, restore(library, job_id, "One"), base=base)
    assert library.open(job_id).goal == "Sleep"


def test_the_versions_of_a_removed_journey_go_with_it(library: Library, job_id: str) -> None:
    library.name_version(job_id, "One")
    library.delete(job_id)
    queue = library._queue
    sweep(queue.store, now=queue.get(job_id).created + 30 * DAY, keep_days=1)
    sweep(queue.store, now=1e12, keep_days=1)
    assert queue.store.versions.owners() == set()
