"""Nodes: which shapes of a diagram are steps, which are lanes, and what they say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from journey.model import Box, Evidence, Passage, Source
from journey.model.picture import Connector, Picture, Shape

WORDS = re.compile(r"[^-\u2013\u2014_|\s].*[^-\u2013\u2014_|\s]|[^\W_]", re.DOTALL)
LETTER = re.compile(r"[^\W_]")
SURE = 0.8  # confidence from which on two letters are a word
WIDE, FLAT = 0.45, 5.0  # of the diagram's width, and times its height: a band, not a box
STRIP, STRIP_SLACK = 0.25, 0.015  # of a lane's length its title's strip fills at most; of the picture, its distance
CROSSED, LEAST_CROSSED = 0.1, 2  # of so many other boxes, what an area between lines covers in part
STRIPS = 2  # strips one after the other that name lanes without an outline of their own
ALIKE = 6.0  # times larger or smaller than the middle one: no step of this diagram


@dataclass(frozen=True)
class Chart:
    """A picture read as a diagram: its shapes by id, and what is in, on and around them."""

    source: Source
    picture: Picture

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        """The shapes by id."""
        return {shape.id: shape for shape in self.picture.shapes}

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """The passages by id."""
        return {passage.id: passage for passage in self.source.passages}

    @cached_property
    def children(self) -> dict[str, list[Shape]]:
        """The shapes directly within each shape."""
        within: dict[str, list[Shape]] = defaultdict(list)
        for shape in self.picture.shapes:
            if shape.parent:
                within[shape.parent].append(shape)
        return within

    @cached_property
    def lines(self) -> dict[str, list[Connector]]:
        """The connectors at each shape."""
        at: dict[str, list[Connector]] = defaultdict(list)
        for connector in self.picture.connectors:
            for end in {connector.before, connector.after} - {None}:
                at[str(end)].append(connector)
        return at

    @cached_property
    def strips(self) -> dict[str, Shape]:
        """The strip with its title that stands at the begin of a lane, by the lane's id, where it is a shape."""
        silent = [shape for shape in self.picture.shapes if not shape.passages and self.children[shape.id]]
        strips = [shape for shape in self.picture.shapes if shape.passages and not self.lines[shape.id]]
        found = {}
        for lane in silent:
            strip = next((one for one in strips if not self.children[one.id] and _is_strip(one.box, lane.box)), None)
            if strip is not None:
                found[lane.id] = strip
        return found

    @cached_property
    def bare_strips(self) -> tuple[Shape, ...]:
        """The strips with titles that stand before lanes whose outline was not found, in their order."""
        worded = [shape for shape in self.picture.shapes if shape.passages and not self.children[shape.id]]
        for upright in (True, False):
            strips = [shape for shape in worded if _runs_along(self, shape.box, upright=upright)]
            if len(strips) < STRIPS:
                continue
            strips.sort(key=lambda shape: shape.box.y if upright else shape.box.x)
            begins = [_beyond(shape.box, strips[0].box, upright=upright) for shape in worded if shape not in strips]
            if all(begins) and _follow(strips, upright=upright):
                return tuple(strips)
        return ()

    def quote(self, passage: str) -> Evidence | None:
        """Quote a passage without the line it is written on, read as a dash; None where it says nothing."""
        one = self.passages[passage]
        words = WORDS.search(self.source.slice(one))
        if words is None or not LETTER.search(words.group()):
            return None
        start, end = one.start + words.start(), one.start + words.end()
        return Evidence(source=self.source.id, passage=one.id, start=start, end=end, quote=words.group())

    def evidence(self, ids: Sequence[str]) -> tuple[Evidence, ...]:
        """Quote passages."""
        return tuple(quote for one in ids if (quote := self.quote(one)))

    def said(self, ids: Sequence[str]) -> str:
        """Join the words of passages."""
        return " ".join(" ".join(quote.quote.split()) for quote in self.evidence(ids))

    def read(self, shape: Shape) -> tuple[str, ...]:
        """Return the passages of a shape that say something: not an unread one, not the sign of a gateway or a task."""
        strip = self.strips.get(shape.id)
        spoken = [one for one in (strip or shape).passages if self.quote(one)]
        words = [one for one in spoken if not self._is_sign(one)]
        lone = spoken if len(spoken) == 1 and shape.kind not in {"diamond", "ellipse"} else []
        return tuple(words or [one for one in lone if self.said([one]).isalpha()])

    def _is_sign(self, passage: str) -> bool:
        """Tell whether a passage is a drawn sign read as letters: very few, and unsure."""
        said, sure = self.said([passage]), self.passages[passage].confidence or 0.0
        return len(said) < 2 or (len(said) < 3 and sure < SURE)

    def holds(self, shape: Shape, passage: str) -> bool:
        """Tell whether a passage stands in a shape, not beside it."""
        box, around = self.passages[passage].box, shape.box
        if box is None:
            return False
        x, y = box.x + box.w / 2, box.y + box.h / 2
        return around.x <= x <= around.x + around.w and around.y <= y <= around.y + around.h


