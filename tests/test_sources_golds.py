"""The real files beside the checkout: words kept, format dropped, refusals where they are due."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from journey.errors import SourceError
from journey.model import Role, Source
from journey.sources import read


def read_file(path: Path) -> Source:
    return read(path.name, path.read_bytes())


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("folder", ["captions", "documents"])
def test_every_file_ends_as_its_gold_says(shared_data: Path, folder: str) -> None:
    golds = [json.loads(path.read_text("utf-8")) for path in sorted((shared_data / folder).glob("*.gold.json"))]
    assert len(golds) >= 5
    for gold in golds:
        path = shared_data / folder / gold["input"]
        if gold.get("expect") == "error":
            with pytest.raises(SourceError):
                read_file(path)
        elif gold.get("expect") == "either":
            with contextlib.suppress(SourceError):
                read_file(path)
        else:
            heard = squeezed(read_file(path).text)
            assert [text for text in gold.get("texts", []) if squeezed(text) not in heard] == [], path.name
            assert [text for text in gold.get("absent", []) if text in heard] == [], path.name


def test_one_interview_in_five_formats_gives_the_same_words_and_turns(shared_data: Path) -> None:
    gold = json.loads((shared_data / "hitsave" / "goodboy_galaxy.gold.json").read_text("utf-8"))
    sources = [read_file(shared_data / "hitsave" / name) for name in gold["input"]]
    assert len(sources) == 5
    assert len({source.text for source in sources}) == 1
    assert len({tuple((p.start, p.end) for p in source.passages) for source in sources}) == 1
    assert {source.participants for source in sources} == {()}, "no speaker is marked, none may be invented"
    plain = (shared_data / "hitsave" / "goodboy_galaxy.text").read_text("utf-8")
    assert sources[0].text.split() == plain.split()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("changelog/founders-talk-63.md", {"Adam Stacoviak": Role.INTERVIEWER, "Austen Allred": Role.PARTICIPANT}),
        ("primock57/day1_consultation01.vtt", {"Doctor": Role.INTERVIEWER, "Patient": Role.PARTICIPANT}),
        ("primock57/day1_consultation06.vtt", {"Doctor": Role.INTERVIEWER, "Patient": Role.PARTICIPANT}),
        (
            "abcd/conversation_3592.txt",
            {"Agent": Role.OTHER, "Customer": Role.PARTICIPANT, "System": Role.OTHER},
        ),
        ("documents/transcript.txt", {"id1": Role.UNKNOWN, "id2": Role.UNKNOWN, "id3": Role.UNKNOWN}),
    ],
)
def test_speakers_and_roles(shared_data: Path, path: str, expected: dict[str, Role]) -> None:
    assert {each.name: each.role for each in read_file(shared_data / path).participants} == expected


@pytest.mark.parametrize("name", ["Committee_test_education_4.txt", "Product_test_IS1003b.txt"])
def test_a_line_per_turn_gives_a_passage_per_turn(shared_data: Path, name: str) -> None:
    path = shared_data / "qmsum" / name
    lines = path.read_text("utf-8").splitlines()
    source = read_file(path)
    assert {each.role for each in source.participants} == {Role.UNKNOWN}, "a meeting has no interviewer"
    turns = iter(map(squeezed, lines))
    turn = next(turns)
    for passage in source.passages:  # a turn over 2,000 characters has several
        while not (turn.startswith(f"{passage.speaker}: ") and source.slice(passage) in turn):
            turn = next(turns)
    assert len({passage.speaker for passage in source.passages}) == len({line.split(":")[0] for line in lines})


def test_process_descriptions_name_no_speaker(shared_data: Path) -> None:
    for path in (shared_data / "pet").glob("*.txt"):
        source = read_file(path)
        assert source.participants == ()
        assert source.text.split() == path.read_text("utf-8").split()
