"""What the floors below the pages write is English wherever it is kept, and said in the language when it is shown."""

from __future__ import annotations

import pytest

from journey.ui.catalogue import LANGUAGES, SENTENCES, read_catalogue, sentence_pairs
from journey.ui.sentences import translated
from tests.catalogue import parts, written_below

COUNTED = (
    "3 journeys were taken in.",
    "1 was there already.",
    "1 region of the picture could not be read and stayed empty; they are marked in it.",
    "2 texts struck through in the picture: left out of the journey.",
    "4 lines between steps had no arrow head that could be made out: the direction is a guess. Please check.",
    "1 box of this diagram could not be read and is left out; the steps before and after are linked directly. "
    "The picture shows where.",
    "5 pieces of text in this diagram stand in no box and on no line that was found, and are not in the journey.",
    "The sentence embeddings are damaged: phases and pains were found by words alone.",
)
"""Sentences that are put together around a count or a cause: each form is an entry of its own."""

ENDINGS = tuple(" ".join(sentence.split()[-2:]) for sentence in COUNTED)


def german(text: str) -> str:
    return translated(text, "de")


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_sentence_that_a_floor_below_can_write_is_known(language: str) -> None:
    """The remedy for a failure: the sentence, with {names} for what is filled in, into catalogues/*/sentences.po."""
    unknown = {
        sentence
        for sentence in written_below()
        if sentence not in sentence_pairs(language) and translated(sentence, language) == sentence
    }
    assert {sentence for sentence in unknown if not sentence.endswith(ENDINGS)} == set()


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_entry_is_filled_in_and_has_the_parts_of_its_english(language: str) -> None:
    for entry in read_catalogue(language, SENTENCES):
        assert entry.string or not entry.id
        assert not entry.fuzzy
        assert not entry.id or parts(str(entry.string)) == parts(str(entry.id)), entry.id


@pytest.mark.parametrize("sentence", COUNTED)
def test_a_sentence_around_a_count_is_known_in_each_form(sentence: str) -> None:
    assert not set(sentence.split()) & {"the", "was", "were"} & set(german(sentence).split())
    assert german(sentence) != sentence


def test_parts_are_put_into_their_places_and_what_users_wrote_is_left_alone() -> None:
    told = german("api.example.org did not accept the request (HTTP 400, invalid). Check OPENAI_MODEL.")
    assert told == "api.example.org hat die Anfrage nicht angenommen (HTTP 400, invalid). Prüfen Sie OPENAI_MODEL."
    assert german("Deleted “picture” from the pains") == "„picture“ aus Pain Points gelöscht"
    assert german("Added “{x}” to the KPI of “a {0} b”") == "„{x}“ unter KPI von „a {0} b“ hinzugefügt"


def test_numbers_are_grouped_as_the_language_groups_them() -> None:
    told = german("This transcript has 1,500,000 words, and the limit is 500,000: split it into parts.")
    assert "1.500.000 Wörter" in told


def test_a_reason_after_the_name_of_a_file_is_said_too_and_an_unknown_one_left_whole() -> None:
    assert german("wall.png: No words are selected.") == "wall.png: Es sind keine Worte markiert."
    assert german("wall.png: something else") == "wall.png: something else"


def test_sentences_after_one_another_are_said_as_far_as_they_are_known() -> None:
    cap = "The cap of $0.50 was reached; the map shows what was finished. Submit again with a higher one to go on: "
    assert german(f"{cap}what was finished is not paid again.").startswith("Die Obergrenze von $0.50 wurde erreicht;")
    assert german("Only this. No words are selected.") == "Only this. Es sind keine Worte markiert."


@pytest.mark.timeout(5)
def test_a_text_made_to_be_slow_is_left_alone_at_once() -> None:
    for hostile in ("a: " * 400, "“ to “" * 200, "Moved “" + "” of “" * 150, ". ".join("ab" * 300)):
        german(hostile)


def test_english_is_left_as_it_is() -> None:
    assert translated("No words are selected.", "en") == "No words are selected."
