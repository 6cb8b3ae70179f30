"""A wall of sticky notes as phases and steps: notes in clusters, in the order they are read, with their actors."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from journey.engines.local.pictures.axes import shared
from journey.engines.local.pictures.drafts import Draft, DrawnLink, DrawnPhase
from journey.engines.local.pictures.entries import Entry, in_reading_order
from journey.engines.local.pictures.lane_titles import is_placeholder
from journey.engines.local.pictures.legend import ALIKE, Kinds, read_legend
from journey.engines.local.pictures.sheet import Card, Piece, Sheet, around
from journey.sources.geometry import Rect
from journey.sources.layout.cards import clusters, reading_order, room_between
from journey.sources.layout.colours import difference

LEAST_NOTES = 3
BANNER = 0.55
"""Of the picture's width, from which a low card is a heading and no note."""
SMALL = 0.62
"""Of a usual note's area, below which a note beside another names its actor."""
TOUCHING = 0.16
"""Of a usual note's side: the room between a note and its actor's."""
ODD = 0.9
"""The same for a note of another colour than most."""
ON_CARD = 0.6
"""Share of a text's place that lies on its card."""
LINKED = 0.6
"""Share of the notes that arrows must join; fewer are creases and shadows."""
BESIDE = 0.3
"""Share of a side along which a note stands by another."""
LARGE_PRINT = 2.2
"""Times the usual height of writing on notes, from which a card is a heading."""
HEADING_ROOM = 1.3
"""Of a usual note's side: the room between a cluster and its heading."""


@dataclass(frozen=True, slots=True)
class Note:
    """A card with the words on it."""

    card: Card
    entry: Entry

    @property
    def rect(self) -> Rect:
        """Its place."""
        return self.card.rect


@dataclass(frozen=True)
class Wall:
    """What was found on a wall of notes: phases in order, arrows between notes, and what is on no note."""

    phases: tuple[DrawnPhase, ...]
    links: tuple[DrawnLink, ...]
    aside: tuple[Piece, ...]
    top: float


def find_notes(sheet: Sheet) -> list[Note]:
    """Return the cards with words of their own that can be notes, each once."""
    pieces = {piece.passage: piece for piece in sheet.pieces}
    notes = []
    for card in sheet.cards:
        inside = in_reading_order(
            [pieces[name] for name in card.passages if name in pieces and _lies_on(pieces[name], card)]
        )
        is_banner = card.rect.width > BANNER * sheet.width
        is_ground = card.rect.area > 0.3 * sheet.width * sheet.height
        if inside and not is_banner and not is_ground:
            notes.append(Note(card, Entry(tuple(inside))))
    heights = [min(piece.rect.height for piece in note.entry.pieces) for note in notes]
    usual = statistics.median(heights) if heights else 0.0
    written = [note for note, height in zip(notes, heights, strict=True) if height < LARGE_PRINT * usual]
    return [note for note in written if not is_placeholder(note.entry.text)]


def _lies_on(piece: Piece, card: Card) -> bool:
    """Whether words stand on a card, and the card is not merely the inside of a letter; a lone sign is a drawing."""
    worded = sum(char.isalpha() for char in piece.text) > 1
    return worded and piece.rect.shared(card.rect) > ON_CARD * piece.rect.area


def draw_wall(sheet: Sheet) -> Wall | None:
    """Read a picture as a wall of notes; None where it has too few."""
    kinds = read_legend(sheet)
    notes = [note for note in find_notes(sheet) if note.card.id not in kinds.cards]
    if len(notes) < LEAST_NOTES:
        return None
    actors = _actors(notes)
    steps = [note for note in notes if note.card.id not in actors and kinds.is_step(note.card.colour)]
    beside = [note for note in notes if note.card.id not in actors and not kinds.is_step(note.card.colour)]
    if not steps:
        steps, beside = beside, []
    drafts = {note.card.id: _draft(note) for note in steps}
    for actor_id, note_id in actors.items():
        if note_id in drafts:
            drafts[note_id].role = next(note.entry.text for note in notes if note.card.id == actor_id)
    _name_rows(sheet, notes, steps, drafts)
    _attach(beside, steps, drafts, kinds)
    used = {piece.passage for note in notes for piece in note.entry.pieces} | kinds.passages
    loose = [piece for piece in sheet.pieces if piece.passage not in used]
    phases, taken = _phases(steps, drafts, loose)
    return Wall(
        phases=tuple(phases),
        links=tuple(_links(sheet, drafts)),
        aside=tuple(piece for piece in loose if piece.passage not in taken),
        top=min(note.rect.top for note in notes),
    )


def _draft(note: Note) -> Draft:
    return Draft(note.entry.text, note.entry, range(1), shape=note.card.id)


def _side(notes: Sequence[Note]) -> float:
    return statistics.median((note.rect.width + note.rect.height) / 2 for note in notes)


