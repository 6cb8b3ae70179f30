"""The few kinds of things a drawn map consists of, placed on a sheet; painters know nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from journey.exports.board import Form

Align = Literal["start", "center"]


@dataclass(frozen=True)
class Sheet:
    """What is drawn on, in points (1/72 inch); a height of None grows with the map."""

    width: float
    height: float | None
    margin: float
    type_size: float
    """Of a card's words; everything else is set in proportion."""
    columns: int
    """The most steps side by side."""


@dataclass(frozen=True)
class Words:
    """A paragraph in lines that fit its room; a painter that breaks lines itself takes `text`."""

    lines: tuple[str, ...]
    size: float
    colour: str
    bold: bool = False

    @property
    def text(self) -> str:
        """The paragraph as it was written, or as much of it as is shown."""
        return "".join(self.lines).strip()


@dataclass(frozen=True)
class Panel:
    """A rectangle with words in it, or words alone where it has neither filling nor outline."""

    x: float
    y: float
    w: float
    h: float
    words: tuple[Words, ...] = ()
    fill: str = ""
    ink: str = ""
    """Of the outline that `form` asks for."""
    form: Form = "quoted"
    radius: float = 0.0
    pad: float = 0.0
    align: Align = "start"
    middle: bool = False
    """Whether the words stand in the middle of the height."""
    name: str = ""
    """What the thing is, for whoever edits or hears it."""
    reference: int = 0


@dataclass(frozen=True)
class Stroke:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float
    name: str = ""


@dataclass(frozen=True)
class Dot:
    """A disc: a step's number, or a point of the curve of feelings."""

    x: float
    y: float
    r: float
    colour: str
    form: Form = "quoted"
    words: Words | None = None
    name: str = ""


Mark = Panel | Stroke | Dot


@dataclass(frozen=True)
class Drawing:
    """One sheet with what stands on it, from back to front."""

    width: float
    height: float
    title: str
    marks: tuple[Mark, ...]
