"""The titles of a map's lanes: a stack of known words at the side, above their rows, or a row of them on top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from journey.engines.local.pictures.axes import Axes, length, middle, shared, union
from journey.engines.local.pictures.lane_titles import LaneKind, is_blueprint_lane, lane_of, plain
from journey.engines.local.pictures.legend import read_legend
from journey.engines.local.pictures.panel import is_of_panel
from journey.engines.local.pictures.sheet import Card, Piece, Sheet, around, joined
from journey.sources.geometry import Rect
from journey.sources.layout.colours import difference
from journey.sources.layout.grid import Span

LEAST_LANES = 2
UNTITLED = "Row without a readable title"
ALIGNED = 0.4
"""Share of the shorter of two titles' extents that both cover, from which they stand in one stack."""
EQUALS = 2
"""Cards beside a word's own that are like it, from which it is one of a row and names no lane."""
MOSTLY_LANES = 0.6
"""Share of a row of equal cards that must name different lanes for the row to head lanes, not phases."""
SAME_COLOUR = 6.0
"""Difference in CIELAB."""
LONGEST_TITLE = 8
"""Words of a title that is none of the known ones."""
CLOSE = 0.6
"""Line heights between two lines of one title."""
GAP_AROUND = 6.0
"""Line heights between titles of one stack beyond which a further title must have content of its own beside it."""


@dataclass(frozen=True, slots=True)
class LaneTitle:
    """The title of a lane, with what it means; `lane` is None for a title of the map's own."""

    pieces: tuple[Piece, ...]
    lane: LaneKind | None

    @property
    def text(self) -> str:
        """The words as found; a row whose title could not be read says so."""
        return joined(self.pieces) or UNTITLED

    @property
    def rect(self) -> Rect:
        """Its place."""
        return around([piece.rect for piece in self.pieces])


@dataclass(frozen=True, slots=True)
class Titles:
    """The lane titles of a map, in the order of its lanes, and how they stand to what they name."""

    axes: Axes
    found: tuple[LaneTitle, ...]
    above: bool = False
    """Whether a title stands above its row, within the columns, and not at its side."""

    @property
    def band(self) -> Span:
        """The stretch along the phases that the known titles fill, or all where none is known."""
        known = [title for title in self.found if title.lane is not None] or self.found
        return union([self.axes.phase(title.rect) for title in known])

    @property
    def pieces(self) -> frozenset[str]:
        """The passages of all titles."""
        return frozenset(piece.passage for title in self.found for piece in title.pieces)


def find_titles(sheet: Sheet) -> Titles | None:
    """Find the titles of the lanes: the largest stack of words that name different lanes; None where there is none."""
    named = named_lanes(sheet)
    known = [title for title in named if not _is_header_cell(title, sheet) and not _explains(title, named)]
    stacks = [stack for turned in (False, True) if (stack := _largest(known, Axes(turned)))]
    if not stacks:
        return None
    titles = max(stacks, key=lambda stack: (_lanes(stack.found), not stack.axes.turned))
    if not titles.axes.turned:
        titles = replace(titles, above=_stand_above(titles, sheet))
    if titles.above:
        return titles
    return replace(titles, found=_in_order([*titles.found, *_others(titles, sheet)], titles.axes))


def named_lanes(sheet: Sheet) -> list[LaneTitle]:
    """Return all that reads like a lane's title, wherever it stands, but for the words of a legend."""
    legend = read_legend(sheet).passages
    return [title for title in _known(sheet) if not {piece.passage for piece in title.pieces} & legend]


def _known(sheet: Sheet) -> Iterator[LaneTitle]:
    """Yield every piece, or two lines of text below each other, that names a lane."""
    taken: set[str] = set()
    for piece in sheet.pieces:
        if piece.passage in taken:
            continue
        below = _line_below(piece, sheet.pieces)
        both = lane_of(joined((piece, below))) if below is not None else None
        alone = lane_of(piece.text)
        if below is not None and both is not None and lane_of(below.text) is None:
            taken.add(below.passage)
            yield LaneTitle((piece, below), both)
        elif alone is not None or is_blueprint_lane(piece.text):
            yield LaneTitle((piece,), alone)
        elif below is not None and is_blueprint_lane(joined((piece, below))):
            taken.add(below.passage)
            yield LaneTitle((piece, below), None)


