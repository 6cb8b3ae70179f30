"""Diagrams become journeys: steps say what their boxes say, links follow the arrows, nothing is guessed."""

from __future__ import annotations

from itertools import pairwise

import pytest

from journey.engines.local.pictures.flow import draw_flow, looks_like_flow
from journey.model import Box, Journey, Origin, Outcome, Passage, Picture, Run, Source
from journey.model.picture import Connector, Shape
from tests.plain_work import PlainWork

Row = tuple[str, str, float, float]
"""A shape's kind and words, and where its middle lies."""
Line = tuple[int, int] | tuple[int, int, str]


def _source(rows: list[Row], lines: list[Line], *, parents: dict[int, int] | None = None) -> Source:
    """Describe a diagram as the layout would: shapes of 0.1 by 0.06, lines between them by position."""
    words = [row[1] for row in rows] + [line[2] for line in lines if len(line) > 2]
    text = "\n".join(words)
    passages, start = [], 0
    places = [(x, y) for _, _, x, y in rows] + [(0.01, 0.01)] * len(lines)
    for number, said in enumerate(words):
        x, y = places[number]
        box = Box(x=max(x - 0.02, 0), y=max(y - 0.01, 0), w=0.04, h=0.02)
        end = start + len(said)
        read_by = "ocr" if said else "unread"
        passages.append(Passage(id=f"b{number}", start=start, end=end, box=box, read_by=read_by, confidence=0.9))
        start = end + 1
    labels = iter(range(len(rows), len(words)))
    shapes = tuple(_shape(number, row, parents or {}) for number, row in enumerate(rows))
    connectors = tuple(
        Connector(
            id=f"c{number}",
            before=f"r{line[0]}",
            after=f"r{line[1]}",
            label=(f"b{next(labels)}",) if len(line) > 2 else (),
        )
        for number, line in enumerate(lines)
    )
    picture = Picture(width=1000, height=600, shapes=shapes, connectors=connectors)
    return Source(
        id="s1", kind="image", name="plan.png", sha256="0" * 64, text=text, passages=tuple(passages), image=picture
    )


def _shape(number: int, row: Row, parents: dict[int, int]) -> Shape:
    kind, _, x, y = row
    parent = f"r{parents[number]}" if number in parents else None
    if kind == "lane":
        box, kind, colour = Box(x=0.02, y=y - 0.2, w=0.96, h=0.4), "rectangle", None
    else:
        box, colour = Box(x=x - 0.05, y=y - 0.03, w=0.1, h=0.06), "#ffffff"
    return Shape.model_validate(
        {"id": f"r{number}", "kind": kind, "box": box, "colour": colour, "parent": parent, "passages": (f"b{number}",)}
    )


def _draw(source: Source) -> Journey:
    return draw_flow([source], PlainWork(), run=Run(engine="local"))


def _links(journey: Journey) -> set[tuple[str, str, str, str | None]]:
    titles = {step.id: step.title for step in journey.steps()}
    return {(titles[link.before], titles[link.after], link.kind, link.label) for link in journey.links}


FLOW = _source(
    [
        ("ellipse", "Parcel lost", 0.1, 0.3),
        ("rectangle", "Call support", 0.3, 0.3),
        ("diamond", "Found?", 0.5, 0.3),
        ("rectangle", "Send again", 0.5, 0.6),
        ("ellipse", "Parcel delivered", 0.8, 0.3),
    ],
    [(0, 1), (1, 2), (2, 3, "no"), (3, 1), (2, 4, "-yes")],
)


def test_boxes_become_quoted_steps_of_their_kind_in_the_order_of_the_arrows() -> None:
    steps = list(_draw(FLOW).steps())
    assert [(step.title, step.kind) for step in steps] == [
        ("Parcel lost", "start"),
        ("Call support", "action"),
        ("Found?", "decision"),
        ("Parcel delivered", "end"),
        ("Send again", "action"),
    ]
    assert all(step.origin is Origin.QUOTED for step in steps)


def test_every_quote_is_the_slice_its_offsets_name() -> None:
    journey = _draw(FLOW)
    evidence = [one for step in journey.steps() for one in step.evidence]
    evidence += [one for link in journey.links for one in link.evidence]
    assert evidence
    assert all(FLOW.text[one.start : one.end] == one.quote for one in evidence)


def test_branches_keep_their_labels_without_the_line_they_are_written_on_and_loops_are_kept() -> None:
    assert _links(_draw(FLOW)) == {
        ("Parcel lost", "Call support", "next", None),
        ("Call support", "Found?", "next", None),
        ("Found?", "Send again", "branch", "no"),
        ("Found?", "Parcel delivered", "branch", "yes"),
        ("Send again", "Call support", "loop", None),
    }


def test_a_step_belongs_to_the_innermost_lane_with_a_title() -> None:
    source = _source(
        [("lane", "Kitchen", 0.05, 0.3), ("rectangle", "Cook", 0.3, 0.3), ("rectangle", "Serve", 0.6, 0.3)],
        [(1, 2)],
        parents={1: 0, 2: 0},
    )
    journey = _draw(source)
    assert [(step.title, step.role) for step in journey.steps()] == [("Cook", "Kitchen"), ("Serve", "Kitchen")]
    assert [(phase.name, phase.origin) for phase in journey.phases] == [("Kitchen", Origin.QUOTED)]


def test_lines_lead_through_gateways_without_words() -> None:
    source = _source(
        [
            ("rectangle", "Ask", 0.1, 0.3),
            ("diamond", "", 0.3, 0.3),
            ("rectangle", "Buy", 0.6, 0.2),
            ("rectangle", "Leave", 0.6, 0.5),
        ],
        [(0, 1), (1, 2, "cheap"), (1, 3, "dear")],
    )
    assert _links(_draw(source)) == {("Ask", "Buy", "branch", "cheap"), ("Ask", "Leave", "branch", "dear")}


