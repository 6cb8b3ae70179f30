"""The rows of a map: from where to where each lane reaches, and the header above the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from journey.engines.local.pictures.axes import Axes, length, middle, shared, union
from journey.engines.local.pictures.sheet import Piece, Sheet, around
from journey.engines.local.pictures.titles import Titles, leaves
from journey.sources.geometry import Rect
from journey.sources.layout.grid import Obstacles, Span, cuts_between

BRIDGED_LAST = 1.6
"""Line heights of nothing that may lie within the last lane, below which only a caption may follow."""
BEFORE_FIRST = 0.3
"""The same before the first lane, where the header stands."""
CUT = 0.5
"""Line heights of something on either side of a ruling from which the ruling runs through it."""
LEVEL_APART = 5.0
"""Line heights between two levels of the header at most."""
SIDE_APART = 15.0
"""The same where the header is a column: short names at the left of it may stand far from the next."""
MOST_LEVELS = 3


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of the header: the name of a phase or of a step, and how far it reaches."""

    pieces: tuple[Piece, ...]
    rect: Rect


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


def header_levels(titles: Titles, sheet: Sheet, top: float) -> list[list[HeaderCell]]:
    """Return the levels of the header before the first lane, the outermost first, each in order of the phases."""
    axes = titles.axes
    before = [
        piece
        for piece in sheet.pieces
        if piece.passage not in titles.pieces
        and axes.lane(piece.rect)[1] <= top + 0.4 * length(axes.lane(piece.rect))
        and (titles.above or middle(axes.phase(piece.rect)) > titles.band[1])
    ]
    levels: list[list[HeaderCell]] = []
    reach = top
    for level in _levels(before, axes):
        span = union([axes.lane(piece.rect) for piece in level])
        if (
            reach - span[1] > (SIDE_APART if axes.turned else LEVEL_APART) * sheet.line_height
            or len(levels) == MOST_LEVELS
        ):
            break
        if len(level) < 2:
            break
        reach = span[0]
        if all(not any(char.isalpha() for char in piece.text) for piece in level):
            continue
        cells = [HeaderCell((piece,), _reach(piece, sheet, axes)) for piece in level]
        levels.insert(0, sorted(cells, key=lambda cell: axes.phase(cell.rect)[0]))
    return _joined_levels(levels, axes, sheet.line_height)


def _levels(pieces: Sequence[Piece], axes: Axes) -> list[list[Piece]]:
    """Group pieces that stand at one height, the nearest to the lanes first."""
    levels: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -middle(axes.lane(piece.rect))):
        span = axes.lane(piece.rect)
        for level in levels:
            common = union([axes.lane(other.rect) for other in level])
            if shared(span, common) > 0.5 * min(length(span), length(common)):
                level.append(piece)
                break
        else:
            levels.append([piece])
    return levels


def _reach(piece: Piece, sheet: Sheet, axes: Axes) -> Rect:
    """Return the place of a header's card where it has one to itself, else of its text."""
    own = [card.rect for card in sheet.cards if card.passages == (piece.passage,)]
    others = [other.rect for other in sheet.pieces if other.passage != piece.passage]
    own = [rect for rect in own if length(axes.lane(rect)) < 6 * sheet.line_height]
    own = [rect for rect in own if not any(other.shared(rect) > 0.5 * other.area for other in others)]
    return min(own, key=lambda rect: rect.area, default=piece.rect)


def _joined_levels(levels: list[list[HeaderCell]], axes: Axes, line: float) -> list[list[HeaderCell]]:
    """Put two levels together that are two lines of the same cells."""
    joined: list[list[HeaderCell]] = []
    for level in levels:
        above = joined[-1] if joined else None
        if above is not None and len(above) == len(level) and _are_lines(above, level, axes, line):
            joined[-1] = [
                HeaderCell((*one.pieces, *two.pieces), around([one.rect, two.rect]))
                for one, two in zip(above, level, strict=True)
            ]
        else:
            joined.append(level)
    return joined


def _are_lines(above: Sequence[HeaderCell], below: Sequence[HeaderCell], axes: Axes, line: float) -> bool:
    return all(
        shared(axes.phase(one.rect), axes.phase(two.rect)) > 0
        and axes.lane(two.rect)[0] - axes.lane(one.rect)[1] < 0.4 * line
        for one, two in zip(above, below, strict=True)
    )