def _explains(title: LaneTitle, others: Sequence[LaneTitle]) -> bool:
    """Whether a text is the question, right below a title, that says what belongs in its lane."""
    if not title.text.endswith("?"):
        return False
    above = [title.rect.top - other.rect.bottom for other in others if _shared_wide(other.rect, title.rect) > 0]
    return any(-title.rect.height < room < CLOSE * title.rect.height for room in above)


def _shared_wide(one: Rect, other: Rect) -> float:
    """Return how much two places overlap from left to right."""
    return shared((one.left, one.right), (other.left, other.right))


def _is_header_cell(title: LaneTitle, sheet: Sheet) -> bool:
    """Whether a word like a lane's title is one of a row of equal cards ("Need", "Research", "Purchase")."""
    passage = title.pieces[0].passage
    own = next((card for card in leaves(sheet.cards) if passage in card.passages), None)
    if own is None:
        return False
    span = own.rect.top, own.rect.bottom
    worded = [card for card in leaves(sheet.cards) if card.passages]
    level = [card for card in worded if shared((card.rect.top, card.rect.bottom), span) > 0.8 * length(span)]
    alike = [card for card in level if _are_equal(card, own)]
    nothing_above = not any(_stands_over(card, own) for card in worded)
    return len(alike) > EQUALS and len(alike) == len(level) and nothing_above and not _name_lanes(alike, sheet)


def _name_lanes(cards: Sequence[Card], sheet: Sheet) -> bool:
    """Whether most of a row of cards name different lanes, so that they head columns that are lanes."""
    words = {piece.passage: piece.text for piece in sheet.pieces}
    said = {lane_of(words.get(passage, "")) for card in cards for passage in card.passages} - {None}
    return len(said) > MOSTLY_LANES * len(cards)


def _stands_over(card: Card, own: Card) -> bool:
    """Whether a card stands over another one, in its column."""
    over = shared((card.rect.left, card.rect.right), (own.rect.left, own.rect.right)) > 0.5 * own.rect.width
    return over and card.rect.bottom <= own.rect.top + 2 and card.rect.width < 1.5 * own.rect.width


def _are_equal(one: Card, other: Card) -> bool:
    """Whether two cards have one colour and one size."""
    alike = abs(one.rect.width - other.rect.width) < 0.08 * other.rect.width
    return alike and difference(one.colour, other.colour) < SAME_COLOUR


def _line_below(piece: Piece, pieces: Sequence[Piece]) -> Piece | None:
    """Return the piece that reads as the next line of a short one, if there is one."""
    height = piece.rect.height
    if len(piece.text.split()) > 2:
        return None
    for other in pieces:
        close = -CLOSE * height < other.rect.top - piece.rect.bottom < CLOSE * height and other is not piece
        overlap = shared((piece.rect.left, piece.rect.right), (other.rect.left, other.rect.right))
        alike = 0.6 < other.rect.height / max(1.0, height) < 1.7
        if close and alike and overlap > 0.5 * min(piece.rect.width, other.rect.width) and len(other.text.split()) < 3:
            return other
    return None


def _largest(known: Sequence[LaneTitle], axes: Axes) -> Titles | None:
    """Return the stack with the most different lanes along one axis."""
    stacks = []
    for first in known:
        stack = [title for title in known if _are_aligned(first, title, axes)]
        stacks.append(_in_order(_apart(stack, axes), axes))
    best = max(stacks, key=_lanes, default=())
    return Titles(axes, tuple(best)) if _lanes(best) >= LEAST_LANES else None


def _are_aligned(one: LaneTitle, other: LaneTitle, axes: Axes) -> bool:
    a, b = axes.phase(one.rect), axes.phase(other.rect)
    return shared(a, b) >= ALIGNED * min(length(a), length(b))


