"""Pictures in jobs: read apart, one at a time, never mixed with transcripts, and the same from the shell."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from journey import pipeline
from journey.__main__ import main
from journey.commands.exits import Exit
from journey.engines.scripted import ScriptedEngine
from journey.errors import JobCancelled, SourceError
from journey.exports import read_json
from journey.model import Journey, Request, Source, Upload
from tests.drawn_pictures import WORDS, draw_map, encoded, share_read
from tests.plain_work import PlainWork
from tests.test_pictures_pdf import scanned

SMALL = encoded(draw_map(960, 600, size=16))
ENGINES = {"scripted": ScriptedEngine()}
TALK = b"Ana: I called the bank.\nInterviewer: And then?\nAna: They never answered.\n"


def draw(files: dict[str, bytes], work: PlainWork | None = None) -> Journey:
    kept = {hashlib.sha256(content).hexdigest(): content for content in files.values()}
    uploads = tuple(Upload(name=name, sha256=hashlib.sha256(content).hexdigest()) for name, content in files.items())
    request = Request(uploads=uploads, engine="scripted")
    return pipeline.draw(request, kept.__getitem__, work or PlainWork(), engines=ENGINES)


def test_a_picture_and_a_transcript_are_not_one_map() -> None:
    with pytest.raises(SourceError, match="each on its own"):
        draw({"talk.txt": TALK, "wall.png": SMALL})


def note(words: str) -> bytes:
    image = Image.new("RGB", (320, 120), "#fff2cc")
    ImageDraw.Draw(image).text((20, 40), words, font=ImageFont.load_default(24), fill="black")
    return encoded(image)


def test_several_pictures_are_several_sources_of_one_map() -> None:
    work = PlainWork()
    journey = draw({"left.png": note("Opens the parcel"), "right.png": note("Calls the shop")}, work)
    assert [(source.id, source.kind, source.name) for source in journey.sources] == [
        ("s1", "image", "left.png"),
        ("s2", "image", "right.png"),
    ]
    assert work.apart_calls == 2
    assert [(done, total, note) for stage, done, total, note in work.stages if stage.value == "Reading"] == [
        (0, 2, "picture"),
        (1, 2, "picture"),
    ]


def test_a_damaged_still_is_named() -> None:
    with pytest.raises(SourceError, match=r"^b\.png: .*damaged"):
        draw({"a.png": encoded(Image.new("RGB", (64, 64), "white")), "b.png": b"\x89PNG\r\n\x1a\n"})


def test_of_moving_images_the_journey_says_that_the_first_frame_was_read() -> None:
    digest = hashlib.sha256(SMALL).hexdigest()
    still, frame = (Upload(name="a.gif", sha256=digest, is_first_frame=moves) for moves in (False, True))

    def warnings(*uploads: Upload) -> tuple[str, ...]:
        request = Request(uploads=uploads, engine="scripted")
        return pipeline.draw(request, {digest: SMALL}.__getitem__, ReadAsEmpty(), engines=ENGINES).run.warnings

    assert pipeline.FIRST_FRAME not in warnings(still)
    assert pipeline.FIRST_FRAME in warnings(frame)
    assert "2 picture(s) are moving images: the first frame of each was read." in warnings(frame, still, frame)


class ReadAsEmpty(PlainWork):
    """Reads no word in any picture."""

    def apart(
        self, function: Callable[[bytes], str], payload: bytes, *, prepare: Callable[[], None] | None = None
    ) -> str:
        asked = json.loads(payload.partition(b"\n")[0])
        source = Source(id=asked["source_id"], kind="image", name=asked["name"], sha256="0" * 64, text="")
        return pipeline.Reading(source=source).model_dump_json()


class Watched(PlainWork):
    """Counts how many pictures are read at one moment."""

    reading, most = 0, 0
    lock = threading.Lock()

    def apart(
        self, function: Callable[[bytes], str], payload: bytes, *, prepare: Callable[[], None] | None = None
    ) -> str:
        with self.lock:
            Watched.reading += 1
            Watched.most = max(Watched.most, Watched.reading)
        threading.Event().wait(0.05)
        with self.lock:
            Watched.reading -= 1
        return pipeline.Reading(refused="enough").model_dump_json()


def test_pictures_are_read_one_at_a_time() -> None:
    def read(_: int) -> None:
        with pytest.raises(SourceError, match="enough"):
            draw({"a.png": SMALL}, Watched())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(read, range(8)))
    assert Watched.most == 1


def test_a_job_that_waits_for_its_turn_can_be_cancelled() -> None:
    class Cancelled(PlainWork):
        def check(self) -> None:
            super().check()
            if self.checks > 2:
                raise JobCancelled

    with pipeline._ONE_PICTURE, pytest.raises(JobCancelled):
        draw({"a.png": SMALL}, Cancelled())


def shell(tmp_path: Path, *arguments: str | Path) -> Journey:
    output = tmp_path / "journey.json"
    assert main(["extract", "--engine", "scripted", *map(str, arguments), "-o", str(output)]) == Exit.OK
    return read_json(output.read_text(encoding="utf-8"))


@pytest.mark.slow
def test_the_shell_reads_a_photo_turned_as_wished(tmp_path: Path) -> None:
    photo = tmp_path / "wall.jpg"
    photo.write_bytes(encoded(draw_map(960, 600, size=16).rotate(180), "JPEG", quality=90))
    source = shell(tmp_path, photo, "--turn", "180").sources[0]
    assert source.image
    assert source.image.turned == 0
    assert share_read(source.text, WORDS) == 1


@pytest.mark.slow
def test_the_shell_reads_the_first_frame_of_a_moving_image_and_keeps_it_said(tmp_path: Path) -> None:
    frames = [draw_map(960, 600, size=16), Image.new("RGB", (960, 600), "white")]
    (tmp_path / "map.gif").write_bytes(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    journey = shell(tmp_path, tmp_path / "map.gif")
    assert pipeline.FIRST_FRAME in journey.run.warnings
    assert share_read(journey.sources[0].text, WORDS) > 0.9


@pytest.mark.slow
def test_the_shell_reads_the_pages_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "maps.pdf"
    book.write_bytes(scanned((300, 200), (200, 300), (250, 250)))
    two = shell(tmp_path, book, "--page", "2", "--page", "3")
    assert [source.name for source in two.sources] == ["maps, page 2", "maps, page 3"]
    assert "has 3 pages" not in capsys.readouterr().err
    shell(tmp_path, book)
    assert "maps.pdf has 3 pages; the first was read. Choose others with --page." in capsys.readouterr().err


def test_the_shell_names_the_picture_that_it_cannot_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    assert main(["extract", "--engine", "scripted", str(tmp_path / "a.png"), str(tmp_path / "b.png")]) == Exit.REFUSED
    assert "journey: a.png: This picture is damaged" in capsys.readouterr().err


@pytest.mark.slow
def test_what_would_be_sent_of_a_picture_is_read_in_a_child_process(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(*_: object, **__: object) -> None:
        raise AssertionError("read in the calling process")

    monkeypatch.setattr("journey.sources.read", here)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:8080/v1")
    (tmp_path / "wall.png").write_bytes(SMALL)
    assert main(["extract", str(tmp_path / "wall.png"), "--show-sent"]) == Exit.OK
    assert share_read(capsys.readouterr().out, WORDS) > 0.9
