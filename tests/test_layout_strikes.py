"""A stroke through the letters strikes a word out; an underline or a frame does not."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from journey.engines.local.pictures.draw import draw_pictures
from journey.model import Passage, Run
from journey.model.picture import Box, Point, Ruling
from journey.sources.layout.strikes import find_strikes
from tests.drawn_sheets import HEIGHT, WIDTH, Board
from tests.local_sources import CountingWork

WORDS = Passage(id="b1", start=0, end=12, box=Box(x=0.1, y=0.3, w=0.4, h=0.2))


def strikes(*, at: float | None) -> tuple[Ruling, ...]:
    """Return what is found where a line is drawn through a text, at a share of its height."""
    image = Image.new("RGB", (400, 200), "white")
    pen = ImageDraw.Draw(image)
    pen.text((42, 64), "Domain event", fill="black", font_size=24)
    if at is not None:
        pen.line((40, 60 + 40 * at, 200, 60 + 40 * at), fill="black", width=3)
    return find_strikes(np.asarray(image, np.uint8), [WORDS])


def test_a_line_through_the_middle_strikes_a_word_out() -> None:
    assert len(strikes(at=0.5)) == 1


@pytest.mark.parametrize("at", [None, 0.85])
def test_plain_and_underlined_words_are_not_struck_out(at: float | None) -> None:
    assert strikes(at=at) == ()


@pytest.mark.parametrize("words", ["Registration", "Actions", "summer menu"])
def test_small_letters_that_flow_into_each_other_are_not_struck_out(words: str) -> None:
    image = Image.new("RGB", (400, 200), "white")
    ImageDraw.Draw(image).text((42, 64), words, fill="black", font_size=20)
    _, _, right, bottom = ImageDraw.Draw(image).textbbox((42, 64), words, font_size=20)
    box = Box(x=0.1, y=0.31, w=right / 400 - 0.095, h=bottom / 200 - 0.29)
    small = image.resize((160, 80), Image.Resampling.LANCZOS)
    assert find_strikes(np.asarray(small, np.uint8), [WORDS.model_copy(update={"box": box})]) == ()


def test_struck_words_are_left_out_of_the_journey_and_counted() -> None:
    board = Board()
    for at, words in enumerate(("Placed", "Collected", "Domain", "Returned")):
        board.card(60 + 200 * at, 60, words, w=140, h=110)
    begin = Point(x=466 / WIDTH, y=75 / HEIGHT)
    board.rulings.append(Ruling(begin=begin, end=Point(x=(466 + 48) / WIDTH, y=75 / HEIGHT)))
    journey = draw_pictures([board.source()], CountingWork(), run=Run(engine="local"))
    assert [step.title for step in journey.steps()] == ["Placed", "Collected", "Returned"]
    assert any("struck" in warning for warning in journey.run.warnings)