def _apart(stack: Sequence[LaneTitle], axes: Axes) -> list[LaneTitle]:
    """Return the titles of a stack that stand one after the other, not side by side."""
    kept: list[LaneTitle] = []
    for title in stack:
        span = axes.lane(title.rect)
        if not any(shared(span, axes.lane(other.rect)) > 0.3 * length(span) for other in kept):
            kept.append(title)
    return kept


def _lanes(stack: Sequence[LaneTitle]) -> int:
    """Return how many different lanes the titles of a stack name."""
    return len({title.lane or plain(title.text) for title in stack})


def _in_order(titles: Sequence[LaneTitle], axes: Axes) -> tuple[LaneTitle, ...]:
    return tuple(sorted(titles, key=lambda title: axes.lane(title.rect)[0]))


def _stand_above(titles: Titles, sheet: Sheet) -> bool:
    """Whether most titles have nothing beside them, but something below that begins where they begin."""
    axes, beside, below = titles.axes, 0, 0
    ends = [axes.lane(title.rect)[0] for title in titles.found[1:]] + [float("inf")]
    others = [piece.rect for piece in sheet.pieces if piece.passage not in titles.pieces]
    seen = [
        *others,
        *(face.rect for face in sheet.faces),
        *(trace.rect for trace in sheet.traces),
        *(card.rect for card in leaves(sheet.cards)),
    ]
    for title, end in zip(titles.found, ends, strict=True):
        span, band = axes.lane(title.rect), axes.phase(title.rect)
        if any(shared(axes.lane(rect), span) > 0 and axes.phase(rect)[0] > band[1] for rect in seen):
            beside += 1
        elif any(span[1] <= axes.lane(rect)[0] < end and shared(axes.phase(rect), band) > 0 for rect in others):
            below += 1
    return below > beside


def leaves(cards: Sequence[Card]) -> list[Card]:
    """Return the cards that hold no other card."""
    parents = {card.parent for card in cards}
    return [card for card in cards if card.id not in parents]


def _others(titles: Titles, sheet: Sheet) -> Iterator[LaneTitle]:
    """Yield the titles of the map's own: short texts in the same stack, each with something beside it."""
    axes, band = titles.axes, titles.band
    taken = [axes.lane(title.rect) for title in titles.found]
    room = GAP_AROUND * sheet.line_height
    reach = union(taken)
    seen = [piece.rect for piece in sheet.pieces] + [card.rect for card in leaves(sheet.cards)]
    outside = [piece for piece in sheet.pieces if middle(axes.phase(piece.rect)) > band[1]]
    for group in _grouped(_in_stack(titles, sheet), axes, sheet.line_height):
        span = axes.lane(around([piece.rect for piece in group]))
        free = all(shared(span, other) <= 0.2 * length(span) for other in taken)
        near = reach[0] - 3 * room < middle(span) < reach[1] + 3 * room
        beside = any(axes.phase(rect)[0] > band[1] and shared(axes.lane(rect), span) > 0 for rect in seen)
        place = around([piece.rect for piece in group])
        if is_of_panel(group, place, outside, axes, titles.found[0].rect):
            continue
        if free and near and beside and len(joined(group).split()) <= LONGEST_TITLE:
            taken.append(span)
            yield LaneTitle(tuple(group), lane_of(joined(group)))


def _in_stack(titles: Titles, sheet: Sheet) -> list[Piece]:
    """Return the pieces that stand within the stack's band and are no titles yet."""
    axes, band = titles.axes, titles.band
    slack = sheet.line_height
    inside = []
    for piece in sheet.pieces:
        span = axes.phase(piece.rect)
        mostly = shared(span, band) >= 0.6 * length(span)
        wholly = span[0] >= band[0] - 2 * slack and span[1] <= band[1] + 2 * slack
        if piece.passage not in titles.pieces and mostly and wholly:
            inside.append(piece)
    return sorted(inside, key=lambda piece: axes.lane(piece.rect)[0])


def _grouped(pieces: Sequence[Piece], axes: Axes, line: float) -> list[list[Piece]]:
    """Put lines of one title together."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        last = groups[-1][-1] if groups else None
        if last is not None and axes.lane(piece.rect)[0] - axes.lane(last.rect)[1] < 0.5 * line and not axes.turned:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups
