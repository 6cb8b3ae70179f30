"""Curves are found in pixels: thin, open, rising or falling, whatever crosses or hides them in part."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from journey.model import Passage
from journey.model.picture import Box, Curve
from journey.sources.layout.curves import find_curves

SIZE = (1000, 500)
WAVE = [(100.0 + at, 250 - 90 * float(np.sin(at / 130))) for at in range(0, 800, 4)]


def picture(*lines: tuple[str, int, list[tuple[float, float]]], ground: str = "white") -> Image.Image:
    image = Image.new("RGB", SIZE, ground)
    for colour, width, points in lines:
        ImageDraw.Draw(image).line(points, fill=colour, width=width, joint="curve")
    return image


def find(image: Image.Image, passages: tuple[Passage, ...] = ()) -> tuple[Curve, ...]:
    return find_curves(np.asarray(image, np.uint8), passages)


def heights(curve: Curve) -> NDArray[np.float64]:
    return np.array([point.y * SIZE[1] for point in curve.points])


def off(curve: Curve, points: list[tuple[float, float]]) -> float:
    """Return how far a curve lies from where it was drawn, in pixels, at the worst place."""
    xs, ys = zip(*points, strict=True)
    return float(np.abs(heights(curve) - np.interp([point.x * SIZE[0] for point in curve.points], xs, ys)).max())


@pytest.mark.parametrize(("ground", "ink"), [("white", "red"), ("#1e1e2e", "#a6e3a1"), ("#f4f4f4", "#888888")])
def test_a_wave_is_followed_on_light_and_dark_grounds(ground: str, ink: str) -> None:
    (curve,) = find(picture((ink, 4, WAVE), ground=ground))
    assert off(curve, WAVE) < 4
    assert curve.points[0].x == pytest.approx(0.1, abs=0.01)
    assert curve.points[-1].x == pytest.approx(0.9, abs=0.01)


def test_dots_and_gaps_on_the_way_do_not_part_a_curve() -> None:
    image = picture(("#4466cc", 3, WAVE))
    for x, y in WAVE[25::50]:
        ImageDraw.Draw(image).ellipse((x - 16, y - 16, x + 16, y + 16), fill="#ffcc00")
    (curve,) = find(image)
    assert curve.points[-1].x - curve.points[0].x > 0.75


def test_rulings_frames_and_level_lines_are_no_curves() -> None:
    image = picture(("gray", 2, [(50, 100), (950, 100)]), ("gray", 2, [(50, 300), (950, 300)]))
    ImageDraw.Draw(image).rectangle((60, 120, 940, 280), outline="black", width=2)
    ImageDraw.Draw(image).rounded_rectangle((100, 350, 900, 450), 20, outline="blue", width=3)
    assert find(image) == ()


def test_a_curve_is_found_among_the_rulings_that_cross_it() -> None:
    rulings = [("#dddddd", 2, [(x, 20.0), (x, 480.0)]) for x in (100.0, 300.0, 500.0, 700.0, 900.0)]
    (curve,) = find(picture(("#dddddd", 2, [(50, 250), (950, 250)]), *rulings, ("#3377cc", 4, WAVE)))
    assert off(curve, WAVE) < 6


def test_two_curves_of_different_colours_are_two() -> None:
    other = [(x, 500 - y) for x, y in WAVE]
    assert len(find(picture(("red", 4, WAVE), ("blue", 4, other)))) == 2


def test_a_line_of_words_is_no_curve() -> None:
    image = picture()
    ImageDraw.Draw(image).text((100, 200), "a long line of words " * 6, fill="black", font_size=14)
    words = Passage(id="b1", start=0, end=100, box=Box(x=0.1, y=0.38, w=0.85, h=0.08))
    assert find(image, (words,)) == ()