@dataclass(frozen=True, slots=True)
class Nodes:
    """The shapes of a diagram by what they are.

    Attributes:
        steps: those that say something and are no lane, in no order.
        lanes: bands with a title, from the outermost in.
        passed: those without words that lines lead through: gateways, events.
        unread: boxes with lines at them whose words could not be read.
        remarks: documents and stores that are named beside them.
    """

    steps: tuple[Shape, ...]
    lanes: tuple[Shape, ...]
    passed: tuple[Shape, ...]
    unread: tuple[Shape, ...]
    remarks: tuple[Shape, ...]


def _is_strip(strip: Box, lane: Box) -> bool:
    """Tell whether a box runs along the whole begin of a lane, in it or right before it, and is far thinner."""
    beside = abs(strip.x - lane.x) < STRIP_SLACK or abs(strip.x + strip.w - lane.x) < STRIP_SLACK
    over = abs(strip.y - lane.y) < STRIP_SLACK or abs(strip.y + strip.h - lane.y) < STRIP_SLACK
    tall = abs(strip.h - lane.h) < 0.1 * lane.h and abs(strip.y - lane.y) < 0.1 * lane.h
    wide = abs(strip.w - lane.w) < 0.1 * lane.w and abs(strip.x - lane.x) < 0.1 * lane.w
    return (beside and tall and strip.w < STRIP * lane.w) or (over and wide and strip.h < STRIP * lane.h)


def _runs_along(chart: Chart, box: Box, *, upright: bool) -> bool:
    """Tell whether a box is a strip: far longer than thick, along the begin of lanes that lie beside or below it."""
    width, height = box.w * chart.picture.width, box.h * chart.picture.height
    return height > 2 * width if upright else width > 3 * height


def _beyond(box: Box, strip: Box, *, upright: bool) -> bool:
    """Tell whether a box stands behind a strip, where its lane lies."""
    return box.x >= strip.x + strip.w - STRIP_SLACK if upright else box.y >= strip.y + strip.h - STRIP_SLACK


def _follow(strips: Sequence[Shape], *, upright: bool) -> bool:
    """Tell whether strips are alike and each begins where the one before it ends."""
    pairs = list(pairwise(shape.box for shape in strips))
    if upright:
        return all(abs(a.x - b.x) + abs(a.w - b.w) + abs(a.y + a.h - b.y) < 2 * STRIP_SLACK for a, b in pairs)
    return all(abs(a.y - b.y) + abs(a.h - b.h) + abs(a.x + a.w - b.x) < 2 * STRIP_SLACK for a, b in pairs)


def is_level(box: Box, strip: Box) -> bool:
    """Tell whether the middle of a box lies in the lane that a strip begins: beside a tall one, below a wide one."""
    if strip.h > strip.w:
        return strip.y <= box.y + box.h / 2 <= strip.y + strip.h
    return strip.x <= box.x + box.w / 2 <= strip.x + strip.w


