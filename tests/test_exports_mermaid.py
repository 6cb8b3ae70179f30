"""Mermaid: what the two diagrams show, and that no words of a transcript are syntax to it.

How Mermaid reads a line stands in its grammars; `READABLE` is what is left when every entity code is taken out.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from journey.exports.mermaid import encode, to_flowchart, to_mermaid
from journey.model import Emotion, Journey, Origin, Phase, Step
from tests.journeys import HOSTILE, any_journey, empty_journey, full_journey, journey_saying

CODE = re.compile(r"#(\d+);")
SYNTAX = set('#;:%<>&"`\\{}[]()|*_~$^@')
KEYWORDS = ("section", "title", "journey", "acc", "end", "graph", "flowchart", "subgraph")


def decode(text: str) -> str:
    return CODE.sub(lambda match: chr(int(match[1])), text)


def test_a_journey_diagram_shows_phases_steps_scores_and_who_acts() -> None:
    assert to_mermaid(full_journey()) == (
        "journey\n"
        "    %% no feeling voiced: 2, 3\n"
        "    title Anna books a room\n"
        "    section Search\n"
        "      Look for a room: 2: Anna\n"
        "    section Booking\n"
        "      Call the hotel: 3: guest\n"
        "      Wait for the letter: 3: Anna\n"
    )


def test_a_flowchart_shows_phases_steps_and_links() -> None:
    assert to_flowchart(full_journey()) == (
        "flowchart LR\n"
        '    subgraph phase1["Search"]\n'
        '        n1["Look for a room"]\n'
        "    end\n"
        '    subgraph phase2["Booking"]\n'
        '        n2{"Call the hotel"}\n'
        '        n3["Wait for the letter"]\n'
        "    end\n"
        '    n1 -->|"nothing found"| n2\n'
        "    n2 -.-> n1\n"
        '    n2 -->|"booked"| n3\n'
    )


def test_without_links_the_steps_follow_each_other() -> None:
    chart = to_flowchart(full_journey().model_copy(update={"links": ()}))
    assert re.findall(r"n\d -->.* n\d", chart) == ["n1 --> n2", "n2 --> n3"]


@pytest.mark.parametrize(("felt", "score"), [(-2, 1), (-1.5, 2), (-0.4, 3), (0.5, 4), (2, 5)])
def test_scores_are_whole_numbers_from_1_to_5(felt: float, score: int) -> None:
    step = Step(
        id="p",
        title="x",
        origin=Origin.USER,
        emotion=Emotion(score=felt, label="x", origin=Origin.USER),
    )
    journey = empty_journey().model_copy(
        update={"phases": (Phase(id="f", name="y", origin=Origin.USER, steps=(step,)),)}
    )
    assert f"x: {score}\n" in to_mermaid(journey)


def test_neighbouring_phases_of_one_name_stay_two() -> None:
    phase = full_journey().phases[0]
    chart = to_mermaid(full_journey().model_copy(update={"phases": (phase, phase)}))
    first, second = re.findall(r"section (.*)", chart)
    assert first != second
    assert decode(second).rstrip("\u200b") == first


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_said_is_syntax(text: str) -> None:
    line = encode(text)
    assert not SYNTAX & set(CODE.sub("", line))
    assert not line.lower().startswith(KEYWORDS)
    assert "\n" not in line


@given(journey=any_journey)
def test_a_journey_diagram_keeps_its_shape_whatever_was_said(journey: Journey) -> None:
    lines = to_mermaid(journey).splitlines()
    assert [re.sub(r"^\s*", "", line).split(" ")[0] for line in lines[:3]] == ["journey", "title", "section"]
    assert re.fullmatch(r" {6}[^:]+: 2: [^:,]+", lines[3])
    assert len(lines) == 4


@given(journey=any_journey)
def test_a_flowchart_keeps_its_shape_whatever_was_said(journey: Journey) -> None:
    shape = re.sub(r'"[^"]*"', '""', to_flowchart(journey))
    assert shape == re.sub(r'"[^"]*"', '""', to_flowchart(journey_saying("x")))


def test_codes_give_back_what_was_said() -> None:
    assert decode(encode('Step #1: "buy; pay" <b>')) == 'Step #1: "buy; pay" <b>'