def test_a_box_that_cannot_be_read_is_counted_and_never_guessed() -> None:
    source = _source(
        [("rectangle", "Ask", 0.1, 0.3), ("rectangle", "", 0.3, 0.3), ("rectangle", "Buy", 0.6, 0.3)],
        [(0, 1), (1, 2)],
    )
    journey = _draw(source)
    assert [step.title for step in journey.steps()] == ["Ask", "Buy"]
    assert _links(journey) == {("Ask", "Buy", "next", None)}
    (warning,) = journey.run.warnings
    assert "1 box of this diagram could not be read" in warning


def test_without_arrows_the_reading_order_stands_in_and_says_so() -> None:
    source = _source(
        [("rectangle", "Third", 0.2, 0.7), ("rectangle", "Second", 0.6, 0.2), ("rectangle", "First", 0.2, 0.21)], []
    )
    journey = _draw(source)
    assert [step.title for step in journey.steps()] == ["First", "Second", "Third"]
    assert {link.origin for link in journey.links} == {Origin.INFERRED}
    assert any("reading order" in warning for warning in journey.run.warnings)


def test_a_line_without_a_head_is_a_guess_and_says_so() -> None:
    assert FLOW.image is not None
    headless = tuple(line.model_copy(update={"directed": False}) for line in FLOW.image.connectors[:1])
    image = FLOW.image.model_copy(update={"connectors": headless})
    journey = _draw(FLOW.model_copy(update={"image": image}))
    assert [link.origin for link in journey.links] == [Origin.INFERRED]
    assert any("direction is a guess" in warning for warning in journey.run.warnings)


def _without_heads(source: Source) -> Source:
    assert source.image
    lines = tuple(line.model_copy(update={"directed": False}) for line in source.image.connectors)
    return source.model_copy(update={"image": source.image.model_copy(update={"connectors": lines})})


def test_where_a_diagram_runs_to_the_right_a_line_without_a_head_does_too() -> None:
    rows = [("rectangle", "Ask", 0.1, 0.5), ("rectangle", "Pay", 0.5, 0.2), ("rectangle", "Leave", 0.9, 0.5)]
    journey = _draw(_without_heads(_source(rows, [(0, 1), (1, 2)])))
    assert {link[:2] for link in _links(journey)} == {("Ask", "Pay"), ("Pay", "Leave")}


def test_where_a_diagram_runs_down_a_line_without_a_head_does_too() -> None:
    rows = [("rectangle", "Ask", 0.6, 0.1), ("rectangle", "Pay", 0.4, 0.5), ("rectangle", "Leave", 0.6, 0.9)]
    journey = _draw(_without_heads(_source(rows, [(0, 1), (1, 2)])))
    assert {link[:2] for link in _links(journey)} == {("Ask", "Pay"), ("Pay", "Leave")}


def test_what_no_line_joins_stands_where_it_would_in_time_not_one_lane_after_the_other() -> None:
    rows = [("rectangle", "Ask", 0.1, 0.8), ("rectangle", "Order", 0.3, 0.8), ("rectangle", "Pack", 0.6, 0.2)]
    rows += [("rectangle", "Unpack", 0.9, 0.8)]
    assert [step.title for step in _draw(_source(rows, [(0, 1)])).steps()] == ["Ask", "Order", "Pack", "Unpack"]


def test_a_sign_read_as_a_letter_is_no_word() -> None:
    source = _source(
        [("rectangle", "Ask", 0.1, 0.3), ("diamond", "X", 0.3, 0.3), ("rectangle", "Buy", 0.6, 0.3)], [(0, 1), (1, 2)]
    )
    assert [step.title for step in _draw(source).steps()] == ["Ask", "Buy"]


def test_words_in_no_box_are_counted_and_a_large_line_above_the_steps_is_the_title() -> None:
    added = (("Returning a parcel", 0.02, 0.06), ("see page 4", 0.9, 0.02))
    text, passages = FLOW.text, list(FLOW.passages)
    for words, y, high in added:
        box = Box(x=0.1, y=y, w=0.3, h=high)
        start = len(text) + 1
        text = f"{text}\n{words}"
        passages.append(Passage(id=words, start=start, end=len(text), box=box, read_by="ocr", confidence=0.9))
    journey = _draw(FLOW.model_copy(update={"text": text, "passages": tuple(passages)}))
    assert journey.title == "Returning a parcel"
    assert [warning for warning in journey.run.warnings if "1 piece of text" in warning]


def test_a_picture_without_readable_boxes_gives_the_reason() -> None:
    journey = _draw(_source([("rectangle", "", 0.2, 0.2)], []))
    assert journey.outcome is Outcome.NOT_ENOUGH
    assert journey.reason


@pytest.mark.parametrize(("lines", "least", "most"), [([(0, 1), (1, 2), (2, 3)], 0.9, 1.0), ([], 0.0, 0.0)])
def test_a_diagram_is_told_by_the_boxes_that_lines_join(lines: list[Line], least: float, most: float) -> None:
    rows: list[Row] = [("rectangle", word, 0.2 * n + 0.1, 0.3) for n, word in enumerate(("Ask", "Pay", "Get", "Use"))]
    assert least <= looks_like_flow(_source(rows, lines)) <= most


def test_a_long_chain_is_drawn_without_recursion() -> None:
    rows: list[Row] = [("rectangle", f"Step {n}", 0.05 + 0.0005 * n, 0.3) for n in range(1200)]
    lines: list[Line] = [(one, other) for one, other in pairwise(range(1200))]
    assert len(list(_draw(_source(rows, lines)).steps())) == 1200
