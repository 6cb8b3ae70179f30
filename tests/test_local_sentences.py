"""Rules of journey.engines.local.sentences."""

from __future__ import annotations

import itertools
import time

from hypothesis import given
from hypothesis import strategies as st

from journey.engines.local.sentences import LONGEST, is_question, split
from journey.model import Passage, Role, Source


def source_of(*turns: str, language: str | None = "en", source_id: str = "s1") -> Source:
    """Return a transcript whose passages are the turns, one a line."""
    text, passages, at = "\n".join(turns), [], 0
    for number, turn in enumerate(turns, 1):
        passages.append(Passage(id=f"t{number}", start=at, end=at + len(turn), speaker="Ana", role=Role.PARTICIPANT))
        at += len(turn) + 1
    return Source(
        id=source_id,
        kind="transcript",
        name="x.txt",
        sha256="0" * 64,
        language=language,
        text=text,
        passages=tuple(passages),
    )


def test_each_sentence_is_a_trimmed_slice_of_its_source() -> None:
    source = source_of("  I called Mr. Smith 😀.  Nobody answered! ", "Did you?")
    sentences = split([source])
    assert [one.text for one in sentences] == ["I called Mr. Smith 😀.", "Nobody answered!", "Did you?"]
    assert all(source.text[one.start : one.end] == one.text for one in sentences)
    assert [one.passage for one in sentences] == ["t1", "t1", "t2"]


def test_turns_are_counted_over_all_sources() -> None:
    sentences = split([source_of("One.", "Two."), source_of("Three.", source_id="s2")])
    assert [(one.source, one.turn) for one in sentences] == [("s1", 0), ("s1", 1), ("s2", 2)]


def test_speech_without_full_stops_is_cut_at_its_joints() -> None:
    sentences = split([source_of("i went to the shop and then i paid for it " * 40)])
    assert all(len(one.text.split()) <= LONGEST for one in sentences)
    assert all(one.text.startswith(("i went", "and then")) for one in sentences)


def test_a_huge_turn_without_any_full_stop_is_cut_in_linear_time() -> None:
    started = time.monotonic()
    sentences = split([source_of("word " * 200_000)])
    assert len(sentences) > 1000
    assert time.monotonic() - started < 20


def test_questions_are_told_in_other_scripts_and_without_punctuation() -> None:
    assert is_question("¿Y qué pasó después?")
    assert is_question("それで、どうしましたか？")
    assert is_question("and what happened then")
    assert not is_question("When I arrived, nobody was there.")


@given(st.lists(st.text(max_size=200), max_size=5))
def test_any_text_is_cut_into_ordered_slices_that_keep_every_word(turns: list[str]) -> None:
    source = source_of(*turns)
    sentences = split([source])
    assert all(source.text[one.start : one.end] == one.text == one.text.strip() for one in sentences)
    assert all(a.end <= b.start for a, b in itertools.pairwise(sentences))
    assert "".join("".join(one.text for one in sentences).split()) == "".join(source.text.split())
