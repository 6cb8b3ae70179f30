"""`import` and `export --all`: journeys into the library and out of it, from the shell."""

from __future__ import annotations

import hashlib
import os
import pty
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from journey.__main__ import main
from journey.bootstrap import open_app
from journey.commands.exits import Exit
from journey.exports import FORMATS, to_json
from journey.imports import IMPORTS
from journey.model import Journey
from journey.settings import Settings
from tests.journeys import full_journey
from tests.picture_samples import picture_journey, picture_source, png
from tests.sample_journeys import rich_journey

ROOT = Path(__file__).parents[1]


def library() -> list[Journey]:
    """Return every journey of the library that the environment names, the oldest first."""
    app = open_app(Settings.from_env())
    with closing(app.queue):
        return [app.library.open(job.id) for job in app.library.rows()[::-1]]


@pytest.mark.parametrize("name", IMPORTS)
def test_a_file_of_every_kind_is_kept_and_listed(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"map{FORMATS[name].suffix}"
    path.write_bytes(FORMATS[name].to_bytes(full_journey()))
    assert main(["import", str(path)]) == Exit.OK
    (kept,) = library()
    assert [phase.name for phase in kept.phases] == ["Search", "Booking"]
    assert capsys.readouterr().out.endswith(f"  {kept.title}\n")


def test_the_whole_library_leaves_and_arrives_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for journey in (full_journey(), rich_journey()):
        path = tmp_path / "map.json"
        path.write_text(to_json(journey), encoding="utf-8")
        assert main(["import", str(path)]) == Exit.OK
    archive = tmp_path / "all.zip"
    assert main(["export", "--all", "-o", str(archive)]) == Exit.OK
    monkeypatch.setenv("JOURNEY_HOME", str(tmp_path / "elsewhere"))
    assert main(["import", str(archive)]) == Exit.OK
    assert library() == [full_journey(), rich_journey()]
    assert main(["import", str(archive)]) == Exit.OK
    assert "2 were there already" in capsys.readouterr().err
    assert len(library()) == 2


def test_what_cannot_be_read_is_refused_by_name_and_nothing_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "diary.txt"
    path.write_text("Dear diary", encoding="utf-8")
    assert main(["import", str(path)]) == Exit.REFUSED
    assert main(["import", str(tmp_path / "missing.csv")]) == Exit.REFUSED
    assert "diary.txt: No journey map was found" in capsys.readouterr().err
    assert library() == []


def test_what_was_imported_is_exported_by_its_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "map.json"
    path.write_text(to_json(full_journey()), encoding="utf-8")
    assert main(["import", str(path)]) == Exit.OK
    job_id = capsys.readouterr().out.split()[0]
    assert main(["export", job_id]) == Exit.OK
    assert capsys.readouterr().out == to_json(full_journey())
    assert main(["export", "0" * 16]) == Exit.NO
    assert "no job" in capsys.readouterr().err


def test_export_wants_a_file_or_all_and_not_both(tmp_path: Path) -> None:
    assert main(["export"]) == Exit.USAGE
    assert main(["export", str(tmp_path / "a.json"), "--all"]) == Exit.USAGE


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--format", "pptx"], "PowerPoint is not text"), (["--all"], "An archive")],
)
def test_what_is_not_text_is_not_written_to_a_terminal(arguments: list[str], words: str, tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    path.write_text(to_json(full_journey()), encoding="utf-8")
    asked = arguments if "--all" in arguments else [str(path), *arguments]
    ours, theirs = pty.openpty()
    ended = subprocess.run(
        [sys.executable, "-m", "journey", "export", *asked],
        cwd=ROOT,
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    assert ended.returncode == Exit.STORAGE
    assert words in ended.stderr.decode()
    assert "--output" in ended.stderr.decode()


def test_an_export_takes_the_pictures_that_the_library_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a library is not given one for that."""
    drawn = picture_journey(picture_source(hashlib.sha256(png()).hexdigest()))
    path, output = tmp_path / "map.json", tmp_path / "map.html"
    path.write_text(to_json(drawn), encoding="utf-8")
    app = open_app(Settings.from_env())
    with closing(app.queue):
        app.library.take_in(drawn, pictures=[png()])
    assert main(["export", str(path), "-o", str(output)]) == Exit.OK
    assert "data:image/webp" in output.read_text(encoding="utf-8")
    monkeypatch.setenv("JOURNEY_HOME", str(tmp_path / "none"))
    assert main(["export", str(path), "-o", str(output)]) == Exit.OK
    assert "It is not at hand here" in output.read_text(encoding="utf-8")
    assert not (tmp_path / "none").exists()
