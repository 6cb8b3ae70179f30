"""Walls whose first row of notes heads the others: columns, story maps, and timelines of sections with their tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journey.engines.local.pictures.axes import middle
from journey.engines.local.pictures.drafts import DrawnPhase
from journey.engines.local.pictures.feelings import felt
from journey.engines.local.pictures.legend import ALIKE
from journey.engines.local.pictures.notes import Note, Wall, in_block, note_links, to_draft
from journey.engines.local.pictures.sheet import Sheet
from journey.engines.local.pictures.wall_phases import places_below, rows_of
from journey.sources.layout.colours import difference

LEAST_BELOW = 2
"""Notes below each heading, on the whole, from which a row of notes in a colour of its own heads the others."""
EDGE = 0.06
"""Of a heading's width, how far what it covers may reach beyond it."""


@dataclass(frozen=True, slots=True)
class StoryMap:
    """The notes that name the phases, those that are the steps below them, and those that are details of a step."""

    heads: tuple[Note, ...]
    steps: tuple[Note, ...]
    details: tuple[Note, ...]


def find_story_map(notes: Sequence[Note]) -> StoryMap | None:
    """Tell notes that head others, if the first row does; None where it does not.

    It does where each of its notes covers those below it from edge to edge, or where it has a colour that no other
    note has and there are several below each. Then all below are steps if they have one colour, else the second row.
    """
    rows = [[notes[at] for at in row] for row in rows_of([note.rect for note in notes])]
    if len(rows) < 2 or len(rows[0]) < 2:
        return None
    heads, second, below = rows[0], rows[1], [note for row in rows[1:] for note in row]
    homes = places_below([note.rect for note in heads], [note.rect for note in below])
    if len(set(homes)) < len(heads) or not (_covers(heads, second) or _stands_out(heads, second, below)):
        return None
    steps = below if _is_one_colour(below) else second
    details = [note for note in below if note not in steps]
    return StoryMap(tuple(heads), tuple(steps), tuple(details))


def _covers(heads: Sequence[Note], below: Sequence[Note]) -> bool:
    """Whether each note of the second row lies within the width of one of the first, and some of these have several."""
    homes = [next((head for head in heads if _is_over(head, note)), None) for note in below]
    return None not in homes and len(below) > len(heads)


def _is_over(head: Note, note: Note) -> bool:
    slack = EDGE * head.rect.width
    return head.rect.left - slack <= note.rect.left and note.rect.right <= head.rect.right + slack


def _stands_out(heads: Sequence[Note], second: Sequence[Note], below: Sequence[Note]) -> bool:
    """Whether the first row has a colour of its own, and what stands below is several of one kind."""
    if not _is_one_colour(heads) or len(below) < LEAST_BELOW * len(heads):
        return False
    if any(difference(note.card.colour, heads[0].card.colour) <= ALIKE for note in below):
        return False
    return _is_one_colour(below) or (len(second) > len(heads) and _is_one_colour(second))


def _is_one_colour(notes: Sequence[Note]) -> bool:
    return all(difference(note.card.colour, notes[0].card.colour) <= ALIKE for note in notes)


def draw_story_map(sheet: Sheet, story: StoryMap) -> Wall:
    """Return the wall: a phase for each heading, with its steps and what hangs below them."""
    drafts = {note.card.id: to_draft(note) for note in story.steps}
    step_places = [note.rect for note in story.steps]
    for note, home in zip(story.details, places_below(step_places, [one.rect for one in story.details]), strict=True):
        drafts[story.steps[home].card.id].found["actions"].append(note.entry)
    for note in story.steps:
        drafts[note.card.id].emotion = felt((), _faces_below(note, story, sheet), ())
    homes = places_below([note.rect for note in story.heads], step_places)
    groups = [
        [note for note, home in zip(story.steps, homes, strict=True) if home == index]
        for index in range(len(story.heads))
    ]
    named = sorted(zip(story.heads, groups, strict=True), key=lambda pair: pair[0].rect.left)
    used = {piece.passage for note in (*story.heads, *story.steps, *story.details) for piece in note.entry.pieces}
    return Wall(
        phases=tuple(DrawnPhase(head.entry, None, tuple(in_block(inside, drafts))) for head, inside in named),
        links=tuple(note_links(sheet, drafts)),
        aside=tuple(piece for piece in sheet.pieces if piece.passage not in used),
        top=min(note.rect.top for note in story.heads),
    )


def _faces_below(note: Note, story: StoryMap, sheet: Sheet) -> list[float]:
    """Return the looks of the faces on a note or below it, with no other step between."""
    found = []
    for face in sheet.faces:
        x, y = middle((face.rect.left, face.rect.right)), middle((face.rect.top, face.rect.bottom))
        over = [one for one in story.steps if one.rect.left <= x <= one.rect.right and one.rect.top <= y]
        if over and max(over, key=lambda one: one.rect.top) is note:
            found.append(face.score)
    return found
