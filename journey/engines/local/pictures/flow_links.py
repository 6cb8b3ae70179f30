"""Links: which step leads to which, along the arrows and through what has no words; and the order that follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from journey.engines.local.pictures.flow_nodes import Chart, Nodes
from journey.model.picture import Box, Connector, Shape

ROW = 0.6  # of a shape's height: middles this near are in one row


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one step to another, by the ids of their shapes.

    Attributes:
        label: the passages written on it.
        drawn: whether an arrow head says so; otherwise the direction is a guess.
    """

    before: str
    after: str
    label: tuple[str, ...] = ()
    drawn: bool = True


def find_arrows(chart: Chart, nodes: Nodes) -> list[Arrow]:
    """Find who leads to whom, along lines and through the shapes without words; each pair once."""
    steps = {shape.id for shape in nodes.steps}
    passed = {shape.id for shape in nodes.passed}
    out: dict[str, list[Arrow]] = defaultdict(list)
    sideways = runs_sideways(chart)
    for line in chart.picture.connectors:
        arrow = _arrow(chart, line, sideways=sideways)
        if arrow:
            out[arrow.before].append(arrow)
    found: dict[tuple[str, str], Arrow] = {}
    for shape in nodes.steps:
        for arrow in _reached(shape.id, out, steps, passed):
            found.setdefault((arrow.before, arrow.after), arrow)
    return list(found.values())


def runs_sideways(chart: Chart) -> bool:
    """Tell whether a diagram runs from left to right: its lines, taken together, lead further aside than down."""
    aside = down = 0.0
    for line in chart.picture.connectors:
        if line.before is not None and line.after is not None:
            (x, y), (other_x, other_y) = (_middle(chart.shapes[end].box) for end in (line.before, line.after))
            aside += abs(x - other_x) * chart.picture.width
            down += abs(y - other_y) * chart.picture.height
    return aside > down


def _middle(box: Box) -> tuple[float, float]:
    return box.x + box.w / 2, box.y + box.h / 2


def _arrow(chart: Chart, line: Connector, *, sideways: bool) -> Arrow | None:
    """Read a connector; one without a head leads the way the diagram runs: to the right, or down the page."""
    if line.before is None or line.after is None:
        return None
    label = tuple(one for one in line.label if chart.said([one]).strip())
    if line.directed:
        return Arrow(line.before, line.after, label)
    ends = [chart.shapes[line.before], chart.shapes[line.after]]
    before, after = _from_the_left(ends) if sideways and _are_beside(*ends) else in_reading_order(ends)
    return Arrow(before.id, after.id, label, drawn=False)


def _from_the_left(shapes: Sequence[Shape]) -> list[Shape]:
    return sorted(shapes, key=lambda shape: _middle(shape.box))


def _are_beside(one: Shape, other: Shape) -> bool:
    """Tell whether no part of either shape lies above the other."""
    return one.box.x >= other.box.x + other.box.w or other.box.x >= one.box.x + one.box.w


def _reached(start: str, out: dict[str, list[Arrow]], steps: set[str], passed: set[str]) -> Iterator[Arrow]:
    """Follow the arrows from a step to the next steps, through shapes without words; the first label names the way."""
    ways = [(arrow, frozenset({start})) for arrow in out[start]]
    while ways:
        way, seen = ways.pop(0)
        if way.after in steps:
            if way.after != start:
                yield way
        elif way.after in passed and way.after not in seen:
            ways += [
                (Arrow(start, arrow.after, way.label or arrow.label, way.drawn and arrow.drawn), seen | {way.after})
                for arrow in out[way.after]
            ]


def reading_line(shapes: Sequence[Shape]) -> list[Arrow]:
    """Lead from each step to the next in reading order: a guess, for want of arrows."""
    return [Arrow(one.id, other.id, drawn=False) for one, other in pairwise(in_reading_order(shapes))]


def in_reading_order(shapes: Sequence[Shape]) -> list[Shape]:
    """Put shapes row by row, each row from the left."""
    rows: list[list[Shape]] = []
    for shape in sorted(shapes, key=lambda shape: shape.box.y + shape.box.h / 2):
        middle = shape.box.y + shape.box.h / 2
        first = rows[-1][0].box if rows else None
        if first and middle - first.y - first.h / 2 < ROW * max(first.h, shape.box.h):
            rows[-1].append(shape)
        else:
            rows.append([shape])
    return [shape for row in rows for shape in sorted(row, key=lambda shape: shape.box.x)]


def find_loops(shapes: Sequence[Shape], arrows: Sequence[Arrow]) -> set[tuple[str, str]]:
    """Find the arrows that lead back: those that close a circle when one walks from where the flow begins."""
    out: dict[str, list[str]] = defaultdict(list)
    entered = {arrow.after for arrow in arrows}
    for arrow in arrows:
        out[arrow.before].append(arrow.after)
    order = [shape.id for shape in in_reading_order(shapes)]
    begins = [shape for shape in order if shape not in entered] + order
    back: set[tuple[str, str]] = set()
    done: set[str] = set()
    for begin in begins:
        back |= _back_arrows(begin, out, done)
    return back


def _back_arrows(begin: str, out: dict[str, list[str]], done: set[str]) -> set[tuple[str, str]]:
    """Walk depth first; an arrow to a step on the way here leads back."""
    back: set[tuple[str, str]] = set()
    if begin in done:
        return back
    way, onward = [begin], [iter(out[begin])]
    on_way = {begin}
    while way:
        following = next(onward[-1], None)
        if following is None:
            done.add(way[-1])
            on_way.discard(way.pop())
            onward.pop()
        elif following in on_way:
            back.add((way[-1], following))
        elif following not in done:
            way.append(following)
            on_way.add(following)
            onward.append(iter(out[following]))
    return back


def in_flow_order(shapes: Sequence[Shape], arrows: Sequence[Arrow], *, sideways: bool) -> list[Shape]:
    """Put steps in the order of the arrows (Kahn, 1962); what they leave open, in the order in which one reads.

    Where the diagram runs sideways, that is from left to right through all its lanes, not one lane after the other.
    """
    back = find_loops(shapes, arrows)
    waiting = {shape.id: 0 for shape in shapes}
    out: dict[str, list[str]] = defaultdict(list)
    for arrow in arrows:
        if (arrow.before, arrow.after) not in back:
            out[arrow.before].append(arrow.after)
            waiting[arrow.after] += 1
    open_steps = {shape.id: shape for shape in (_from_the_left(shapes) if sideways else in_reading_order(shapes))}
    ordered: list[Shape] = []
    while open_steps:
        shape = _next(open_steps, waiting, ordered, out)
        del open_steps[shape.id]
        ordered.append(shape)
        for after in out[shape.id]:
            waiting[after] -= 1
    return ordered


def _next(
    open_steps: dict[str, Shape], waiting: dict[str, int], ordered: Sequence[Shape], out: dict[str, list[str]]
) -> Shape:
    """Choose the step that comes next: one that the last ones lead to, so that a branch is told to its end."""
    for before in reversed(ordered):
        following = [open_steps[after] for after in out[before.id] if after in open_steps and not waiting[after]]
        if following:
            return in_reading_order(following)[0]
    return next(shape for shape in open_steps.values() if not waiting[shape.id])
