"""Lines between shapes: whom they join, in which direction, over bends, gaps, words and crossings."""

from __future__ import annotations

import pytest

from journey.model.picture import Connector
from tests.drawn_diagrams import (
    BARE,
    DARK,
    LIGHT,
    ORDER_PROCESS,
    PASTEL,
    Easel,
    Ink,
    arrows_of,
    order_process,
    words_of,
)


def _lines(easel: Easel) -> list[Connector]:
    image = easel.read().image
    assert image is not None
    return list(image.connectors)


def _two_boxes(*, apart: int = 300) -> Easel:
    easel = Easel(300 + apart, 240)
    easel.box("First", (100, 120))
    easel.box("Second", (100 + apart, 120))
    return easel


@pytest.mark.parametrize("ink", [LIGHT, DARK, PASTEL, BARE], ids=["light", "dark", "pastel", "without-outline"])
def test_every_arrow_is_found_with_its_direction_on_any_ground(ink: Ink) -> None:
    assert arrows_of(order_process(ink).read()) == ORDER_PROCESS


def test_hollow_heads_show_a_direction_too() -> None:
    assert arrows_of(order_process(head="hollow").read()) == ORDER_PROCESS


@pytest.mark.parametrize("ends", [((170, 120), (330, 120)), ((330, 120), (170, 120))], ids=["right", "left"])
def test_open_heads_show_a_direction_too(ends: tuple[tuple[float, float], tuple[float, float]]) -> None:
    easel = _two_boxes()
    easel.arrow(*ends, head="open")
    expected = ("First", "Second") if ends[0][0] < ends[1][0] else ("Second", "First")
    assert arrows_of(easel.read()) == {expected}


def test_a_line_without_a_head_has_no_direction_and_less_confidence() -> None:
    easel = _two_boxes()
    easel.arrow((170, 120), (330, 120), head="none")
    (line,) = _lines(easel)
    assert not line.directed
    assert line.confidence is not None
    assert line.confidence < 0.7


def test_a_dashed_line_is_one_line_and_told_as_dashed() -> None:
    easel = _two_boxes()
    easel.arrow((170, 120), (330, 120), dashed=True)
    (line,) = _lines(easel)
    assert (line.directed, line.dashed) == (True, True)


def test_words_on_a_line_do_not_break_it_and_are_its_label() -> None:
    easel = _two_boxes()
    easel.arrow((170, 120), (330, 120))
    easel.pen.rectangle((215, 105, 275, 135), fill="white")
    easel.write("maybe", (245, 120))
    source = easel.read()
    assert arrows_of(source) == {("First", "Second")}
    assert source.image is not None
    assert [line.label for line in source.image.connectors] == [("b3",)]


def test_lines_that_cross_go_straight_on() -> None:
    easel = Easel(700, 520)
    places = {"North": (350, 80), "South": (350, 440), "West": (110, 260), "East": (590, 260)}
    for name, place in places.items():
        easel.box(name, place)
    easel.arrow((350, 110), (350, 410))
    easel.arrow((180, 260), (520, 260))
    assert arrows_of(easel.read()) == {("North", "South"), ("West", "East")}


def test_lines_that_join_before_their_head_come_from_each_beginning() -> None:
    easel = Easel(760, 420)
    easel.box("One", (120, 80))
    easel.box("Two", (120, 340))
    easel.box("Both", (600, 210))
    easel.arrow((190, 80), (360, 80), (360, 210), (530, 210))
    easel.arrow((190, 340), (360, 340), (360, 212), head="none")
    assert arrows_of(easel.read()) == {("One", "Both"), ("Two", "Both")}


def test_a_line_crosses_the_border_of_a_lane() -> None:
    easel = Easel(700, 500)
    easel.frame(20, 20, 680, 240)
    easel.frame(20, 240, 680, 480)
    easel.box("Above", (350, 130))
    easel.box("Below", (350, 370))
    easel.arrow((350, 160), (350, 340))
    source = easel.read()
    assert ("Above", "Below") in arrows_of(source)
    assert all(words_of(source, line.before) for line in source.image.connectors) if source.image else False
