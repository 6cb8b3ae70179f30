"""Journey maps and tables drawn by the local engine: lanes by their titles, columns as phases and steps."""

from __future__ import annotations

import random

import pytest

from journey import grounding
from journey.engines.local.pictures.draw import draw_pictures
from journey.model import Journey, Origin, Outcome, Run, Source
from tests.drawn_sheets import Board, table
from tests.local_sources import CountingWork

RUN = Run(engine="local")
HEADER = ("Discover", "Buy", "Use")
ROWS = (
    ("Actions", ("Reads reviews", "Pays by card", "Opens the box")),
    ("Touchpoints", ("Website", "Checkout", "Package")),
    ("Pain Ponts", ("", "Payment fails", "No manual")),
    ("Oppurtunities", ("Compare models", "", "")),
)


def draw(*sources: Source) -> Journey:
    journey = draw_pictures(sources, CountingWork(), run=RUN)
    assert not grounding.verify(journey)
    return journey


def steps_of(journey: Journey) -> list[tuple[str, list[str]]]:
    return [(phase.name, [step.title for step in phase.steps]) for phase in journey.phases]


def lane(journey: Journey, name: str) -> list[str]:
    return [item.text for step in journey.steps() for item in getattr(step, name)]


def test_columns_are_phases_and_entries_of_the_action_row_are_steps() -> None:
    journey = draw(table(HEADER, ROWS).source())
    assert steps_of(journey) == [
        ("Discover", ["Reads reviews"]),
        ("Buy", ["Pays by card"]),
        ("Use", ["Opens the box"]),
    ]
    assert {phase.origin for phase in journey.phases} == {Origin.QUOTED}


def test_a_misspelt_lane_title_is_still_understood_and_empty_cells_stay_empty() -> None:
    journey = draw(table(HEADER, ROWS).source())
    assert lane(journey, "pains") == ["Payment fails", "No manual"]
    assert lane(journey, "opportunities") == ["Compare models"]
    assert next(journey.steps()).pains == ()


def test_a_lane_the_field_has_no_name_for_keeps_its_title() -> None:
    journey = draw(table(HEADER, (*ROWS[:2], ("Backstage", ("", "Clerk checks stock", "")))).source())
    own = [(kept.title, kept.items[0].text) for step in journey.steps() for kept in step.lanes]
    assert own == [("Backstage", "Clerk checks stock")]


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("de", ("Aktionen", "Kontaktpunkte", "Schmerzpunkte", "Chancen")),
        ("es", ("Acciones", "Puntos de contacto", "Puntos de dolor", "Oportunidades")),
        ("fr", ("Actions du client", "Points de contact", "Irritants", "Opportunités")),
        ("nl", ("Klantacties", "Contactpunten", "Knelpunten", "Kansen")),
        ("pt", ("Ações", "Pontos de contato", "Dores", "Oportunidades")),
    ],
)
def test_lane_titles_are_known_in_five_more_languages(language: str, titles: tuple[str, ...]) -> None:
    rows = [(title, cells) for title, (_, cells) in zip(titles, ROWS, strict=True)]
    journey = draw(table(HEADER, rows, language=language).source())
    assert [step.title for step in journey.steps()] == ["Reads reviews", "Pays by card", "Opens the box"]
    assert len(lane(journey, "touchpoints")) == 3
    assert lane(journey, "pains") == ["Payment fails", "No manual"]
    assert lane(journey, "opportunities") == ["Compare models"]


def test_sideways_titles_name_their_rows() -> None:
    board = Board()
    for column, name in enumerate(HEADER):
        board.write(200 + 200 * column, 60, name)
    for row, (title, cells) in enumerate(ROWS[:3]):
        board.turned(30, 120 + 150 * row, title)
        for column, words in enumerate(cells):
            board.card(200 + 200 * column, 130 + 150 * row, words)
    journey = draw(board.source())
    assert lane(journey, "touchpoints") == ["Website", "Checkout", "Package"]


