"""Boxes, fields and lanes without an order of time are told from a course: charts of people, canvases, profiles."""

from __future__ import annotations

from journey.model import Journey, Outcome
from journey.model.picture import Connector, Point, Ruling
from tests.drawn_sheets import HEIGHT, WIDTH, Board, table
from tests.test_local_cards import draw
from tests.test_local_flow import _draw as draw_flow
from tests.test_local_flow import _source as source_of_flow

PEOPLE = (("Ann Bell", 430, 40), ("Ben Carr", 230, 220), ("Cy Dunn", 630, 220))


def _reason(journey: Journey) -> str:
    assert journey.outcome is Outcome.NOT_ENOUGH
    assert not list(journey.steps())
    return journey.reason or ""


def _rule(board: Board, y: float, begin: float, end: float) -> None:
    ends = Point(x=begin / WIDTH, y=y / HEIGHT), Point(x=end / WIDTH, y=y / HEIGHT)
    board.rulings.append(Ruling(begin=ends[0], end=ends[1]))


def _chart() -> Board:
    """Return an organisation chart: one, two below it, and two below each of these, parted to by level lines."""
    board = Board()
    for name, x, y in PEOPLE:
        board.card(x, y, name)
    for at in range(4):
        board.card(130 + 200 * at, 400, f"Person {'abcd'[at]}")
    _rule(board, 160, 300, 700)
    _rule(board, 340, 200, 400)
    _rule(board, 340, 600, 800)
    return board


def test_an_organisation_chart_is_no_journey_and_says_so() -> None:
    assert "organisation chart" in _reason(draw(_chart()))


def test_an_organisation_chart_on_its_side_is_one_too() -> None:
    board = Board()
    for name, x, y in (("Ann Bell", 40, 300), ("Ben Carr", 300, 100), ("Cy Dunn", 300, 500), ("Di Ek", 300, 300)):
        board.card(x, y, name)
    ends = Point(x=240 / WIDTH, y=130 / HEIGHT), Point(x=240 / WIDTH, y=530 / HEIGHT)
    board.rulings.append(Ruling(begin=ends[0], end=ends[1]))
    assert "organisation chart" in _reason(draw(board))


def test_a_calendar_and_a_price_list_are_tables_of_numbers_and_no_journey() -> None:
    for header, rows in (
        (
            ("Tue", "Wed", "Thu"),
            [("5", ("6 Dentist", "7", "8")), ("12", ("13", "14", "15")), ("19", ("20", "21", "22"))],
        ),
        (("Small", "Large"), [("Tea", ("1.90", "2.40")), ("Milk", ("1.10", "1.50")), ("Soup", ("3.10", "4.40"))]),
    ):
        journey = draw(table(header, rows))
        assert not journey.phases
        assert "no rows and columns of a map" in _reason(journey)


def test_with_an_arrow_head_or_a_decision_the_same_boxes_are_a_course() -> None:
    arrow, decision = _chart(), _chart()
    arrow.arrow("r1", "r2")
    decision.shapes[0] = decision.shapes[0].model_copy(update={"kind": "diamond"})
    assert [len(list(draw(board).steps())) for board in (arrow, decision)] == [7, 7]


def test_a_mind_map_is_no_journey_and_says_so() -> None:
    board = Board()
    hub = board.card(430, 360, "Wedding")
    places = ((80, 60), (780, 60), (80, 660), (780, 660))
    for at, (x, y) in enumerate(places):
        spoke = board.card(x, y, ("Budget", "Venue", "Guests", "Music")[at])
        board.connectors.append(Connector(id=f"c{at}", before=hub, after=spoke, directed=False))
    assert "mind map" in _reason(draw(board))


def test_titles_in_two_rows_with_their_words_below_are_a_canvas_and_no_journey() -> None:
    for fields in (("Says", "Thinks", "Does", "Feels"), ("Strengths", "Weaknesses", "Opportunities", "Threats")):
        board = Board()
        for at, name in enumerate(fields):
            x, y = 40 + 480 * (at % 2), 60 + 360 * (at // 2)
            board.write(x, y, name)
            for line in range(2):
                board.write(x + 10, y + 40 + 30 * line, f"Something about it {'ab'[line]}")
        assert "fields" in _reason(draw(board))


def test_goals_and_frustrations_of_a_person_are_a_profile_and_no_journey() -> None:
    board = Board(language="de")
    board.write(40, 400, "Bernd Schuster")
    board.write(40, 430, "Alter: 52")
    for at, (name, words) in enumerate(
        (("Ziele", "Mehr Zeit"), ("Frustrationen", "Viel Papier"), ("Motivation", "Stolz"))
    ):
        board.write(400, 40 + 160 * at, name)
        board.write(400, 70 + 160 * at, words)
    assert "person" in _reason(draw(board))


def test_strips_before_lanes_that_have_no_outline_name_who_acts() -> None:
    source = source_of_flow(
        [
            ("rectangle", "Guest", 0.06, 0.25),
            ("rectangle", "Cook", 0.06, 0.55),
            ("rectangle", "Order", 0.3, 0.25),
            ("rectangle", "Fry", 0.5, 0.55),
            ("rectangle", "Eat", 0.7, 0.25),
        ],
        [(2, 3), (3, 4)],
    )
    assert source.image is not None
    shapes = list(source.image.shapes)
    for at in range(2):
        strip = shapes[at].box.model_copy(update={"x": 0.02, "w": 0.04, "y": 0.1 + 0.3 * at, "h": 0.3})
        shapes[at] = shapes[at].model_copy(update={"box": strip})
    image = source.image.model_copy(update={"shapes": tuple(shapes)})
    journey = draw_flow(source.model_copy(update={"image": image}))
    assert [(step.title, step.role) for step in journey.steps()] == [
        ("Order", "Guest"),
        ("Fry", "Cook"),
        ("Eat", "Guest"),
    ]


def test_the_area_that_a_loop_of_lines_encloses_is_no_step_and_the_line_leads_on() -> None:
    source = source_of_flow(
        [
            ("rectangle", "Check", 0.3, 0.2),
            ("rectangle", "Call back", 0.6, 0.4),
            ("ellipse", "No", 0.45, 0.3),
            ("rectangle", "Done", 0.3, 0.7),
        ],
        [(0, 3), (1, 2), (2, 0)],
    )
    assert source.image is not None
    area = source.image.shapes[2].box.model_copy(update={"x": 0.32, "w": 0.26, "y": 0.2, "h": 0.2})
    shapes = [*source.image.shapes]
    shapes[2] = shapes[2].model_copy(update={"box": area})
    journey = draw_flow(source.model_copy(update={"image": source.image.model_copy(update={"shapes": tuple(shapes)})}))
    titles = {step.id: step.title for step in journey.steps()}
    assert set(titles.values()) == {"Check", "Call back", "Done"}
    assert ("Call back", "Check") in {(titles[link.before], titles[link.after]) for link in journey.links}
