"""Faces are found in pixels, drawn or printed; their mouth tells the mood, and an unclear one is no face."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from journey.model import Passage
from journey.model.picture import Box
from journey.sources.layout.faces import find_faces

MOODS = {"smile": 1, "flat": 0, "frown": -1}


def board() -> Image.Image:
    return Image.new("RGB", (800, 300), "white")


def draw_face(
    image: Image.Image, x: float, y: float, size: float, mood: str, *, fill: str | None, line: int = 2
) -> None:
    pen = ImageDraw.Draw(image)
    left, top = x - size / 2, y - size / 2
    pen.ellipse((left, top, left + size, top + size), fill=fill, outline="black", width=line)
    for eye in (0.32, 0.68):
        pen.ellipse(
            (left + size * (eye - 0.06), top + size * 0.3, left + size * (eye + 0.06), top + size * 0.42), fill=0
        )
    if mood == "flat":
        pen.line((left + size * 0.28, top + size * 0.7, left + size * 0.72, top + size * 0.7), fill="black", width=line)
    elif mood == "smile":
        pen.arc((left + size * 0.25, top + size * 0.35, left + size * 0.75, top + size * 0.8), 20, 160, "black", line)
    else:
        pen.arc((left + size * 0.25, top + size * 0.6, left + size * 0.75, top + size * 1.05), 200, 340, "black", line)


def scores(image: Image.Image, passages: tuple[Passage, ...] = ()) -> list[float]:
    return [face.score for face in find_faces(np.asarray(image, np.uint8), passages)]


@pytest.mark.parametrize("size", [30, 48, 80])
@pytest.mark.parametrize("fill", ["#ffd93b", None, "#6bcb77", "#e74c3c"])
def test_the_bend_of_the_mouth_tells_the_mood(size: int, fill: str | None) -> None:
    image = board()
    for at, mood in enumerate(MOODS):
        draw_face(image, 100 + 250 * at, 150, size, mood, fill=fill)
    assert [np.sign(score) for score in scores(image)] == list(MOODS.values())


def test_the_place_of_a_face_is_its_disc() -> None:
    image = board()
    draw_face(image, 400, 150, 60, "smile", fill="#ffd93b")
    (face,) = find_faces(np.asarray(image, np.uint8), ())
    assert (face.box.x + face.box.w / 2) * 800 == pytest.approx(400, abs=3)
    assert face.box.w * 800 == pytest.approx(60, abs=6)


def test_a_disc_without_eyes_or_mouth_is_no_face() -> None:
    image = board()
    pen = ImageDraw.Draw(image)
    pen.ellipse((50, 100, 110, 160), fill="#ffd93b", outline="black")
    pen.ellipse((250, 100, 310, 160), fill="#ffd93b", outline="black")
    pen.line((262, 140, 298, 140), fill="black", width=2)
    pen.ellipse((450, 100, 510, 160), outline="black", width=3)
    pen.text((470, 118), "2", fill="black", font_size=24)
    assert scores(image) == []


def test_a_round_letter_in_a_word_is_no_face() -> None:
    image = board()
    draw_face(image, 400, 150, 40, "smile", fill="#ffd93b")
    words = Passage(id="b1", start=0, end=12, box=Box(x=0.4, y=0.43, w=0.2, h=0.15))
    assert scores(image, (words,)) == []
