"""What stands around a map, what is missing in it, and pictures that hold no journey at all."""

from __future__ import annotations

from journey import grounding
from journey.engines.local.pictures.draw import draw_pictures
from journey.model import Journey, Outcome, Run, Source
from tests.drawn_sheets import Board, table
from tests.local_sources import CountingWork

HEADER = ("Discover", "Buy", "Use")
ROWS = (
    ("Actions", ("Reads reviews", "Pays by card", "Opens the box")),
    ("Touchpoints", ("Website", "Checkout", "Package")),
    ("Pain points", ("", "Payment fails", "No manual")),
    ("Opportunities", ("Compare models", "", "")),
)


def draw(*sources: Source) -> Journey:
    journey = draw_pictures(sources, CountingWork(), run=Run(engine="local"))
    assert not grounding.verify(journey)
    return journey


def lane(journey: Journey, name: str) -> list[str]:
    return [item.text for step in journey.steps() for item in getattr(step, name)]


def test_an_empty_template_yields_its_phases_and_no_steps() -> None:
    rows = [(title, ("", "Lorem ipsum", "")) for title, _ in ROWS]
    journey = draw(table(HEADER, rows).source())
    assert [phase.name for phase in journey.phases] == list(HEADER)
    assert list(journey.steps()) == []
    assert journey.outcome is Outcome.NOT_ENOUGH
    assert journey.reason is not None
    assert "template" in journey.reason


def test_title_scenario_expectations_and_persona_are_read_and_are_no_steps() -> None:
    board = table(HEADER, ROWS, top=200)
    board.write(300, 10, "Buying a lamp online", size=2)
    board.write(200, 70, "Scenario: Ada moves house")
    board.write(200, 100, "User expectations: quick delivery")
    board.write(200, 130, "Persona: Ada, student")
    journey = draw(board.source())
    assert (journey.title, journey.scenario) == ("Buying a lamp online", "Ada moves house")
    assert [item.text for item in journey.expectations] == ["quick delivery"]
    assert journey.actor is not None
    assert (journey.actor.name, journey.actor.role) == ("Ada", "student")
    assert len(list(journey.steps())) == 3


def test_a_panel_of_facts_beside_the_map_tells_whose_journey_it_is() -> None:
    board = Board()
    for at, words in enumerate(("Lena Lee", "Student", "Age: 23", "Location: Oslo")):
        board.write(10, 100 + 30 * at, words)
    for column, name in enumerate(HEADER):
        board.write(400 + 180 * column, 60, name)
    for row, (title, cells) in enumerate(ROWS[:3], start=1):
        board.write(220, 60 + 100 * row, title)
        for column, words in enumerate(cells):
            if words:
                board.write(400 + 180 * column, 60 + 100 * row, words)
    journey = draw(board.source())
    assert journey.actor is not None
    assert (journey.actor.name, journey.actor.role) == ("Lena Lee", "Student")
    assert lane(journey, "needs") == []


def test_goals_stay_as_found_and_become_the_goal_of_the_phase() -> None:
    journey = draw(table(HEADER, (*ROWS[:1], ("User intent", ("Find a lamp", "", "")))).source())
    assert journey.phases[0].goal == "Find a lamp"
    assert [kept.title for step in journey.steps() for kept in step.lanes] == ["User intent"]


def test_unread_regions_and_doubtful_readings_are_counted() -> None:
    board = table(HEADER, ROWS)
    board.unread(620, 300)
    board.write(600, 460, "Recnnd ths", confidence=0.64)
    warnings = " ".join(draw(board.source()).run.warnings)
    assert "1 region of the picture could not be read" in warnings
    assert "Uncertain readings in the picture: 1." in warnings


def test_words_without_rows_notes_or_boxes_are_no_journey_and_say_so() -> None:
    poster = Board()
    poster.write(100, 100, "STAY CURIOUS", size=4)
    journey = draw(poster.source())
    assert (journey.outcome, journey.phases) == (Outcome.NOT_ENOUGH, ())
    assert journey.reason


def test_a_picture_without_words_is_no_journey_and_says_so() -> None:
    journey = draw(Board().source())
    assert journey.outcome is Outcome.NOT_ENOUGH
    assert journey.reason is not None
    assert "No words" in journey.reason
