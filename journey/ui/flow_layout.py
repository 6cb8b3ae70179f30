"""Where the steps of a flow lie and how its links run: a layered drawing in swimlanes, in units of its grid. Pure.

The method is that of Sugiyama, Tagawa and Toda (1981): links that go back are turned round, steps are put into layers
by their longest way from the start, long links get a place in every layer they cross, and each layer is put in order
by the middle of its neighbours. Here every place also belongs to a lane, and lanes do not mix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

SWEEPS = 6
"""Times that the layers are put in order, to and fro; more changed nothing on flows of up to a hundred steps."""


@dataclass(frozen=True)
class Node:
    """A step to place: its id and the lane it belongs to."""

    id: str
    lane: str = ""


@dataclass(frozen=True)
class Edge:
    """A link to draw; `is_back` when it is told as a loop."""

    before: str
    after: str
    is_back: bool = False


@dataclass(frozen=True)
class Place:
    """Where a step lies: its layer along the flow and its row across it, from 0."""

    layer: int
    row: float


@dataclass(frozen=True)
class Route:
    """How a link runs, from step to step through the layers between; `is_back` when it goes against the flow."""

    points: tuple[Place, ...]
    is_back: bool


@dataclass(frozen=True)
class Band:
    """The rows that belong to a lane."""

    lane: str
    first: float
    rows: float


@dataclass(frozen=True)
class Layout:
    """A whole flow: places by id, routes in the order of the edges, bands from first to last."""

    places: Mapping[str, Place]
    routes: tuple[Route, ...]
    bands: tuple[Band, ...]
    layers: int
    rows: float


def lay_out(nodes: Sequence[Node], edges: Sequence[Edge]) -> Layout:
    """Place the steps of a flow and route its links.

    >>> drawn = lay_out([Node("a"), Node("b"), Node("c")], [Edge("a", "b"), Edge("a", "c"), Edge("c", "a", True)])
    >>> [drawn.places[name].layer for name in "abc"], [route.is_back for route in drawn.routes]
    ([0, 1, 1], [False, False, True])
    """
    if not nodes:
        return Layout({}, (), (), 0, 0)
    forward = _forward(nodes, edges)
    drawing = _Drawing(nodes, _layers(nodes, forward))
    chains = [drawing.chain(edge) for edge in forward]
    drawing.order()
    bands = drawing.bands()
    rows = drawing.rows(bands)
    layer = drawing.layer
    routes = (_route(edge, chain, layer, rows) for edge, chain in zip(edges, chains, strict=True))
    places = {node.id: Place(layer[node.id], rows[node.id]) for node in nodes}
    return Layout(places, tuple(routes), bands, max(layer.values()) + 1, sum(band.rows for band in bands))


def _route(edge: Edge, chain: Sequence[str], layer: Mapping[str, int], rows: Mapping[str, float]) -> Route:
    points = [Place(layer[name], rows[name]) for name in chain]
    is_turned = chain[0] != edge.before
    return Route(tuple(reversed(points) if is_turned else points), is_back=is_turned or edge.before == edge.after)


def _forward(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[Edge]:
    """Return the edges, those that lead back turned round: the ones told as loops, then any that close a circle."""
    rank = {node.id: at for at, node in enumerate(nodes)}
    turned = [_turned(edge) if edge.is_back and rank[edge.after] < rank[edge.before] else edge for edge in edges]
    following: dict[str, list[str]] = defaultdict(list)
    kept = []
    for edge in turned:
        new = _turned(edge) if _reaches(following, edge.after, edge.before) else edge
        if new.before != new.after:
            following[new.before].append(new.after)
        kept.append(new)
    return kept


def _turned(edge: Edge) -> Edge:
    return Edge(edge.after, edge.before, edge.is_back)


def _reaches(following: Mapping[str, Sequence[str]], start: str, goal: str) -> bool:
    """Tell whether one step leads to another, other than itself."""
    seen, waiting = {start}, [start]
    while waiting:
        now = waiting.pop()
        if now == goal:
            return start != goal
        new = [name for name in following.get(now, ()) if name not in seen]
        seen.update(new)
        waiting.extend(new)
    return False


def _layers(nodes: Sequence[Node], edges: Iterable[Edge]) -> dict[str, int]:
    """Return each step's layer: the longest way to it from a step that nothing leads to."""
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge.before != edge.after:
            before[edge.after].append(edge.before)
            after[edge.before].append(edge.after)
    missing = {node.id: len(before[node.id]) for node in nodes}
    ready = [name for name, count in missing.items() if not count]
    layer = dict.fromkeys(missing, 0)
    while ready:
        now = ready.pop()
        for name in after[now]:
            layer[name] = max(layer[name], layer[now] + 1)
            missing[name] -= 1
            if not missing[name]:
                ready.append(name)
    return layer


