"""What becomes of the pixels: resized by the rules of what models take, and looked at where words are claimed."""

from __future__ import annotations

import base64
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from journey.engines.llm.vision.pixels import LONGEST, MOST_PATCHES, PATCH, fitted, prepare, written
from journey.model import Box
from tests.plain_work import PlainWork
from tests.vision.drawings import CELLS, HEIGHT, WIDTH, png, source


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_a_picture_is_reduced_to_what_every_model_takes_and_never_enlarged(width: int, height: int) -> None:
    across, down = fitted(width, height)
    assert max(across, down) <= LONGEST
    assert -(-across // PATCH) * -(-down // PATCH) <= MOST_PATCHES
    assert 1 <= across <= width
    assert 1 <= down <= height


def test_its_sides_stay_in_proportion() -> None:
    across, down = fitted(4000, 3000)
    assert across / down == pytest.approx(4 / 3, rel=0.01)


def test_a_photograph_with_a_place_in_it_is_sent_without() -> None:
    image, packed = Image.new("RGB", (3000, 2000), "white"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 0.0)
    image.save(packed, "JPEG", exif=exif, comment=b"hotline")
    work, photo = PlainWork(), source(packed.getvalue(), size=(3000, 2000))
    work.kept[photo.sha256] = packed.getvalue()
    (sent,) = prepare(photo, work)
    content = base64.b64decode(sent.base64)
    assert b"Exif" not in content
    assert b"hotline" not in content
    assert (sent.width, sent.height) == Image.open(io.BytesIO(content)).size == (1919, 1279)
    assert sent.tokens > MOST_PATCHES, "the bill is reckoned from above"
    assert work.apart_calls == 1, "decoders are native code: they run in a process of their own"


@pytest.mark.parametrize(("size", "parts"), [((7000, 1000), (2048, 293)), ((1000, 7000), (293, 2048))])
def test_a_very_long_map_is_shown_whole_and_in_parts_that_can_be_read(
    size: tuple[int, int], parts: tuple[int, int]
) -> None:
    packed = io.BytesIO()
    image = Image.new("RGB", size, "white")
    image.paste("black", (0, 0, size[0] // 2, size[1] // 2))
    image.save(packed, "PNG")
    work, long = PlainWork(), source(packed.getvalue(), size=(10_000, 10_000))
    work.kept[long.sha256] = packed.getvalue()
    whole, first, last = prepare(long, work)
    assert (whole.width, whole.height) == parts
    assert max(first.width, first.height) == 2048
    assert min(first.width, first.height) > 500
    assert len({whole.made_from, first.made_from, last.made_from}) == 3
    shown = Image.open(io.BytesIO(base64.b64decode(first.base64))).convert("L")
    assert shown.getpixel((10, 10)) == 0
    assert Image.open(io.BytesIO(base64.b64decode(last.base64))).convert("L").getpixel((400, 400)) == 255


def test_the_same_picture_in_the_same_size_has_the_same_key_and_another_size_another() -> None:
    work, small, large = PlainWork(), png(), png(size=(1200, 800))
    work.kept |= {source(one).sha256: one for one in (small, large)}
    keys = {prepare(source(one), work)[0].made_from for one in (small, small, large)}
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (CELLS[0][1], True),
        ((50, 350, 150, 50), False),
        ((0, 0, 1, 1), False),
        ((0, 0, WIDTH, HEIGHT), True),
    ],
    ids=["words", "paper", "a point", "everything"],
)
def test_a_region_is_written_on_or_blank(place: tuple[int, int, int, int], expected: bool) -> None:
    work, content = PlainWork(), png()
    work.kept[source(content).sha256] = content
    x, y, w, h = place
    box = Box(x=x / WIDTH, y=y / HEIGHT, w=w / WIDTH, h=h / HEIGHT)
    assert written(source(content), [box], work) == [expected]


def test_a_coloured_note_without_words_is_blank() -> None:
    image = Image.linear_gradient("L").resize((400, 300)).point(lambda level: 180 + level // 10).convert("RGB")
    packed = io.BytesIO()
    image.save(packed, "PNG")
    work, note = PlainWork(), source(packed.getvalue(), cells=())
    work.kept[note.sha256] = packed.getvalue()
    assert written(note, [Box(x=0.1, y=0.1, w=0.8, h=0.8)], work) == [False]
    assert written(note, [], work) == []
