"""What was seen in an image besides its words: outlines, lines between them, curves and rulings."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from journey.model.record import Fraction, Record


class Box(Record):
    """A region of an image, in fractions of its width and height, from the top left corner."""

    x: Fraction
    y: Fraction
    w: Fraction
    h: Fraction


class Point(Record):
    """A place in an image, in fractions of its width and height, from the top left corner."""

    x: Fraction
    y: Fraction


class Shape(Record):
    """A closed outline or a filled area, with the text blocks that lie in it."""

    id: str
    kind: Literal["rectangle", "rounded", "diamond", "ellipse", "other"]
    box: Box
    colour: str | None = Field(default=None, description="of its filling, #rrggbb")
    parent: str | None = Field(default=None, description="the smallest shape around it")
    passages: tuple[str, ...] = Field(default=(), description="ids, in reading order; not those of shapes within")


class Connector(Record):
    """A line from one shape to another; undirected when no arrow head was seen."""

    id: str
    before: str | None = Field(default=None, description="the shape it leaves; None where it hangs loose")
    after: str | None = Field(default=None, description="the shape it enters; None where it hangs loose")
    directed: bool = True
    dashed: bool = False
    path: tuple[Point, ...] = ()
    label: tuple[str, ...] = Field(default=(), description="ids of the passages written on it")
    confidence: Fraction | None = None


class Curve(Record):
    """An open line drawn across the image, such as an emotion curve, from left to right."""

    points: tuple[Point, ...]
    colour: str | None = None


class Face(Record):
    """A smiley or an emoji: how it looks."""

    box: Box
    score: float = Field(ge=-2, le=2)


class Ruling(Record):
    """A straight line that parts rows, columns or lanes."""

    begin: Point
    end: Point


class Picture(Record):
    """The upright image: its pixels' extent, and what was seen in it besides words."""

    width: int = Field(gt=0)
    height: int = Field(gt=0)
    turned: Literal[0, 90, 180, 270] = Field(default=0, description="degrees clockwise that made it upright")
    shapes: tuple[Shape, ...] = ()
    connectors: tuple[Connector, ...] = ()
    curves: tuple[Curve, ...] = ()
    faces: tuple[Face, ...] = ()
    rulings: tuple[Ruling, ...] = ()
