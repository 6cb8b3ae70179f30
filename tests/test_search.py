"""The library's search looks at titles, steps, cards and quotes, and never trusts its own index."""

from __future__ import annotations

from pathlib import Path

import pytest

from journey.errors import StoreError
from journey.jobs.search import WordIndex
from tests.journeys import full_journey, journey_saying


class Kept:
    """Journeys under made-up digests; counts how often one is read."""

    def __init__(self) -> None:
        self.reads: list[str] = []
        self.journeys = {
            "d1": full_journey().model_dump_json().encode(),
            "d2": journey_saying("予約の画面が開かない。").model_dump_json().encode(),
        }

    def read(self, digest: str) -> bytes:
        self.reads.append(digest)
        return self.journeys[digest]


def found(folder: Path, kept: Kept, *words: str) -> dict[str, frozenset[str]]:
    return WordIndex(folder).find(words, among=kept.journeys, read=kept.read)


def test_steps_cards_and_quotes_are_searched_in_any_case_and_by_parts_of_words(tmp_path: Path) -> None:
    kept, drawn = Kept(), full_journey()
    step = next(drawn.steps())
    quote = next(one.quote for one in step.evidence)
    words = (step.title.upper(), quote[2:-2], "no such words")
    assert found(tmp_path, kept, *words) == {words[0]: {"d1"}, words[1]: {"d1"}, words[2]: frozenset()}


def test_scripts_without_spaces_are_searched_too(tmp_path: Path) -> None:
    assert found(tmp_path, Kept(), "画面")["画面"] == {"d2"}


def test_what_was_only_said_and_is_not_on_the_map_is_not_found(tmp_path: Path) -> None:
    kept, drawn = Kept(), full_journey()
    unquoted = drawn.sources[0].model_copy(update={"text": drawn.sources[0].text + " zebra"})
    kept.journeys["d1"] = drawn.model_copy(update={"sources": (unquoted,)}).model_dump_json().encode()
    assert found(tmp_path, kept, "zebra") == {"zebra": frozenset()}


def test_a_journey_is_read_once_and_forgotten_when_it_is_gone(tmp_path: Path) -> None:
    kept = Kept()
    found(tmp_path, kept, "x")
    found(tmp_path, kept, "y")
    assert sorted(kept.reads) == ["d1", "d2"]
    title = full_journey().title
    del kept.journeys["d1"]
    assert found(tmp_path, kept, title) == {title: frozenset()}


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    kept, title = Kept(), full_journey().title
    found(tmp_path, kept, title)
    (tmp_path / "words.sqlite").write_bytes(b"not a database, " * 300)
    assert found(tmp_path, kept, title) == {title: {"d1"}}


def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "search").write_text("a file stands where the folder should be")
    with pytest.raises(StoreError, match="data folder"):
        found(tmp_path / "search", Kept(), "x")
