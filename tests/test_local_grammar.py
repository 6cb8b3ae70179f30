"""Parts of speech where one word can be several."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.engines.local.clauses import find_clauses
from journey.engines.local.grammar import read
from journey.engines.local.tokens import Tag


def verbs(text: str) -> list[str]:
    return [token.text for token in read(text) if token.tag is Tag.VERB]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The clerk orders the forms.", ["orders"]),
        ("The orders form a list.", ["form"]),
        ("The order form is sent.", ["sent"]),
        ("They order it.", ["order"]),
        ("The sales department ships the bike and finishes the work.", ["ships", "finishes"]),
        ("He writes the parts and quantities on the form.", ["writes"]),
        ("The received request is checked.", ["checked"]),
        ("We went back to work.", ["went"]),
        ("We went back to check it.", ["went", "check"]),
        ("Check the list, then call the customer.", ["Check", "call"]),
        ("We test file imports, survey imports and image files.", ["test"]),
        ("The MPO confirmes the request.", ["confirmes"]),
    ],
)
def test_a_verb_is_told_from_the_noun_that_is_spelt_alike(text: str, expected: list[str]) -> None:
    assert verbs(text) == expected


@pytest.mark.parametrize(
    ("text", "opener"),
    [
        ("He left before I came.", "before"),
        ("If not, I came.", None),
        ("I think I came.", "that"),
        ("He lost the card I sent him.", "that"),
        ("He said that I came.", "that"),
        ("The man who came.", "who"),
        ("Once I came.", "once"),
    ],
)
def test_a_clause_knows_what_it_hangs_on(text: str, opener: str | None) -> None:
    assert find_clauses(read(text))[-1].opener == opener


def test_denial_tense_and_voice_are_read_from_the_helpers() -> None:
    clause = find_clauses(read("The parcel had never been sent back."))[0]
    assert (clause.negated, clause.tense, clause.passive) == (True, "pluperfect", True)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    tokens = read(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(0 <= clause.start <= clause.head <= clause.last < len(tokens) for clause in find_clauses(tokens))


@pytest.mark.bench
def test_speed(shared_data: Path) -> None:
    """A rough figure: seconds per 10,000 words."""
    text = (shared_data / "changelog" / "founders-talk-63.md").read_text(encoding="utf-8")
    read("The dictionary loads at first use.")
    began = time.perf_counter()
    for line in text.splitlines():
        find_clauses(read(line))
    print(f"{(time.perf_counter() - began) / len(text.split()) * 10_000:.2f} s per 10,000 words")  # noqa: T201