def test_titles_above_their_rows_name_what_lies_below_them() -> None:
    board = Board()
    for column, name in enumerate(HEADER):
        board.write(40 + 220 * column, 60, name)
    for row, (title, cells) in enumerate(ROWS[:3]):
        board.write(40, 110 + 120 * row, title.upper())
        for column, words in enumerate(cells):
            board.card(40 + 220 * column, 140 + 120 * row, words)
    journey = draw(board.source())
    assert steps_of(journey)[1] == ("Buy", ["Pays by card"])
    assert lane(journey, "pains") == ["Payment fails", "No manual"]


def test_a_table_with_lanes_as_columns_is_read_the_other_way() -> None:
    board = Board()
    columns = ("Phase", "Step", "Touchpoint", "Pain points")
    lines = (
        ("Join", "Signs up", "Front desk", "Paperwork"),
        ("", "Gets a card", "Counter", ""),
        ("Train", "Books a class", "App", "Always full"),
    )
    for column, title in enumerate(columns):
        board.write(20 + 220 * column, 40, title)
        for line, cells in enumerate(lines):
            if cells[column]:
                board.write(20 + 220 * column, 120 + 80 * line, cells[column])
    journey = draw(board.source())
    assert steps_of(journey) == [("Join", ["Signs up", "Gets a card"]), ("Train", ["Books a class"])]
    assert lane(journey, "pains") == ["Paperwork", "Always full"]


def test_of_two_levels_the_outer_one_names_phases_and_the_inner_one_steps() -> None:
    board = table(("Search", "Choose", "Order", "Unpack"), ROWS[:2], top=100)
    board.write(290, 60, "Before")
    board.write(690, 60, "After")
    journey = draw(board.source())
    assert steps_of(journey) == [("Before", ["Search", "Choose"]), ("After", ["Order", "Unpack"])]
    assert lane(journey, "actions") == ["Reads reviews", "Pays by card", "Opens the box"]


def test_a_map_without_a_header_has_one_inferred_phase() -> None:
    journey = draw(table((), ROWS).source())
    assert [(phase.origin, len(phase.steps)) for phase in journey.phases] == [(Origin.INFERRED, 3)]


def test_a_card_merged_over_columns_counts_for_each_of_them() -> None:
    board = table(HEADER, ROWS[:1])
    board.write(20, 260, "Touchpoints")
    board.card(200, 250, "Phone", w=360)
    board.card(600, 250, "Package")
    journey = draw(board.source())
    assert [[item.text for item in step.touchpoints] for step in journey.steps()] == [["Phone"], ["Phone"], ["Package"]]


def test_bullets_and_short_lines_are_entries_and_wrapped_sentences_are_one() -> None:
    rows = (
        (
            "Actions",
            ("• Opens the app\n• Logs in", "Search for providers\nSelect a time slot\nConfirm appointment", ""),
        ),
        ("Pain points", ("Waits far too long for\nthe code to arrive", "", "")),
    )
    board = table(HEADER, rows)
    board.write(620, 160, "Unpacks it")
    journey = draw(board.source())
    assert steps_of(journey) == [
        ("Discover", ["Opens the app", "Logs in"]),
        ("Buy", ["Search for providers", "Select a time slot", "Confirm appointment"]),
        ("Use", ["Unpacks it"]),
    ]
    assert lane(journey, "pains") == ["Waits far too long for the code to arrive"]


def test_a_sentence_over_two_blocks_is_one_item_with_a_quote_of_each() -> None:
    board = table(HEADER, ROWS[:2])
    board.write(20, 360, "Pain points")
    board.write(200, 360, "The page takes far")
    board.write(200, 380, "too long to load")
    pain = next(item for step in draw(board.source()).steps() for item in step.pains)
    assert pain.text == "The page takes far too long to load"
    assert [quote.quote for quote in pain.evidence] == ["The page takes far", "too long to load"]


def test_pictures_of_one_wall_are_one_journey_and_phases_of_one_name_are_one() -> None:
    left, right = table(HEADER[:2], ROWS[:2]), table(HEADER[1:], [(title, cells[1:]) for title, cells in ROWS[:2]])
    right.source_id = "s2"
    journey = draw(left.source(), right.source())
    assert steps_of(journey) == [
        ("Discover", ["Reads reviews"]),
        ("Buy", ["Pays by card"]),
        ("Use", ["Opens the box"]),
    ]
    assert len({step.id for step in journey.steps()}) == 3


