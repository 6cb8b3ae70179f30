"""How long transcripts are cut into sections."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from journey.engines.llm.chunks import Chunk, cut, tokens_of
from journey.engines.llm.prompt import Turn, number_turns
from journey.model import Role
from tests.faults.talk import talk

WORDS = st.sampled_from(["I", "waited.", "Then", "she", "called", "me!", "Überraschung", "電話", "a" * 40, "\n"])
TALKS = st.lists(st.lists(WORDS, min_size=1, max_size=60).map(" ".join), min_size=1, max_size=30)


def turns_of(said: list[str]) -> list[Turn]:
    return number_turns([talk(tuple((Role.PARTICIPANT, "Ann", words) for words in said))])


@given(TALKS, st.integers(30, 300), st.integers(0, 60))
def test_every_word_is_in_the_core_of_exactly_one_chunk_in_order(said: list[str], core: int, context: int) -> None:
    turns = turns_of(said)
    chunks = cut(turns, core=core, context=context)
    pieces = [piece for chunk in chunks for piece in chunk.core]
    assert "".join(piece.words for piece in pieces) == "".join(turn.words for turn in turns)
    assert [piece.number for piece in pieces] == sorted(piece.number for piece in pieces)


@given(TALKS, st.integers(100, 300), st.integers(0, 60))
def test_no_chunk_is_larger_than_allowed(said: list[str], core: int, context: int) -> None:
    for chunk in cut(turns_of(said), core=core, context=context):
        assert sum(tokens_of(turn) for turn in chunk.core) <= core
        assert sum(tokens_of(turn) for turn in chunk.context) <= context


@given(TALKS, st.integers(100, 300))
def test_context_is_what_stands_right_before_a_chunk(said: list[str], core: int) -> None:
    before: list[Turn] = []
    for chunk in cut(turns_of(said), core=core, context=50):
        assert list(chunk.context) == before[len(before) - len(chunk.context) :]
        before += chunk.core


def test_chunks_are_about_equal_so_that_none_is_a_remnant() -> None:
    sizes = [
        sum(map(tokens_of, chunk.core)) for chunk in cut(turns_of(["I waited a while."] * 101), core=500, context=0)
    ]
    assert max(sizes) < 1.5 * min(sizes)


def test_sources_do_not_share_a_chunk_or_context() -> None:
    first = talk(((Role.PARTICIPANT, "Ann", "I waited."),))
    second = first.model_copy(update={"id": "s2"})
    chunks = cut(number_turns([first, second]), core=500, context=100)
    assert [[turn.source.id for turn in (*chunk.context, *chunk.core)] for chunk in chunks] == [["s1"], ["s2"]]


@given(TALKS)
def test_halves_hold_the_same_words_and_small_chunks_have_none(said: list[str]) -> None:
    chunk = Chunk(tuple(turns_of(said)))
    halves = chunk.halves()
    if sum(map(tokens_of, chunk.core)) < 400:
        assert halves == ()
    else:
        assert "".join(turn.words for half in halves for turn in half.core) == "".join(
            turn.words for turn in chunk.core
        )
        assert all(len(half.core) < len(chunk.core) or len(chunk.core) == 1 for half in halves)
