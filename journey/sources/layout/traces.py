"""Arms become traces: which end of a line goes on at which other, over meetings, crossings, dashes and words.

At a crossing a line goes straight on; where three lines meet, each goes on in both others. A loose end goes on at the
loose end it points at, if the way between is short or covered by words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from journey.sources.layout.canvas import Canvas
from journey.sources.layout.skeleton import Arm

End = tuple[int, int]  # an arm, and 0 for its first pixel or 1 for its last

SPUR = 0.7  # units: a shorter arm with a loose end is a barb or a rough edge
KNOT = 0.45  # units: meetings this near are one
STRAIGHT = 0.75  # the cosine from which a line goes straight on at a crossing
REACH = 1.4  # units: over this gap a line goes on
WORDS_NEAR = 0.9  # units: how near a text block a line ends that goes on behind it
HEAD_ROOM = 0.9  # units: a line that points at a shape from nearer goes on to it
AIM = 0.8  # the cosine between an end and the way to the next
TANGENT = 0.7  # units: an end's direction is measured over this length
MOST_ENDS = 1600


@dataclass(frozen=True, slots=True)
class Traces:
    """The arms that count, and where each of their ends goes on."""

    arms: tuple[Arm, ...]
    links: dict[End, tuple[End, ...]] = field(default_factory=dict)
    bridged: frozenset[tuple[End, End]] = frozenset()

    def place(self, end: End) -> NDArray[np.float64]:
        """Where an end lies."""
        arm, side = end
        return np.asarray(self.arms[arm].points[-side], dtype=np.float64)

    def is_loose(self, end: End) -> bool:
        """Whether an end goes on nowhere."""
        return not self.links.get(end)


def heading(arm: Arm, side: int, reach: float) -> NDArray[np.float64]:
    """Tell which way an arm points at one of its ends: a unit vector out of it; zero for a dot."""
    points = arm.points if side else arm.points[::-1]
    back = points[max(len(points) - 1 - round(reach), 0)]
    way = points[-1] - back
    length = float(np.hypot(*way))
    return np.asarray(way / length if length else way, dtype=np.float64)


def follow(canvas: Canvas, arms: Sequence[Arm], *, near_shape: NDArray[np.bool_]) -> Traces:
    """Link the ends of arms.

    Args:
        near_shape: for every canvas pixel, whether an end there has reached a shape, and so goes on nowhere.
    """
    unit = canvas.unit
    kept = _without_spurs(arms, near_shape, unit)
    links: dict[End, set[End]] = defaultdict(set)
    for meeting in _meetings(kept, unit):
        away = [end for end in meeting if not _at(near_shape, kept, end)]
        for one, other in _through(kept, away, unit):
            links[one].add(other)
            links[other].add(one)
    loose = [end for end in _ends(kept) if not links.get(end) and not _at(near_shape, kept, end)]
    loose = [end for end in loose if not _is_knot(kept[end[0]], unit) and not _aims_at(near_shape, kept, end, unit)]
    bridges = _bridges(canvas, kept, loose)
    bridged = {end for pair in bridges for end in pair}
    bridges += _over_words(canvas, kept, [end for end in loose if end not in bridged])
    for one, other in bridges:
        links[one].add(other)
        links[other].add(one)
    both = frozenset(pair for one, other in bridges for pair in ((one, other), (other, one)))
    return Traces(tuple(kept), {end: tuple(others) for end, others in links.items()}, both)


def _ends(arms: Sequence[Arm]) -> Iterator[End]:
    return ((arm, side) for arm in range(len(arms)) for side in (0, 1))


def _at(mask: NDArray[np.bool_], arms: Sequence[Arm], end: End) -> bool:
    x, y = arms[end[0]].points[-end[1]]
    return bool(mask[int(y), int(x)])


def _aims_at(mask: NDArray[np.bool_], arms: Sequence[Arm], end: End, unit: float) -> bool:
    """Tell whether a line points at a shape from so near that only its arrow head has room between."""
    arm, side = arms[end[0]], end[1]
    if arm.length < TANGENT * unit:
        return False
    way = arm.points[-side] + np.arange(1, HEAD_ROOM * unit)[:, None] * heading(arm, side, TANGENT * unit)
    height, width = mask.shape
    x, y = np.clip(way[:, 0], 0, width - 1).astype(int), np.clip(way[:, 1], 0, height - 1).astype(int)
    return bool(mask[y, x].any())


def _is_knot(arm: Arm, unit: float) -> bool:
    """Tell whether an arm is only a part of a meeting."""
    return min(arm.meets) >= 0 and arm.length < KNOT * unit


def _without_spurs(arms: Sequence[Arm], near_shape: NDArray[np.bool_], unit: float) -> list[Arm]:
    """Drop short arms that hang loose from a meeting, such as the barbs of an arrow head."""
    kept = []
    for arm in arms:
        loose = [side for side in (0, 1) if arm.meets[side] < 0]
        free = [side for side in loose if not near_shape[int(arm.points[-side][1]), int(arm.points[-side][0])]]
        is_spur = len(loose) == 1 and len(free) == 1 and arm.length < SPUR * unit
        if not is_spur:
            kept.append(arm)
    return kept


def _meetings(arms: Sequence[Arm], unit: float) -> Iterator[list[End]]:
    """Gather the ends that meet; meetings joined by a very short arm are one."""
    home: dict[int, int] = {}

    def root(meeting: int) -> int:
        while home.setdefault(meeting, meeting) != meeting:
            meeting = home[meeting]
        return meeting

    for arm in arms:
        if _is_knot(arm, unit):
            home[root(arm.meets[0])] = root(arm.meets[1])
    gathered: dict[int, list[End]] = defaultdict(list)
    for number, arm in enumerate(arms):
        if _is_knot(arm, unit):
            continue
        for side in (0, 1):
            if arm.meets[side] >= 0:
                gathered[root(arm.meets[side])].append((number, side))
    yield from gathered.values()


def _through(arms: Sequence[Arm], ends: Sequence[End], unit: float) -> Iterator[tuple[End, End]]:
    """Tell who goes on at whom in one meeting."""
    if len(ends) < 4:
        yield from combinations(ends, 2)
        return
    ways = {end: heading(arms[end[0]], end[1], TANGENT * unit) for end in ends}
    pairs = sorted(combinations(ends, 2), key=lambda pair: float(ways[pair[0]] @ ways[pair[1]]))
    left = set(ends)
    for one, other in pairs:
        if one in left and other in left and float(ways[one] @ ways[other]) < -STRAIGHT:
            left -= {one, other}
            yield one, other
    yield from combinations(sorted(left), 2)


def _bridges(canvas: Canvas, arms: Sequence[Arm], loose: Sequence[End]) -> list[tuple[End, End]]:
    """Join loose ends that point at each other, the nearest first; each goes on once."""
    chosen = sorted(loose, key=lambda end: -arms[end[0]].length)[:MOST_ENDS]
    if len(chosen) < 2:
        return []
    places = np.array([arms[arm].points[-side] for arm, side in chosen])
    ways = np.array([heading(arms[arm], side, TANGENT * canvas.unit) for arm, side in chosen])
    found = sorted(_candidates(canvas, chosen, places, ways))
    used: set[int] = set()
    bridges = []
    for _, one, other in found:
        if one not in used and other not in used:
            used |= {one, other}
            bridges.append((chosen[one], chosen[other]))
    return bridges


def _candidates(
    canvas: Canvas, ends: Sequence[End], places: NDArray[np.float64], ways: NDArray[np.float64]
) -> Iterator[tuple[float, int, int]]:
    """Rate every pair of ends near enough to go on from each other: the way between, longer where it bends."""
    unit = canvas.unit
    gaps = places[None] - places[:, None]
    far = np.hypot(gaps[..., 0], gaps[..., 1])
    for one, other in zip(*np.nonzero(np.triu(far <= REACH * unit, 1)), strict=True):
        if ends[one][0] == ends[other][0]:
            continue
        distance = float(far[one, other])
        aim = min(_aim(ways[one], gaps[one, other], distance), _aim(ways[other], -gaps[one, other], distance))
        if aim > AIM or distance < 0.3 * unit or _turns_once(ways[one], ways[other], gaps[one, other], unit):
            yield distance * (2 - aim), int(one), int(other)


def _aim(way: NDArray[np.float64], gap: NDArray[np.float64], distance: float) -> float:
    """Tell the cosine between an end's direction and the way to another; a dot points everywhere."""
    return float(way @ gap) / distance if distance and way.any() else 1.0


