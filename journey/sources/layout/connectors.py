"""Connectors: lines from shape to shape, with the direction their arrow heads give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from journey.sources.layout.canvas import Canvas, Mask
from journey.sources.layout.heads import HEAD, head_weight
from journey.sources.layout.lanes import Lanes
from journey.sources.layout.outlines import Outline
from journey.sources.layout.rulings import Line, without_lines
from journey.sources.layout.skeleton import Arm, find_arms, thin
from journey.sources.layout.traces import follow
from journey.sources.layout.ways import Port, Way, find_ports, find_ways

SKIN = 0.15  # units around a shape that belong to its border
DOORSTEP = 0.2  # units around a shape within which lines are cut off, so that a line and its barbs end apart
PORCH = 0.5  # units around a shape within which a line has reached it
HOLE = 0.8  # units: a hole this wide in a line is inside an arrow head
DASH_GAP = 0.5  # units between the dots of a dotted line
SPECK = 0.12  # units: the grain of paper
CLEARER = 1.4  # times heavier: the end which has the head, where both seem to
DASHES, DASHED = 3, 0.08  # gaps in a dashed line, and the share of its length that is not drawn


@dataclass(frozen=True, slots=True)
class Link:
    """A line between two shapes, given by their positions, from `before` to `after` when directed."""

    before: int
    after: int
    directed: bool
    dashed: bool
    points: NDArray[np.float64]
    confidence: float


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The ink outside the shapes, their ground, the lines between them, and whose ground or porch each pixel is."""

    ink: Mask
    shapes: Mask
    lines: Mask
    owners: NDArray[np.int32]


def find_links(canvas: Canvas, shapes: Sequence[Outline], holders: frozenset[int], lanes: Lanes) -> list[Link]:
    """Find the lines between shapes.

    Args:
        holders: positions of the shapes that hold others; lines run within them.
    """
    drawing = _outside(canvas, shapes, holders, lanes)
    arms = [arm for arm in find_arms(thin(drawing.lines)) if not _is_border(arm, drawing.owners)]
    traces = follow(canvas, arms, near_shape=drawing.owners > 0)
    ways = find_ways(traces, find_ports(traces, drawing.owners, canvas.unit), canvas.unit)
    weights = {port: weight for way in ways for port, weight in _weights(drawing, way, canvas.unit)}
    links = [link for net in _nets(ways) for link in _directed(net, weights)]
    return _each_once([replace(link, dashed=_is_dashed(canvas, link)) for link in links])


def _outside(canvas: Canvas, shapes: Sequence[Outline], holders: frozenset[int], lanes: Lanes) -> _Drawing:
    along, down = _sides([shapes[number] for number in holders])
    strokes = without_lines(canvas.ink.strokes, [*lanes.along, *along], [*lanes.down, *down])
    height, width = strokes.shape
    owners = np.zeros((height, width), np.int32)
    inside, doorstep = np.zeros((height, width), np.uint8), np.zeros((height, width), np.uint8)
    for number in sorted(range(len(shapes)), key=lambda number: -shapes[number].area):
        filled = number not in holders
        _paint(owners, shapes[number], number + 1, PORCH * canvas.unit, filled=filled)
        if filled:
            _paint(inside, shapes[number], 255, SKIN * canvas.unit, filled=True)
            _paint(doorstep, shapes[number], 255, DOORSTEP * canvas.unit, filled=True)
    drawn = _healed(np.where(inside > 0, 0, strokes).astype(np.uint8), inside, owners > 0, canvas.unit)
    ink = np.where(inside > 0, 0, drawn | canvas.ink.words).astype(np.uint8)
    return _Drawing(ink, inside, np.where(doorstep > 0, 0, drawn).astype(np.uint8), owners)


def _is_border(arm: Arm, owners: NDArray[np.int32]) -> bool:
    """Tell whether an arm never leaves the ground of one shape: a rest of its border, or its shadow."""
    places = arm.points.astype(int)
    grounds = owners[places[:, 1], places[:, 0]]
    return bool(grounds[0] > 0 and (grounds == grounds[0]).all())


def _sides(frames: Sequence[Outline]) -> tuple[list[Line], list[Line]]:
    """Tell the sides of shapes that hold others, along and down: lines may end at them or cross them."""
    along = [Line(y, f.x, f.x + f.w, y, y) for f in frames for y in (f.y, f.y + f.h)]
    down = [Line(x, f.y, f.y + f.h, x, x) for f in frames for x in (f.x, f.x + f.w)]
    return along, down


def _paint(ground: NDArray[np.int32] | Mask, shape: Outline, value: int, margin: float, *, filled: bool) -> None:
    if filled:
        cv2.fillPoly(ground, [shape.hull], value)
    inward = 0 if filled else shape.border
    cv2.polylines(ground, [shape.hull], isClosed=True, color=value, thickness=2 * (max(round(margin), 1) + inward))


