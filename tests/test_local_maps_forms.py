"""Forms that maps come in: titles behind their rows, service blueprints, tables on their side, notes below the map."""

from __future__ import annotations

import pytest

from tests.drawn_sheets import Board, table
from tests.test_local_maps import HEADER, ROWS, draw, lane, steps_of


def test_titles_at_the_right_name_the_rows_before_them() -> None:
    board = Board()
    for column, name in enumerate(HEADER):
        board.write(40 + 200 * column, 60, name)
    for row, (title, cells) in enumerate(ROWS[:3], start=1):
        for column, words in enumerate(cells):
            board.write(40 + 200 * column, 60 + 100 * row, words or "Nothing")
        board.write(700, 60 + 100 * row, title)
    journey = draw(board.source())
    assert steps_of(journey)[1] == ("Buy", ["Pays by card"])
    assert lane(journey, "touchpoints") == ["Website", "Checkout", "Package"]


def test_a_legend_at_the_right_of_a_wall_names_no_rows() -> None:
    board = Board()
    for column, words in enumerate(("Opens the app", "Picks a dish", "Pays", "Eats")):
        board.card(40 + 160 * column, 100, words)
    for row, (colour, words) in enumerate((("#fff2cc", "Steps"), ("#ff9999", "Pain points"))):
        board.card(720, 90 + 30 * row, w=18, h=18, colour=colour)
        board.write(746, 90 + 30 * row, words)
    assert [step.title for step in draw(board.source()).steps()] == ["Opens the app", "Picks a dish", "Pays", "Eats"]


def test_a_service_blueprint_keeps_its_rows_and_drops_the_names_of_its_lines() -> None:
    rows = (
        ("Customer actions", ("Books a room", "Shows passport", "Leaves")),
        ("Frontstage", ("Confirms", "Greets", "Waves")),
        ("Back stage", ("Assigns a room", "Scans", "Writes the bill")),
    )
    board = table(HEADER, rows)
    board.write(650, 200, "Line of visibility")
    own = [[(kept.title, kept.items[0].text) for kept in step.lanes] for step in draw(board.source()).steps()]
    assert own[1] == [("Frontstage", "Greets"), ("Back stage", "Scans")]
    assert not any("visibility" in text for kept in own for _, text in kept)


@pytest.mark.parametrize("colour", ["#dddddd", "#3355aa"])
def test_a_row_of_equal_cards_that_name_lanes_heads_columns_of_lanes(colour: str) -> None:
    board = Board()
    for column, (title, _) in enumerate(ROWS):
        board.card(200 + 200 * column, 40, title, w=180, h=40, colour=colour)
    for row, name in enumerate(HEADER):
        board.write(20, 120 + 100 * row, name)
        for column, (_, cells) in enumerate(ROWS):
            board.write(206 + 200 * column, 120 + 100 * row, cells[row] or "Nothing")
    journey = draw(board.source())
    assert steps_of(journey)[2] == ("Use", ["Opens the box"])
    assert lane(journey, "touchpoints") == ["Website", "Checkout", "Package"]


def test_a_row_of_cards_that_mostly_name_no_lanes_stays_a_header() -> None:
    board = Board()
    for column, name in enumerate(("Need", "Research", "Purchase")):
        board.card(200 + 200 * column, 40, name, w=180, h=40)
    for row, (title, cells) in enumerate(ROWS[:3], start=1):
        board.write(20, 40 + 100 * row, title)
        for column, words in enumerate(cells):
            board.write(206 + 200 * column, 40 + 100 * row, words or "Nothing")
    assert [phase.name for phase in draw(board.source()).phases] == ["Need", "Research", "Purchase"]


def test_a_line_below_the_map_that_runs_over_its_columns_is_in_no_lane() -> None:
    board = table(HEADER, ROWS[:3])
    board.write(250, 384, "Results of the workshop in spring, third version")
    assert lane(draw(board.source()), "pains") == ["Payment fails", "No manual"]


def test_a_quotation_goes_on_until_it_ends() -> None:
    board = table(HEADER, (*ROWS[:2], ("Thoughts", ("", "", ""))), language="de")
    board.write(400, 360, "„Warum brauchen die meine")
    board.write(400, 380, "Nummer?“")
    board.write(600, 360, "Hoffentlich geht das")
    board.write(600, 380, "Gerade noch gut“")
    assert lane(draw(board.source()), "thoughts") == [
        "„Warum brauchen die meine Nummer?“",
        "Hoffentlich geht das Gerade noch gut“",
    ]
