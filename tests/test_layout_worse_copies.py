"""A diagram reads the same from a worse copy and from squared paper: its shapes, and who leads to whom."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from journey.model import Source
from tests.drawn_diagrams import DARK, LIGHT, ORDER_PROCESS, PASTEL, Easel, Ink, arrows_of, order_process, to_source

pytestmark = pytest.mark.slow

SQUARE = 22
"""Pixels from one line of squared paper to the next."""


def turned(page: Image.Image) -> Image.Image:
    return page.rotate(2, fillcolor=page.getpixel((1, 1)), resample=Image.Resampling.BICUBIC)


def halved(page: Image.Image) -> Image.Image:
    return page.resize((page.width // 2, page.height // 2), Image.Resampling.LANCZOS)


def coarse(page: Image.Image) -> Image.Image:
    packed = io.BytesIO()
    page.save(packed, "JPEG", quality=60)
    return Image.open(packed).convert("RGB")


COPIES: dict[str, Callable[[Image.Image], Image.Image]] = {"2 degrees": turned, "half size": halved, "JPEG 60": coarse}


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("head", ["filled", "hollow"])
@pytest.mark.parametrize("ink", [LIGHT, DARK, PASTEL], ids=["light", "dark", "pastel"])
def test_a_worse_copy_shows_the_same_links(ink: Ink, head: str, copy: str) -> None:
    easel = order_process(ink, head=head)
    assert arrows_of(easel.read()) == ORDER_PROCESS
    worse = COPIES[copy](easel.image)
    assert arrows_of(to_source(np.asarray(worse, dtype=np.uint8), easel.passages, easel.text)) == ORDER_PROCESS


def squared(page: Image.Image) -> Image.Image:
    """Lay a drawing on squared paper."""
    paper = np.full((page.height, page.width, 3), 238, np.uint8)
    paper[::SQUARE], paper[:, ::SQUARE] = 200, 200
    return Image.fromarray(np.minimum(paper, np.asarray(page)))


def on_squares(easel: Easel) -> Source:
    return to_source(np.asarray(squared(easel.image), dtype=np.uint8), easel.passages, easel.text)


def test_the_squares_of_the_paper_are_no_shapes() -> None:
    source = on_squares(order_process())
    assert source.image
    assert len(source.image.shapes) == 5
    assert arrows_of(source) == ORDER_PROCESS


@pytest.mark.parametrize("paper", [lambda easel: easel.read(), on_squares], ids=["plain", "squared"])
def test_a_gateway_is_one_shape_where_its_sign_touches_its_border(paper: Callable[[Easel], Source]) -> None:
    easel = Easel(600, 200)
    easel.box("Check the claim", (110, 100), wide=160)
    easel.diamond("", (300, 100), wide=52, high=52)
    easel.pen.line((287, 87, 313, 113), fill=easel.ink.line, width=2)
    easel.pen.line((287, 113, 313, 87), fill=easel.ink.line, width=2)
    easel.box("Pay the claim", (490, 100), wide=160)
    easel.arrow((190, 100), (274, 100))
    easel.arrow((326, 100), (410, 100))
    source = paper(easel)
    assert source.image
    small = [shape for shape in source.image.shapes if not shape.passages]
    assert [shape.kind for shape in small] == ["diamond"]
    ends = {(line.before, line.after) for line in source.image.connectors if line.directed}
    assert len(ends) == 2
    assert all(small[0].id in pair for pair in ends)
