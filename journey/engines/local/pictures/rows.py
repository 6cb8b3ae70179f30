"""The rows of a map: from where to where each lane reaches."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from journey.engines.local.pictures.axes import length, middle, union
from journey.engines.local.pictures.sheet import Sheet
from journey.engines.local.pictures.titles import Titles, leaves
from journey.sources.geometry import Rect
from journey.sources.layout.grid import Obstacles, Span, cuts_between

BRIDGED_LAST = 1.6
"""Line heights of nothing that may lie within the last lane, below which only a caption may follow."""
BEFORE_FIRST = 0.3
"""The same before the first lane, where the header stands."""
CUT = 0.5
"""Line heights of something on either side of a ruling from which the ruling runs through it."""


def row_spans(titles: Titles, sheet: Sheet) -> list[Span]:
    """Return the extent of every lane, in the order of the titles."""
    axes = titles.axes
    spans = [axes.lane(title.rect) for title in titles.found]
    seen = beyond(titles, sheet)
    solid = [axes.lane(rect) for rect in seen if length(axes.lane(rect)) < 0.45 * (spans[-1][1] - spans[0][0]) + 1]
    if titles.above:
        begins = [span[0] - 1 for span in spans]
        return [*zip(begins, [*begins[1:], _end(spans[-1], solid, 3 * sheet.line_height)], strict=True)]
    within = union([axes.phase(rect) for rect in seen]) if seen else titles.band
    obstacles = Obstacles((*solid, *spans), axes.between_lanes(sheet, within))
    cuts = cuts_between(spans, obstacles)
    first = _begin(spans[0], solid, obstacles.rulings, cuts[0] if cuts else None, line=sheet.line_height)
    last = _end(spans[-1], solid, BRIDGED_LAST * sheet.line_height)
    below = [place for place in obstacles.rulings if middle(spans[-1]) < place <= last]
    bounds = [first, *cuts, min(below, default=last)]
    return [*pairwise(bounds)]


def beyond(titles: Titles, sheet: Sheet) -> list[Rect]:
    """Return the places of all that stands beside or below the titles and may be their content."""
    axes, end = titles.axes, titles.band[1]
    rects = [piece.rect for piece in sheet.pieces if piece.passage not in titles.pieces]
    rects += [face.rect for face in sheet.faces] + [trace.rect for trace in sheet.traces]
    rects += [card.rect for card in leaves(sheet.cards) if _is_cell(card.rect, titles, sheet)]
    if titles.above:
        return rects
    return [rect for rect in rects if middle(axes.phase(rect)) > end]


def _is_cell(rect: Rect, titles: Titles, sheet: Sheet) -> bool:
    """Whether a card can be the content of one cell: higher than a line, and no band along the titles."""
    axes = titles.axes
    reach = union([axes.lane(title.rect) for title in titles.found])
    low = min(rect.width, rect.height) > 0.8 * sheet.line_height
    return low and length(axes.lane(rect)) < 0.4 * length(reach) and axes.phase(rect)[0] > titles.band[0]


def _begin(title: Span, solid: Sequence[Span], rulings: Sequence[float], cut: float | None, *, line: float) -> float:
    """Return where the first lane begins: at a ruling, or where what lies beside its title begins."""
    begin = title[0]
    outside = min(title[0], 2 * middle(title) - cut) - BEFORE_FIRST * line if cut is not None else float("-inf")
    for span in sorted(solid, key=lambda span: -span[1]):
        is_header = span[1] <= title[0] and middle(span) < outside
        if span[0] < begin and span[1] > begin - BEFORE_FIRST * line and not is_header:
            begin = span[0]
    ruled = [place for place in rulings if begin - 2 * line <= place < middle(title) and not _cuts(place, solid, line)]
    if ruled:
        return max(ruled)
    if cut is not None:
        wanted = 2 * middle(title) - cut
        if begin < wanted - 1.5 * line:
            begin = min((span[0] for span in solid if wanted - line < span[0] < title[1]), default=title[0])
    return min(begin, title[0]) - 0.15 * line


def _cuts(place: float, solid: Sequence[Span], line: float) -> bool:
    """Whether a ruling runs through what stands there: the edge of other cards, and not where a row begins."""
    return any(span[0] + CUT * line < place < span[1] - CUT * line for span in solid)


def _end(title: Span, solid: Sequence[Span], bridged: float) -> float:
    """Return where the last lane ends: where nothing follows for more than the bridged room."""
    end = title[1]
    for span in sorted(solid):
        if span[0] <= end + bridged and span[1] > end:
            end = span[1]
    return end + 1
