"""Labels: words that stand beside an event, a gateway or a line, not in a shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journey.sources.layout.canvas import Canvas
from journey.sources.layout.connectors import Link
from journey.sources.layout.outlines import Outline

NEAR_SHAPE = 1.8  # units between a small shape and its label
NEAR_LINE = 0.9  # units between a line and its label
SMALL = 4.5  # units: the wider side of a shape that is named beside it
ASIDE = 0.35  # what a unit off the middle of its shape weighs against a unit of distance
ON_LINE = -0.6  # units: how much nearer a label counts that a line runs through
HEADING = 1.2  # units below the top of a shape that holds others, within which its heading begins
MARK = 1  # letters: no more than this are a sign


@dataclass(frozen=True, slots=True)
class Labels:
    """Passages by the shape they are in or name, and by the line they name; positions throughout."""

    shapes: dict[int, tuple[int, ...]]
    links: dict[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Offer:
    """A place that a passage may name, and how far it is, in units."""

    cost: float
    passage: int
    shape: int | None = None
    link: int | None = None


def assign(
    canvas: Canvas,
    shapes: Sequence[Outline],
    links: Sequence[Link],
    *,
    taken: frozenset[int],
    holders: frozenset[int],
) -> Labels:
    """Give every passage to the smallest shape around it, else to the shape or the line it stands beside.

    Args:
        taken: passages that are titles of lanes.
        holders: positions of the shapes that hold others.
    """
    inside = _inside(shapes, taken, holders)
    free = [passage for passage in range(len(canvas.boxes)) if passage not in inside and passage not in taken]
    named = {shape for passage, shape in inside.items() if canvas.letters[passage] > MARK}
    beside: dict[int, int] = {}
    links_of: dict[int, int] = {}
    offers = sorted(_offers(canvas, shapes, links, free, named), key=lambda offer: offer.cost)
    for offer in offers:
        if offer.passage in beside or offer.passage in links_of:
            continue
        if offer.link is not None:
            links_of[offer.passage] = offer.link
        elif offer.shape is not None and offer.shape not in beside.values():
            beside[offer.passage] = offer.shape
    _join_neighbours(canvas, beside, [p for p in free if p not in beside and p not in links_of])
    left = [p for p in free if p not in beside and p not in links_of]
    named_within = {**inside, **beside, **_headings(canvas, shapes, left, holders)}
    return Labels(_gathered(canvas, named_within), _gathered(canvas, links_of))


def _inside(shapes: Sequence[Outline], taken: frozenset[int], holders: frozenset[int]) -> dict[int, int]:
    """Give passages to the shapes they are in, from small to large; those that hold other shapes come later."""
    inside: dict[int, int] = {}
    for number, shape in sorted(enumerate(shapes), key=lambda numbered: numbered[1].area):
        if number not in holders:
            for passage in shape.held - taken:
                inside.setdefault(passage, number)
    return inside


def _headings(
    canvas: Canvas, shapes: Sequence[Outline], left: Sequence[int], holders: frozenset[int]
) -> dict[int, int]:
    """Give each shape that holds others the words left over along its top."""
    found: dict[int, int] = {}
    for number in sorted(holders, key=lambda number: shapes[number].area):
        shape = shapes[number]
        top = [p for p in left if p in shape.held and canvas.boxes[p][1] - shape.y < HEADING * canvas.unit]
        for passage in top:
            found.setdefault(passage, number)
    return found


def _offers(
    canvas: Canvas,
    shapes: Sequence[Outline],
    links: Sequence[Link],
    free: Sequence[int],
    named: set[int],
) -> Iterator[_Offer]:
    unit = canvas.unit
    unnamed = [n for n, shape in enumerate(shapes) if n not in named and max(shape.w, shape.h) < SMALL * unit]
    for passage in free:
        if canvas.letters[passage] <= MARK:
            continue
        box = canvas.boxes[passage]
        for number in unnamed:
            cost = _to_shape(box, shapes[number], unit)
            if cost < NEAR_SHAPE:
                yield _Offer(cost, passage, shape=number)
        for number, link in enumerate(links):
            cost = _to_line(box, link.points, unit)
            if cost < NEAR_LINE:
                yield _Offer(cost, passage, link=number)


def _to_shape(box: NDArray[np.float64], shape: Outline, unit: float) -> float:
    """Measure from a text block to a shape, more where they do not stand in one line."""
    x, y, w, h = box
    across = max(x - shape.x - shape.w, shape.x - x - w, 0.0)
    down = max(y - shape.y - shape.h, shape.y - y - h, 0.0)
    middle_x, middle_y = shape.middle
    off = abs(x + w / 2 - middle_x) if down >= across else abs(y + h / 2 - middle_y)
    return float(np.hypot(across, down) / unit + ASIDE * off / unit)


def _to_line(box: NDArray[np.float64], points: NDArray[np.float64], unit: float) -> float:
    x, y, w, h = box
    across = np.maximum(np.maximum(x - points[:, 0], points[:, 0] - x - w), 0)
    down = np.maximum(np.maximum(y - points[:, 1], points[:, 1] - y - h), 0)
    nearest = float(np.hypot(across, down).min()) / unit
    return nearest if nearest else ON_LINE


def _join_neighbours(canvas: Canvas, beside: dict[int, int], left: Sequence[int]) -> None:
    """Give the further lines of a label to the same shape."""
    for passage in sorted(left, key=lambda number: canvas.boxes[number][1]):
        x, y, w, h = canvas.boxes[passage]
        for other, shape in list(beside.items()):
            left_x, top, width, height = canvas.boxes[other]
            gap = max(y - top - height, top - y - h)
            shared = min(x + w, left_x + width) - max(x, left_x)
            if gap < 0.5 * canvas.unit and shared > 0.5 * min(w, width):
                beside[passage] = shape
                break


def _gathered(canvas: Canvas, owners: dict[int, int]) -> dict[int, tuple[int, ...]]:
    """Turn "belongs to" round, in reading order."""
    gathered: dict[int, list[int]] = {}
    for passage in sorted(owners):
        gathered.setdefault(owners[passage], []).append(passage)
    return {owner: tuple(in_lines(canvas, passages)) for owner, passages in gathered.items()}


def in_lines(canvas: Canvas, passages: Sequence[int]) -> list[int]:
    """Put passages in reading order: line by line; those that run up the page by column, from the bottom."""
    boxes = canvas.boxes[list(passages)]
    if (boxes[:, 3] > 1.3 * boxes[:, 2]).all():
        return sorted(passages, key=lambda p: (round(canvas.boxes[p][0] / canvas.unit), -canvas.boxes[p][1]))
    rows: list[list[int]] = []
    for passage in sorted(passages, key=lambda p: float(canvas.boxes[p][1] + canvas.boxes[p][3] / 2)):
        middle = canvas.boxes[passage][1] + canvas.boxes[passage][3] / 2
        last = canvas.boxes[rows[-1][0]] if rows else None
        if last is not None and middle < last[1] + last[3] * 0.8:
            rows[-1].append(passage)
        else:
            rows.append([passage])
    return [passage for row in rows for passage in sorted(row, key=lambda p: float(canvas.boxes[p][0]))]
