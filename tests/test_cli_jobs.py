"""`jobs` and `doctor`: the library seen and steered from the shell, and what a report needs."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from journey.__main__ import main
from journey.bootstrap import open_app
from journey.commands import doctor
from journey.commands.exits import Exit
from journey.engines.local import embeddings
from journey.errors import JobFailed
from journey.jobs.job import Job, JobState
from journey.jobs.queue import JobQueue
from journey.model import Request, Upload
from journey.settings import Settings


@pytest.fixture
def queue() -> Iterator[JobQueue]:
    """The library, opened as a page of the app has it open, without workers."""
    with closing(open_app(Settings.from_env()).queue) as opened:
        yield opened


def submit(queue: JobQueue, words: str = "Anna: I looked for a room.", *, title: str = "") -> str:
    upload = Upload(name="talk.txt", sha256=queue.keep(words.encode()))
    return queue.submit(Request(uploads=(upload,), engine="scripted", title=title))


def ended(queue: JobQueue, job_id: str) -> Job:
    with pytest.raises(JobFailed):
        queue.result(job_id, timeout=30)
    return queue.get(job_id)


class TestJobs:
    def test_an_empty_library_has_no_result_and_is_no_error(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["jobs"]) == Exit.OK
        assert capsys.readouterr() == ("", "journey: There are no jobs yet.\n")

    @pytest.mark.parametrize("command", [["jobs"], ["jobs", "list"]])
    def test_every_job_is_a_line_newest_first(
        self, queue: JobQueue, command: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        first, second = submit(queue), submit(queue, "Ben: I took the train.", title="The train")
        queue.run(first)
        assert main(command) == Exit.OK
        newest, oldest = capsys.readouterr().out.splitlines()
        assert newest.startswith(f"{second}  queued ")
        assert newest.endswith(" The train")
        assert oldest.startswith(f"{first}  succeeded ")

    @pytest.mark.parametrize("command", [["jobs", "--json"], ["jobs", "list", "--json"]])
    def test_records_come_as_json(
        self, queue: JobQueue, command: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        job_id = submit(queue)
        assert main(command) == Exit.OK
        (record,) = json.loads(capsys.readouterr().out)
        assert record == json.loads(queue.get(job_id).model_dump_json())

    def test_one_job_is_shown_with_its_place_or_its_end(
        self, queue: JobQueue, capsys: pytest.CaptureFixture[str]
    ) -> None:
        job_id = submit(queue)
        assert main(["jobs", "show", job_id]) == Exit.OK
        assert "in queue:   1\n" in capsys.readouterr().out
        queue.run(job_id)
        assert main(["jobs", "show", job_id]) == Exit.OK
        out = capsys.readouterr().out
        assert "state:      succeeded\n" in out
        assert "outcome:    complete\n" in out

    def test_why_a_job_failed_is_shown(self, queue: JobQueue, capsys: pytest.CaptureFixture[str]) -> None:
        job_id = submit(queue, " ")
        queue.run(job_id)
        failure = queue.get(job_id).failure
        assert failure
        assert main(["jobs", "show", job_id]) == Exit.OK
        assert f"reason:     {failure.message}" in capsys.readouterr().out

    def test_a_waiting_job_is_cancelled_and_tried_again(
        self, queue: JobQueue, capsys: pytest.CaptureFixture[str]
    ) -> None:
        job_id = submit(queue)
        assert main(["jobs", "cancel", job_id]) == Exit.OK
        assert "state:      cancelled\n" in capsys.readouterr().out
        assert queue.get(job_id).state is JobState.CANCELLED
        assert main(["jobs", "retry", job_id, "--json"]) == Exit.OK
        out, err = capsys.readouterr()
        assert json.loads(out)["state"] == "queued"
        assert "waits until the app is started" in err

    def test_a_running_app_takes_a_retried_job(self, capsys: pytest.CaptureFixture[str]) -> None:
        with closing(open_app(Settings.from_env(), own_workers=True).queue) as owner:
            job_id = submit(owner, " ")
            ended(owner, job_id)
            assert main(["jobs", "retry", job_id]) == Exit.OK
            assert ended(owner, job_id).attempt == 1
        assert "waits until" not in capsys.readouterr().err

    @pytest.mark.parametrize("action", ["show", "cancel", "retry"])
    def test_a_job_that_is_not_there_is_told(self, action: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["jobs", action, "nope"]) == Exit.NO
        assert capsys.readouterr().err == "journey: There is no job 'nope' in this library.\n"

    @pytest.mark.parametrize("action", ["cancel", "retry"])
    def test_what_its_state_does_not_allow_is_told(
        self, queue: JobQueue, action: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        job_id = submit(queue)
        queue.run(job_id)
        assert main(["jobs", action, job_id]) == Exit.NO
        out, err = capsys.readouterr()
        assert out == ""
        assert "succeeded" in err

    def test_a_title_cannot_command_the_terminal(self, queue: JobQueue, capsys: pytest.CaptureFixture[str]) -> None:
        submit(queue, title="\x1b]0;owned\x07\x1b[2J")
        assert main(["jobs"]) == Exit.OK
        assert main(["jobs", "--json"]) == Exit.OK
        assert not {"\x1b", "\x07"} & set(capsys.readouterr().out)


class TestDoctor:
    def test_all_is_well_here(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["doctor"]) == Exit.OK
        out, err = capsys.readouterr()
        assert "engine: local, because no model is set up; the text: stays on this machine" in out
        assert "embedded model: all-MiniLM-L6-v2, digests as expected" in out
        assert "nothing is working on its jobs now" in out
        assert err == "journey: Nothing is broken.\n"

    def test_it_tells_who_owns_the_store(self, capsys: pytest.CaptureFixture[str]) -> None:
        with closing(open_app(Settings.from_env(), own_workers=True).queue):
            assert main(["doctor"]) == Exit.OK
        assert "a running program works on its jobs" in capsys.readouterr().out

    def test_it_shows_every_setting_and_no_secret(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-hidden")
        monkeypatch.setenv("OPENAI_BASE_URL", "https://me:hidden@models.example:8443/v1?token=hidden")
        assert main(["doctor"]) == Exit.OK
        out = capsys.readouterr().out
        assert "hidden" not in out
        assert "OPENAI_BASE_URL: https://models.example:8443/v1" in out
        assert "engine: openai, because a key or an address is set; the text: models.example" in out

    def test_it_sends_nothing_anywhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENAI_BASE_URL", "http://models.example/v1")
        for name in ("connect", "connect_ex", "sendto"):
            monkeypatch.setattr(socket.socket, name, lambda *_: pytest.fail("something was sent"))
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("a name was looked up"))
        assert main(["doctor"]) == Exit.OK

    def test_a_damaged_model_is_broken(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(embeddings, "WEIGHTS_SHA256", "0" * 64)
        assert main(["doctor"]) == Exit.NO
        out, err = capsys.readouterr()
        assert "BROKEN embedded model: " in out
        assert err == "journey: 1 of these are broken.\n"

    def test_a_data_folder_that_cannot_be_used_is_broken(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "file").touch()
        monkeypatch.setenv("JOURNEY_HOME", str(tmp_path / "file"))
        assert main(["doctor"]) == Exit.NO
        assert "BROKEN store: " in capsys.readouterr().out

    def test_a_missing_package_is_broken_and_another_version_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        pins = tmp_path / "requirements.txt"
        pins.write_text("# pins\npydantic==1.0\nno-such-package==2.0\n")
        monkeypatch.setattr(doctor, "REQUIREMENTS", pins)
        assert main(["doctor"]) == Exit.NO
        out = capsys.readouterr().out
        assert "BROKEN no-such-package: missing: pip install no-such-package==2.0" in out
        assert ", tested with 1.0" in out
