"""Clusters and reading order of notes, and coloured areas as shapes where no outline was found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw

from journey.model import Passage
from journey.model.picture import Box, Shape
from journey.sources.geometry import Rect
from journey.sources.layout.areas import with_areas
from journey.sources.layout.cards import clusters, reading_order
from journey.sources.layout.colours import find_areas


def squares(*places: tuple[float, float]) -> list[Rect]:
    return [Rect(x, y, x + 10, y + 10) for x, y in places]


def test_notes_a_little_apart_are_one_cluster_and_far_apart_are_two() -> None:
    assert clusters(squares((0, 0), (13, 2), (60, 0))) == [[0, 1], [2]]


def test_clusters_side_by_side_are_read_from_the_left() -> None:
    assert clusters(squares((60, 0), (0, 3))) == [[1], [0]]


def test_two_clean_lines_of_three_are_read_line_by_line() -> None:
    assert reading_order(squares((0, 0), (12, 0), (24, 0), (0, 12), (12, 12), (24, 12))) == [0, 1, 2, 3, 4, 5]


def test_alternatives_stand_above_each_other_in_a_course_of_time() -> None:
    assert reading_order(squares((0, 10), (20, 0), (20, 20), (40, 0))) == [0, 1, 2, 3]


def card(pen: ImageDraw.ImageDraw, x: int, y: int, colour: str) -> None:
    pen.rectangle((x, y, x + 120, y + 90), fill=colour)
    pen.text((x + 10, y + 30), "Some words", fill="black", font_size=18)


@pytest.mark.parametrize("ground", ["white", "#20242c", "#e8dcc0"])
def test_filled_cards_without_an_outline_are_areas_of_their_colour(ground: str) -> None:
    image = Image.new("RGB", (700, 300), ground)
    colours = ["#ffe066", "#a6ccf5", "#ff9aa2"]
    for at, colour in enumerate(colours):
        card(ImageDraw.Draw(image), 60 + 200 * at, 100, colour)
    found = sorted(find_areas(np.asarray(image, np.uint8)), key=lambda area: float(area.hull[:, 0].min()))
    wide = [area for area in found if np.ptp(area.hull[:, 0]) > 80]
    assert len(wide) == 3
    for area, colour in zip(wide, colours, strict=True):
        assert np.abs(rgb(area.colour) - rgb(colour)).max() < 6


def rgb(colour: str) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])


def with_found(known: Sequence[Shape], image: Image.Image, words: Passage) -> tuple[Shape, ...]:
    areas = find_areas(np.asarray(image, np.uint8))
    return with_areas(known, areas, [words], width=image.width, height=image.height)


def test_words_move_from_a_ground_to_the_card_that_holds_them() -> None:
    image = Image.new("RGB", (700, 300), "white")
    card(ImageDraw.Draw(image), 60, 100, "#ffe066")
    words = Passage(id="b1", start=0, end=10, box=Box(x=70 / 700, y=125 / 300, w=100 / 700, h=30 / 300))
    page = Shape(id="r1", kind="rectangle", box=Box(x=0, y=0, w=1, h=1), passages=("b1",))
    shapes = with_found([page], image, words)
    assert [(shape.passages, shape.parent) for shape in shapes] == [((), None), (("b1",), "r1")]


def test_an_area_where_an_outline_is_known_adds_nothing() -> None:
    image = Image.new("RGB", (700, 300), "white")
    card(ImageDraw.Draw(image), 60, 100, "#ffe066")
    words = Passage(id="b1", start=0, end=10, box=Box(x=70 / 700, y=125 / 300, w=100 / 700, h=30 / 300))
    outline = Box(x=60 / 700, y=100 / 300, w=120 / 700, h=90 / 300)
    known = [Shape(id="r1", kind="rectangle", box=outline, passages=("b1",))]
    assert with_found(known, image, words) == tuple(known)
