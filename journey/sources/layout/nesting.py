"""Nesting: which shapes hold others, and which are only signs or scraps within a shape."""

from __future__ import annotations

from collections.abc import Sequence

from journey.sources.layout.canvas import Canvas
from journey.sources.layout.lanes import Band, Lanes
from journey.sources.layout.outlines import Outline

TASK = 70.0  # square units: a shape with words no larger than this holds no other shape
CELL = 300.0  # square units: a shape no larger than this is not cut into cells
SIDE = 0.5  # units: sides this near are the same line


def settle(canvas: Canvas, outlines: Sequence[Outline], lanes: Lanes) -> list[Outline]:
    """Leave out the faces that lane lines bound, and the signs and scraps within shapes; from small to large."""
    free = [outline for outline in outlines if not _is_face(outline, lanes, canvas.unit)]
    free = [outline for outline in free if not _is_margin(outline, free, canvas.size)]
    whole = [outline for outline in free if not _is_scrap(outline, free, canvas.unit)]
    return [outline for outline in whole if not _is_between(outline, whole, canvas.unit)]


def _is_face(outline: Outline, lanes: Lanes, unit: float) -> bool:
    """Tell whether two or more sides of a rectangle are lines of lanes."""
    if outline.kind not in {"rectangle", "rounded"} or not lanes.bands:
        return False
    slack = SIDE * unit + outline.border
    level = [line.place for line in lanes.along]
    upright = [line.place for line in lanes.down]
    sides = ((outline.y, level), (outline.y + outline.h, level), (outline.x, upright), (outline.x + outline.w, upright))
    return sum(any(abs(side - place) < slack for place in places) for side, places in sides) >= 2


def _is_margin(outline: Outline, outlines: Sequence[Outline], size: tuple[int, int]) -> bool:
    """Tell whether a shape that holds others is cut off by the edge of the picture: paper, or an open lane."""
    cut = min(outline.x, outline.y) <= 1 or outline.x + outline.w >= size[0] - 1 or outline.y + outline.h >= size[1] - 1
    return cut and any(outline.contains(other) for other in outlines if other is not outline)


def _is_scrap(outline: Outline, outlines: Sequence[Outline], unit: float) -> bool:
    """Tell whether a shape is a sign in a task, a piece of ground between letters, or a cell of a small shape."""
    for around in outlines:
        if around is outline or around.area <= outline.area or not around.contains(outline, slack=SIDE * unit):
            continue
        if around.held and around.area < TASK * unit**2:
            return True
        if around.area < CELL * unit**2 and _shared_sides(outline, around, SIDE * unit) >= 2:
            return True
    return False


def _is_between(outline: Outline, outlines: Sequence[Outline], unit: float) -> bool:
    """Tell whether a shape without words is only the ground between others: it touches two of them from outside."""
    if outline.held or outline.kind in {"ellipse", "diamond"}:
        return False
    touching = (other for other in outlines if other is not outline and _touches(outline, other, SIDE * unit))
    return len(list(touching)) >= 2


def _touches(one: Outline, other: Outline, slack: float) -> bool:
    across = max(one.x, other.x) - min(one.x + one.w, other.x + other.w)
    down = max(one.y, other.y) - min(one.y + one.h, other.y + other.h)
    return max(across, down) < slack and not one.contains(other) and not other.contains(one)


def _shared_sides(one: Outline, other: Outline, slack: float) -> int:
    slack += one.border + other.border
    near = (
        abs(one.x - other.x),
        abs(one.y - other.y),
        abs(one.x + one.w - other.x - other.w),
        abs(one.y + one.h - other.y - other.h),
    )
    return sum(gap < slack for gap in near)


def find_holders(outlines: Sequence[Outline], unit: float) -> frozenset[int]:
    """Find the shapes that hold others."""
    return frozenset(
        number
        for number, outline in enumerate(outlines)
        if any(outline.contains(o) and o.area < 0.6 * outline.area for o in outlines if o is not outline)
    )


def find_parents(outlines: Sequence[Outline], bands: Sequence[Band]) -> list[int | None]:
    """Find, for every shape and then every band, the smallest shape or band around it.

    Positions count the shapes first, then the bands.
    """
    boxes: list[tuple[float, float, float, float]] = [(o.x, o.y, o.x + o.w, o.y + o.h) for o in outlines]
    boxes += [(b.x, b.y, b.x + b.w, b.y + b.h) for b in bands]
    return [_parent(number, boxes, shapes=len(outlines)) for number in range(len(boxes))]


def _parent(number: int, boxes: Sequence[tuple[float, float, float, float]], *, shapes: int) -> int | None:
    left, top, right, bottom = boxes[number]
    middle_x, middle_y, area = (left + right) / 2, (top + bottom) / 2, (right - left) * (bottom - top)
    around = []
    for other, (x, y, far_x, far_y) in enumerate(boxes):
        size = (far_x - x) * (far_y - y)
        holds = x <= middle_x <= far_x and y <= middle_y <= far_y
        whole = x <= left and y <= top and right <= far_x and bottom <= far_y
        if other != number and size > 1.02 * area and (whole or (other >= shapes and holds)):
            around.append((size, other))
    return min(around)[1] if around else None
