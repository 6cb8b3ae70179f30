"""Ways: the lines that lead from one shape to another, along arms and over their links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journey.sources.layout.traces import TANGENT, End, Traces, heading

MOST_STEPS = 120  # arms on one way
MOST_WAYS = 60  # from one end
BACK = -0.5  # the cosine below which a turn at a meeting goes back where it came from
LOOK_AHEAD = 1.6  # units: how far a line may end before the shape it points at


@dataclass(frozen=True, slots=True)
class Port:
    """Where a line reaches a shape."""

    end: End
    shape: int
    gap: float  # pixels between the line and the shape


@dataclass(frozen=True, slots=True)
class Way:
    """A line between two ports: its points in order, and the share of it that is not drawn but bridged."""

    first: Port
    last: Port
    points: NDArray[np.float64]
    bridges: int
    meetings: int


def find_ports(traces: Traces, owners: NDArray[np.int32], unit: float) -> dict[End, Port]:
    """Find the ends that reach a shape, or stop short of one they point at.

    Args:
        owners: for every canvas pixel, the number of the shape it belongs to, 0 for none.
    """
    ports = {}
    for arm in range(len(traces.arms)):
        for side in (0, 1):
            end = (arm, side)
            port = _port(traces, end, owners, unit)
            if port:
                ports[end] = port
    return ports


def _port(traces: Traces, end: End, owners: NDArray[np.int32], unit: float) -> Port | None:
    x, y = traces.place(end)
    here = int(owners[int(y), int(x)])
    if here:
        return Port(end, here - 1, 0.0)
    arm = traces.arms[end[0]]
    if not traces.is_loose(end) or arm.length < TANGENT * unit:
        return None
    way = heading(arm, end[1], TANGENT * unit)
    for step in range(1, round(LOOK_AHEAD * unit)):
        ahead_x, ahead_y = int(x + way[0] * step), int(y + way[1] * step)
        if not (0 <= ahead_y < owners.shape[0] and 0 <= ahead_x < owners.shape[1]):
            return None
        if owners[ahead_y, ahead_x]:
            return Port(end, int(owners[ahead_y, ahead_x]) - 1, float(step))
    return None


def find_ways(traces: Traces, ports: dict[End, Port], unit: float) -> list[Way]:
    """Follow the lines from each port to every other shape's port they lead to; each way once."""
    ways = []
    for start in ports:
        for path in _paths(traces, ports, start, unit):
            last = ports[path[-1]]
            if last.shape != ports[start].shape and start < path[-1]:
                ways.append(_way(traces, ports[start], last, path))
    return ways


def _paths(traces: Traces, ports: dict[End, Port], start: End, unit: float) -> Iterator[list[End]]:
    """Walk from a port over every branch until the next port; a path is the ends it passes."""
    open_paths = [[start]]
    found = 0
    while open_paths and found < MOST_WAYS:
        path = open_paths.pop()
        arm, side = path[-1]
        far = (arm, 1 - side)
        path = [*path, far]
        if far in ports:
            found += 1
            yield path
            continue
        if len(path) > MOST_STEPS:
            continue
        passed = {end[0] for end in path}
        onward = [end for end in traces.links.get(far, ()) if end[0] not in passed]
        open_paths += [[*path, end] for end in onward if len(onward) == 1 or not _turns_back(traces, far, end, unit)]


def _turns_back(traces: Traces, end: End, other: End, unit: float) -> bool:
    out = heading(traces.arms[end[0]], end[1], TANGENT * unit)
    onward = -heading(traces.arms[other[0]], other[1], TANGENT * unit)
    return float(out @ onward) < BACK


def _way(traces: Traces, first: Port, last: Port, path: list[End]) -> Way:
    pieces = []
    bridges = meetings = 0
    for entry, leave in zip(path[::2], path[1::2], strict=True):
        points = traces.arms[entry[0]].points
        pieces.append(points if entry[1] == 0 else points[::-1])
        meetings += len(traces.links.get(leave, ())) > 1
    for leave, entry in zip(path[1::2], path[2::2], strict=False):
        bridges += (leave, entry) in traces.bridged
    return Way(first, last, np.concatenate(pieces), bridges, meetings)
