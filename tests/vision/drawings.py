"""Pictures that the tests draw themselves, and the sources that reading them gives: boxes, arrows, one hard to read."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

from journey.model import Box, Connector, Passage, Picture, Shape, Source

WIDTH, HEIGHT = 800, 500
Turn = Literal[0, 90, 180, 270]
Cell = tuple[str, tuple[int, int, int, int]]
"""Words and where they stand: x, y, width, height in pixels."""

CELLS: tuple[Cell, ...] = (
    ("Order by phone", (50, 50, 150, 50)),
    ("Is it in stock?", (300, 50, 150, 50)),
    ("Wait for weeks", (550, 50, 150, 50)),
    ("no", (480, 45, 30, 20)),
    ("Nobody calls back", (550, 200, 150, 50)),
    ("", (300, 200, 150, 50)),
)
SCRAWL = "Get the parcel"
"""What stands in the last box, as a person or a model reads it."""
ARROWS = ((1, 2), (2, 3), (2, 6))
"""Between boxes, by their numbers."""


def png(cells: Sequence[Cell] = CELLS, *, size: tuple[int, int] = (WIDTH, HEIGHT), turned: Turn = 0) -> bytes:
    """Draw boxes with their words and arrows, and lay the picture on its side, so that `turned` makes it upright."""
    image = Image.new("RGB", size, "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(16)
    for words, (x, y, w, h) in cells:
        pen.rectangle((x, y, x + w, y + h), outline="black", width=2)
        pen.text((x + w / 2, y + h / 2), words or SCRAWL, font=font, fill="black", anchor="mm")
    image = image.rotate(turned, expand=True)
    packed = io.BytesIO()
    image.save(packed, "PNG")
    return packed.getvalue()


def source(
    content: bytes,
    cells: Sequence[Cell] = CELLS,
    *,
    source_id: str = "s1",
    turned: Turn = 0,
    size: tuple[int, int] = (WIDTH, HEIGHT),
) -> Source:
    """Return what reading the picture gives: a block a box, one of them unread, and the arrows."""
    text, passages = "", []
    for number, (words, (x, y, w, h)) in enumerate(cells, 1):
        start = len(text) + 1 if text and words else len(text)
        text = f"{text}\n{words}" if text and words else text + words
        box = Box(x=x / size[0], y=y / size[1], w=w / size[0], h=h / size[1])
        read_by: Literal["ocr", "unread"] = "ocr" if words else "unread"
        passages.append(Passage(id=f"b{number}", start=start, end=len(text), box=box, read_by=read_by, confidence=0.9))
    shapes = tuple(
        Shape(id=f"x{number}", kind="rectangle", box=passage.box, passages=(passage.id,))
        for number, passage in enumerate(passages, 1)
        if passage.box
    )
    lines = tuple(Connector(id=f"c{one}{other}", before=f"x{one}", after=f"x{other}") for one, other in ARROWS)
    return Source(
        id=source_id,
        kind="image",
        name="process.png",
        sha256=hashlib.sha256(content).hexdigest(),
        text=text,
        passages=tuple(passages),
        image=Picture(width=size[0], height=size[1], turned=turned, shapes=shapes, connectors=lines),
    )
