"""Diagrams drawn at test time, with their text blocks as OCR would give them: no fixture, no OCR."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from journey.model import Box, Passage, Picture, Source
from journey.sources.layout.canvas import stretch
from journey.sources.layout.diagram import find_diagram

Place = tuple[float, float]


@dataclass(frozen=True)
class Ink:
    """The colours of a diagram."""

    ground: str = "#ffffff"
    line: str = "#000000"
    text: str = "#000000"
    fill: str | None = None
    width: int = 2


LIGHT = Ink()
DARK = Ink(ground="#1e1e1e", line="#c8c8c8", text="#f0f0f0", fill="#2d2d30")
PASTEL = Ink(line="#6c8ebf", text="#222222", fill="#dae8fc", width=1)
BARE = Ink(line="#555555", text="#ffffff", fill="#2f6fb3")


@dataclass
class Easel:
    """A blank page to draw a diagram on; `read` tells what the layout sees of it."""

    width: int = 900
    height: int = 500
    ink: Ink = LIGHT
    type_size: int = 18
    blocks: list[tuple[str, tuple[float, float, float, float]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.width, self.height), self.ink.ground)
        self.pen = ImageDraw.Draw(self.image)
        self.font = ImageFont.load_default(self.type_size)

    def write(self, words: str, middle: Place, *, sideways: bool = False) -> None:
        """Write words around a place, in lines; one text block, its box a little wide."""
        extent = self.pen.multiline_textbbox((0, 0), words, font=self.font, align="center")
        size = math.ceil(extent[2]) + 2, math.ceil(extent[3]) + 2
        note = Image.new("L", size, 0)
        ImageDraw.Draw(note).multiline_text((0, 0), words, fill=255, font=self.font, align="center")
        note = note.rotate(90, expand=True) if sideways else note
        corner = round(middle[0] - note.width / 2), round(middle[1] - note.height / 2)
        self.image.paste(self.ink.text, corner, note)
        self.blocks.append((words.replace("\n", " "), (corner[0] - 2, corner[1], note.width + 4, note.height + 2)))

    def box(self, words: str, middle: Place, *, wide: int = 140, high: int = 60, round_by: int = 0) -> None:
        """Draw a box with words in it."""
        x, y = middle
        frame = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        self.pen.rounded_rectangle(frame, round_by, outline=self.ink.line, fill=self.ink.fill, width=self.ink.width)
        if words:
            self.write(words, middle)

    def diamond(self, words: str, middle: Place, *, wide: int = 150, high: int = 90) -> None:
        """Draw a diamond with words in it."""
        x, y = middle
        corners = [(x, y - high / 2), (x + wide / 2, y), (x, y + high / 2), (x - wide / 2, y), (x, y - high / 2)]
        self.pen.polygon(corners, fill=self.ink.fill or self.ink.ground)
        self.pen.line(corners, fill=self.ink.line, width=self.ink.width, joint="curve")
        if words:
            self.write(words, middle)

    def circle(self, middle: Place, *, across: int = 36, width: int | None = None) -> None:
        """Draw an event."""
        x, y = middle
        frame = (x - across / 2, y - across / 2, x + across / 2, y + across / 2)
        self.pen.ellipse(frame, outline=self.ink.line, fill=self.ink.fill, width=width or self.ink.width)

    def arrow(self, *way: Place, head: str = "filled", dashed: bool = False) -> None:
        """Draw a line over several places, with an arrow head at its end."""
        for begin, end in pairwise(way):
            self._line(begin, end, dashed=dashed)
        if head != "none":
            self._head(way[-2], way[-1], head)

    def frame(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draw the outline of a lane or a pool."""
        self.pen.rectangle((left, top, right, bottom), outline=self.ink.line, width=self.ink.width)

    def _line(self, begin: Place, end: Place, *, dashed: bool) -> None:
        length = math.dist(begin, end)
        step = 12.0 if dashed else length
        way = ((end[0] - begin[0]) / length, (end[1] - begin[1]) / length)
        for start in np.arange(0, length, step):
            stop = min(start + (7 if dashed else step), length)
            piece = [(begin[0] + way[0] * at, begin[1] + way[1] * at) for at in (start, stop)]
            self.pen.line(piece, fill=self.ink.line, width=self.ink.width)

    def _head(self, begin: Place, tip: Place, head: str) -> None:
        angle = math.atan2(tip[1] - begin[1], tip[0] - begin[0])
        barbs = [(tip[0] - 14 * math.cos(angle + side), tip[1] - 14 * math.sin(angle + side)) for side in (0.42, -0.42)]
        if head == "filled":
            self.pen.polygon([tip, *barbs], fill=self.ink.line)
        elif head == "hollow":
            self.pen.polygon([tip, *barbs], fill=self.ink.ground, outline=self.ink.line, width=self.ink.width)
        else:
            self.pen.line([barbs[0], tip, barbs[1]], fill=self.ink.line, width=self.ink.width)

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """What was drawn, (height, width, 3)."""
        return np.asarray(self.image, dtype=np.uint8)

    @property
    def text(self) -> str:
        """The blocks' words, a block a line."""
        return "\n".join(words for words, _ in self.blocks)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The text blocks."""
        found, start = [], 0
        for number, (words, (x, y, w, h)) in enumerate(self.blocks, start=1):
            box = Box(x=max(x, 0) / self.width, y=max(y, 0) / self.height, w=w / self.width, h=h / self.height)
            found.append(
                Passage(id=f"b{number}", start=start, end=start + len(words), box=box, read_by="ocr", confidence=0.99)
            )
            start += len(words) + 1
        return tuple(found)

    def read(self) -> Source:
        """Return the source that this diagram becomes."""
        return to_source(self.pixels, self.passages, self.text)


def to_source(pixels: NDArray[np.uint8], passages: Sequence[Passage], text: str) -> Source:
    """Look for a diagram in an image and put what was seen into a source."""
    seen = find_diagram(stretch(pixels, passages))
    picture = Picture(
        width=pixels.shape[1],
        height=pixels.shape[0],
        shapes=seen.shapes,
        connectors=seen.connectors,
        rulings=seen.rulings,
    )
    return Source(
        id="s1", kind="image", name="drawn.png", sha256="0" * 64, text=text, passages=tuple(passages), image=picture
    )


def words_of(source: Source, shape: str | None) -> str:
    """Return what a shape says."""
    assert source.image is not None
    passages = {passage.id: passage for passage in source.passages}
    found = next(one for one in source.image.shapes if one.id == shape)
    return " ".join(source.slice(passages[passage]) for passage in found.passages)


def arrows_of(source: Source) -> set[tuple[str, str]]:
    """Return who leads to whom where an arrow head was seen."""
    assert source.image is not None
    lines = [line for line in source.image.connectors if line.directed]
    return {(words_of(source, line.before), words_of(source, line.after)) for line in lines}


def order_process(ink: Ink = LIGHT, *, head: str = "filled") -> Easel:
    """Draw a small flowchart with a decision, a branch that ends and a loop."""
    easel = Easel(ink=ink)
    easel.box("Order placed", (110, 120), round_by=28)
    easel.box("Check stock", (330, 120))
    easel.diamond("In stock?", (560, 120))
    easel.box("Ship order", (790, 120))
    easel.box("Reorder item", (560, 330))
    easel.arrow((180, 120), (260, 120), head=head)
    easel.arrow((400, 120), (485, 120), head=head)
    easel.arrow((635, 120), (720, 120), head=head)
    easel.write("yes", (672, 100))
    easel.arrow((560, 165), (560, 300), head=head)
    easel.write("no", (585, 225))
    easel.arrow((490, 330), (330, 330), (330, 150), head=head)
    return easel


ORDER_PROCESS = {
    ("Order placed", "Check stock"),
    ("Check stock", "In stock?"),
    ("In stock?", "Ship order"),
    ("In stock?", "Reorder item"),
    ("Reorder item", "Check stock"),
}
