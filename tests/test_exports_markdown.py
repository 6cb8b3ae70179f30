"""Markdown: every claim with its quote, and nothing from a transcript that acts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from journey.exports import to_markdown
from journey.exports.board import TAKEN_IN
from journey.exports.html_page import to_html
from journey.exports.markdown import WORD_JOINER, escape
from journey.imports import ENGINE
from journey.model import Journey
from tests.journeys import HOSTILE, any_journey, empty_journey, full_journey, journey_saying

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HARMLESS = {"text", "softbreak", "strong_open", "strong_close"}
BLOCKS = {"heading", "paragraph", "bullet_list", "list_item", "blockquote", "inline"}


def tokens(markdown: str) -> Iterator[Token]:
    for token in READER.parse(markdown):
        yield token
        yield from token.children or ()


def active(markdown: str) -> set[str]:
    """Return the kinds of token that are neither words nor our own headings, lists and quotes."""
    kinds = {token.type for token in tokens(markdown)} - HARMLESS
    return {kind for kind in kinds if kind.removesuffix("_open").removesuffix("_close") not in BLOCKS}


def shown(markdown: str) -> str:
    """Return the words a reader sees, white space folded."""
    words = " ".join(token.content for token in tokens(markdown) if token.type == "text")
    return " ".join(words.replace(WORD_JOINER, "").split())


@pytest.mark.parametrize("text", HOSTILE)
def test_no_markup_of_a_transcript_becomes_active(text: str) -> None:
    markdown = to_markdown(journey_saying(text))
    assert active(markdown) == set()
    assert not re.search(r"(?<!\\):/|www\.|@\w", markdown)


@given(journey=any_journey)
def test_no_words_at_all_become_active(journey: Journey) -> None:
    assert active(to_markdown(journey)) == set()


@given(journey=any_journey)
def test_only_the_map_makes_headings(journey: Journey) -> None:
    headings = [token for token in tokens(to_markdown(journey)) if token.type == "heading_open"]
    assert [heading.tag for heading in headings] == ["h1", "h2", "h3", "h2", "h2", "h2"]


@given(text=st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40))
def test_escaped_words_read_as_they_were_said(text: str) -> None:
    assert shown("x " + escape(text)) == " ".join(f"x {text}".replace(WORD_JOINER, "").split())


def test_every_claim_is_followed_by_its_quote_with_speaker_and_time() -> None:
    lines = [line for line in to_markdown(full_journey()).splitlines() if line]
    claim = lines.index("- Searching is slow")
    assert lines[claim + 1] == "  > “It took ages” — Anna, 0:04, anna\\.vtt"


def test_of_a_map_that_was_taken_in_no_engine_and_no_time_are_told() -> None:
    journey = full_journey()
    taken_in = journey.model_copy(update={"run": journey.run.model_copy(update={"engine": ENGINE})})
    for text in (to_markdown(taken_in), to_html(taken_in)):
        assert TAKEN_IN in text
        assert "Drawn by" not in text


def test_everything_on_the_map_is_in_the_text() -> None:
    text = shown(to_markdown(full_journey()))
    for expected in (
        "Anna books a room",
        "Anna (guest)",
        "A weekend away",
        "Sleep near the sea",
        "Expectation: It is easy (by the user)",
        "1. Search",
        "Find something",
        "1.1 Look for a room",
        "moment of truth",
        "The website (web)",
        "furious (-1.5 of -2 to +2); also read as annoyed (-1)",
        "A faster search (inferred)",
        "Seen twice (warning) (by the user)",
        "(decision, by guest)",
        "Against it: “I was furious”",
        "Backstage",
        "Look for a room → Call the hotel: nothing found",
        "Call the hotel → Look for a room (loop)",
        "local engine, m, 3.2 s, 2 calls, 900 tokens",
        "anna.vtt: transcript",
        "Claims whose quote was not in the source: 1",
        "Passages of anna.vtt that support nothing on this map: 1 of 3",
        "A draft.",
    ):
        assert expected in text


def test_a_text_with_no_journey_says_so_and_why() -> None:
    assert "**Not enough to draw a journey.** Nobody tells what they did." in to_markdown(empty_journey())


def test_two_paragraphs_of_a_quote_stay_one_quote() -> None:
    assert escape("one\n\n- two\r\n> three") == "one - two &gt; three"
