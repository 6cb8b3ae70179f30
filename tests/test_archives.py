"""The library as one file and back: nothing twice, nothing forged, nothing that unpacks to more than it may."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from journey.archives import export_library, import_archive, is_archive, unpacking
from journey.errors import JourneyFileError
from journey.exports import to_json
from journey.jobs.queue import JobQueue
from journey.library import Library
from journey.model import Journey, Passage, Picture, Source
from tests.jobs_parts import draw_at_once, small_store
from tests.journeys import empty_journey, full_journey
from tests.sample_journeys import rich_journey


def picture(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), colour).save(out, "PNG")
    return out.getvalue()


def pictured(content: bytes) -> Journey:
    """Build a journey that was read from a picture."""
    source = Source(
        id="b1",
        kind="image",
        name="wall.png",
        sha256=hashlib.sha256(content).hexdigest(),
        text="pay",
        passages=(Passage(id="b1", start=0, end=3),),
        image=Picture(width=8, height=6),
    )
    return empty_journey().model_copy(update={"sources": (source,), "title": "From a wall"})


class Shelf:
    """A library in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.queue = JobQueue(small_store(folder), draw=draw_at_once)
        self.library = Library(self.queue)

    def packed(self) -> bytes:
        out = io.BytesIO()
        export_library(self.library, self.queue, out)
        return out.getvalue()


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path / "here")
    yield shelf
    shelf.queue.close()


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path / "there")
    yield shelf
    shelf.queue.close()


def test_every_journey_arrives_with_its_tags_and_its_shelf(here: Shelf, there: Shelf) -> None:
    first = here.library.take_in(full_journey(), tags=("hotel", "2026"))
    here.library.take_in(rich_journey())
    here.library.archive(first)
    taken = import_archive(there.library, here.packed())
    assert (len(taken.ids), taken.known, taken.refused) == (2, 0, ())
    assert [there.library.open(job_id) for job_id in taken.ids] == [full_journey(), rich_journey()]
    job = there.queue.get(taken.ids[0])
    assert (job.tags, job.archived) == (("2026", "hotel"), True)


def test_pictures_arrive_with_their_journeys(here: Shelf, there: Shelf) -> None:
    here.library.take_in(pictured(picture()), pictures=[picture()])
    import_archive(there.library, here.packed())
    assert there.queue.store.files.load(hashlib.sha256(picture()).hexdigest()) == picture()


def test_a_picture_that_is_gone_does_not_keep_the_rest_from_leaving(here: Shelf, there: Shelf) -> None:
    here.library.take_in(pictured(picture()))
    assert len(import_archive(there.library, here.packed()).ids) == 1


def test_what_is_there_already_is_not_taken_in_twice(here: Shelf) -> None:
    here.library.take_in(full_journey())
    taken = import_archive(here.library, here.packed())
    assert (taken.ids, taken.known) == ((), 1)


def test_the_same_library_gives_the_same_archive(here: Shelf) -> None:
    here.library.take_in(full_journey())
    assert here.packed() == here.packed()


def test_deleted_journeys_stay_behind(here: Shelf) -> None:
    here.library.delete(here.library.take_in(full_journey()))
    with zipfile.ZipFile(io.BytesIO(here.packed())) as archive:
        assert archive.namelist() == ["manifest.json"]


def packed(members: dict[str, bytes], *, journeys: list[dict[str, object]]) -> bytes:
    """Forge an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps({"schema": "journey-archive/1", "journeys": journeys}))
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def entry(file: str) -> dict[str, object]:
    return {"file": file, "title": "A title"}


def test_a_name_in_an_archive_leads_nowhere(there: Shelf, tmp_path: Path) -> None:
    """Members are read by name and never unpacked to the disk."""
    forged = packed({"../../evil.json": to_json(full_journey()).encode()}, journeys=[entry("../../evil.json")])
    before = sorted(tmp_path.rglob("*evil*"))
    assert len(import_archive(there.library, forged).ids) == 1
    assert sorted(tmp_path.rglob("*evil*")) == before == []


def test_a_journey_with_a_false_quote_is_refused_and_the_others_are_kept(there: Shelf) -> None:
    forged = to_json(full_journey()).replace('"quote": "It took ages"', '"quote": "It was great"').encode()
    members = {"a": forged, "b": to_json(rich_journey()).encode()}
    taken = import_archive(there.library, packed(members, journeys=[entry("a"), entry("b"), entry("missing")]))
    assert len(taken.ids) == 1
    assert [sentence.split(":")[0] for sentence in taken.refused] == ["A title", "A title"]
    assert "do not stand" in taken.refused[0]
    assert "which its manifest names" in taken.refused[1]


def test_a_picture_is_kept_only_as_what_its_digest_says(there: Shelf) -> None:
    digest = hashlib.sha256(picture()).hexdigest()
    members = {"a": to_json(pictured(picture())).encode(), f"pictures/{digest}": picture("blue")}
    import_archive(there.library, packed(members, journeys=[entry("a")]))
    assert there.queue.store.files.want(digest) is None


def test_a_file_that_is_no_picture_is_not_kept_as_one(there: Shelf) -> None:
    page = b"<html><script>alert(1)</script></html>"
    digest = hashlib.sha256(page).hexdigest()
    members = {"a": to_json(pictured(page)).encode(), f"pictures/{digest}": page}
    import_archive(there.library, packed(members, journeys=[entry("a")]))
    assert there.queue.store.files.want(digest) is None


def test_an_archive_that_unpacks_to_too_much_is_refused(there: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 1_000_000)
    with pytest.raises(JourneyFileError, match="more than an export"):
        import_archive(there.library, packed({"a": b" " * 2_000_000}, journeys=[entry("a")]))


def test_a_member_larger_than_any_journey_is_refused(there: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_FOR_ONE", 1_000_000)
    taken = import_archive(there.library, packed({"a": b" " * 2_000_000}, journeys=[entry("a")]))
    assert "more than an export" in taken.refused[0]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04junk", b"plain"])
def test_what_is_no_archive_is_none(content: bytes) -> None:
    assert not is_archive(content)


def test_an_archive_of_another_version_is_refused_in_words(there: Shelf) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("manifest.json", '{"schema": "journey-archive/9"}')
    with pytest.raises(JourneyFileError, match="this version of the program"):
        import_archive(there.library, out.getvalue())


def test_a_damaged_archive_is_refused_in_words(here: Shelf, there: Shelf) -> None:
    here.library.take_in(full_journey())
    content = bytearray(here.packed())
    content[60] ^= 0xFF  # within the first member
    with pytest.raises(JourneyFileError, match="damaged"):
        import_archive(there.library, bytes(content))
