"""CSV: every claim and quote in a tidy table, the map as a matrix, and no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given

from journey.exports import FORMATS
from journey.exports.journey_csv import TIDY_COLUMNS, as_text, to_csv, to_csv_matrix
from journey.model import Journey
from tests.journeys import HOSTILE, any_journey, empty_journey, full_journey, journey_saying
from tests.picture_samples import picture_journey, picture_source


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def records(journey: Journey) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(journey), newline="")))


def test_a_quote_stands_in_a_row_with_its_claim_and_its_place() -> None:
    (found,) = [row for row in records(full_journey()) if row["text"] == "Searching is slow"]
    assert found == {
        "phase": "Search",
        "step_no": "1",
        "step": "Look for a room",
        "lane": "Pains",
        "item": "i2",
        "text": "Searching is slow",
        "kind": "",
        "role": "",
        "channel": "",
        "emotion": "",
        "origin": "quoted",
        "quote": "It took ages",
        "stance": "supports",
        "participant": "Anna",
        "source": "anna.vtt",
        "turn": "t2",
        "time": "0:04",
        "region": "",
        "match": "exact",
    }


def test_every_claim_has_a_row_with_or_without_quotes() -> None:
    found = {(row["lane"], row["text"]) for row in records(full_journey())}
    assert found == {
        ("Expectations", "It is easy"),
        ("Step", "Look for a room"),
        ("Step", "Call the hotel"),
        ("Step", "Wait for the letter"),
        ("Feeling", "furious"),
        ("Touchpoints", "The website"),
        ("Pains", "Searching is slow"),
        ("Opportunities", "A faster search"),
        ("Notes", "Seen twice"),
        ("Gains", "A friendly voice"),
        ("Backstage", "Night shift"),
    }


def test_a_quote_against_a_claim_says_so() -> None:
    stances = [(row["stance"], row["quote"]) for row in records(full_journey()) if row["text"] == "A friendly voice"]
    assert stances == [("supports", "the man on the phone was lovely"), ("against", "I was furious")]


def test_a_feeling_is_a_number() -> None:
    assert [row["emotion"] for row in records(full_journey()) if row["lane"] == "Feeling"] == ["-1.5"]


def test_the_matrix_has_a_column_for_every_step_under_its_phase() -> None:
    table = {row[0]: row[1:] for row in rows(to_csv_matrix(full_journey()))}
    assert list(table) == [
        "Phase",
        "Step",
        "Feeling",
        "Touchpoints",
        "Pains",
        "Gains",
        "Opportunities",
        "Notes",
        "Backstage",
        "Quotes",
    ]
    assert table["Phase"] == ["Search", "Booking", "Booking"]
    assert table["Step"] == ["Look for a room", "Call the hotel", "Wait for the letter"]
    assert table["Feeling"] == ["furious (-1.5)", "", ""]
    assert table["Opportunities"] == ["A faster search (inferred)", "", ""]
    assert table["Quotes"][0].startswith("“I looked for a room on the website.” (Anna, 0:04)\n")


def test_a_journey_without_steps_still_makes_tables() -> None:
    assert rows(to_csv(empty_journey())) == [list(TIDY_COLUMNS)]
    assert rows(to_csv_matrix(empty_journey())) == [["Phase"], ["Step"], ["Feeling"], ["Quotes"]]


@pytest.mark.parametrize("text", [*HOSTILE, "＝1+1", " =1", "\n=1", "\r=1", "-1+cmd|' /C calc'!A0"])
@pytest.mark.parametrize("write", [to_csv, to_csv_matrix])
def test_no_cell_is_a_formula(text: str, write: type[str]) -> None:
    for row in rows(write(journey_saying(text))):
        for cell in row:
            assert cell == "-1" or cell.lstrip()[:1] not in set("=+-@＝＋－＠")
            assert cell[:1] not in set("\t\r\n")


@pytest.mark.parametrize("write", [to_csv, to_csv_matrix])
def test_every_cell_is_quoted_so_that_no_separator_cuts_it(write: type[str]) -> None:
    assert write(journey_saying("a;=1,b\t=2\n=3")).count('"') % 2 == 0
    assert all(line.startswith('"') for line in write(full_journey()).split("\r\n") if line)


@given(journey=any_journey)
def test_a_reader_finds_the_same_table_whatever_was_said(journey: Journey) -> None:
    table = rows(to_csv(journey))
    assert {len(row) for row in table} == {len(TIDY_COLUMNS)}
    assert len(table) == len(rows(to_csv(journey_saying("x"))))
    assert as_text(journey.title) in {row[TIDY_COLUMNS.index("text")] for row in table}


@pytest.mark.parametrize("name", ["csv", "csv-matrix"])
def test_the_file_begins_with_the_mark_by_which_excel_knows_utf_8(name: str) -> None:
    assert FORMATS[name].to_bytes(full_journey()).startswith(b"\xef\xbb\xbf")


def test_a_quote_from_a_picture_says_where_in_it_its_words_stand() -> None:
    journey = picture_journey(picture_source("0" * 64))
    (head, *found) = rows(to_csv(journey))
    box = journey.sources[0].passages[0].box
    assert box is not None
    told = [float(number) for number in found[0][head.index("region")].split()]
    assert told == pytest.approx([box.x, box.y, box.w, box.h], abs=1e-4)
