"""Every picture of the evaluation data ends in a map whose every quote stands, or in a stated reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from journey.__main__ import main
from journey.commands.exits import Exit
from journey.exports import read_json
from journey.model import Journey, Outcome
from tests.conftest import SHARED

ENDINGS = {".png", ".jpg", ".jpeg", ".webp"}
PICTURES = sorted(path for path in (SHARED / "data").glob("*/*") if path.suffix in ENDINGS)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.mark.skipif(not PICTURES, reason="the evaluation data is not beside this checkout")
@pytest.mark.parametrize("path", PICTURES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_picture_ends_in_a_map_or_a_reason(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "journey.json"
    status = main(["extract", str(path), "--engine", "local", "-o", str(output)])
    said = capsys.readouterr().err
    assert status in {Exit.OK, Exit.REFUSED}, said
    if status == Exit.REFUSED:
        assert re.fullmatch(r"journey: .+\.", said.splitlines()[-1])
        return
    assert main(["verify", str(output)]) == Exit.OK
    assert_sound(read_json(output.read_text(encoding="utf-8")))


def assert_sound(journey: Journey) -> None:
    (source,) = journey.sources
    assert source.kind == "image"
    assert source.image
    assert list(journey.phases) or journey.reason
    assert journey.outcome is Outcome.COMPLETE or journey.reason
    for passage in source.passages:
        assert passage.box
        assert passage.read_by in {"ocr", "unread"}
        assert (passage.read_by == "unread") is (passage.start == passage.end)
