"""An archive brings along who changed what, what can be undone and redone, and named versions; or says why not."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from journey.archives import TakenIn, export_library, import_archive
from journey.edits import (
    AddLink,
    AddStep,
    CorrectReading,
    DeleteItem,
    Edit,
    MergePhases,
    MoveStep,
    Restore,
    SetEmotion,
    SetText,
    SplitItem,
)
from journey.jobs.janitor import DAY, sweep
from journey.jobs.queue import JobQueue
from journey.library import Library
from journey.model import Journey
from tests.jobs_parts import draw_at_once, small_store
from tests.journeys import full_journey
from tests.picture_samples import picture_journey, picture_source

Members = dict[str, bytes]


class Shelf:
    """A library in a folder of its own."""

    def __init__(self, folder: Path, *, author: str) -> None:
        self.queue = JobQueue(small_store(folder), draw=draw_at_once)
        self.library = Library(self.queue, author=author)

    def packed(self) -> bytes:
        out = io.BytesIO()
        export_library(self.library, self.queue, out)
        return out.getvalue()

    def revise(self, job_id: str, *edits: Edit) -> None:
        for edit in edits:
            self.library.revise(job_id, edit, base=self.base(job_id))

    def base(self, job_id: str) -> int:
        return self.queue.get(job_id).revision

    def take(self, content: bytes) -> tuple[str, TakenIn]:
        taken = import_archive(self.library, content)
        return taken.ids[0], taken


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path / "here", author="Ada")
    yield shelf
    shelf.queue.close()


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path / "there", author="Grace")
    yield shelf
    shelf.queue.close()


def worked_on(shelf: Shelf) -> str:
    """Change a journey in every manner, name two versions of it, go back to the first, and undo the last change."""
    job_id = shelf.library.take_in(full_journey())
    shelf.revise(job_id, SetText(part="step", id="p1", text="Search"), AddStep(phase="f1", title="Sleep on it"))
    shelf.library.name_version(job_id, "For the client")
    first = shelf.library.open(job_id)
    shelf.revise(
        job_id,
        SplitItem(item="i2", text="Slow", rest="Searching"),
        DeleteItem(item="i3"),
        SetEmotion(step="p3", score=0.5, label="calm"),
        MoveStep(step="p3", phase="f1", at=0),
        AddLink(before="p3", after="p2", label="at last"),
        MergePhases(first="f1", second="f2"),
    )
    shelf.library.name_version(job_id, "All at once")
    shelf.revise(job_id, Restore.to(first, now=shelf.library.open(job_id), name="For the client"))
    shelf.revise(job_id, SetText(part="goal", text="Rest"))
    shelf.library.undo(job_id, base=shelf.base(job_id))
    return job_id


def states(shelf: Shelf, job_id: str, move: Callable[..., object], times: int) -> list[Journey]:
    found = []
    for _ in range(times):
        move(job_id, base=shelf.base(job_id))
        found.append(shelf.library.open(job_id))
    return found


def test_history_versions_undo_and_redo_arrive_as_they_were(here: Shelf, there: Shelf) -> None:
    old = worked_on(here)
    new, taken = there.take(here.packed())
    assert (taken.refused, taken.known) == ((), 0)
    assert there.library.open(new) == here.library.open(old)
    assert there.library.history(new) == here.library.history(old)
    assert {one.by for one in there.library.history(new)} == {"Ada"}
    assert there.library.versions(new) == here.library.versions(old)
    for version in here.library.versions(old):
        assert there.library.open_version(new, version.name) == here.library.open_version(old, version.name)
    assert there.library.original(new) == here.library.original(old) == full_journey()
    for move, times in (("redo", 1), ("undo", 10), ("redo", 10)):
        moved = [
            states(shelf, job_id, getattr(shelf.library, move), times) for shelf, job_id in _both(here, old, there, new)
        ]
        assert moved[0] == moved[1]


def _both(here: Shelf, old: str, there: Shelf, new: str) -> tuple[tuple[Shelf, str], tuple[Shelf, str]]:
    return (here, old), (there, new)


def test_work_goes_on_where_it_was_left_and_the_janitor_keeps_all_of_it(here: Shelf, there: Shelf) -> None:
    worked_on(here)
    new, _ = there.take(here.packed())
    sweep(there.queue.store, now=there.queue.get(new).created + 400 * DAY, keep_days=1)
    there.revise(new, SetText(part="goal", text="Mine"))
    assert [one.by for one in there.library.history(new)] == ["Ada"] * 9 + ["Grace"]
    assert there.library.open_version(new, "All at once").phases


def test_an_archive_of_an_archive_is_the_same(here: Shelf, there: Shelf) -> None:
    worked_on(here)
    content = here.packed()
    there.take(content)
    assert there.packed() == content


def test_a_corrected_reading_of_a_picture_can_be_undone_elsewhere(here: Shelf, there: Shelf) -> None:
    drawn = picture_journey(picture_source("a" * 64))
    old = here.library.take_in(drawn)
    here.revise(old, CorrectReading(source="s1", passage="b3", words="First bill"))
    new, taken = there.take(here.packed())
    assert taken.refused == ()
    there.library.undo(new, base=there.base(new))
    assert there.library.open(new) == drawn


def members(content: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(found: Members) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return out.getvalue()


def forged(shelf: Shelf, change: Callable[[dict[str, Any]], None]) -> bytes:
    """Pack what was worked on, with its history changed."""
    worked_on(shelf)
    found = members(shelf.packed())
    name = next(name for name in found if name.startswith("histories/"))
    history = json.loads(found[name])
    change(history)
    return packed({**found, name: json.dumps(history).encode()})


def _false_quote(history: dict[str, Any]) -> None:
    text = json.dumps(history).replace('"It took ages"', '"It was good!"')
    history.update(json.loads(text))


def _renumber(history: dict[str, Any]) -> None:
    history["revisions"][0]["number"] = 7


def _drop_one(history: dict[str, Any]) -> None:
    del history["revisions"][3]
    for number, revision in enumerate(history["revisions"], start=1):
        revision["number"] = number
    history["edits"] = 8


def _other_undo(history: dict[str, Any]) -> None:
    history["revisions"][0]["back"]["phases"][0]["name"] = "Forged"


def _too_many_in_force(history: dict[str, Any]) -> None:
    history["edits"] = 999


def _no_such_version(history: dict[str, Any]) -> None:
    history["versions"][0]["file"] = "../../secret.json"


def _deep(history: dict[str, Any]) -> None:
    deep: list[Any] = []
    for _ in range(900):
        deep = [deep]
    history["revisions"] = deep


@pytest.mark.parametrize(
    "change", [_false_quote, _renumber, _drop_one, _other_undo, _too_many_in_force, _no_such_version, _deep]
)
def test_a_forged_history_is_left_behind_and_its_journey_is_kept(
    change: Callable[[dict[str, Any]], None], here: Shelf, there: Shelf
) -> None:
    new, taken = there.take(forged(here, change))
    assert len(taken.refused) == 1
    assert there.library.open(new).title == "Anna books a room"
    assert (there.library.history(new), there.library.versions(new)) == ((), ())


def test_undo_cannot_bring_back_a_card_with_words_that_were_never_said(here: Shelf, there: Shelf) -> None:
    """Its own undo and redo fit together; only the source tells."""
    here.revise(here.library.take_in(full_journey()), DeleteItem(item="i2"))
    found = members(here.packed())
    name = next(name for name in found if name.startswith("histories/"))
    found[name] = found[name].replace(b'"It took ages"', b'"It was good!"')
    new, taken = there.take(packed(found))
    assert "does not lead" in taken.refused[0]
    assert there.library.next_undo(there.queue.get(new)) is None


def test_a_version_that_says_what_its_sources_do_not_is_left_behind(here: Shelf, there: Shelf) -> None:
    worked_on(here)
    found = members(here.packed())
    for name in [name for name in found if name.startswith("versions/")]:
        found[name] = found[name].replace(b'"quote": "I looked for', b'"quote": "I longed for')
    _, taken = there.take(packed(found))
    assert "do not stand" in taken.refused[0]


def test_an_archive_of_the_first_version_is_still_read(here: Shelf, there: Shelf) -> None:
    here.library.take_in(full_journey(), tags=("hotel",))
    found = members(here.packed())
    manifest = json.loads(found["manifest.json"])
    listed = [{name: told for name, told in one.items() if name != "history"} for one in manifest["journeys"]]
    old = {"schema": "journey-archive/1", "journeys": listed}
    new, taken = there.take(packed({**found, "manifest.json": json.dumps(old).encode()}))
    assert taken.refused == ()
    assert there.library.open(new) == full_journey()