@pytest.mark.parametrize("seed", range(40))
def test_whatever_lies_where_nothing_breaks_and_every_quote_stands_in_the_picture(seed: int) -> None:
    chance, board = random.Random(seed), Board()
    words = [
        "Actions",
        "Pain points",
        "Emotions",
        "Touchpoints",
        "Phase",
        "Opens the app",
        "Waits",
        "positive",
        "•",
        "1",
    ]
    for _ in range(chance.randrange(1, 40)):
        x, y = chance.randrange(0, 800), chance.randrange(0, 700)
        if chance.random() < 0.4:
            board.card(x, y, chance.choice(words), w=chance.randrange(20, 190), h=chance.randrange(10, 90))
        else:
            board.write(x, y, chance.choice(words), size=chance.choice((0.6, 1, 3)))
        if chance.random() < 0.2:
            board.face(x + 20, y + 20, chance.choice((-1.0, 0.0, 1.0)))
    if chance.random() < 0.5:
        board.curve([(chance.randrange(0, 200), 300), (chance.randrange(300, 900), chance.randrange(0, 700))])
    journey = draw(board.source())
    assert journey.outcome is not Outcome.NOT_ENOUGH or journey.reason


def test_a_table_in_a_language_without_a_vocabulary_keeps_its_titles_as_lanes() -> None:
    rows = (
        ("Handlingar", ("Söker på nätet", "Betalar med kort", "Packar upp lådan")),
        ("Kontaktytor", ("Webbplats", "Kassa", "Paket")),
        ("Känslor", ("Nyfiken", "", "Glad")),
    )
    journey = draw(table(("Upptäcka", "Köpa", "Använda"), rows, language="sv").source())
    assert [phase.name for phase in journey.phases] == ["Upptäcka", "Köpa", "Använda"]
    first = next(journey.steps())
    assert [(kept.title, kept.items[0].text) for kept in first.lanes] == [
        ("Handlingar", "Söker på nätet"),
        ("Kontaktytor", "Webbplats"),
        ("Känslor", "Nyfiken"),
    ]


def test_of_two_rows_of_actions_the_first_are_the_steps_and_the_other_keeps_its_title() -> None:
    journey = draw(table(HEADER, (*ROWS[:2], ("HR activities", ("Sends the offer", "", "")))).source())
    assert [step.title for step in journey.steps()] == ["Reads reviews", "Pays by card", "Opens the box"]
    assert next(journey.steps()).lanes[0].title == "HR activities"


def test_a_phase_with_a_lanes_name_in_a_row_of_equal_cards_is_a_phase() -> None:
    board = Board()
    for column, name in enumerate(("Need", "Research", "Purchase")):
        board.card(40 + 220 * column, 40, name, w=200, h=40, colour="#ef476f")
    for row, (title, cells) in enumerate(ROWS[:3]):
        board.write(40, 110 + 120 * row, title.upper())
        for column, words in enumerate(cells):
            board.card(40 + 220 * column, 140 + 120 * row, words, w=200)
    assert [phase.name for phase in draw(board.source()).phases] == ["Need", "Research", "Purchase"]


def test_what_is_said_of_a_phase_of_several_steps_stands_at_the_first_and_the_user_is_told() -> None:
    rows = (("Actions", ("• Opens it\n• Reads it", "", "")), ("Pain points", ("Too slow", "", "")))
    journey = draw(table(HEADER, rows).source())
    assert [[item.text for item in step.pains] for step in journey.steps()] == [["Too slow"], []]
    assert any("whole phase" in warning for warning in journey.run.warnings)


def test_a_map_without_header_and_actions_takes_its_steps_from_its_first_row() -> None:
    rows = (("Needs", ("A map", "A seat", "A meal")), ("Pain points", ("", "No seat", "")))
    journey = draw(table((), rows).source())
    assert [step.title for step in journey.steps()] == ["A map", "A seat", "A meal"]
    assert lane(journey, "pains") == ["No seat"]
