"""The user's changes of a journey: kept as they are made, undone and redone without limit, never overwritten."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from journey.edits import AddItem, AddPhase, DeleteStep, Edit, MoveStep, SetText, apply
from journey.errors import EditOutdated, EditRefused, InvalidTransition, JobFailed, StoreError
from journey.jobs import job as moves
from journey.jobs.janitor import DAY, sweep
from journey.jobs.job import Job, JobState
from journey.jobs.queue import JobQueue
from journey.library import Library
from journey.model import Journey
from tests.jobs_parts import ask, small_store
from tests.journeys import full_journey

ROOT = Path(__file__).parents[1]
EDITS: tuple[Edit, ...] = (
    SetText(part="step", id="p1", text="Search"),
    AddItem(step="p1", lane="needs", text="A filter"),
    MoveStep(step="p3", phase="f1", at=0),
    DeleteStep(step="p2"),
    SetText(part="title", text="Another title"),
)


def library_at(home: Path) -> Library:
    return Library(JobQueue(small_store(home), draw=lambda request, load, work: full_journey()))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = library_at(tmp_path / "store")
    yield library
    library._queue.close()


@pytest.fixture
def job_id(library: Library) -> str:
    job_id = library._queue.submit(ask(library._queue))
    library._queue.run(job_id)
    return job_id


def seen(library: Library, job_id: str) -> int:
    return library._queue.get(job_id).revision


def make_all(library: Library, job_id: str) -> list[Journey]:
    """Make every edit and return the states from the first to the last."""
    states = [library.open(job_id)]
    for edit in EDITS:
        library.revise(job_id, edit, base=seen(library, job_id))
        states.append(library.open(job_id))
    return states


def test_an_edit_is_kept_with_what_it_did_and_when(library: Library, job_id: str) -> None:
    states = make_all(library, job_id)
    assert states[-1] == apply(states[-2], EDITS[-1])
    assert [revision.words for revision in library.history(job_id)] == [
        "Changed “Look for a room” to “Search”",
        "Added “A filter” to the needs of “Search”",
        "Moved the step “Wait for the letter” into “Search”",
        "Deleted the step “Call the hotel”",
        "Set the title to “Another title”",
    ]
    assert all(abs(revision.made - time.time()) < 60 for revision in library.history(job_id))


def test_undo_and_redo_walk_through_every_state_exactly_and_a_restart_changes_nothing(
    library: Library, job_id: str, tmp_path: Path
) -> None:
    states = make_all(library, job_id)
    library._queue.close()
    later = library_at(tmp_path / "store")
    for edit, state in zip(reversed(EDITS), reversed(states[:-1]), strict=True):
        assert later.undo(job_id, base=seen(later, job_id)).edit == edit
        assert later.open(job_id) == state
    with pytest.raises(EditRefused, match="nothing to undo"):
        later.undo(job_id, base=seen(later, job_id))
    later._queue.close()
    again = library_at(tmp_path / "store")
    for state in states[1:]:
        again.redo(job_id, base=seen(again, job_id))
        assert again.open(job_id) == state
    with pytest.raises(EditRefused, match="nothing to redo"):
        again.redo(job_id, base=seen(again, job_id))
    again._queue.close()


def test_a_change_after_an_undo_takes_the_place_of_what_was_undone(library: Library, job_id: str) -> None:
    make_all(library, job_id)
    for _ in range(3):
        library.undo(job_id, base=seen(library, job_id))
    library.revise(job_id, AddPhase(name="After"), base=seen(library, job_id))
    assert [revision.edit for revision in library.history(job_id)] == [*EDITS[:2], AddPhase(name="After")]
    assert library.next_redo(library._queue.get(job_id)) is None


def test_what_the_engine_drew_is_always_there(library: Library, job_id: str) -> None:
    drawn = library.open(job_id)
    assert library.original(job_id) == drawn
    make_all(library, job_id)
    assert library.original(job_id) == drawn


def test_an_edit_that_changes_nothing_is_no_revision(library: Library, job_id: str) -> None:
    assert library.revise(job_id, SetText(part="step", id="p1", text="Look for a room"), base=0) is None
    assert seen(library, job_id) == 0


def test_a_refused_edit_leaves_everything_as_it_was(library: Library, job_id: str) -> None:
    before = library._queue.get(job_id)
    with pytest.raises(EditRefused, match="not on the map"):
        library.revise(job_id, DeleteStep(step="gone"), base=0)
    assert library._queue.get(job_id) == before


def test_the_later_of_two_tabs_is_told_and_overwrites_nothing(library: Library, job_id: str) -> None:
    base = seen(library, job_id)
    library.revise(job_id, EDITS[0], base=base)
    kept = library.open(job_id)
    with pytest.raises(EditOutdated, match="another tab"):
        library.revise(job_id, EDITS[1], base=base)
    with pytest.raises(EditOutdated):
        library.undo(job_id, base=base)
    assert library.open(job_id) == kept
    library.undo(job_id, base=base + 1)
    with pytest.raises(EditOutdated):
        library.revise(job_id, EDITS[1], base=base + 1)


def test_of_many_at_once_one_wins_and_all_others_are_told(library: Library, job_id: str) -> None:
    start, told = threading.Barrier(8), list[str]()

    def revise(number: int) -> None:
        start.wait()
        try:
            library.revise(job_id, SetText(part="goal", text=f"Goal {number}"), base=0)
            told.append("kept")
        except EditOutdated:
            told.append("told")

    threads = [threading.Thread(target=revise, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["kept", *["told"] * 7]
    assert library.history(job_id)[0].words == f"Set the goal to “{library.open(job_id).goal}”"
    assert seen(library, job_id) == 1


def test_an_edit_that_could_not_be_written_down_did_not_happen(
    library: Library, job_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = library._queue.get(job_id)

    def fail(*args: object) -> None:
        raise StoreError

    monkeypatch.setattr(library._queue.store.revisions, "keep", fail)
    with pytest.raises(StoreError):
        library.revise(job_id, EDITS[0], base=0)
    assert library._queue.get(job_id) == before


def test_a_new_name_is_an_edit_that_can_be_undone_and_the_library_follows(library: Library, job_id: str) -> None:
    old = library._queue.get(job_id).title
    library.rename(job_id, "Renamed")
    assert (library._queue.get(job_id).title, library.open(job_id).title) == ("Renamed", "Renamed")
    library.undo(job_id, base=seen(library, job_id))
    assert (library._queue.get(job_id).title, library.open(job_id).title) == (old, full_journey().title)


def test_only_a_journey_that_is_there_can_be_changed(library: Library, job_id: str) -> None:
    waiting = library._queue.submit(ask(library._queue, "waits"))
    with pytest.raises(JobFailed, match="queued"):
        library.revise(waiting, EDITS[0], base=0)
    library.delete(job_id)
    with pytest.raises(InvalidTransition, match="Restore it first"):
        library.revise(job_id, EDITS[0], base=0)


@pytest.mark.parametrize("state", [state for state in JobState if state is not JobState.SUCCEEDED])
def test_a_job_that_has_no_journey_has_no_revisions(state: JobState) -> None:
    job = Job(id="7", request="r", created=0.0, state=state)
    with pytest.raises(InvalidTransition, match="cannot be changed"):
        moves.revise(job, title="T", result="d", edits=1, edits_kept=1)


def test_the_janitor_leaves_all_states_in_reach_and_takes_the_rest(library: Library, job_id: str) -> None:
    states = make_all(library, job_id)
    library.undo(job_id, base=seen(library, job_id))
    store = library._queue.store
    sweep(store, now=time.time() + 1000 * DAY, keep_days=0)
    journeys = [path for path in (store.home / "files").glob("*/*") if path.read_bytes().startswith(b'{"schema"')]
    assert len(journeys) == 2, "what was drawn and what is shown; the states between follow from the edits"
    library.redo(job_id, base=seen(library, job_id))
    for state in reversed(states[:-1]):
        library.undo(job_id, base=seen(library, job_id))
        assert library.open(job_id) == state
    assert library.original(job_id) == states[0]


def test_the_history_of_a_removed_journey_goes_with_it(library: Library, job_id: str) -> None:
    make_all(library, job_id)
    store = library._queue.store
    assert store.revisions.owners() == {job_id}
    library.delete(job_id)
    sweep(store, now=time.time() + 8 * DAY, keep_days=30)
    assert store.revisions.owners() == set()


def test_the_record_stays_small_however_much_was_changed(library: Library, job_id: str) -> None:
    for number in range(30):
        title = f"{number} {'旅' * 500}"
        library.revise(job_id, SetText(part="title", text=title), base=seen(library, job_id))
    assert len(library._queue.get(job_id).model_dump_json().encode()) < 2000


@pytest.mark.slow
def test_killed_at_any_moment_the_journey_and_its_history_agree(library: Library, job_id: str, tmp_path: Path) -> None:
    """Another process edits, undoes and redoes as fast as it can and is killed, five times."""
    drawn = library.open(job_id)
    library._queue.close()
    for _ in range(5):
        command = [sys.executable, "-m", "tests.restless_editor", str(tmp_path / "store"), job_id]
        editor = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True
        )
        with editor:
            assert editor.stdout is not None
            assert editor.stdout.readline() == "ready\n"
            time.sleep(random.uniform(0.2, 0.6))
            editor.kill()
        after = library_at(tmp_path / "store")
        state = drawn
        for revision in after.history(job_id):
            state = apply(state, revision.edit)
        assert after.open(job_id) == state
        while after.next_undo(after._queue.get(job_id)):
            after.undo(job_id, base=seen(after, job_id))
        assert after.open(job_id) == drawn
        after._queue.close()
