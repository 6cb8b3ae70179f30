"""Swimlanes and pools: bands between long lines, with their titles in a strip at their head, often sideways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from journey.sources.layout.canvas import Canvas
from journey.sources.layout.outlines import Outline
from journey.sources.layout.rulings import Line

TOUCHES = 1.2  # units: how near a line's end is to the line it starts from
NARROWEST, WIDEST = 0.8, 7.0  # units: the strip that holds the titles
OPEN = 2.5  # units: where no line parts the strip from its lane, titles stand sideways this near the head
LEAST = 3.0  # units: the breadth of a lane
LEAST_LENGTH = 12.0  # units
SIDEWAYS = 1.3  # times higher than wide


@dataclass(frozen=True, slots=True)
class Band:
    """A lane or a pool: its box on the canvas and the passages that are its title."""

    x: float
    y: float
    w: float
    h: float
    title: frozenset[int]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The bands of a picture and the lines that bound them."""

    bands: tuple[Band, ...] = ()
    along: tuple[Line, ...] = ()
    down: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scene:
    """What stands between the lines: the middles of passages, which of them run across, and the middles of shapes."""

    words: NDArray[np.float64]
    across: NDArray[np.bool_]
    shapes: NDArray[np.float64]
    unit: float

    def turned(self) -> _Scene:
        """Swap the directions; a title down the page runs along its lane's head already."""
        return _Scene(self.words[:, ::-1], ~self.across, self.shapes[:, ::-1], self.unit)


@dataclass(frozen=True, slots=True)
class _Rack:
    """A line across the head of bands, and the lines that run from it."""

    head: Line
    borders: tuple[Line, ...]

    @property
    def reach(self) -> float:
        return max(line.end for line in self.borders)


def find_lanes(canvas: Canvas, along: Sequence[Line], down: Sequence[Line], *, nodes: Sequence[Outline] = ()) -> Lanes:
    """Find the bands along and those down, and keep the direction that has more of them with a title."""
    middles = canvas.boxes[:, :2] + canvas.boxes[:, 2:] / 2
    shapes = np.array([node.middle for node in nodes], dtype=np.float64).reshape(-1, 2)
    scene = _Scene(middles, canvas.boxes[:, 3] > SIDEWAYS * canvas.boxes[:, 2], shapes, canvas.unit)
    lying, racks = _bands(along, down, scene)
    turned, turned_racks = _bands(down, along, scene.turned())
    standing = [Band(band.y, band.x, band.h, band.w, band.title) for band in turned]
    if len(standing) > len(lying):
        return Lanes(tuple(standing), _ends(along, turned_racks, canvas.unit), _borders(turned_racks))
    return Lanes(tuple(lying), _borders(racks), _ends(down, racks, canvas.unit))


def _borders(racks: Sequence[_Rack]) -> tuple[Line, ...]:
    return tuple(dict.fromkeys(line for rack in racks for line in rack.borders))


def _ends(across: Sequence[Line], racks: Sequence[_Rack], unit: float) -> tuple[Line, ...]:
    """Name the lines at either end of the bands."""
    return tuple(
        line
        for line in across
        if any(line is rack.head or abs(line.place - rack.reach) < TOUCHES * unit for rack in racks)
    )


def _bands(
    along: Sequence[Line],
    down: Sequence[Line],
    scene: _Scene,
) -> tuple[list[Band], list[_Rack]]:
    """Read the bands that run along, from the outermost head line to the innermost."""
    racks: list[_Rack] = []
    for head in sorted(down, key=lambda line: line.place):
        borders = _from_head(head, along, [rack.head for rack in racks], scene.unit)
        if borders:
            racks.append(_Rack(head, borders))
    bands: list[Band] = []
    used: list[_Rack] = []
    for rack in racks:
        found = [band for band in _between(rack, racks, scene) if not _known(band, bands, scene.unit)]
        bands += found
        if found:
            used.append(rack)
    heads = [rack for rack in racks if rack not in used and _is_strip_end(rack, used, scene.unit)]
    return bands, used + heads


def _from_head(head: Line, along: Sequence[Line], outer: Sequence[Line], unit: float) -> tuple[Line, ...]:
    """Find the long lines that run from a head line, or from one further out, most of the way to the far end."""
    starts = [head.place, *(line.place for line in outer if head.place - line.place < 2 * WIDEST * unit)]
    running = [
        line
        for line in along
        if line.end - head.place > LEAST_LENGTH * unit
        and head.begin - TOUCHES * unit < line.place < head.end + TOUCHES * unit
        and any(abs(line.begin - start) < TOUCHES * unit for start in starts)
    ]
    reach = max((line.end for line in running), default=0.0)
    whole = [line for line in running if line.end - head.place > 0.85 * (reach - head.place)]
    return tuple(sorted(whole, key=lambda line: line.place))


def _between(rack: _Rack, racks: Sequence[_Rack], scene: _Scene) -> list[Band]:
    """Cut a rack into bands at its lines, and read the title at the head of each."""
    places = [rack.head.begin, *(line.begin_place for line in rack.borders), rack.head.end]
    cuts = [place for i, place in enumerate(places) if i == 0 or place - places[i - 1] > LEAST / 2 * scene.unit]
    bands = []
    for top, bottom in pairwise(cuts):
        title = _title(rack, racks, (top, bottom), scene)
        if title and bottom - top >= LEAST * scene.unit:
            bands.append(Band(rack.head.place, top, rack.reach - rack.head.place, bottom - top, title))
    return bands


def _title(rack: _Rack, racks: Sequence[_Rack], extent: tuple[float, float], scene: _Scene) -> frozenset[int]:
    """Read what stands in the strip at the head of a band; where a shape stands there as well, it is no strip."""
    top, bottom = extent
    strip = _strip(rack, racks, (top + bottom) / 2, scene.unit)
    end = strip or rack.head.place + OPEN * scene.unit

    def within(middles: NDArray[np.float64]) -> NDArray[np.bool_]:
        down = (middles[:, 1] > top) & (middles[:, 1] < bottom)
        return np.asarray(down & (middles[:, 0] > rack.head.place) & (middles[:, 0] < end), dtype=np.bool_)

    title = within(scene.words) if strip else within(scene.words) & scene.across
    return frozenset() if within(scene.shapes).any() else frozenset(int(place) for place in np.flatnonzero(title))


def _strip(rack: _Rack, racks: Sequence[_Rack], middle: float, unit: float) -> float | None:
    """Tell where the strip of titles behind a head line ends; None where no line ends it."""
    ends = [
        other.head.place
        for other in racks
        if NARROWEST * unit < other.head.place - rack.head.place < WIDEST * unit
        and other.head.begin < middle < other.head.end
    ]
    return min(ends, default=None)


def _known(band: Band, bands: Sequence[Band], unit: float) -> bool:
    return any(abs(band.y - other.y) < unit and abs(band.h - other.h) < unit for other in bands)


def _is_strip_end(rack: _Rack, used: Sequence[_Rack], unit: float) -> bool:
    return any(0 < rack.head.place - other.head.place < WIDEST * unit for other in used)