def _healed(lines: Mask, inside: Mask, near_shape: NDArray[np.bool_], unit: float) -> Mask:
    """Fill arrow heads, close dotted lines away from them, and drop specks."""
    gap = 2 * round(DASH_GAP * unit / 2) + 1
    small = _small(lines, near_shape, unit)
    along = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    down = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8))
    healed = np.where((along > 0) | (down > 0), 255, lines).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(255 - (healed | inside), connectivity=4)
    holes = (stats[:, 2] < HOLE * unit) & (stats[:, 3] < HOLE * unit)
    healed = np.where(holes[labels] & (labels > 0), 255, healed).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(healed, connectivity=8)
    specks = np.maximum(stats[:, 2], stats[:, 3]) <= max(SPECK * unit, 2)
    return np.where(specks[labels], 0, healed).astype(np.uint8)


def _small(lines: Mask, near_shape: NDArray[np.bool_], unit: float) -> Mask:
    """Keep the pieces that may be the dots and dashes of a line; at a shape they may be the barbs of an arrow head."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    small = np.maximum(stats[:, 2], stats[:, 3]) < unit
    small &= np.bincount(labels[near_shape], minlength=count) == 0
    return np.where(small[labels] & (labels > 0), 255, 0).astype(np.uint8)


def _weights(drawing: _Drawing, way: Way, unit: float) -> Iterator[tuple[Port, float]]:
    yield way.first, head_weight(drawing.ink, drawing.shapes, way.points, unit)
    yield way.last, head_weight(drawing.ink, drawing.shapes, way.points[::-1], unit)


def _nets(ways: Sequence[Way]) -> list[list[Way]]:
    """Gather the ways that share a port: lines that join before their arrow head, or part after leaving."""
    nets: list[list[Way]] = []
    for way in ways:
        ends = {way.first, way.last}
        touching = [net for net in nets if any(ends & {other.first, other.last} for other in net)]
        nets = [net for net in nets if net not in touching]
        nets.append([way, *(other for net in touching for other in net)])
    return nets


def _directed(net: Sequence[Way], weights: dict[Port, float]) -> Iterator[Link]:
    """Tell which ways of a net are lines from a shape to another, and in which direction."""
    if len({frozenset((way.first.shape, way.last.shape)) for way in net}) == 1:
        yield max((_alone(way, weights) for way in net), key=lambda link: link.confidence)
        return
    heads = {port for port, weight in weights.items() if weight > HEAD}
    for way in net:
        if (way.first in heads) != (way.last in heads):
            yield _link(way, turned=way.first in heads, directed=True, sure=0.8)


def _alone(way: Way, weights: dict[Port, float]) -> Link:
    first, last = weights[way.first], weights[way.last]
    heavy, light = max(first, last), min(first, last)
    directed = heavy > HEAD and heavy > CLEARER * light
    return _link(way, turned=directed and first > last, directed=directed, sure=0.95 if light < HEAD else 0.75)


def _link(way: Way, *, turned: bool, directed: bool, sure: float) -> Link:
    before, after = (way.last.shape, way.first.shape) if turned else (way.first.shape, way.last.shape)
    points = way.points[::-1] if turned else way.points
    reached = 0.85 if way.first.gap or way.last.gap else 1.0
    return Link(before, after, directed, False, points, sure * reached * (1.0 if directed else 0.6))


def _is_dashed(canvas: Canvas, link: Link) -> bool:
    """Tell whether a line is dashed: walk it and see how often it is not drawn, and for how long in all."""
    steps = np.hypot(*np.diff(link.points, axis=0).T)
    drawn = cv2.dilate(canvas.ink.strokes | canvas.ink.words, np.ones((3, 3), np.uint8))
    places = link.points.astype(int)
    on = drawn[places[:, 1], places[:, 0]] > 0
    jumps = np.maximum(steps - 2, 0)
    gaps = int((on[:-1] & ~on[1:]).sum()) + int((jumps > 0).sum())
    missing = float((~on).sum() + jumps.sum())
    return gaps >= DASHES and missing > DASHED * (len(places) + float(jumps.sum()))


def _each_once(links: Sequence[Link]) -> list[Link]:
    """Keep the surest of the lines between the same two shapes in the same direction."""
    best: dict[tuple[int, int], Link] = {}
    for link in sorted(links, key=lambda link: -link.confidence):
        best.setdefault((link.before, link.after), link)
    kept = defaultdict(list)
    for link in best.values():
        kept[frozenset((link.before, link.after))].append(link)
    return [link for pair in kept.values() for link in pair if link.directed or link is pair[0]]
