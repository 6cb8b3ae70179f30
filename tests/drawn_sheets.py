"""Pictures for the tests of maps and walls: laid out by hand, with their text blocks and shapes given, no OCR."""

from __future__ import annotations

from collections.abc import Sequence

from journey.model import Passage, Source
from journey.model.picture import Box, Connector, Curve, Face, Picture, Point, Ruling, Shape

WIDTH, HEIGHT = 1000, 800
LETTER, LINE = 8, 18
"""Pixels of a letter and of a line, as the hand-made text blocks have them."""


class Board:
    """A picture in the making; places are in pixels."""

    def __init__(self, *, language: str | None = "en", source_id: str = "s1", name: str = "board.png") -> None:
        self.language, self.source_id, self.name = language, source_id, name
        self.text = ""
        self.passages: list[Passage] = []
        self.shapes: list[Shape] = []
        self.curves: list[Curve] = []
        self.faces: list[Face] = []
        self.rulings: list[Ruling] = []
        self.connectors: list[Connector] = []

    def write(self, x: float, y: float, words: str, *, size: float = 1.0, confidence: float = 0.99) -> str:
        """Add a text block whose lines are parted by "\\n"; returns its id."""
        lines = words.split("\n")
        width, height = max(map(len, lines)) * LETTER * size, len(lines) * LINE * size
        start = len(self.text) + 1 if self.text else 0
        self.text = f"{self.text}\n{' '.join(lines)}" if self.text else " ".join(lines)
        name = f"b{len(self.passages) + 1}"
        self.passages.append(
            Passage(
                id=name,
                start=start,
                end=len(self.text),
                box=box(x, y, width, height),
                read_by="ocr",
                confidence=confidence,
            )
        )
        return name

    def turned(self, x: float, y: float, words: str) -> str:
        """Add a line of text that runs upwards."""
        name = self.write(x, y, words)
        self.passages[-1] = self.passages[-1].model_copy(update={"box": box(x, y, LINE, len(words) * LETTER)})
        return name

    def unread(self, x: float, y: float) -> None:
        """Add a place where words stand that could not be read."""
        name = f"b{len(self.passages) + 1}"
        place = box(x, y, 60, LINE)
        self.passages.append(Passage(id=name, start=len(self.text), end=len(self.text), box=place, read_by="unread"))

    def card(
        self, x: float, y: float, words: str = "", *, w: float = 140, h: float = 60, colour: str = "#fff2cc"
    ) -> str:
        """Add a coloured card with words in it; returns the shape's id."""
        held = (self.write(x + 6, y + 6, words),) if words else ()
        name = f"r{len(self.shapes) + 1}"
        self.shapes.append(Shape(id=name, kind="rectangle", box=box(x, y, w, h), colour=colour, passages=held))
        return name

    def curve(self, points: Sequence[tuple[float, float]], colour: str = "#ff0000") -> None:
        """Add a drawn line."""
        placed = tuple(Point(x=x / WIDTH, y=y / HEIGHT) for x, y in points)
        self.curves.append(Curve(points=placed, colour=colour))

    def face(self, x: float, y: float, score: float) -> None:
        """Add a smiley around a place."""
        self.faces.append(Face(box=box(x - 12, y - 12, 24, 24), score=score))

    def arrow(self, before: str, after: str) -> None:
        """Join two cards."""
        self.connectors.append(Connector(id=f"c{len(self.connectors) + 1}", before=before, after=after))

    def source(self) -> Source:
        """Return the picture as read."""
        return Source(
            id=self.source_id,
            kind="image",
            name=self.name,
            sha256="0" * 64,
            language=self.language,
            text=self.text,
            passages=tuple(self.passages),
            image=Picture(
                width=WIDTH,
                height=HEIGHT,
                shapes=tuple(self.shapes),
                connectors=tuple(self.connectors),
                curves=tuple(self.curves),
                faces=tuple(self.faces),
                rulings=tuple(self.rulings),
            ),
        )


def box(x: float, y: float, w: float, h: float) -> Box:
    """Return a place in pixels as fractions of the board."""
    return Box(x=x / WIDTH, y=y / HEIGHT, w=w / WIDTH, h=h / HEIGHT)


def table(
    header: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], *, language: str | None = "en", top: float = 60
) -> Board:
    """Return a map of plain text: lane titles at the left, phases on top, a cell every 200 pixels across, 100 down."""
    board = Board(language=language)
    for column, name in enumerate(header):
        board.write(200 + 200 * column, top, name)
    for row, (title, cells) in enumerate(rows, start=1):
        board.write(20, top + 100 * row, title)
        for column, words in enumerate(cells):
            if words:
                board.write(200 + 200 * column, top + 100 * row, words)
    return board
