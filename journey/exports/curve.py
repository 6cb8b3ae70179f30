"""The row of feelings: a curve through the steps that have one, with a gap where nobody voiced any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from journey.exports.board import FORM_WORDS, Card, Column
from journey.exports.citations import signed
from journey.exports.drawing import Dot, Mark, Panel, Stroke, Words
from journey.exports.measuring import is_rtl, width
from journey.exports.palette import LINE, PAPER, PRIMARY, QUIET, feeling_ink
from journey.exports.typesetting import CURVE_ROW, FOOT, Typesetter, filled, height

SCALE = (("very good", 2.0), ("neutral", 0.0), ("very bad", -2.0))
LABEL_ROOM = 3.4
"""Room for words above the highest and below the lowest point, in sizes of type."""

LRM = "\u200e"
"""Around a number, which keeps its sign in front also where it stands in Arabic words."""

Place = tuple[float, float]


def draw_curve(columns: Sequence[Column], lefts: Sequence[float], y: float, setter: Typesetter) -> Iterator[Mark]:
    """Draw the row from `y` down; `lefts` are the left edges of the columns."""
    high, low = y + LABEL_ROOM * setter.size, y + (CURVE_ROW - LABEL_ROOM) * setter.size
    yield from _scale(lefts[0], lefts[-1] + setter.card, high, low, setter)
    places = [
        None if column.score is None else (left + setter.card / 2, low - (column.score + 2) / 4 * (low - high))
        for column, left in zip(columns, lefts, strict=True)
    ]
    yield from _segments(places)
    for column, place, left in zip(columns, places, lefts, strict=True):
        if place is not None and column.feeling is not None:
            yield from _feeling(column.feeling, column.score or 0.0, place, left, setter)
        elif column.number:
            yield _not_voiced(left, (high + low) / 2, setter)


def _scale(left: float, right: float, high: float, low: float, setter: Typesetter) -> Iterator[Mark]:
    for said, score in SCALE:
        at = low - (score + 2) / 4 * (low - high)
        wide = width(said, FOOT * setter.size) + 0.4 * setter.size
        words = setter.words(said, wide, FOOT, QUIET)
        yield Stroke(((left, at), (right, at)), LINE, 0.5, name="Scale")
        x = left - 0.6 * setter.size - wide
        yield Panel(x, at - 0.5 * setter.size, wide, height((words,)), (words,), name="Scale")


def _segments(places: Sequence[Place | None]) -> Iterator[Mark]:
    run: list[Place] = []
    for place in [*places, None]:
        if place is not None:
            run.append(place)
            continue
        if len(run) > 1:
            yield Stroke(tuple(run), PRIMARY, 1.6, name="Curve of feelings")
        run = []


def _feeling(card: Card, score: float, place: Place, left: float, setter: Typesetter) -> Iterator[Mark]:
    """Draw a point and its words, above a good feeling and below a bad one."""
    ink, form = feeling_ink(score), card.standing.form
    x, y = place
    yield Dot(x, y, 0.6 * setter.size, ink, form, name=f"Feeling {signed(score)}: {FORM_WORDS[form]}")
    words = filled(_label(card, score, ink, setter), setter.foot(card, setter.card))
    high = height(words)
    top = y - high - 0.75 * setter.size if score > 0 else y + 0.75 * setter.size
    yield Panel(left, top, setter.card, high, words, align="center", name="Feeling", reference=card.reference)


def _label(card: Card, score: float, ink: str, setter: Typesetter) -> Words:
    """Return the feeling's name on one line, cut so that its score still stands behind it."""
    mark = LRM if is_rtl(card.text) else ""
    told = f" ({mark}{signed(score)}{mark})"
    room = setter.card - width(told, 0.9 * setter.size, bold=True)
    name = setter.words(card.text, room, 0.9, ink, bold=True, most=1)
    return replace(name, lines=(f"{name.text}{told}",))


def _not_voiced(left: float, y: float, setter: Typesetter) -> Mark:
    words = setter.words("not voiced", setter.card, FOOT, QUIET)
    wide = width("not voiced", FOOT * setter.size) + setter.size
    x = left + (setter.card - wide) / 2
    return Panel(x, y - 0.55 * setter.size, wide, height((words,)), (words,), PAPER, align="center", name="No feeling")
