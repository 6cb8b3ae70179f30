"""Walls of sticky notes drawn by the local engine: clusters, order, kinds by a legend, actors, arrows."""

from __future__ import annotations

from journey import grounding
from journey.engines.local.pictures.draw import draw_pictures
from journey.engines.local.pictures.sheet import to_sheet
from journey.engines.local.pictures.walls import draw_wall
from journey.model import Journey, Origin, Outcome, Run
from tests.drawn_sheets import Board
from tests.local_sources import CountingWork

ORANGE, PALE, PINK, GREEN = "#ffa64d", "#fffccc", "#ff9aa2", "#b5ead7"


def draw(board: Board) -> Journey:
    journey = draw_pictures([board.source()], CountingWork(), run=Run(engine="local"))
    assert not grounding.verify(journey)
    return journey


def note(board: Board, x: float, y: float, words: str, colour: str = ORANGE) -> str:
    return board.card(x, y, words, w=120, h=110, colour=colour)


def titles(journey: Journey) -> list[str]:
    return [step.title for step in journey.steps()]


def test_notes_at_uneven_heights_are_a_course_of_time_from_left_to_right() -> None:
    board = Board()
    note(board, 400, 60, "Collected")
    note(board, 60, 200, "Placed")
    note(board, 400, 320, "Cancelled")
    note(board, 620, 60, "Completed")
    assert titles(draw(board)) == ["Placed", "Collected", "Cancelled", "Completed"]


def test_notes_in_clean_lines_are_read_line_by_line() -> None:
    board = Board()
    for line in range(2):
        for column in range(3):
            note(board, 60 + 160 * column, 60 + 160 * line, f"Note {'abcdef'[3 * line + column]}")
    assert titles(draw(board)) == [f"Note {letter}" for letter in "abcdef"]


def test_clusters_are_read_one_after_the_other() -> None:
    board = Board()
    for at, words in enumerate(("Third", "Fourth")):
        note(board, 60 + 150 * at, 600, words)
    for at, words in enumerate(("First", "Second")):
        note(board, 100 + 150 * at, 60, words)
    assert titles(draw(board)) == ["First", "Second", "Third", "Fourth"]


def test_a_small_note_beside_a_larger_one_names_its_actor() -> None:
    board = Board()
    for at, words in enumerate(("Placed", "Collected", "Returned")):
        note(board, 150 + 260 * at, 100, words)
    board.card(80, 150, "Patron", w=64, h=80, colour=PALE)
    steps = list(draw(board).steps())
    assert [(step.title, step.role) for step in steps] == [
        ("Placed", "Patron"),
        ("Collected", None),
        ("Returned", None),
    ]


def test_words_at_the_left_of_several_rows_name_who_acts_in_each() -> None:
    board = Board()
    for row, who in enumerate(("Guest", "Waiter")):
        board.write(10, 140 + 200 * row, who)
        for at in range(3):
            note(board, 150 + 200 * at, 100 + 200 * row, f"{who} step {'abc'[at]}")
    assert {(step.role, step.title.split()[0]) for step in draw(board).steps()} == {
        ("Guest", "Guest"),
        ("Waiter", "Waiter"),
    }


def test_headings_over_columns_of_notes_are_phases() -> None:
    board = Board()
    for column, name in enumerate(("Before", "During")):
        board.write(80 + 300 * column, 40, name)
        for at in range(2):
            note(board, 80 + 300 * column, 80 + 150 * at, f"{name} {'ab'[at]}")
    journey = draw(board)
    assert [(phase.name, phase.origin, len(phase.steps)) for phase in journey.phases] == [
        ("Before", Origin.QUOTED, 2),
        ("During", Origin.QUOTED, 2),
    ]


def test_colours_are_kinds_where_a_legend_says_so() -> None:
    board = Board()
    for at, words in enumerate(("Opens the app", "Pays", "Eats")):
        note(board, 60 + 200 * at, 60, words)
    note(board, 260, 190, "Card refused", PINK)
    note(board, 460, 190, "Still warm", GREEN)
    for at, (name, colour) in enumerate((("Actions", ORANGE), ("Pains", PINK), ("Gains", GREEN))):
        board.card(800, 500 + 50 * at, w=30, h=30, colour=colour)
        board.write(840, 506 + 50 * at, name)
    journey = draw(board)
    assert titles(journey) == ["Opens the app", "Pays", "Eats"]
    assert [[item.text for item in step.pains] for step in journey.steps()] == [[], ["Card refused"], []]
    assert [[item.text for item in step.gains] for step in journey.steps()] == [[], [], ["Still warm"]]


def test_without_a_legend_colours_mean_nothing() -> None:
    board = Board()
    for at, colour in enumerate((ORANGE, PINK, GREEN)):
        note(board, 60 + 200 * at, 60, f"Note {'abc'[at]}", colour)
    assert len(titles(draw(board))) == 3


def test_arrows_that_join_most_notes_are_links_and_a_stray_one_is_not() -> None:
    board = Board()
    ids = [note(board, 60 + 200 * at, 60 + 40 * at, f"Note {'abcd'[at]}") for at in range(4)]
    board.arrow(ids[0], ids[1])
    board.arrow(ids[1], ids[2])
    wall = draw_wall(to_sheet(board.source()))
    assert wall is not None
    assert len(wall.links) == 2
    for at in range(5):
        note(board, 60 + 150 * at, 500, f"More {'abcde'[at]}")
    assert draw(board).links == ()


def test_a_banner_over_the_wall_is_its_title_and_no_step() -> None:
    board = Board()
    board.card(0, 0, "Returning a book", w=990, h=40, colour="#ffff00")
    for at in range(3):
        note(board, 60 + 200 * at, 120, f"Note {'abc'[at]}")
    journey = draw(board)
    assert journey.title == "Returning a book"
    assert len(titles(journey)) == 3


def test_a_glossary_on_notes_is_no_journey_and_says_so() -> None:
    board = Board()
    for at, words in enumerate(
        ("Patron\nanyone who\nlends books", "Hold\na book kept\nfor a patron", "Sheet\na list of\nholds")
    ):
        note(board, 60 + 200 * at, 60, words)
    journey = draw(board)
    assert (journey.outcome, journey.phases) == (Outcome.NOT_ENOUGH, ())
    assert journey.reason is not None
    assert "glossary" in journey.reason


def test_the_only_phase_of_a_wall_says_that_it_is_inferred() -> None:
    board = Board()
    for at in range(3):
        note(board, 60 + 200 * at, 60, f"Note {'abc'[at]}")
    assert [phase.origin for phase in draw(board).phases] == [Origin.INFERRED]