def _actors(notes: Sequence[Note]) -> dict[str, str]:
    """Return which small note names the actor of which larger note beside it, by the ids of their cards."""
    usual = statistics.median(sorted(note.rect.area for note in notes)[len(notes) // 3 :])
    colours = [note.card.colour for note in notes]
    common = max(colours, key=lambda colour: sum(difference(colour, other) <= ALIKE for other in colours))
    small = [
        note
        for note in notes
        if len(note.entry.text.split()) <= 4
        and note.rect.area < usual * (SMALL if difference(note.card.colour, common) <= ALIKE else ODD)
    ]
    large = [note for note in notes if note not in small]
    if not large:
        return {}
    reach = TOUCHING * _side(large)
    found = {}
    for note in small:
        near = [other for other in large if _are_beside(note.rect, other.rect, reach)]
        same = [other for other in near if difference(other.card.colour, note.card.colour) <= ALIKE]
        if near and len(same) < len(near):
            found[note.card.id] = min(near, key=lambda other: _distance(note.rect, other.rect)).card.id
    return found


def _are_beside(one: Rect, other: Rect, reach: float) -> bool:
    """Whether two notes nearly touch along a good part of a side."""
    level = shared((one.top, one.bottom), (other.top, other.bottom)) > BESIDE * min(one.height, other.height)
    stacked = shared(_across(one), _across(other)) > BESIDE * min(one.width, other.width)
    return room_between(one, other) <= reach and (level or stacked)


def _distance(one: Rect, other: Rect) -> float:
    """Return how far two notes are apart; one to the right counts as nearer, for actors stand before what they do."""
    before = 0.0 if other.left + other.right > one.left + one.right else 0.2 * one.width
    return room_between(one, other) + before


def _name_rows(sheet: Sheet, notes: Sequence[Note], steps: Sequence[Note], drafts: dict[str, Draft]) -> None:
    """Take words at the left of several rows of notes for who acts in each."""
    on_notes = {piece.passage for note in notes for piece in note.entry.pieces}
    begin = min(note.rect.left for note in steps)
    labels = [piece for piece in sheet.pieces if piece.passage not in on_notes and piece.rect.right <= begin]
    rows = {
        label.passage: [note for note in steps if _level(label.rect, note.rect)]
        for label in labels
        if len(label.text.split()) <= 4
    }
    if sum(bool(row) for row in rows.values()) < 2:
        return
    for label in labels:
        for note in rows.get(label.passage, ()):
            drafts[note.card.id].role = drafts[note.card.id].role or label.text


def _level(label: Rect, note: Rect) -> bool:
    middle = (label.top + label.bottom) / 2
    return note.top <= middle <= note.bottom


def _attach(beside: Sequence[Note], steps: Sequence[Note], drafts: dict[str, Draft], kinds: Kinds) -> None:
    """Give notes of other kinds to the step they hang by: above or below it, else the nearest."""
    for note in beside:
        over = [step for step in steps if shared(_across(note.rect), _across(step.rect)) > 0.3 * note.rect.width]
        nearest = min(over or steps, key=lambda step: room_between(step.rect, note.rect))
        draft = drafts[nearest.card.id]
        lane = kinds.lane_of(note.card.colour)
        if lane is None:
            draft.own[kinds.label_of(note.card.colour)].append(note.entry)
        else:
            draft.found[lane].append(note.entry)


def _across(rect: Rect) -> tuple[float, float]:
    return rect.left, rect.right


def _phases(
    steps: Sequence[Note], drafts: dict[str, Draft], loose: Sequence[Piece]
) -> tuple[list[DrawnPhase], set[str]]:
    """Return the phases, in order, and the passages that name them: one for each heading, else a single one."""
    rects = [note.rect for note in steps]
    columns = _headed(rects, loose)
    if len(columns) > 1:
        phases = [
            DrawnPhase(Entry((heading,)), None, tuple(_ordered([steps[at] for at in inside], drafts)))
            for heading, inside in columns
        ]
        return phases, {heading.passage for heading, _ in columns}
    groups = clusters(rects)
    ordered = [draft for group in groups for draft in _ordered([steps[at] for at in group], drafts)]
    return [DrawnPhase(None, None, tuple(ordered))], set()


def _ordered(notes: Sequence[Note], drafts: dict[str, Draft]) -> list[Draft]:
    if not notes:
        return []
    return [drafts[notes[at].card.id] for at in reading_order([note.rect for note in notes])]


def _headed(rects: Sequence[Rect], loose: Sequence[Piece]) -> list[tuple[Piece, list[int]]]:
    """Return the headings that stand over groups of notes, each with the notes below it, from left to right."""
    side = statistics.median((rect.width + rect.height) / 2 for rect in rects)
    homes: dict[str, list[int]] = {}
    for group in _columns(rects):
        place = around([rects[at] for at in group])
        over = [
            piece
            for piece in loose
            if shared(_across(piece.rect), _across(place)) > 0.5 * min(piece.rect.width, place.width)
            and -0.3 * side < place.top - piece.rect.bottom < HEADING_ROOM * side
            and piece.rect.width < 1.6 * place.width
            and len(piece.text.split()) <= 6
        ]
        if not over:
            return []
        nearest = max(over, key=lambda piece: piece.rect.bottom)
        homes.setdefault(nearest.passage, []).extend(group)
    named = {piece.passage: piece for piece in loose}
    found = [(named[passage], inside) for passage, inside in homes.items()]
    return sorted(found, key=lambda pair: (pair[0].rect.left, pair[0].rect.top))


def _columns(rects: Sequence[Rect]) -> list[list[int]]:
    """Group notes whose extents along x overlap."""
    columns: list[list[int]] = []
    reach = float("-inf")
    for index in sorted(range(len(rects)), key=lambda index: rects[index].left):
        if rects[index].left > reach - 0.2 * rects[index].width:
            columns.append([])
        columns[-1].append(index)
        reach = max(reach, rects[index].right)
    return columns


def _links(sheet: Sheet, drafts: dict[str, Draft]) -> list[DrawnLink]:
    """Return the arrows from note to note, with what is written on them."""
    words = {piece.passage: piece for piece in sheet.pieces}
    found = []
    for line in sheet.connectors:
        if line.before in drafts and line.after in drafts and line.before != line.after:
            label = [words[passage] for passage in line.label if passage in words]
            found.append(DrawnLink(line.before or "", line.after or "", Entry(tuple(label)) if label else None))
    joined = {end for link in found for end in (link.before, link.after)}
    return found if len(joined) >= LINKED * len(drafts) else []
