"""Diagrams: shapes, lanes and the lines between shapes, with the words that belong to each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from journey.model.picture import Connector, Ruling, Shape
from journey.sources.layout.canvas import Canvas
from journey.sources.layout.connectors import Link, find_links
from journey.sources.layout.labels import Labels, assign, in_lines
from journey.sources.layout.lanes import Band, find_lanes
from journey.sources.layout.nesting import find_holders, find_parents, settle
from journey.sources.layout.outlines import Outline, find_outlines
from journey.sources.layout.regions import find_regions
from journey.sources.layout.rulings import Line, find_lines

BEND = 0.25  # units: how far a line's simplified path may lie from it


@dataclass(frozen=True, slots=True)
class Diagram:
    """What a picture shows of a diagram."""

    shapes: tuple[Shape, ...]
    connectors: tuple[Connector, ...]
    rulings: tuple[Ruling, ...]


def find_diagram(canvas: Canvas) -> Diagram:
    """Find the shapes of a picture and how they are joined."""
    along, down = find_lines(canvas, canvas.ink.strokes)
    outlines = find_outlines(canvas, find_regions(canvas))
    nodes = [outline for outline in outlines if 0.25 < outline.w / outline.h < 4 and outline.w < 15 * canvas.unit]
    lanes = find_lanes(canvas, along, down, nodes=nodes)
    outlines = settle(canvas, outlines, lanes)
    holders = find_holders(outlines, canvas.unit)
    links = find_links(canvas, outlines, holders, lanes)
    titles = frozenset(passage for band in lanes.bands for passage in band.title)
    labels = assign(canvas, outlines, links, taken=titles, holders=holders)
    return Diagram(
        tuple(_shapes(canvas, outlines, lanes.bands, labels)),
        tuple(_connectors(canvas, links, labels)),
        tuple(_rulings(canvas, along, down)),
    )


def _shapes(canvas: Canvas, outlines: Sequence[Outline], bands: Sequence[Band], labels: Labels) -> Iterator[Shape]:
    parents = find_parents(outlines, bands)
    for number, outline in enumerate(outlines):
        parent = parents[number]
        yield Shape(
            id=f"r{number + 1}",
            kind=outline.kind,
            box=canvas.box(outline.x, outline.y, outline.w, outline.h),
            colour=_colour(canvas, outline),
            parent=None if parent is None else f"r{parent + 1}",
            passages=tuple(canvas.ids[passage] for passage in labels.shapes.get(number, ())),
        )
    for number, band in enumerate(bands, start=len(outlines)):
        parent = parents[number]
        yield Shape(
            id=f"r{number + 1}",
            kind="rectangle",
            box=canvas.box(band.x, band.y, band.w, band.h),
            parent=None if parent is None else f"r{parent + 1}",
            passages=tuple(canvas.ids[passage] for passage in in_lines(canvas, sorted(band.title))),
        )


def _colour(canvas: Canvas, outline: Outline) -> str:
    """Tell the colour of a shape's filling: the middle one of its pixels that are no ink."""
    part = (slice(outline.y, outline.y + outline.h), slice(outline.x, outline.x + outline.w))
    drawn = np.zeros((outline.h, outline.w), np.uint8)
    cv2.fillPoly(drawn, [outline.hull - np.array([outline.x, outline.y], dtype=np.int32)], 255)
    blank = (drawn > 0) & (canvas.ink.strokes[part] == 0) & (canvas.ink.words[part] == 0)
    pixels = canvas.colours[part][blank if blank.any() else drawn > 0]
    red, green, blue = (int(value) for value in np.median(pixels, axis=0))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _connectors(canvas: Canvas, links: Sequence[Link], labels: Labels) -> Iterator[Connector]:
    for number, link in enumerate(links):
        path = cv2.approxPolyDP(link.points.astype(np.float32), BEND * canvas.unit, closed=False).reshape(-1, 2)
        yield Connector(
            id=f"c{number + 1}",
            before=f"r{link.before + 1}",
            after=f"r{link.after + 1}",
            directed=link.directed,
            dashed=link.dashed,
            path=tuple(canvas.point(float(x), float(y)) for x, y in path),
            label=tuple(canvas.ids[passage] for passage in labels.links.get(number, ())),
            confidence=round(link.confidence, 2),
        )


def _rulings(canvas: Canvas, along: Sequence[Line], down: Sequence[Line]) -> Iterator[Ruling]:
    for line in along:
        yield Ruling(begin=canvas.point(line.begin, line.begin_place), end=canvas.point(line.end, line.end_place))
    for line in down:
        yield Ruling(begin=canvas.point(line.begin_place, line.begin), end=canvas.point(line.end_place, line.end))
