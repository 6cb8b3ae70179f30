"""`extract`: one journey from the shell, beside anything else, and never twice for the same work."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Protocol

import pytest

from journey import grounding
from journey.__main__ import main
from journey.bootstrap import open_app
from journey.commands.exits import Exit
from journey.exports import read_json
from journey.jobs.disk import Table
from journey.model import Journey, Outcome, Request, Upload
from journey.settings import Settings

ROOT = Path(__file__).parents[1]
TALK = "Interviewer: How did you book?\nAnna: I looked for a room.\nAnna: Then I called the hotel.\n"
LONG = "".join(f"Anna: Then I did the thing with number {number}.\n" for number in range(40))

SLOW = """
import signal, sys
from journey import __main__ as program
from journey.engines.scripted import ScriptedEngine
ScriptedEngine.__init__.__kwdefaults__["pace"] = float(sys.argv.pop(1))
signal.signal(signal.SIGTERM, program._terminate)
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(program.main())
"""
"""The command with a scripted engine that takes its time: as `python -m journey`, plus seconds per call.

It hears Ctrl+C even where the tests themselves were started in the background, which has children ignore it.
"""


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def extract(*arguments: str | Path) -> int:
    return main(["extract", "--engine", "scripted", *map(str, arguments)])


class Start(Protocol):
    def __call__(
        self, *arguments: str | Path, pace: float, stderr: int = subprocess.PIPE
    ) -> subprocess.Popen[bytes]: ...


@pytest.fixture
def start() -> Iterator[Start]:
    """Start commands that do not outlive the test."""
    with ExitStack() as started:

        def begin(*arguments: str | Path, pace: float, stderr: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-c", SLOW, str(pace), "extract", "--engine", "scripted", *map(str, arguments)]
            process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=stderr)
            started.enter_context(process)
            started.callback(process.kill)
            return process

        yield begin


def drawn(path: Path) -> Journey:
    journey = read_json(path.read_text(encoding="utf-8"))
    assert grounding.verify(journey) == ()
    return journey


def wait_until(holds: Callable[[], bool], *, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "this did not come true in time"
        time.sleep(0.05)


def finished_calls(home: Path) -> int:
    """Return how many calls the library knows as finished."""
    if not (home / "checkpoints" / "cache.db").exists():
        return 0
    with closing(Table(home / "checkpoints", make_room=lambda: False)) as table:
        return sum(key.startswith("value/") for key in table)


def test_a_transcript_becomes_a_journey_whose_quotes_stand(
    talk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert extract(talk, "-o", tmp_path / "j.json") == Exit.OK
    assert [step.title for step in drawn(tmp_path / "j.json").steps()] == [
        "I looked for a room.",
        "Then I called the hotel.",
    ]
    assert capsys.readouterr().out == ""


def test_standard_output_carries_the_journey_and_nothing_else(
    talk: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert extract(talk) == Exit.OK
    assert read_json(capfdbinary.readouterr().out.decode()).sources[0].name == "talk.txt"


def test_several_files_are_the_sources_of_one_journey(talk: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("**Ben:** I took the train.\n", encoding="utf-8")
    assert extract(talk, other, "-o", tmp_path / "j.json") == Exit.OK
    assert [source.name for source in drawn(tmp_path / "j.json").sources] == ["talk.txt", "other.md"]


def test_instructions_and_title_arrive(talk: Path, tmp_path: Path) -> None:
    assert extract(talk, "-o", tmp_path / "j.json", "--instructions", "the guest", "--title", "Booking") == Exit.OK
    journey = drawn(tmp_path / "j.json")
    assert (journey.scenario, journey.title) == ("the guest", "Booking")


def test_the_ending_of_the_output_chooses_the_format(talk: Path, tmp_path: Path) -> None:
    assert extract(talk, "-o", tmp_path / "map.md", "--title", "Booking") == Exit.OK
    assert (tmp_path / "map.md").read_text(encoding="utf-8").startswith("# Booking\n")


def test_a_text_without_a_journey_is_no_error_and_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    only_questions = tmp_path / "q.txt"
    only_questions.write_text("Interviewer: How did you book?\nInterviewer: And then?\n", encoding="utf-8")
    assert extract(only_questions, "-o", tmp_path / "j.json") == Exit.OK
    journey = drawn(tmp_path / "j.json")
    assert (journey.outcome, journey.phases) == (Outcome.NOT_ENOUGH, ())
    assert journey.reason
    assert "Not enough to draw a journey" in capsys.readouterr().err


class TestRefusals:
    @pytest.mark.parametrize(("content", "words"), [(b"", "empty"), (b"\x00\x01\x02" * 999, "")])
    def test_what_is_no_transcript_is_refused_in_one_line(
        self, tmp_path: Path, content: bytes, words: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "x.vtt").write_bytes(content)
        assert extract(tmp_path / "x.vtt", "-o", tmp_path / "j.json") == Exit.REFUSED
        last = capsys.readouterr().err.splitlines()[-1]
        assert last.startswith("journey: ")
        assert words in last
        assert not (tmp_path / "j.json").exists()

    def test_which_of_several_files_was_refused_is_told(
        self, talk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "nothing.txt").touch()
        assert extract(talk, tmp_path / "nothing.txt") == Exit.REFUSED
        assert "journey: nothing.txt: " in capsys.readouterr().err

    @pytest.mark.parametrize("name", ["missing.txt", "."])
    def test_what_is_no_file_is_refused(self, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert extract(tmp_path / name) == Exit.REFUSED
        assert re.fullmatch(r"journey: .* cannot be read: .*\n", capsys.readouterr().err)

    def test_an_endless_input_is_not_read_to_its_end(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert extract("/dev/zero") == Exit.REFUSED
        assert "larger than 20 MB" in capsys.readouterr().err

    def test_a_folder_that_is_missing_is_told_before_the_work(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert extract(tmp_path / "not-even-read.txt", "-o", tmp_path / "no" / "j.json") == Exit.STORAGE
        assert "no folder" in capsys.readouterr().err

    def test_an_input_is_not_overwritten(self, talk: Path) -> None:
        assert extract(talk, "-o", talk) == Exit.STORAGE
        assert talk.read_text(encoding="utf-8") == TALK

    def test_a_model_that_is_not_set_up_is_told_with_what_to_do(
        self, talk: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["extract", str(talk), "--engine", "openai"]) == Exit.REFUSED
        assert "OPENAI_API_KEY" in capsys.readouterr().err

    def test_a_data_folder_that_cannot_be_used_is_told(
        self, talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "file").touch()
        monkeypatch.setenv("JOURNEY_HOME", str(tmp_path / "file"))
        assert extract(talk) == Exit.STORAGE
        assert re.fullmatch(r"journey: .*\n", capsys.readouterr().err)


class TestBesideOthers:
    def test_finished_work_is_shared_with_the_library(self, talk: Path, tmp_path: Path) -> None:
        """The app draws the same transcript without asking its engine anything again."""
        assert extract(talk, "-o", tmp_path / "j.json") == Exit.OK
        assert drawn(tmp_path / "j.json").run.calls == 2
        with closing(open_app(Settings.from_env()).queue) as queue:
            upload = Upload(name="talk.txt", sha256=queue.keep(TALK.encode()))
            job_id = queue.submit(Request(uploads=(upload,), engine="scripted"))
            queue.run(job_id)
            assert queue.result(job_id).run.calls == 0

    def test_it_leaves_no_job_in_the_library_and_nothing_behind(
        self, talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "scratch").mkdir()
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
        assert extract(talk, "-o", tmp_path / "j.json") == Exit.OK
        with closing(open_app(Settings.from_env()).queue) as queue:
            assert queue.jobs() == []
        assert list((tmp_path / "scratch").iterdir()) == []

    def test_it_runs_while_the_app_owns_the_library(self, talk: Path, tmp_path: Path) -> None:
        with closing(open_app(Settings.from_env(), own_workers=True).queue):
            assert extract(talk, "-o", tmp_path / "j.json") == Exit.OK
        drawn(tmp_path / "j.json")

    @pytest.mark.slow
    def test_six_run_side_by_side(self, tmp_path: Path, start: Start) -> None:
        for number in range(6):
            (tmp_path / f"{number}.txt").write_text(LONG + f"Anna: I am number {number}.\n", encoding="utf-8")
        running = [start(tmp_path / f"{n}.txt", "-o", tmp_path / f"{n}.json", pace=0.01) for n in range(6)]
        said = [process.communicate(timeout=100)[1] for process in running]
        assert [process.returncode for process in running] == [Exit.OK] * 6, said
        for number in range(6):
            assert list(drawn(tmp_path / f"{number}.json").steps())[-1].title == f"I am number {number}."


class TestInterruptions:
    @pytest.mark.slow
    @pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, Exit.CANCELLED), (signal.SIGTERM, Exit.TERMINATED)])
    def test_it_ends_at_once_without_a_traceback(
        self, tmp_path: Path, start: Start, sent: signal.Signals, status: Exit
    ) -> None:
        """In the middle of a call that would take minutes."""
        (tmp_path / "long.txt").write_text(LONG, encoding="utf-8")
        running = start(tmp_path / "long.txt", "-o", tmp_path / "j.json", pace=300)
        assert running.stderr
        running.stderr.readline()  # the first sign of progress
        running.send_signal(sent)
        began = time.monotonic()
        _, said = running.communicate(timeout=30)
        assert time.monotonic() - began < 10
        assert running.returncode == status
        assert b"Traceback" not in said
        assert (b"journey: Cancelled." in said) == (sent is signal.SIGINT)
        assert not (tmp_path / "j.json").exists()

    @pytest.mark.slow
    def test_one_that_was_killed_repeats_no_finished_call(self, tmp_path: Path, start: Start) -> None:
        """At most the one call that was under way is made again."""
        source, output = tmp_path / "long.txt", tmp_path / "j.json"
        source.write_text(LONG, encoding="utf-8")
        running = start(source, "-o", output, pace=0.2)
        home = Settings.from_env().home
        wait_until(lambda: finished_calls(home) >= 5)
        running.kill()
        running.communicate(timeout=30)
        kept = finished_calls(home)
        assert not output.exists()
        assert extract(source, "-o", output) == Exit.OK
        assert 5 <= kept < 40
        assert drawn(output).run.calls == 40 - kept


class TestProgress:
    @pytest.mark.slow
    def test_a_log_gets_plain_lines(self, tmp_path: Path, start: Start) -> None:
        (tmp_path / "long.txt").write_text(LONG, encoding="utf-8")
        running = start(tmp_path / "long.txt", pace=0.1)
        _, said = running.communicate(timeout=60)
        assert re.search(rb"^journey: Finding steps: section \d+ of 40 \(0:0\d\)$", said, re.MULTILINE)
        assert b"\x1b" not in said
        assert b"\r" not in said

    @pytest.mark.slow
    def test_work_goes_on_when_nobody_listens_any_more(self, tmp_path: Path, start: Start) -> None:
        (tmp_path / "long.txt").write_text(LONG, encoding="utf-8")
        running = start(tmp_path / "long.txt", "-o", tmp_path / "j.json", pace=0.05)
        assert running.stderr
        running.stderr.close()
        running.wait(timeout=60)
        drawn(tmp_path / "j.json")

    @pytest.mark.slow
    def test_a_terminal_gets_a_bar(self, tmp_path: Path, start: Start) -> None:
        (tmp_path / "long.txt").write_text(LONG, encoding="utf-8")
        ours, theirs = pty.openpty()
        running = start(tmp_path / "long.txt", pace=0.1, stderr=theirs)
        os.close(theirs)
        running.communicate(timeout=60)
        said = os.read(ours, 100_000).decode()
        os.close(ours)
        assert re.search(r"\r\x1b\[K0:0\d \[#+-+\] Finding steps: section \d+ of 40", said)
        assert said.endswith("\r\x1b[K"), "the line is left empty"


def test_what_a_model_would_be_sent_is_written_and_nothing_is_sent(
    talk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "https://models.example/v1")
    asked = ["extract", str(talk), "--show-sent", "--instructions", "The actor is Anna"]
    assert main(asked) == Exit.OK
    out, err = capsys.readouterr()
    wish, _, *lines = out.splitlines()
    assert re.search(r"It would take about 3 calls, [\d,]+ tokens, (under )?\$[\d.]+\.", err)
    assert wish == "The person you work for asks: The actor is Person_A"
    assert lines[1] == "[2] Person_A: I looked for a room."
    assert main([*asked, "--no-redact"]) == Exit.OK
    assert "[2] Anna: I looked for a room." in capsys.readouterr().out


def test_a_server_on_the_own_network_is_sent_names_unless_told_otherwise(
    talk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:8080/v1")
    assert main(["extract", str(talk), "--show-sent"]) == Exit.OK
    assert "[2] Anna:" in capsys.readouterr().out
    assert main(["extract", str(talk), "--show-sent", "--redact"]) == Exit.OK
    assert "[2] Person_A:" in capsys.readouterr().out


def test_nothing_is_sent_by_an_engine_on_this_machine(talk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert extract(talk, "--show-sent") == Exit.OK
    out, err = capsys.readouterr()
    assert out == ""
    assert "Nothing leaves this machine with the scripted engine." in err
