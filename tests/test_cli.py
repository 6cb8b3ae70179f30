"""The command line: words, not tracebacks; a status for every outcome; a page that tells the truth about it."""

from __future__ import annotations

import argparse
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from journey import __version__
from journey.__main__ import CANCELLED, INCOMPLETE, TERMINATED, main
from journey.commands import verify
from journey.commands.exits import Exit
from journey.commands.parser import build_parser
from journey.commands.terminal import plain
from journey.exports import FORMATS, to_json
from tests.journeys import full_journey

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")


@pytest.fixture
def journey_file(tmp_path: Path) -> Path:
    path = tmp_path / "journey.json"
    path.write_text(to_json(full_journey()), encoding="utf-8")
    return path


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.values()


def options(parser: argparse.ArgumentParser) -> set[str]:
    found = {text for action in parser._actions for text in action.option_strings}
    return found.union(*(options(command) for command in commands(parser))) - {"-h", "--help", "--debug", "--version"}


class TestPage:
    """docs/command-line.md says what the parser says."""

    @pytest.mark.parametrize("command", list(commands(build_parser())), ids=lambda parser: parser.prog)
    def test_every_command_has_a_section_with_its_options_and_no_others(self, command: argparse.ArgumentParser) -> None:
        name = command.prog.split()[-1]
        (section,) = re.findall(rf"^## {name}\n(.*?)(?=^## )", PAGE, re.DOTALL | re.MULTILINE)
        assert set(re.findall(r"(?<![\w-])--?[a-z]+(?:-[a-z]+)*\b", section)) - {"-m"} == options(command)

    def test_there_is_no_section_for_a_command_that_is_not(self) -> None:
        names = [command.prog.split()[-1] for command in commands(build_parser())]
        assert re.findall(r"^## (.*)$", PAGE, re.MULTILINE) == [*names, "Formats", "Exit status"]

    def test_the_table_of_formats_is_the_registry(self) -> None:
        rows = re.findall(r"^\| `([\w-]+)` \| `(\.\w+)` \| (.*) \|$", PAGE, re.MULTILINE)
        assert rows == [(entry.name, entry.suffix, entry.loses) for entry in FORMATS.values()]

    def test_the_table_of_statuses_is_the_enumeration(self) -> None:
        rows = re.findall(r"^\| (\d+) \| ([A-Z_]+) \|", PAGE, re.MULTILINE)
        assert rows == [(str(int(status)), status.name) for status in Exit]
        assert (Exit.CANCELLED, Exit.TERMINATED, Exit.BUG) == (CANCELLED, TERMINATED, INCOMPLETE)


