"""Flowcharts, BPMN and swimlane diagrams become journeys: boxes are steps, arrows are links, lanes are roles.

What is drawn is taken as drawn: a step says what its box says, and a box whose words could not be read is counted,
never guessed. Without arrows the steps stand in reading order, and the journey says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journey.engines.local.naming import name_as_title
from journey.engines.local.pictures.flow_links import (
    Arrow,
    find_arrows,
    find_loops,
    in_flow_order,
    reading_line,
    runs_sideways,
)
from journey.engines.local.pictures.flow_nodes import Chart, Nodes, find_nodes, is_level
from journey.model import Journey, Link, Note, Origin, Outcome, Passage, Phase, Run, Source, Step
from journey.model.picture import Shape
from journey.work import Stage, Work

PHASE = "Process"
ENOUGH_LINES = 3  # lines between steps, from which on a picture is surely a diagram
LEAST_STEPS = 2

NO_STEPS = "No box with readable words was found in this diagram, so there is nothing to draw a journey from."
NO_ARROWS = (
    "No arrows between the boxes could be made out: the steps stand in reading order, and the links between them are "
    "a guess. Please check their order."
)
GUESSED = "{count} between steps had no arrow head that could be made out: the direction is a guess. Please check."
UNREAD = (
    "{count} of this diagram could not be read and {verb} left out; the steps before and after are linked directly. "
    "The picture shows where."
)
UNPLACED = (
    "{count} of text in this diagram {verb} in no box and on no line that was found, and {verb2} not in the journey."
)
LARGER = 1.25  # times as high as the other words: a heading


@dataclass(frozen=True, slots=True)
class _Flow:
    """One diagram, read: its steps in order, and the arrows between them."""

    chart: Chart
    nodes: Nodes
    order: tuple[Shape, ...]
    arrows: tuple[Arrow, ...]
    joined: bool

    def step_id(self, shape: str) -> str:
        return f"{self.chart.source.id}-{shape}"


def looks_like_flow(source: Source) -> float:
    """Tell how much a picture looks like a diagram, 0 to 1: by the share of its boxes that lines join."""
    if source.image is None or not source.image.connectors:
        return 0.0
    chart = Chart(source, source.image)
    nodes = find_nodes(chart)
    arrows = find_arrows(chart, nodes)
    if len(nodes.steps) < LEAST_STEPS:
        return 0.0
    joined = {end for arrow in arrows for end in (arrow.before, arrow.after)}
    share = sum(shape.id in joined for shape in nodes.steps) / len(nodes.steps)
    return share * min(1.0, len(arrows) / min(ENOUGH_LINES, len(nodes.steps) - 1))


def draw_flow(sources: Sequence[Source], work: Work, *, run: Run) -> Journey:
    """Draw the journey of diagrams, one after the other.

    Args:
        run: what is known of the run; warnings are added to it.
    """
    flows = [_read(source) for source in sources if source.image is not None]
    work.check()
    phases = tuple(phase for number, flow in enumerate(flows, 1) if (phase := _phase(flow, number)))
    steps = [step.title for phase in phases for step in phase.steps]
    work.found(steps)
    work.progress(Stage.FIND, done=len(flows), total=len(flows), note="picture")
    warnings = tuple(warning for flow in flows for warning in _warnings(flow))
    return Journey(
        title=next((heading for flow in flows if (heading := _heading(flow))), name_as_title(sources[0])),
        phases=phases,
        links=tuple(link for flow in flows for link in _links(flow)),
        sources=tuple(sources),
        outcome=Outcome.COMPLETE if steps else Outcome.NOT_ENOUGH,
        reason=None if steps else NO_STEPS,
        run=run.model_copy(update={"warnings": (*run.warnings, *warnings)}),
    )


def _read(source: Source) -> _Flow:
    assert source.image is not None
    chart = Chart(source, source.image)
    nodes = find_nodes(chart)
    arrows = find_arrows(chart, nodes)
    joined = bool(arrows) or len(nodes.steps) < LEAST_STEPS
    if not joined:
        arrows = reading_line(nodes.steps)
    order = tuple(in_flow_order(nodes.steps, arrows, sideways=joined and runs_sideways(chart)))
    return _Flow(chart, nodes, order, tuple(arrows), joined)


def _phase(flow: _Flow, number: int) -> Phase | None:
    """Draw one diagram as one phase, named after its only pool if it has one."""
    if not flow.order:
        return None
    outer = [lane for lane in flow.nodes.lanes if lane.parent is None and flow.chart.read(lane)]
    name = flow.chart.said(flow.chart.read(outer[0])) if len(outer) == 1 else PHASE
    origin = Origin.QUOTED if len(outer) == 1 else Origin.INFERRED
    steps = tuple(_step(flow, shape) for shape in flow.order)
    return Phase(id=f"phase{number}", name=name, origin=origin, steps=steps)


def _step(flow: _Flow, shape: Shape) -> Step:
    chart = flow.chart
    read = chart.read(shape)
    return Step(
        id=flow.step_id(shape.id),
        title=chart.said(read),
        kind=_kind(flow, shape),
        origin=Origin.QUOTED,
        role=_role(flow, shape),
        evidence=chart.evidence(read),
        notes=tuple(_notes(flow, shape)),
    )


def _kind(flow: _Flow, shape: Shape) -> str:
    """Tell a decision by its diamond, a start and an end by a round shape that nothing leads to, or from."""
    if shape.kind == "diamond":
        return "decision"
    if shape.kind == "rectangle" or not flow.joined:
        return "action"
    entered = any(arrow.after == shape.id for arrow in flow.arrows)
    left = any(arrow.before == shape.id for arrow in flow.arrows)
    round_ends = shape.kind == "ellipse" or _is_pill(flow, shape)
    if not round_ends or entered == left:
        return "action"
    return "start" if left else "end"


def _is_pill(flow: _Flow, shape: Shape) -> bool:
    """Tell whether a box is flatter than the others: what begins and ends a flowchart often is."""
    others = sorted(other.box.h for other in flow.order if other.kind in {"rectangle", "rounded"})
    return bool(others) and shape.box.h <= 0.8 * others[len(others) // 2]


def _role(flow: _Flow, shape: Shape) -> str | None:
    """Name the innermost lane with a title around a step."""
    titled = {lane.id: lane for lane in flow.nodes.lanes if flow.chart.read(lane)}
    around = flow.chart.shapes.get(shape.parent or "")
    while around is not None:
        if around.id in titled:
            return flow.chart.said(flow.chart.read(around))
        around = flow.chart.shapes.get(around.parent or "")
    strip = next((one for one in flow.chart.bare_strips if is_level(shape.box, one.box)), None)
    return flow.chart.said(flow.chart.read(strip)) if strip is not None else None


def _notes(flow: _Flow, shape: Shape) -> Iterator[Note]:
    """Note the documents and stores that a line ties to a step."""
    remarks = {remark.id: remark for remark in flow.nodes.remarks}
    tied = {end for line in flow.chart.lines[shape.id] for end in (line.before, line.after) if end in remarks}
    for end in sorted(str(one) for one in tied):
        read = flow.chart.read(remarks[end])
        yield Note(
            id=f"{flow.step_id(shape.id)}-{end}",
            text=flow.chart.said(read),
            origin=Origin.QUOTED,
            evidence=flow.chart.evidence(read),
        )


def _links(flow: _Flow) -> Iterator[Link]:
    """Yield the links; one that an arrow head shows is quoted, by its label and the words at both its ends."""
    back = find_loops(flow.order, flow.arrows)
    out = Counter(arrow.before for arrow in flow.arrows)
    for arrow in flow.arrows:
        parts = out[arrow.before] > 1 or flow.chart.shapes[arrow.before].kind == "diamond"
        ends = [flow.chart.read(flow.chart.shapes[end])[0] for end in (arrow.before, arrow.after)]
        shown = flow.chart.evidence(arrow.label or tuple(dict.fromkeys(ends)))
        yield Link(
            before=flow.step_id(arrow.before),
            after=flow.step_id(arrow.after),
            kind="loop" if (arrow.before, arrow.after) in back else "branch" if parts else "next",
            label=flow.chart.said(arrow.label) or None,
            origin=Origin.QUOTED if arrow.drawn else Origin.INFERRED,
            evidence=shown if arrow.drawn or arrow.label else (),
        )


def _warnings(flow: _Flow) -> Iterator[str]:
    guessed = sum(not arrow.drawn for arrow in flow.arrows)
    if not flow.joined:
        yield NO_ARROWS
    elif guessed:
        yield GUESSED.format(count="1 line" if guessed == 1 else f"{guessed} lines")
    unread = len(flow.nodes.unread)
    unplaced = len(_unplaced(flow)) - (_heading(flow) is not None)
    if unplaced:
        verb, verb2 = ("stands", "is") if unplaced == 1 else ("stand", "are")
        yield UNPLACED.format(count="1 piece" if unplaced == 1 else f"{unplaced} pieces", verb=verb, verb2=verb2)
    if unread:
        yield UNREAD.format(count="1 box" if unread == 1 else f"{unread} boxes", verb="is" if unread == 1 else "are")


def _unplaced(flow: _Flow) -> list[Passage]:
    """Find the words that belong to nothing found."""
    shapes, lines = flow.chart.picture.shapes, flow.chart.picture.connectors
    placed = {passage for shape in shapes for passage in shape.passages}
    placed |= {passage for line in lines for passage in line.label}
    return [one for one in flow.chart.source.passages if one.id not in placed and len(flow.chart.said([one.id])) > 1]


def _heading(flow: _Flow) -> str | None:
    """Find the one line above all steps that is larger than their words."""
    steps = [flow.chart.passages[one].box for shape in flow.order for one in flow.chart.read(shape)]
    heights = sorted(box.h for box in steps if box)
    if not heights:
        return None
    top, usual = min(shape.box.y for shape in flow.order), heights[len(heights) // 2]
    above = [one for one in _unplaced(flow) if one.box and one.box.y + one.box.h <= top]
    large = [one for one in above if one.box and one.box.h > LARGER * usual]
    return flow.chart.said([large[0].id]) if len(large) == 1 else None
