"""Tables: a transcript with a row per turn, or a survey with a row per person."""

from __future__ import annotations

import pytest

from journey.errors import SourceError
from journey.sources import read


def said(text: str, name: str = "a.csv") -> list[tuple[str | None, float | None, str]]:
    source = read(name, text.encode())
    return [(passage.speaker, passage.time, source.slice(passage)) for passage in source.passages]


TURNS = [("Ana", None, "Was it open, or not?"), ("Ben", None, 'No, it said "closed".'), ("Ana", None, "Oh.")]


@pytest.mark.parametrize(
    "text",
    [
        'Speaker,Text\nAna,"Was it open, or not?"\nBen,"No, it said ""closed""."\nAna,Oh.',
        'no;speaker;text\n1;Ana;Was it open, or not?\n2;Ben;"No, it said ""closed""."\n3;Ana;Oh.',
        'speaker\tutterance\nAna\tWas it open, or not?\nBen\tNo, it said "closed".\nAna\tOh.',
        'Sprecherin|Äußerung\nAna|Was it open, or not?\nBen|No, it said "closed".\nAna|Oh.',
        'Who,What they told us\nAna,"Was it open, or not?"\nBen,"No, it said ""closed""."\nAna,Oh.',
        'Ana,"Was it open, or not?"\nBen,"No, it said ""closed""."\nAna,Oh.',
    ],
)
def test_a_row_per_turn(text: str) -> None:
    assert said(text) == TURNS


def test_times_in_clocks_seconds_and_milliseconds() -> None:
    rows = [("0:00:01", "1.0", "1000", "Was it open?"), ("0:01:05", "65.0", "65000", "No.")]
    for column in range(3):
        text = "start,speaker,text\n" + "\n".join(
            f"{row[column]},{name},{row[3]}" for name, row in zip("AB", rows, strict=True)
        )
        assert [time for _, time, _ in said(text)] == [1.0, 65.0]


def test_quotation_marks_in_a_whisper_table_are_words() -> None:
    text = 'start\tend\ttext\n0\t900\t"Hello,\n1000\t1900\the said.\n2000\t2900\t"Yes."\n'
    assert [words for _, _, words in said(text, "a.tsv")] == ['"Hello, he said. "Yes."']


def test_a_survey_has_one_participant_per_row_and_one_passage_per_answer() -> None:
    text = (
        "Case,Age,What did you like about it?,What else would you say?\n"
        'ID4,24,"The slides, they were really good.",Nothing more comes to my mind.\n'
        "ID5,,I needed more time for the reading.,\n"
    )
    assert said(text) == [
        ("ID4", None, "The slides, they were really good."),
        ("ID4", None, "Nothing more comes to my mind."),
        ("ID5", None, "I needed more time for the reading."),
    ]


def test_people_without_a_name_of_their_own_are_numbered() -> None:
    text = (
        "Sex,Comment\nf,I liked it very much indeed.\nm,It was much too long for me.\nm,The room was cold and dark.\n"
    )
    assert [speaker for speaker, _, _ in said(text)] == ["Row 1", "Row 2", "Row 3"]


@pytest.mark.parametrize("text", ["a,b\n1,2\n3,4", "Case,Age,Gender\nID4,24,f\nID5,30,m"])
def test_a_table_without_free_text_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="no transcript"):
        read("a.csv", text.encode())


def test_a_quotation_mark_that_is_never_closed_is_refused() -> None:
    with pytest.raises(SourceError, match="quotation mark"):
        read("a.csv", b'speaker,text\nAna,"Was it open?\nBen,No.\nAna,Oh.\n')


def test_a_transcript_named_csv_is_read_as_what_it_is() -> None:
    text = "Ana: Was it open, or not?\nBen: No.\nAna: Oh, well, I see.\nBen: Yes."
    assert [speaker for speaker, _, _ in said(text)] == ["Ana", "Ben", "Ana", "Ben"]


def test_prose_with_commas_is_no_table() -> None:
    text = "We went, all of us, to the shop.\nIt was closed, sadly.\nSo, we left."
    assert read("a.txt", text.encode()).text.split() == text.split()