class TestVerify:
    def test_a_whole_journey_passes(self, journey_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["verify", str(journey_file)]) == Exit.OK
        assert capsys.readouterr().out == ""

    def test_a_quote_that_does_not_stand_is_listed(
        self, journey_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A quote changed into something never said, of the same length, so that only its source can tell."""
        content = json.loads(journey_file.read_text())
        evidence = content["phases"][0]["steps"][0]["evidence"][0]
        evidence["quote"] = "x" * len(evidence["quote"])
        journey_file.write_text(json.dumps(content))
        assert main(["verify", str(journey_file)]) == Exit.NO
        out, err = capsys.readouterr()
        assert len(out.splitlines()) == 1
        assert "1 claims do not stand" in err

    @pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"{}", b'{"schema": "journey/9"}'])
    def test_what_is_no_journey_file_is_refused(
        self, journey_file: Path, content: bytes, capsys: pytest.CaptureFixture[str]
    ) -> None:
        journey_file.write_bytes(content)
        assert main(["verify", str(journey_file)]) == Exit.REFUSED
        assert re.fullmatch(r"journey: .*\n", capsys.readouterr().err)


class TestExport:
    @pytest.mark.parametrize("name", FORMATS)
    def test_every_format_goes_to_a_file_or_to_standard_output(
        self, journey_file: Path, name: str, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        output = journey_file.with_name("out")
        assert main(["export", str(journey_file), "--format", name, "-o", str(output)]) == Exit.OK
        assert main(["export", str(journey_file), "--format", name]) == Exit.OK
        out, err = capfdbinary.readouterr()
        assert output.read_bytes() == out == FORMATS[name].to_bytes(full_journey())
        assert FORMATS[name].loses in err.decode()

    def test_the_ending_of_the_output_chooses_the_format(self, journey_file: Path, tmp_path: Path) -> None:
        assert main(["export", str(journey_file), "-o", str(tmp_path / "map.md")]) == Exit.OK
        assert (tmp_path / "map.md").read_text(encoding="utf-8").startswith("# Anna books a room")

    def test_an_output_is_replaced_whole_or_not_at_all(self, journey_file: Path, tmp_path: Path) -> None:
        output = tmp_path / "map.md"
        output.write_text("before")
        journey_file.write_text("damaged")
        assert main(["export", str(journey_file), "-o", str(output)]) == Exit.REFUSED
        assert output.read_text() == "before"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["journey.json", "map.md"]

    def test_an_output_keeps_its_rights_and_a_new_one_gets_the_usual_ones(
        self, journey_file: Path, tmp_path: Path
    ) -> None:
        old, new = tmp_path / "old.md", tmp_path / "new.md"
        old.touch(mode=0o640)
        for output in (old, new):
            assert main(["export", str(journey_file), "-o", str(output)]) == Exit.OK
        (tmp_path / "usual").touch()
        assert old.stat().st_mode & 0o777 == 0o640
        assert new.stat().st_mode == (tmp_path / "usual").stat().st_mode

    def test_a_device_is_written_to_and_not_replaced(self, journey_file: Path) -> None:
        assert main(["export", str(journey_file), "-o", "/dev/null"]) == Exit.OK
        assert Path("/dev/null").is_char_device()

    def test_a_link_is_followed(self, journey_file: Path, tmp_path: Path) -> None:
        (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
        assert main(["export", str(journey_file), "-o", str(tmp_path / "link.md")]) == Exit.OK
        assert (tmp_path / "link.md").is_symlink()
        assert (tmp_path / "real.md").is_file()

    @pytest.mark.parametrize(
        ("output", "words"),
        [("missing/out.md", "no folder"), (".", "is a folder"), ("journey.json", "is an input too")],
    )
    def test_an_output_that_cannot_be_is_refused(
        self, journey_file: Path, output: str, words: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["export", str(journey_file), "-o", str(journey_file.parent / output)]) == Exit.STORAGE
        assert words in capsys.readouterr().err


class TestWords:
    @pytest.mark.parametrize(
        "arguments", [[], ["dance"], ["verify"], ["extract"], ["jobs", "show"], ["export", "a", "b"]]
    )
    def test_a_misunderstood_command_is_one_line(
        self, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(arguments) == Exit.USAGE
        assert re.fullmatch(r"journey: .*--help\)\n", capsys.readouterr().err)

    def test_the_version_and_the_help_are_results(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["--version"]) == Exit.OK
        assert main(["extract", "--help"]) == Exit.OK
        assert capsys.readouterr().out.startswith(f"journey {__version__}\nusage: python -m journey extract")

    def test_the_version_is_the_packages(self) -> None:
        assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    def test_a_setting_that_is_no_number_is_named(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("JOURNEY_WORKERS", "many")
        assert main(["jobs"]) == Exit.USAGE
        assert "JOURNEY_WORKERS" in capsys.readouterr().err

    def test_a_defect_is_told_in_words_and_with_debug_in_full(
        self, journey_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(verify, "read_journey", lambda path: 1 / 0)
        assert main(["verify", str(journey_file)]) == Exit.BUG
        said = capsys.readouterr().err
        assert "journey doctor" in said
        assert "--debug" in said
        assert "Traceback" not in said
        assert "division by zero" not in said, "a message may hold words of a transcript"
        assert main(["verify", str(journey_file), "--debug"]) == Exit.BUG
        assert "ZeroDivisionError < <lambda> (" in capsys.readouterr().err

    @pytest.mark.parametrize("command", ["doctor", "jobs"])
    @pytest.mark.parametrize("package", ["diskcache", "onnxruntime"])
    def test_a_package_that_is_not_installed_is_told(self, command: str, package: str) -> None:
        without = f"import sys; sys.modules[{package!r}] = None; from journey.__main__ import main; sys.exit(main())"
        done = subprocess.run(
            [sys.executable, "-c", without, command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode in {Exit.NO, INCOMPLETE}
        assert package in done.stdout + done.stderr
        assert "Traceback" not in done.stderr

    def test_errors_logged_by_a_part_do_not_reach_the_terminal(
        self, journey_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Python prints warnings and errors of the log when nobody handles them."""
        monkeypatch.setattr(logging.getLogger(), "handlers", [])

        def complain(path: Path) -> None:
            logging.getLogger("journey.anything").error("secret words", exc_info=ValueError())
            raise ZeroDivisionError

        monkeypatch.setattr(verify, "read_journey", complain)
        main(["verify", str(journey_file)])
        assert "secret words" not in capsys.readouterr().err

    def test_details_of_other_programs_stay_out_of_the_log(
        self, journey_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A network client's hold the request, and so the transcript."""

        def complain(path: Path) -> None:
            logging.getLogger("openai._base_client").debug("the whole request")
            logging.getLogger("journey.anything").debug("what we did")
            raise ZeroDivisionError

        monkeypatch.setattr(verify, "read_journey", complain)
        main(["--debug", "verify", str(journey_file)])
        said = capsys.readouterr().err
        assert "what we did" in said
        assert "the whole request" not in said

    def test_what_a_terminal_would_obey_is_not_said_to_it(self) -> None:
        assert plain("\x1b]0;owned\x07\u202eabc\r\n\tdef") == "\ufffd]0;owned\ufffd\ufffdabc def"


class TestStandardOutput:
    def test_a_reader_that_stops_reading_is_no_error_to_tell(self, tmp_path: Path, journey_file: Path) -> None:
        pipe = subprocess.Popen(
            [sys.executable, "-m", "journey", "export", str(journey_file)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert pipe.stdout
        assert pipe.stderr
        pipe.stdout.close()
        said = pipe.stderr.read()
        pipe.stderr.close()
        assert pipe.wait(timeout=30) == Exit.BROKEN_PIPE
        assert b"Traceback" not in said
        assert b"Exception ignored" not in said

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
    def test_a_full_disk_is_told(self, journey_file: Path) -> None:
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "journey", "export", str(journey_file)],
                cwd=ROOT,
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
                timeout=30,
            )
        assert done.returncode == Exit.STORAGE
        assert re.fullmatch(r"journey: Standard output cannot be written: .*\n", done.stderr)

    def test_one_that_is_closed_is_told_before_the_work(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "stdout", None)
        assert main(["export", "not-even-read.json"]) == Exit.STORAGE
        assert "Standard output is closed" in capsys.readouterr().err

    def test_the_result_is_utf_8_whatever_the_terminal_is(self, journey_file: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-X", "utf8=0", "-m", "journey", "export", str(journey_file), "--format", "markdown"],
            cwd=ROOT,
            env={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
            capture_output=True,
            check=False,
            timeout=30,
        )
        assert done.returncode == Exit.OK
        assert "“It took ages”" in done.stdout.decode("utf-8")
