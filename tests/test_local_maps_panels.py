"""What stands above and beside a map's cells: a far header, panels about the person, and what explains the lanes."""

from __future__ import annotations

from tests.drawn_sheets import Board, table
from tests.test_local_maps import HEADER, ROWS, draw, lane, steps_of

STEPS = [("Discover", ["Reads reviews"]), ("Buy", ["Pays by card"]), ("Use", ["Opens the box"])]


def _map(top: float = 300, *, header: float = 60) -> Board:
    """Return a map whose first lane stands at `top` and its header so far above it."""
    board = Board()
    for column, name in enumerate(HEADER):
        board.write(300 + 200 * column, top - header, name)
    for row, (title, cells) in enumerate(ROWS):
        board.write(20, top + 100 * row, title)
        for column, words in enumerate(cells):
            board.write(300 + 200 * column, top + 100 * row, words or "Nothing")
    return board


def test_a_header_far_above_the_lanes_is_one_where_its_names_stand_over_columns() -> None:
    board = _map(header=160)
    board.write(300, 20, "Lamps for dark corners", size=2)
    board.write(150, 130, "Ann Lee")
    board.write(150, 150, '"Not twice."')
    journey = draw(board.source())
    assert steps_of(journey) == STEPS
    assert journey.actor is not None
    assert journey.actor.name == "Ann Lee"


def test_the_letters_over_a_spreadsheets_columns_are_no_phases() -> None:
    board = table(HEADER, ROWS, top=80)
    for column, letter in enumerate("ABCD"):
        board.write(40 + 200 * column, 40, letter)
    assert steps_of(draw(board.source())) == STEPS


def test_cards_about_the_person_and_the_scope_above_the_header_are_neither_lanes_nor_phases() -> None:
    board = _map()
    for left, label, words in (
        (20, "Persona", "Ann Lee, baker"),
        (340, "Scenario", "Ann needs a lamp for a dark corner before winter comes"),
        (800, "Goals", "Read at night"),
    ):
        board.write(left, 140, label)
        board.write(left, 160, words)
    journey = draw(board.source())
    assert steps_of(journey) == STEPS
    assert journey.actor is not None
    assert (journey.actor.name, journey.actor.role) == ("Ann Lee", "baker")
    assert (journey.scenario, journey.goal) == (
        "Ann needs a lamp for a dark corner before winter comes",
        "Read at night",
    )


def test_labels_on_one_line_above_the_map_are_read_and_head_no_columns() -> None:
    board = _map()
    board.write(20, 180, "Name : Ann Lee Age : 41 Goal : more light")
    board.write(500, 180, "Scenario: a dark corner")
    journey = draw(board.source())
    assert steps_of(journey) == STEPS
    assert journey.actor is not None
    assert (journey.actor.name, journey.goal, journey.scenario) == ("Ann Lee", "more light", "a dark corner")


def test_a_question_below_a_title_explains_its_lane_and_is_none_of_its_own() -> None:
    board = _map()
    board.write(20, 324, "What does the customer do?")
    assert [kept.title for step in draw(board.source()).steps() for kept in step.lanes] == []


def test_a_line_that_had_room_on_the_one_before_is_a_point_of_its_own_though_its_bullet_is_lost() -> None:
    board = _map()
    board.write(300, 520, "• Charts load")
    board.write(308, 540, "Dull maps")
    board.write(300, 620, "Compare models in shops")
    board.write(500, 420, "Shop\nOffice")
    board.write(500, 620, "Compare prices on the way")
    journey = draw(board.source())
    assert "Charts load" in lane(journey, "pains")
    assert "Dull maps" in lane(journey, "pains")
    assert "Office" in lane(journey, "touchpoints")


def test_the_words_of_a_legend_name_no_lanes() -> None:
    board = Board()
    for column, (colour, words) in enumerate((("#a5d8ff", "Actions"), ("#ffc9c9", "Pain points"))):
        board.card(100 + 200 * column, 20, w=18, h=18, colour=colour)
        board.write(124 + 200 * column, 20, words)
    for column, words in enumerate(("Opens a letter", "Calls a clinic", "Sees a doctor")):
        board.card(100 + 200 * column, 100, words, colour="#a5d8ff", h=120)
    board.card(300, 300, "Nobody answers", colour="#ffc9c9", h=120)
    journey = draw(board.source())
    assert [step.title for step in journey.steps()] == ["Opens a letter", "Calls a clinic", "Sees a doctor"]
    assert [item.text for item in list(journey.steps())[1].pains] == ["Nobody answers"]


def test_a_panel_at_the_right_is_no_column_of_the_map() -> None:
    board = _map()
    for at, words in enumerate(("Ann Lee", "Scenario", "A dark corner", "Goal", "Read at night")):
        board.write(880, 240 + 30 * at, words)
    journey = draw(board.source())
    assert steps_of(journey) == STEPS
    assert journey.actor is not None
    assert (journey.actor.name, journey.scenario, journey.goal) == ("Ann Lee", "A dark corner", "Read at night")