def _turns_once(one: NDArray[np.float64], other: NDArray[np.float64], gap: NDArray[np.float64], unit: float) -> bool:
    """Tell whether two ends point at one corner between them, as at the bend of a dashed line."""
    side = one[0] * other[1] - one[1] * other[0]
    if abs(side) < 0.7:
        return False
    to_corner = (gap[0] * other[1] - gap[1] * other[0]) / side
    from_corner = (gap[0] * one[1] - gap[1] * one[0]) / side
    return bool(0 <= to_corner < unit and 0 <= from_corner < unit)


def _over_words(canvas: Canvas, arms: Sequence[Arm], loose: Sequence[End]) -> list[tuple[End, End]]:
    """Join the two lines that end at one text block: it is written over a line, perhaps over its bend."""
    bridges: list[tuple[End, End]] = []
    left = {end for end in loose if arms[end[0]].length > 0.3 * canvas.unit}
    for box in canvas.boxes:
        near = [end for end in sorted(left) if _points_at(box, arms[end[0]], end[1], canvas.unit)]
        pairs = [(one, other) for one, other in combinations(near, 2) if one[0] != other[0]]
        if pairs:
            best = min(pairs, key=lambda pair: _opposition(arms, pair, canvas.unit))
            bridges.append(best)
            left -= set(best)
    return bridges


def _points_at(box: NDArray[np.float64], arm: Arm, side: int, unit: float) -> bool:
    """Tell whether a line ends at a text block, or in it, and points there."""
    x, y, w, h = box
    place = arm.points[-side]
    nearest = np.clip(place, (x, y), (x + w, y + h))
    gap = nearest - place
    distance = float(np.hypot(*gap))
    if distance > WORDS_NEAR * unit:
        return False
    middle = np.array([x + w / 2, y + h / 2]) - place
    towards = gap if distance > 1 else middle
    return float(heading(arm, side, TANGENT * unit) @ towards) > 0


def _opposition(arms: Sequence[Arm], pair: tuple[End, End], unit: float) -> float:
    one, other = (heading(arms[end[0]], end[1], TANGENT * unit) for end in pair)
    return float(one @ other)
