"""Every text file of the evaluation data ends as its gold says, through the command that a user types.

The expectation stands in the gold's `expect`: a journey whose every quote stands (the default), nothing invented where
there is no journey, the words and not the marks of a format, a plain refusal, or either of a journey and a refusal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from journey.__main__ import main
from journey.commands.exits import Exit
from journey.exports import read_json
from journey.model import Journey, Outcome
from tests.conftest import SHARED

IMAGES = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".tif", ".tiff"}

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Case:
    """One input file and what is known about it."""

    path: Path
    gold: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


def cases() -> Iterator[Case]:
    for path in sorted((SHARED / "data").glob("*/*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        names = gold["input"] if isinstance(gold["input"], list) else [gold["input"]]
        yield from (Case(path.parent / name, gold) for name in names if Path(name).suffix not in IMAGES)


def folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def heard(journey: Journey) -> str:
    return folded("\n".join(source.text for source in journey.sources))


def assert_journey(journey: Journey | None, gold: dict[str, Any]) -> None:
    assert journey, "the file was refused"
    assert journey.outcome in {Outcome.COMPLETE, Outcome.PARTIAL}
    assert list(journey.steps())


def assert_nothing(journey: Journey | None, gold: dict[str, Any]) -> None:
    if journey:
        assert journey.outcome is Outcome.NOT_ENOUGH
        assert journey.reason
        assert (journey.phases, journey.links) == ((), ())


def assert_text(journey: Journey | None, gold: dict[str, Any]) -> None:
    assert journey, "the file was refused"
    words = heard(journey)
    missing = [text for text in gold["texts"] if folded(text) not in words]
    assert len(missing) <= 0.1 * len(gold["texts"]), missing
    assert [text for text in gold.get("absent", ()) if folded(text) in words] == []


def assert_error(journey: Journey | None, gold: dict[str, Any]) -> None:
    assert journey is None, "the file should have been refused"


def assert_either(journey: Journey | None, gold: dict[str, Any]) -> None:
    """Nothing to add: what was written has been verified, what was refused was said in words."""


ENDS = {
    "journey": assert_journey,
    "nothing": assert_nothing,
    "text": assert_text,
    "error": assert_error,
    "either": assert_either,
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the evaluation data is not beside this checkout")
@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_every_text_ends_as_expected(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "journey.json"
    status = main(["extract", str(case.path), "--engine", "local", "-o", str(output)])
    said = capsys.readouterr().err
    assert status in {Exit.OK, Exit.REFUSED}, said
    if status == Exit.REFUSED:
        assert re.fullmatch(r"journey: .+", said.splitlines()[-1])
        assert not output.exists()
        ENDS[case.gold.get("expect", "journey")](None, case.gold)
        return
    assert main(["verify", str(output)]) == Exit.OK
    ENDS[case.gold.get("expect", "journey")](read_json(output.read_text(encoding="utf-8")), case.gold)
