"""A kept picture is turned, cut and made smaller as asked, and comes out with nothing but its pixels."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from journey.errors import SourceError
from journey.model import Box
from journey.sources.reframing import Framing, Turn, Wanted, labelled, reframe, reframe_labelled

RED, BLUE = (220, 30, 30), (30, 30, 220)


def half_and_half() -> bytes:
    """A picture of 40 x 20: red on the left, blue on the right."""
    picture = Image.new("RGB", (40, 20), RED)
    picture.paste(BLUE, (20, 0, 40, 20))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("turned", "size", "top_left"),
    [(0, (40, 20), RED), (90, (20, 40), RED), (180, (40, 20), BLUE), (270, (20, 40), BLUE)],
)
def test_a_picture_turns_clockwise(turned: Turn, size: tuple[int, int], top_left: tuple[int, int, int]) -> None:
    picture = opened(reframe(half_and_half(), Wanted(framing=Framing(turned=turned))))
    assert picture.size == size
    assert picture.getpixel((0, 0)) == top_left


def test_a_cut_is_of_the_turned_picture() -> None:
    framing = Framing(turned=90, box=Box(x=0, y=0.5, w=1, h=0.5))
    picture = opened(reframe(half_and_half(), Wanted(framing=framing)))
    assert picture.size == (20, 20)
    assert picture.getpixel((10, 10)) == BLUE


@pytest.mark.parametrize("box", [Box(x=1, y=1, w=1, h=1), Box(x=0.5, y=0.5, w=0, h=0), Box(x=0.9, y=0, w=0.9, h=1)])
def test_whatever_the_box_something_of_the_picture_is_left(box: Box) -> None:
    picture = opened(reframe(half_and_half(), Wanted(framing=Framing(box=box))))
    assert 1 <= picture.width <= 40
    assert 1 <= picture.height <= 20


def test_a_picture_for_the_screen_is_no_larger_than_asked_and_keeps_its_shape() -> None:
    picture = opened(reframe(half_and_half(), Wanted(most_pixels=200, use="screen")))
    assert (picture.size, picture.format) == ((20, 10), "WEBP")


def test_what_was_written_into_the_file_does_not_come_out() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    kept = reframe(out.getvalue(), Wanted(framing=Framing(turned=90)))
    assert b"taken at home" not in kept


def test_a_child_process_answers_in_base64() -> None:
    answer = reframe_labelled(labelled(half_and_half(), Wanted()))
    assert opened(base64.b64decode(answer)).size == (40, 20)


@pytest.mark.parametrize("content", [b"", b"no picture", half_and_half()[:60]])
def test_what_cannot_be_decoded_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(SourceError, match="damaged"):
        reframe(content, Wanted())
