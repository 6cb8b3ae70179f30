"""Coloured areas as shapes: the cards and bands that hold words, where no outline was found around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np

from journey.model.picture import Box, Shape
from journey.model.source import Passage
from journey.sources.layout.colours import Area

SAME = 0.55
"""Overlap (intersection over union) of two boxes from which they are one shape."""
NEARLY = 0.85
"""Share of a box that lies in another, from which it is within."""
MUCH_LARGER = 1.8
"""Times an area, from which the shape that holds its words is the ground behind it."""
CARD = 6.0
"""Times its words, that a card with a drawing on it is large at most."""
SWATCH = 0.004
"""Of the image, that the patch of a legend fills at most."""
LARGEST = 0.3
"""Of the image, that an area with words may fill; more is a ground."""

Kind = Literal["rectangle", "rounded", "diamond", "ellipse", "other"]


def with_areas(
    shapes: Sequence[Shape], areas: Sequence[Area], passages: Sequence[Passage], *, width: int, height: int
) -> tuple[Shape, ...]:
    """Return shapes together with the coloured areas that hold words and are no shape yet.

    The words move to the area from a much larger shape around it.

    Args:
        areas: as `find_areas` finds them in an image of this width and height.
    """
    boxes = {passage.id: passage.box for passage in passages if passage.box is not None}
    known = list(shapes)
    for number, area in enumerate(areas, start=1):
        box = area.box(width, height)
        held = [name for name, place in boxes.items() if _holds(box, place) and _may_move(name, place, box, known)]
        wanted = bool(held) or _is_swatch(box, boxes.values())
        if wanted and _size(box) < LARGEST and not any(_overlap(box, shape.box) > SAME for shape in known):
            known = [_without(shape, held) for shape in known]
            known.append(_shape(f"a{number}", area, box, known, held))
    return tuple(known)


def _is_swatch(box: Box, places: Iterable[Box]) -> bool:
    """Whether a small area has words close to its right, as a patch of a legend has."""
    if _size(box) > SWATCH:
        return False
    middle = box.y + box.h / 2
    return any(
        place.y < middle < place.y + place.h and -0.2 * box.w < place.x - box.x - box.w < 1.5 * box.w
        for place in places
    )


def _shape(name: str, area: Area, box: Box, known: Sequence[Shape], held: Sequence[str]) -> Shape:
    around = [shape for shape in known if _within(box, shape.box) and _size(shape.box) > _size(box)]
    parent = min(around, key=lambda shape: _size(shape.box), default=None)
    return Shape(
        id=name,
        kind=_kind(area),
        box=box,
        colour=area.colour,
        parent=None if parent is None else parent.id,
        passages=tuple(held),
    )


def _kind(area: Area) -> Kind:
    """Tell the form by how much of its box the hull fills: a diamond half, an ellipse a good three quarters."""
    wide, high = np.ptp(area.hull, axis=0)
    filled = area.size / max(1.0, float(wide * high))
    return "rectangle" if filled > 0.85 else "ellipse" if filled > 0.7 else "diamond" if filled > 0.4 else "other"


def _may_move(passage: str, place: Box, box: Box, known: Sequence[Shape]) -> bool:
    """Whether words may be an area's: no shape has them, or only the ground, or a drawing on a card beside them."""
    home = next((shape for shape in known if passage in shape.passages), None)
    if home is None:
        return True
    if not _holds(home.box, place):
        return _within(home.box, box) and _size(box) < CARD * _size(place)
    return _size(home.box) > MUCH_LARGER * _size(box) and _within(box, home.box)


def _size(box: Box) -> float:
    return box.w * box.h


def _without(shape: Shape, passages: Sequence[str]) -> Shape:
    left = tuple(name for name in shape.passages if name not in passages)
    return shape if left == shape.passages else shape.model_copy(update={"passages": left})


def _holds(box: Box, place: Box) -> bool:
    """Whether the middle of a text block lies in a box, and the block is not much larger."""
    x, y = place.x + place.w / 2, place.y + place.h / 2
    inside = box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h
    return inside and place.w <= 1.25 * box.w and place.h <= 1.25 * box.h


def _within(inner: Box, outer: Box) -> bool:
    """Whether a box lies in another, but for a little."""
    return _shared(inner, outer) > NEARLY * _size(inner)


def _overlap(one: Box, other: Box) -> float:
    """Return intersection over union."""
    shared = _shared(one, other)
    return shared / (_size(one) + _size(other) - shared)


def _shared(one: Box, other: Box) -> float:
    wide = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
    high = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
    return max(0.0, wide) * max(0.0, high)