def find_nodes(chart: Chart) -> Nodes:
    """Tell the steps, lanes and other shapes of a diagram apart."""
    titles = {strip.id for strip in (*chart.strips.values(), *chart.bare_strips)}
    shapes = [shape for shape in chart.picture.shapes if shape.id not in titles]
    lanes = [shape for shape in shapes if _is_lane(chart, shape)]
    rest = [shape for shape in shapes if not _is_lane(chart, shape) and not _is_frame(chart, shape)]
    remarks = [shape for shape in rest if chart.read(shape) and _is_remark(chart, shape)]
    spoken = [shape for shape in rest if chart.read(shape) and not _is_remark(chart, shape)]
    between = [shape for shape in spoken if _is_between(shape, spoken)]
    named = [shape for shape in spoken if shape not in between]
    silent = [shape for shape in rest if not chart.read(shape) and chart.lines[shape.id]]
    unread = [shape for shape in silent if _is_unread(chart, shape)]
    passed = [shape for shape in silent if shape.kind in {"diamond", "ellipse"} or _is_unread(chart, shape)]
    passed += [shape for shape in between if chart.lines[shape.id]]
    lanes.sort(key=lambda shape: -_area(shape.box))
    return Nodes(tuple(_alike(chart, named)), tuple(lanes), tuple(passed), tuple(unread), tuple(remarks))


def _is_between(shape: Shape, others: Sequence[Shape]) -> bool:
    """Tell whether a shape is the area that a loop of lines encloses: it cuts into the boxes these lines join."""
    if shape.kind in {"rectangle", "diamond"}:
        return False
    parts = [_overlap(shape.box, other.box) / _area(other.box) for other in others if other is not shape]
    return sum(CROSSED < part < 1 - CROSSED for part in parts) >= LEAST_CROSSED


def _overlap(one: Box, other: Box) -> float:
    width = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
    height = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
    return max(0.0, width) * max(0.0, height)


def _is_lane(chart: Chart, shape: Shape) -> bool:
    """Tell whether a shape is a lane or a pool: it holds others and no drawn-through line ends at it, or it is a band.

    A pool may be closed: a flat box across the whole diagram, with a name and with messages at most.
    """
    solid = any(not line.dashed for line in chart.lines[shape.id])
    if chart.children[shape.id] and not solid and shape.kind == "rectangle":
        return True
    return shape.colour is None or (_is_band(chart, shape) and not solid)


def _is_band(chart: Chart, shape: Shape) -> bool:
    width, height = chart.picture.width * shape.box.w, chart.picture.height * shape.box.h
    extent = _extent(chart.picture.shapes)
    across = shape.box.w > WIDE * extent.w and width > FLAT * height
    down = shape.box.h > WIDE * extent.h and height > FLAT * width
    return across or down


def _extent(shapes: Sequence[Shape]) -> Box:
    left, top = min(s.box.x for s in shapes), min(s.box.y for s in shapes)
    right, bottom = max(s.box.x + s.box.w for s in shapes), max(s.box.y + s.box.h for s in shapes)
    return Box(x=left, y=top, w=min(right - left, 1 - left), h=min(bottom - top, 1 - top))


def _is_frame(chart: Chart, shape: Shape) -> bool:
    """Tell whether a shape only surrounds others."""
    return bool(chart.children[shape.id]) and not chart.lines[shape.id]


def _is_remark(chart: Chart, shape: Shape) -> bool:
    """Tell whether a shape is a document or a store: no event or gateway, and its name stands beside it."""
    if shape.kind in {"diamond", "ellipse"}:
        return False
    return not any(chart.holds(shape, passage) for passage in chart.read(shape))


def _alike(chart: Chart, shapes: Sequence[Shape]) -> list[Shape]:
    """Leave out unjoined boxes that are far larger or smaller than the diagram's: titles, legends, logos."""
    joined = sorted(_area(shape.box) for shape in shapes if chart.lines[shape.id])
    if not joined:
        return list(shapes)
    usual = joined[len(joined) // 2]
    return [s for s in shapes if chart.lines[s.id] or usual / ALIKE < _area(s.box) < usual * ALIKE]


def _is_unread(chart: Chart, shape: Shape) -> bool:
    """Tell whether a shape ought to say something: a box with lines at it, or one in which words were not made out."""
    unread = any(one.start == one.end for one in (chart.passages[passage] for passage in shape.passages))
    plain = shape.kind in {"rectangle", "rounded"} and any(not line.dashed for line in chart.lines[shape.id])
    return unread or plain


def _area(box: Box) -> float:
    return box.w * box.h
