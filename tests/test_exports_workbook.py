"""Excel: the map under a head that stays, its evidence as a table that filters, and no cell that calculates."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook

from journey.exports.journey_csv import TIDY_COLUMNS
from journey.exports.workbook import LONGEST, to_xlsx
from journey.model import Journey
from tests.journeys import HOSTILE, any_journey, empty_journey, full_journey, journey_saying


def reopened(journey: Journey) -> Workbook:
    return load_workbook(io.BytesIO(to_xlsx(journey)))


def table(book: Workbook, sheet: str) -> list[list[str]]:
    return [[str(value or "") for value in row] for row in book[sheet].iter_rows(values_only=True)]


def test_the_sheets_are_the_map_its_evidence_its_links_and_what_it_is_about() -> None:
    assert reopened(full_journey()).sheetnames == ["Map", "Evidence", "Links", "About"]


def test_the_map_has_phases_over_steps_over_lanes() -> None:
    rows = table(reopened(full_journey()), "Map")
    assert rows[0] == ["Phase", "Search", "Booking", ""]
    assert rows[1] == ["Step", "Look for a room", "Call the hotel", "Wait for the letter"]
    assert {row[0]: row[1] for row in rows[2:]} == {
        "Touchpoints": "The website (web)",
        "Emotion": "furious (-1.5)",
        "Pains": "Searching is slow",
        "Gains": "",
        "Opportunities": "A faster search (inferred)",
        "Notes": "Seen twice (by the user)",
        "Backstage": "",
    }


def test_a_phase_stands_over_all_its_steps() -> None:
    assert [str(merged) for merged in reopened(full_journey())["Map"].merged_cells.ranges] == ["C1:D1"]


@pytest.mark.parametrize(("sheet", "frozen"), [("Map", "B3"), ("Evidence", "B2"), ("Links", "B2")])
def test_heads_stay_in_view_and_filter(sheet: str, frozen: str) -> None:
    page = reopened(full_journey())[sheet]
    assert page.freeze_panes == frozen
    assert page.auto_filter.ref.endswith(str(page.max_row))


def test_the_evidence_is_the_tidy_table() -> None:
    head, *rows = table(reopened(full_journey()), "Evidence")
    assert tuple(head) == TIDY_COLUMNS
    assert ["Pains", "Searching is slow", "It took ages"] in [
        [row[head.index(name)] for name in ("lane", "text", "quote")] for row in rows
    ]


def test_the_links_name_their_steps_by_number_and_title() -> None:
    rows = table(reopened(full_journey()), "Links")
    assert rows[2][:6] == ["2", "Call the hotel", "1", "Look for a room", "loop", ""]


@pytest.mark.parametrize("text", [*HOSTILE, "＝1+1", " =1", "-1+cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(text: str) -> None:
    for sheet in reopened(journey_saying(text)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n")
                assert cell.value is None or str(cell.value).lstrip()[:1] not in set("=+@＝")


@given(journey=any_journey)
@settings(max_examples=10, deadline=None)
def test_any_words_make_a_workbook_that_opens(journey: Journey) -> None:
    assert len(table(reopened(journey), "Evidence")) == len(table(reopened(journey_saying("x")), "Evidence"))


def test_a_cell_holds_no_more_than_the_program_can() -> None:
    longest = max(len(cell) for row in table(reopened(journey_saying("word " * 9000)), "Evidence") for cell in row)
    assert longest == LONGEST


def test_a_journey_without_steps_still_makes_a_workbook() -> None:
    assert table(reopened(empty_journey()), "Map") == [["Phase"], ["Step"]]


def test_the_same_journey_gives_the_same_bytes() -> None:
    assert to_xlsx(full_journey()) == to_xlsx(full_journey())
