"""What the floors below the pages write is English wherever it is kept, and said in the language when it is shown."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import pytest

from journey.ui.catalogue import LANGUAGES, SENTENCES, read_catalogue, sentence_pairs
from journey.ui.proposal_panel import to_be_done
from journey.ui.sentences import translated
from tests.catalogue import ROOT, parts, written_below

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

COMPARED = ("Added the Q7", "Removed the Q7", "Moved the Q7")
"""How two versions are compared; nobody proposes that."""

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


STANDS_FOR = {"short": "“Q7”", "_place": "after “Q7”", "link_ends": "from “Q7” to “Q7”"}


def told_by_edits() -> Iterator[str]:
    """Yield the words with which edits tell what they did, with a word for each part filled in."""
    for path in ROOT.glob("journey/edits/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name in {"describe", "__str__"}:
                names = {one.targets[0].id: one.value for one in ast.walk(node) if _names(one)}  # type: ignore[attr-defined]
                told = (part for part in ast.walk(node) if isinstance(part, ast.JoinedStr))
                yield from ("".join(_filled(part, names) for part in words.values) for words in told)


def _names(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)


def _filled(part: ast.expr, names: Mapping[str, ast.expr]) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    value = part.value if isinstance(part, ast.FormattedValue) else part
    value = names.get(value.id, value) if isinstance(value, ast.Name) else value
    return (
        STANDS_FOR.get(value.func.id, "Q7")
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name)
        else "Q7"
    )


def test_what_an_edit_did_and_would_do_is_known() -> None:
    told = {words for words in told_by_edits() if words[:1].isupper() and not words.startswith("Q7")}
    assert len(told) > 25
    both = told | {to_be_done(words) for words in told if not words.startswith(("Changed the Q7", *COMPARED))}
    assert {words for words in both if german(words) == words} == {"Moved “Q7”Q7", "Move “Q7”Q7"}, (
        "where it went follows"
    )
    assert german("Moved “Fees” to the pains of “Pay”") == "„Fees“ nach Pain Points von „Pay“ verschoben"


@pytest.mark.timeout(5)
def test_a_text_made_to_be_slow_is_left_alone_at_once() -> None:
    for hostile in ("a: " * 400, "“ to “" * 200, "Moved “" + "” of “" * 150, ". ".join("ab" * 300)):
        german(hostile)


def test_english_is_left_as_it_is() -> None:
    assert translated("No words are selected.", "en") == "No words are selected."
