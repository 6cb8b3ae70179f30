"""The one way in: a transcript is kept as it is, a picture as stills, and a hostile file harms nobody."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from journey import submission
from journey.bootstrap import private_queue
from journey.errors import SourceError, WorkCrashed
from journey.jobs import children
from journey.jobs.children import Child
from journey.jobs.queue import JobQueue
from journey.jobs.standby import standby
from journey.model import Request
from journey.pipeline import read_labelled
from journey.settings import Settings
from journey.submission import expect_picture, take_in, thumbnails
from tests.drawn_pictures import draw_map, encoded, share_read
from tests.test_pictures_pdf import scanned


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[JobQueue]:
    opened = private_queue(Settings.from_env(), tmp_path)
    yield opened
    opened.close()


def test_a_transcript_is_kept_as_it_is(queue: JobQueue) -> None:
    talk = b"Ana: I called the bank."
    (upload,) = take_in(queue, "talk.txt", talk).uploads
    assert (upload.name, upload.sha256) == ("talk.txt", hashlib.sha256(talk).hexdigest())


def test_of_a_picture_only_the_still_is_ever_on_disk(queue: JobQueue, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    photo = encoded(draw_map(400, 300), "JPEG", exif=exif)
    taken = take_in(queue, "wall.jpg", photo)
    kept = queue.store.files.load(taken.uploads[0].sha256)
    assert Image.open(io.BytesIO(kept)).size == (400, 300)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not any(b"CameraMaker" in path.read_bytes() for path in files)


def test_pages_of_a_pdf_are_uploads_of_their_own(queue: JobQueue) -> None:
    content = scanned((300, 200), (200, 300), (250, 250))
    taken = take_in(queue, "map.pdf", content, pages=[2, 3])
    assert [upload.name for upload in taken.uploads] == ["map, page 2", "map, page 3"]
    assert taken.pages == 3
    assert len(thumbnails(content)) == 3


def test_a_refusal_in_the_child_process_comes_back_in_its_words(queue: JobQueue) -> None:
    with pytest.raises(SourceError, match="damaged"):
        take_in(queue, "a.png", b"\x89PNG\r\n\x1a\n")
    with pytest.raises(SourceError, match="damaged"):
        thumbnails(b"%PDF-1.7")


def test_what_reads_a_picture_gets_ready_where_its_job_will_run(queue: JobQueue, tmp_path: Path) -> None:
    with suppress(SourceError):
        take_in(queue, "a.png", b"\x89PNG\r\n\x1a\n")
    child = standby.take(read_labelled)
    assert child
    child.end()
    owner = private_queue(Settings.from_env(), tmp_path)
    owner.start()
    expect_picture(queue)
    assert standby.take(read_labelled) is None
    owner.close()


@pytest.mark.slow
def test_all_pictures_of_a_wall_are_read_by_the_process_that_got_ready(
    queue: JobQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.start()
    content = encoded(draw_map(960, 600, size=16))
    uploads = tuple(take_in(queue, name, content).uploads[0] for name in ("left.png", "right.png"))

    def start(*_: object, **__: object) -> Child:
        raise AssertionError("a second process")

    monkeypatch.setattr(children, "start", start)
    sources = queue.result(queue.submit(Request(uploads=uploads, engine="local")), timeout=100).sources
    assert [share_read(source.text) for source in sources] == [1, 1]
    reader = standby.take(read_labelled)
    assert reader
    assert reader.asked == 2
    reader.end()


def test_a_picture_that_takes_too_long_is_given_up(queue: JobQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission, "LONGEST", 0.0)
    with pytest.raises(SourceError, match="within a minute"):
        take_in(queue, "a.png", encoded(draw_map(400, 300)))


def test_a_decoder_that_dies_is_a_refusal(queue: JobQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object, **__: object) -> str:
        raise WorkCrashed

    monkeypatch.setattr(submission, "run_apart", die)
    with pytest.raises(SourceError, match="memory"):
        take_in(queue, "a.png", encoded(draw_map(400, 300)))
