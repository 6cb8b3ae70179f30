"""Shapes in a picture: their kinds, words, colours and nesting, whatever drew them."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from journey.model import Picture, Source
from tests.drawn_diagrams import BARE, DARK, LIGHT, PASTEL, Easel, Ink, order_process, to_source, words_of


def _picture(source: Source) -> Picture:
    assert source.image is not None
    return source.image


def _kinds(source: Source) -> dict[str, str]:
    return {words_of(source, shape.id): shape.kind for shape in _picture(source).shapes}


@pytest.mark.parametrize("ink", [LIGHT, DARK, PASTEL, BARE], ids=["light", "dark", "pastel", "without-outline"])
def test_boxes_round_boxes_and_diamonds_are_told_apart_on_any_ground(ink: Ink) -> None:
    assert _kinds(order_process(ink).read()) == {
        "Order placed": "rounded",
        "Check stock": "rectangle",
        "In stock?": "diamond",
        "Ship order": "rectangle",
        "Reorder item": "rectangle",
    }


def test_a_shape_lies_where_it_is_drawn_and_has_the_colour_of_its_filling() -> None:
    source = order_process(PASTEL).read()
    box = next(shape for shape in _picture(source).shapes if words_of(source, shape.id) == "Check stock")
    assert box.colour == "#dae8fc"
    corners = (box.box.x * 900, box.box.y * 500, (box.box.x + box.box.w) * 900, (box.box.y + box.box.h) * 500)
    assert corners == pytest.approx((260, 90, 400, 150), abs=4)


def test_a_picture_two_degrees_askew_gives_the_same_shapes() -> None:
    easel = order_process()
    straight = easel.read()
    turned = easel.image.rotate(-2, fillcolor="white", resample=Image.Resampling.BICUBIC)
    askew = to_source(np.asarray(turned, dtype=np.uint8), easel.passages, easel.text)
    assert _kinds(askew) == _kinds(straight)


def test_a_gap_in_an_outline_is_healed() -> None:
    easel = Easel(400, 200)
    easel.box("Call the customer", (200, 100), wide=220, high=80)
    easel.pen.line((240, 60, 250, 60), fill="white", width=4)
    assert _kinds(easel.read()) == {"Call the customer": "rectangle"}


def test_letters_may_touch_the_outline() -> None:
    easel = Easel(400, 200)
    easel.box("Unlock with password", (200, 100), wide=182, high=50)
    assert _kinds(easel.read()) == {"Unlock with password": "rectangle"}


def test_an_event_is_named_by_the_words_beside_it() -> None:
    easel = Easel(500, 240)
    easel.circle((80, 100))
    easel.write("Claim received", (80, 140))
    easel.box("Check claim", (330, 100))
    easel.arrow((98, 100), (260, 100))
    assert _kinds(easel.read()) == {"Claim received": "ellipse", "Check claim": "rectangle"}


def test_a_box_that_holds_boxes_is_their_parent_and_keeps_its_heading() -> None:
    easel = Easel(700, 320)
    easel.box("", (350, 160), wide=560, high=240, round_by=12)
    easel.write("Expanded task", (160, 58))
    easel.box("Inner one", (200, 180))
    easel.box("Inner two", (480, 180))
    easel.arrow((270, 180), (410, 180))
    source = easel.read()
    outer = next(shape for shape in _picture(source).shapes if words_of(source, shape.id) == "Expanded task")
    inner = [shape for shape in _picture(source).shapes if shape.parent == outer.id]
    assert {words_of(source, shape.id) for shape in inner} == {"Inner one", "Inner two"}


def test_the_ground_between_lines_is_no_shape() -> None:
    easel = Easel(760, 420)
    easel.diamond("", (120, 210), wide=60, high=60)
    easel.box("Upper path", (380, 80))
    easel.box("Lower path", (380, 340))
    easel.diamond("", (640, 210), wide=60, high=60)
    for height, corner in ((80, 180), (340, 240)):
        easel.arrow((120, corner), (120, height), (310, height))
        easel.arrow((450, height), (640, height), (640, corner))
    assert sorted(_kinds(easel.read())) == ["", "Lower path", "Upper path"]


def test_an_empty_page_has_no_shapes() -> None:
    picture = _picture(Easel(600, 400).read())
    assert (picture.shapes, picture.connectors, picture.rulings) == ((), (), ())