@dataclass
class _Drawing:
    """A flow being drawn: steps and the places of long links, each with a layer, a lane and its neighbours."""

    nodes: Sequence[Node]
    layer: dict[str, int]
    lane: dict[str, str] = field(default_factory=dict)
    earlier: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    later: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    cells: dict[tuple[int, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    """The order within each layer of each lane."""

    def __post_init__(self) -> None:
        self.lanes = list(dict.fromkeys(node.lane for node in self.nodes))
        for node in self.nodes:
            self._add(node.id, self.layer[node.id], node.lane)

    def chain(self, edge: Edge) -> list[str]:
        """Return the places that an edge runs through, made where it crosses a layer."""
        first, last = self.layer[edge.before], self.layer[edge.after]
        middle = [f"{edge.before}>{edge.after}@{layer}#{len(self.layer)}" for layer in range(first + 1, last)]
        for at, name in enumerate(middle, start=first + 1):
            self._add(name, at, self.lane[edge.before] if 2 * at < first + last else self.lane[edge.after])
        names = [edge.before, *middle, edge.after]
        for one, other in pairwise(names):
            self.later[one].append(other)
            self.earlier[other].append(one)
        return names

    def order(self) -> None:
        """Put every layer in order by the middle of its neighbours, forward and back."""
        layers = range(max(self.layer.values()) + 1)
        for sweep in range(SWEEPS):
            is_forward = sweep % 2 == 0
            neighbours = self.earlier if is_forward else self.later
            for layer in layers if is_forward else reversed(layers):
                self._order_layer(layer, neighbours)

    def bands(self) -> tuple[Band, ...]:
        """Return the lanes with as many rows as their fullest layer needs."""
        found, first = [], 0
        for lane in self.lanes:
            rows = max(len(row) for (_, own), row in self.cells.items() if own == lane)
            found.append(Band(lane, first, rows))
            first += rows
        return tuple(found)

    def rows(self, bands: Sequence[Band]) -> dict[str, float]:
        """Return the row of everything: near its neighbours, apart from whatever shares its layer, inside its lane."""
        found: dict[str, float] = {}
        first = {band.lane: band for band in bands}
        for layer in range(max(self.layer.values()) + 1):
            for band in bands:
                self._place(self.cells[layer, band.lane], first[band.lane], found)
        return found

    def _add(self, name: str, layer: int, lane: str) -> None:
        self.layer[name], self.lane[name] = layer, lane
        self.cells[layer, lane].append(name)

    def _order_layer(self, layer: int, neighbours: Mapping[str, Sequence[str]]) -> None:
        rank = self._ranks()
        for lane in self.lanes:
            cell = self.cells[layer, lane]
            own = {name: at for at, name in enumerate(cell)}
            cell.sort(key=lambda name: _middle(neighbours.get(name, ()), rank, otherwise=rank[name]) + 1e-6 * own[name])

    def _ranks(self) -> dict[str, float]:
        """Return the place of everything in its layer, lanes after one another."""
        ranks: dict[str, float] = {}
        for (_, lane), cell in self.cells.items():
            base = 1000 * self.lanes.index(lane)
            ranks |= {name: base + at for at, name in enumerate(cell)}
        return ranks

    def _place(self, cell: Sequence[str], band: Band, found: dict[str, float]) -> None:
        last = band.first + band.rows - 1
        rows: list[float] = []
        for at, name in enumerate(cell):
            wished = _middle(self.earlier[name], found, otherwise=band.first + at)
            lowest = rows[-1] + 1 if rows else band.first
            rows.append(min(max(wished, lowest), last - (len(cell) - 1 - at)))
        found.update(zip(cell, rows, strict=True))


def _middle(names: Iterable[str], place: Mapping[str, float], *, otherwise: float) -> float:
    known = [place[name] for name in names if name in place]
    return median(known) if known else otherwise
