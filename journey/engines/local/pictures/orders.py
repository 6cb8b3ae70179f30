"""Pictures whose boxes or fields have another order than time: hierarchies, mind maps, canvases, persona sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from journey.engines.local.pictures.axes import middle, shared
from journey.engines.local.pictures.lane_titles import is_attribute, is_canvas_field
from journey.engines.local.pictures.maps import FoundMap
from journey.engines.local.pictures.sheet import BULLET, Card, Piece, Sheet
from journey.engines.local.pictures.titles import leaves, named_lanes
from journey.sources.geometry import Rect

LEAST_BOXES = 4
REACHED = 0.6
"""Share of the boxes below the topmost that lines from above must part to."""
CENTRED = 0.12
"""Of a box's width, how far from its middle a line may reach it."""
LEAST_BRANCHES, MOSTLY = 4, 0.8
"""Lines at the hub of a mind map, and their share of all."""
LEAST_FIELDS = 0.75
"""Share of all lane titles that must stand in the rows of a canvas."""
ALIGNED = 2.0
"""Line heights by which the titles of two fields one above the other may begin apart."""
_OF_A_COURSE = {"phases", "steps", "actions", "touchpoints", "emotion"}


def is_hierarchy(sheet: Sheet) -> bool:
    """Whether boxes are joined as an organisation's or a topic's are: by lines without heads that part to several."""
    boxes = [card for card in leaves(sheet.cards) if card.passages]
    if len(boxes) < LEAST_BOXES or any(card.kind == "diamond" for card in sheet.cards):
        return False
    if any(line.directed or line.label for line in sheet.connectors):
        return False
    places = [box.rect for box in boxes]
    aside = [_on_its_side(place) for place in places]
    return _parts_from(places, sheet.across) or _parts_from(aside, sheet.down) or _has_a_hub(boxes, sheet)


def _parts_from(places: Sequence[Rect], lines: Sequence[tuple[float, float, float]]) -> bool:
    """Whether most boxes below the topmost hang on level lines that part from one box to several.

    Args:
        lines: where each runs: its height, where it begins and where it ends.
    """
    reached = {at for line in lines for at in _hung_on(line, places)}
    return len(reached) > 1 and len(reached) >= REACHED * (len(places) - 1)


def _hung_on(line: tuple[float, float, float], places: Sequence[Rect]) -> list[int]:
    """Return the boxes right below a line that begins and ends over the middles of two, and has one box above it."""
    y, begin, end = line
    below = [at for at, place in enumerate(places) if place.top > y]
    first = min((places[at].bottom for at in below), default=y)
    hung = [at for at in below if places[at].top < first and _is_between(_centre(places[at]), begin, end, places[at])]
    ends = [any(abs(_centre(places[at]) - x) <= CENTRED * places[at].width for at in hung) for x in (begin, end)]
    above = [place for place in places if place.bottom < y and begin <= _centre(place) <= end]
    last = max((place.top for place in above), default=y)
    heads = [place for place in above if place.bottom > last]
    return hung if len(hung) > 1 and all(ends) and len(heads) == 1 else []


def _is_between(x: float, begin: float, end: float, place: Rect) -> bool:
    slack = CENTRED * place.width
    return begin - slack <= x <= end + slack


def _centre(place: Rect) -> float:
    return middle((place.left, place.right))


def _on_its_side(place: Rect) -> Rect:
    return Rect(place.top, place.left, place.bottom, place.right)


def _has_a_hub(boxes: Sequence[Card], sheet: Sheet) -> bool:
    """Whether nearly all lines end at one box, which stands in the midst of the others."""
    ends = Counter(end for line in sheet.connectors for end in {line.before, line.after} if end)
    hub, count = ends.most_common(1)[0] if ends else ("", 0)
    centre = next((box.rect for box in boxes if box.id == hub), None)
    if centre is None or count < LEAST_BRANCHES or count < MOSTLY * len(sheet.connectors):
        return False
    others = [box.rect for box in boxes if box.id != hub]
    sides = [
        any(rect.right < centre.left for rect in others) and any(rect.left > centre.right for rect in others),
        any(rect.bottom < centre.top for rect in others) and any(rect.top > centre.bottom for rect in others),
    ]
    return all(sides)


def is_canvas(sheet: Sheet) -> bool:
    """Whether the picture is an analysis in fields, such as an empathy map: titles in rows, their words below each."""
    known = {piece.passage for title in named_lanes(sheet) for piece in title.pieces}
    titles = [piece for piece in sheet.pieces if piece.passage in known or is_canvas_field(piece.text)]
    rows = [row for title in titles if len(row := _row_of(title, titles)) > 1 and row[0] is title]
    fields = [title for row in rows for title in row]
    if len(rows) < 2 or len(fields) < LEAST_FIELDS * len(titles):
        return False
    if any(_is_beside(piece, row, titles) for row in rows for piece in sheet.pieces):
        return False
    first, *others = rows
    begins = [title.rect.left for title in first]
    return all(
        min(abs(title.rect.left - begin) for begin in begins) < ALIGNED * sheet.line_height
        for row in others
        for title in row
    )


def _row_of(title: Piece, titles: Sequence[Piece]) -> list[Piece]:
    """Return the titles that are level with one, from the left."""
    level = [other for other in titles if _share_height(title.rect, other.rect)]
    return sorted(level, key=lambda other: other.rect.left)


def _is_beside(piece: Piece, row: Sequence[Piece], titles: Sequence[Piece]) -> bool:
    """Whether a text stands beside a title as what its row holds, not below it."""
    return piece not in titles and any(
        _share_height(piece.rect, title.rect) and piece.rect.left > title.rect.right for title in row
    )


def _share_height(one: Rect, other: Rect) -> bool:
    return shared((one.top, one.bottom), (other.top, other.bottom)) > 0.5 * min(one.height, other.height)


def is_profile(found: FoundMap) -> bool:
    """Whether what looks like a map has neither columns nor a lane of a course, only goals or frustrations."""
    lanes = {row.lane for row in found.rows}
    alone = found.columns == 1 or any(is_attribute(BULLET.sub("", piece.text)) for piece in found.sheet.pieces)
    return alone and not found.levels and not lanes & _OF_A_COURSE and bool(lanes - {None})
