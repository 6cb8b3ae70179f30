"""An image's source laid out in pixels: its pieces of text and what was drawn, ready for geometry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from journey.model import Box, Evidence, Passage, Source
from journey.model.picture import Connector, Picture, Point
from journey.sources.geometry import Rect

BULLET = re.compile(r"^(?:[•·∙◦▪■●○*✓✔➢➤‣-]|[–—=]\s|\(?\d{1,2}[.)]\s)\s*(?=\S)")
"""A bullet, a dash or a number that introduces a point; a small bullet is sometimes read as an equals sign."""

MIDDLE = 0.2
"""Share of a column around its middle, over which a curve's height is taken."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A slice of a passage, with the place of its passage in pixels."""

    source: str
    passage: str
    start: int
    end: int
    text: str
    rect: Rect
    confidence: float = 1.0
    colour: str = "#ffffff"

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of its place."""
        return (self.rect.left + self.rect.right) / 2, (self.rect.top + self.rect.bottom) / 2

    def cut(self, start: int, end: int) -> Piece:
        """Return a part of it, by offsets into its own text, without the white space around it."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        first = self.start + start
        return Piece(self.source, self.passage, first, first + len(text), text, self.rect, self.confidence, self.colour)

    def evidence(self) -> Evidence:
        """Return the quote."""
        return Evidence(source=self.source, passage=self.passage, start=self.start, end=self.end, quote=self.text)


@dataclass(frozen=True, slots=True)
class Card:
    """A closed outline or coloured area: its place in pixels, and the passages on it."""

    id: str
    kind: str
    rect: Rect
    colour: str
    passages: tuple[str, ...]
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Smiley:
    """A face and how it looks, -2 to 2."""

    rect: Rect
    score: float


@dataclass(frozen=True, slots=True)
class Trace:
    """A drawn curve: points in pixels from left to right, (x, y)."""

    points: tuple[tuple[float, float], ...]
    colour: str

    @property
    def rect(self) -> Rect:
        """The upright rectangle around it."""
        xs, ys = zip(*self.points, strict=True)
        return Rect(min(xs), min(ys), max(xs), max(ys))

    def height_at(self, left: float, right: float) -> float | None:
        """Return its mean y around the middle between two x, where marks stand; None where it is not drawn there."""
        xs, ys = zip(*self.points, strict=True)
        if min(right, xs[-1]) - max(left, xs[0]) < 0.25 * (right - left):
            return None
        middle, reach = (left + right) / 2, MIDDLE * (right - left) / 2
        places = np.clip(np.linspace(middle - reach, middle + reach, 9), xs[0], xs[-1])
        return float(np.mean(np.interp(places, xs, ys)))


@dataclass(frozen=True)
class Sheet:
    """One image in pixels."""

    source: Source
    width: float
    height: float
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    faces: tuple[Smiley, ...]
    traces: tuple[Trace, ...]
    across: tuple[tuple[float, float, float], ...]
    """Rulings that run from left to right: (y, left, right)."""
    down: tuple[tuple[float, float, float], ...]
    """Rulings that run from top to bottom: (x, top, bottom)."""
    connectors: tuple[Connector, ...] = ()
    unread: int = 0
    struck: int = 0
    """Texts that were struck through, and are no pieces."""

    @cached_property
    def line_height(self) -> float:
        """The height of a common line of text; half of the pieces are lower or as high."""
        heights = sorted(min(piece.rect.height, piece.rect.width) for piece in self.pieces)
        return heights[len(heights) // 3] if heights else self.height / 40


def to_sheet(source: Source) -> Sheet:
    """Place what was read and seen in an image on its pixels."""
    picture = source.image or Picture(width=1000, height=1000)
    width, height = float(picture.width), float(picture.height)
    rulings = [(_placed(one.begin, picture), _placed(one.end, picture)) for one in picture.rulings]
    across = tuple(
        ((a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0])) for a, b in rulings if abs(a[0] - b[0]) > abs(a[1] - b[1])
    )
    written = tuple(_pieces(source, width, height))
    pieces = tuple(piece for piece in written if not _is_struck(piece, across))
    return Sheet(
        source=source,
        width=width,
        height=height,
        pieces=pieces,
        struck=len(written) - len(pieces),
        cards=tuple(
            Card(one.id, one.kind, _rect(one.box, width, height), one.colour or "#ffffff", one.passages, one.parent)
            for one in picture.shapes
        ),
        faces=tuple(Smiley(_rect(one.box, width, height), one.score) for one in picture.faces),
        traces=tuple(
            Trace(tuple(_placed(point, picture) for point in one.points), one.colour or "#000000")
            for one in picture.curves
        ),
        across=across,
        down=tuple(
            ((a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1]))
            for a, b in rulings
            if abs(a[0] - b[0]) <= abs(a[1] - b[1])
        ),
        connectors=picture.connectors,
        unread=sum(passage.read_by == "unread" for passage in source.passages),
    )


def _is_struck(piece: Piece, across: Sequence[tuple[float, float, float]]) -> bool:
    """Whether a line as long as a text runs through its middle."""
    rect = piece.rect
    middle, reach = (rect.top + rect.bottom) / 2, 0.2 * rect.height
    return any(
        abs(y - middle) < reach and abs(begin - rect.left) < rect.height and abs(end - rect.right) < rect.height
        for y, begin, end in across
    )


def joined(pieces: Iterable[Piece]) -> str:
    """Return the words of several pieces as one text; a word parted at the end of a line is put together.

    >>> from journey.sources.geometry import Rect
    >>> place = Rect(0, 0, 1, 1)
    >>> joined([Piece("s1", "b1", 0, 6, "Follow", place), Piece("s1", "b2", 7, 9, "up", place)])
    'Follow up'
    """
    return " ".join(" ".join(piece.text for piece in pieces).split())


def around(rects: Sequence[Rect]) -> Rect:
    """Return the smallest rectangle around several."""
    return Rect(
        min(rect.left for rect in rects),
        min(rect.top for rect in rects),
        max(rect.right for rect in rects),
        max(rect.bottom for rect in rects),
    )


def _pieces(source: Source, width: float, height: float) -> Iterable[Piece]:
    for passage in source.passages:
        if passage.box is None or passage.read_by == "unread":
            continue
        whole = _piece(source, passage, _rect(passage.box, width, height))
        if any(char.isalnum() for char in whole.text) or whole.text in ("+", "++", "-", "--", "–", "−"):
            yield whole.cut(0, len(whole.text))


def _piece(source: Source, passage: Passage, rect: Rect) -> Piece:
    return Piece(
        source=source.id,
        passage=passage.id,
        start=passage.start,
        end=passage.end,
        text=source.slice(passage),
        rect=rect,
        confidence=1.0 if passage.confidence is None else passage.confidence,
        colour=passage.colour or "#ffffff",
    )


def _rect(box: Box, width: float, height: float) -> Rect:
    return Rect(box.x * width, box.y * height, (box.x + box.w) * width, (box.y + box.h) * height)


def _placed(point: Point, picture: Picture) -> tuple[float, float]:
    return point.x * picture.width, point.y * picture.height
