"""Phases of walls: headings over blocks or at their left, notes that head others, and legends read in part."""

from __future__ import annotations

from tests.drawn_sheets import Board
from tests.test_local_cards import GREEN, ORANGE, PALE, PINK, draw, note, titles


def test_headings_in_several_rows_each_name_the_block_below_them_which_is_read_line_by_line() -> None:
    board = Board()
    for at, name in enumerate(("Morning", "Noon", "Night")):
        left, top = 40 + 480 * (at % 2), 20 + 390 * (at // 2)
        board.write(left, top, name)
        for place in range(3):
            x, y = left + 20 + 140 * (place % 2), top + 40 + 130 * (place // 2)
            note(board, x, y + 6 * (place % 2), f"{name} {'abc'[place]}")
    journey = draw(board)
    assert [(phase.name, [step.title[-1] for step in phase.steps]) for phase in journey.phases] == [
        ("Morning", ["a", "b", "c"]),
        ("Noon", ["a", "b", "c"]),
        ("Night", ["a", "b", "c"]),
    ]


def test_headings_at_the_left_of_blocks_of_several_rows_are_phases_and_nobody_who_acts() -> None:
    board = Board()
    for row, (name, top) in enumerate((("Apply", 40), ("Start", 400))):
        board.write(10, top + 10, name)
        for at in range(5 if not row else 2):
            note(board, 200 + 140 * (at % 3), top + 130 * (at // 3), f"{name} {'abcde'[at]}")
    journey = draw(board)
    assert [(phase.name, len(phase.steps)) for phase in journey.phases] == [("Apply", 5), ("Start", 2)]
    assert {step.role for step in journey.steps()} == {None}


def test_a_first_row_of_notes_in_a_colour_of_its_own_heads_the_columns_below() -> None:
    board = Board()
    for column, name in enumerate(("Arrive", "Visit")):
        note(board, 60 + 300 * column, 20, name, PINK)
        for at in range(2):
            note(board, 70 + 300 * column, 170 + 130 * at, f"{name} {'ab'[at]}")
    journey = draw(board)
    assert [phase.name for phase in journey.phases] == ["Arrive", "Visit"]
    assert titles(journey) == ["Arrive a", "Arrive b", "Visit a", "Visit b"]


def test_in_a_story_map_the_second_row_are_steps_and_what_hangs_below_are_their_details() -> None:
    board = Board()
    for column in range(4):
        note(board, 40 + 220 * column, 170, f"Step {'abcd'[column]}", GREEN)
        note(board, 40 + 220 * column, 320, f"Detail {'abcd'[column]}", PALE)
    for column, name in enumerate(("First", "Second")):
        note(board, 40 + 440 * column, 20, name, PINK)
    journey = draw(board)
    assert [(phase.name, [step.title for step in phase.steps]) for phase in journey.phases] == [
        ("First", ["Step a", "Step b"]),
        ("Second", ["Step c", "Step d"]),
    ]
    assert [[item.text for item in step.actions] for step in journey.steps()][3] == ["Detail d"]


def test_sections_that_cover_their_tasks_from_edge_to_edge_are_phases_and_faces_below_tell_the_feeling() -> None:
    board = Board()
    for left, wide, name in ((40, 380, "Go to work"), (440, 180, "Go home")):
        board.card(left, 20, name, w=wide, h=60, colour=PINK if left == 40 else GREEN)
    for at, task in enumerate(("Make tea", "Do work", "Sit down")):
        board.card(40 + 200 * at, 90, task, w=180, h=60, colour=PINK if at < 2 else GREEN)
        board.face(130 + 200 * at, 300, (2, -2, 1)[at])
    journey = draw(board)
    assert [(phase.name, [step.title for step in phase.steps]) for phase in journey.phases] == [
        ("Go to work", ["Make tea", "Do work"]),
        ("Go home", ["Sit down"]),
    ]
    assert [step.emotion.score for step in journey.steps() if step.emotion] == [2, -2, 1]


def test_a_row_with_fewer_notes_below_heads_nothing() -> None:
    board = Board()
    for column in range(3):
        note(board, 60 + 220 * column, 40, f"Step {'abc'[column]}")
    note(board, 280, 180, "Too slow", PINK)
    assert len(titles(draw(board))) == 4


def test_a_legend_read_as_one_block_with_a_patch_that_was_not_seen_still_names_every_colour() -> None:
    board = Board()
    for at, words in enumerate(("Opens the app", "Pays", "Eats")):
        note(board, 60 + 200 * at, 60, words)
    note(board, 260, 190, "Card refused", PINK)
    note(board, 460, 190, "Still warm", GREEN)
    board.write(840, 500, "Steps\nPain points\nGains")
    for at, colour in ((0, ORANGE), (2, GREEN)):
        board.card(815, 501 + 18 * at, w=15, h=15, colour=colour)
    journey = draw(board)
    assert titles(journey) == ["Opens the app", "Pays", "Eats"]
    assert [[item.text for item in step.pains] for step in journey.steps()] == [[], ["Card refused"], []]
    assert [[item.text for item in step.gains] for step in journey.steps()] == [[], [], ["Still warm"]]
