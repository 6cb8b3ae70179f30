"""A wall of sticky notes as phases and steps: notes in clusters, in the order they are read, with their actors."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from journey.engines.local.pictures.axes import shared
from journey.engines.local.pictures.drafts import Draft, DrawnPhase
from journey.engines.local.pictures.entries import Entry
from journey.engines.local.pictures.legend import ALIKE, Kinds, read_legend
from journey.engines.local.pictures.notes import Note, Wall, find_notes, in_block, note_links, to_draft
from journey.engines.local.pictures.sheet import Piece, Sheet
from journey.engines.local.pictures.story_maps import draw_story_map, find_story_map
from journey.engines.local.pictures.wall_phases import find_headings
from journey.sources.geometry import Rect
from journey.sources.layout.cards import clusters, reading_order, room_between
from journey.sources.layout.colours import difference

LEAST_NOTES = 3
SMALL = 0.62
"""Of a usual note's area, below which a note beside another names its actor."""
TOUCHING = 0.16
"""Of a usual note's side: the room between a note and its actor's."""
ODD = 0.9
"""The same for a note of another colour than most."""
BESIDE = 0.3
"""Share of a side along which a note stands by another."""


def draw_wall(sheet: Sheet) -> Wall | None:
    """Read a picture as a wall of notes; None where it has too few."""
    kinds = read_legend(sheet)
    notes = [note for note in find_notes(sheet) if note.card.id not in kinds.cards]
    if len(notes) < LEAST_NOTES:
        return None
    story = None if kinds.labels else find_story_map(notes)
    if story is not None:
        return draw_story_map(sheet, story)
    actors = _actors(notes)
    steps = [note for note in notes if note.card.id not in actors and kinds.is_step(note.card.colour)]
    beside = [note for note in notes if note.card.id not in actors and not kinds.is_step(note.card.colour)]
    if not steps:
        steps, beside = beside, []
    drafts = {note.card.id: to_draft(note) for note in steps}
    for actor_id, note_id in actors.items():
        if note_id in drafts:
            drafts[note_id].role = next(note.entry.text for note in notes if note.card.id == actor_id)
    _attach(beside, steps, drafts, kinds)
    used = {piece.passage for note in notes for piece in note.entry.pieces} | kinds.passages
    loose = [piece for piece in sheet.pieces if piece.passage not in used]
    headed = find_headings([note.rect for note in steps], loose)
    if not headed:
        _name_rows(sheet, notes, steps, drafts)
    taken = {heading.passage for heading, _ in headed}
    return Wall(
        phases=tuple(_phases(steps, drafts, headed)),
        links=tuple(note_links(sheet, drafts)),
        aside=tuple(piece for piece in loose if piece.passage not in taken),
        top=min(note.rect.top for note in notes),
    )


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
    steps: Sequence[Note], drafts: dict[str, Draft], headed: Sequence[tuple[Piece, list[int]]]
) -> list[DrawnPhase]:
    """Return the phases, in order: one for each heading, else a single one."""
    if headed:
        return [
            DrawnPhase(Entry((heading,)), None, tuple(in_block([steps[at] for at in inside], drafts)))
            for heading, inside in headed
        ]
    groups = clusters([note.rect for note in steps])
    ordered = [draft for group in groups for draft in _ordered([steps[at] for at in group], drafts)]
    return [DrawnPhase(None, None, tuple(ordered))]


def _ordered(notes: Sequence[Note], drafts: dict[str, Draft]) -> list[Draft]:
    if not notes:
        return []
    return [drafts[notes[at].card.id] for at in reading_order([note.rect for note in notes])]
