"""The journey as a flow: steps as nodes, links between them as arrows, who does what as swimlanes."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import streamlit as st

from journey.model import Journey, Link, Step
from journey.ui import frontend
from journey.ui.choosing import keep_choice
from journey.ui.flow_layout import Band, Edge, Node, Route, lay_out
from journey.ui.language import entry, say
from journey.ui.quotes import elements
from journey.ui.shaping import shaped_once
from journey.ui.uses import steps_of

_flow = frontend.component("flow", scripts=["choosing.js", "flow_ways.js", "flow.js"], styles=["flow.css"])

NOBODY = entry("The customer")
"""The lane of steps that nobody in particular does, when nobody is named whose journey it is."""


@dataclass(frozen=True)
class Station:
    """A step as the flow shows it, at a layer along the flow and a row across it."""

    id: str
    number: int
    title: str
    kind: str
    origin: str
    layer: int
    row: float


@dataclass(frozen=True)
class Way:
    """A link as the flow shows it; `is_implied` when it is nothing but the order of the steps."""

    before: str
    after: str
    kind: str
    label: str
    is_implied: bool
    route: Route


@dataclass(frozen=True)
class FlowView:
    """A whole flow; without several doers there are no bands to show."""

    title: str
    stations: tuple[Station, ...]
    ways: tuple[Way, ...]
    bands: tuple[Band, ...]
    layers: int
    rows: float


def is_flow(journey: Journey) -> bool:
    """Tell whether a journey is more than one step after the other."""
    has_ways = any(link.kind != "next" or link.label for link in journey.links)
    was_drawn = any(source.image and source.image.connectors for source in journey.sources)
    return has_ways or bool(was_drawn and journey.links) or any(step.kind == "decision" for step in journey.steps())


def flow_view(journey: Journey) -> FlowView:
    """Shape a journey as a flow."""
    steps = list(journey.steps())
    links = [(link, False) for link in _known(journey, steps)] + [(link, True) for link in _implied(journey, steps)]
    nodes = [Node(step.id, _doer(journey, step)) for step in steps]
    edges = [Edge(link.before, link.after, link.kind == "loop") for link, _ in links]
    drawn = lay_out(nodes, edges)
    stations = (
        Station(
            step.id,
            number,
            step.title,
            step.kind,
            step.origin.value,
            drawn.places[step.id].layer,
            drawn.places[step.id].row,
        )
        for number, step in enumerate(steps, start=1)
    )
    ways = (
        Way(link.before, link.after, link.kind, link.label or "", is_implied, route)
        for (link, is_implied), route in zip(links, drawn.routes, strict=True)
    )
    bands = drawn.bands if len(drawn.bands) > 1 else ()
    return FlowView(journey.title, tuple(stations), tuple(ways), bands, drawn.layers, drawn.rows)


def show_flow(journey: Journey, *, key: str, selection: str) -> None:
    """Draw the flow; what is chosen on it, `tell_choice` says.

    Args:
        selection: where the session keeps what is chosen.
    """
    data, known = shaped_once(journey, key, lambda: _shape(journey))

    def keep() -> None:
        keep_choice(selection, st.session_state[key].chosen, known)

    _flow(key=key, data=data, on_chosen_change=keep)


def _shape(journey: Journey) -> tuple[dict[str, Any], frozenset[str]]:
    return {"view": asdict(flow_view(journey)), "homes": steps_of(journey)}, elements(journey)


def _known(journey: Journey, steps: list[Step]) -> list[Link]:
    ids = {step.id for step in steps}
    return [link for link in journey.links if link.before in ids and link.after in ids]


def _implied(journey: Journey, steps: list[Step]) -> list[Link]:
    """Return the links that the order of the steps means, where it is all that tells what comes next.

    A journey whose links say what comes next says all of it. Where they tell only what leaves the order, a step is
    followed by the one after it unless its branches lead on: several of them, or one that is taken in any case.
    """
    if any(link.kind == "next" for link in journey.links):
        return []
    following = dict(pairwise(step.id for step in steps))
    branches = [link for link in _known(journey, steps) if link.kind == "branch"]
    ways = Counter(link.before for link in branches)
    leads_on = {
        link.before
        for link in branches
        if ways[link.before] > 1 or not link.label or link.after == following.get(link.before)
    }
    ends = {step.id for step in steps if step.kind == "end"}
    return [Link(before=one, after=other) for one, other in following.items() if one not in leads_on | ends]


def _doer(journey: Journey, step: Step) -> str:
    return step.role or (journey.actor.name if journey.actor else say(NOBODY))
