"""Why a picture holds no journey, in plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journey.engines.local.pictures.notes import Note
from journey.engines.local.pictures.sheet import Sheet

EMPTY_TEMPLATE = (
    "The picture is a template that nobody has filled in yet: its phases are shown, but its cells are empty, "
    "so there are no steps."
)
NO_WORDS = "No words could be read in the picture, so there is nothing to draw a journey from."
NO_FORM = (
    "The picture has words in it, but no rows and columns of a map, no notes and no boxes joined by arrows, so no "
    "course of events can be read from it."
)
GLOSSARY = "The notes explain words, like a glossary: each has a term and what it means, and nothing happens in them."
HIERARCHY = (
    "The boxes are joined by lines without a direction that part from one to several, as in an organisation chart or "
    "a mind map. They show what belongs together, not what happens one after the other, so they are no journey."
)
CANVAS = (
    "The picture is an analysis in fields, such as an empathy map or a SWOT analysis. Its fields stand side by side "
    "and in no order of time, so they are no journey."
)
PROFILE = (
    "The picture describes a person: goals, needs or frustrations, but neither phases nor anything that is done one "
    "after the other, so it is no journey."
)
MOSTLY = 0.6
"""Share of the notes that must explain a word for the wall to be a glossary."""
_EXPLAINS = re.compile(
    r"^(?P<term>(?:[\w'’()-]+ ){1,5}?)(?:[-–:=] ?)?"
    r"(?P<is>an?|any|anyone|the|when|what|someone|something|eine?|der|die|das|jede[rs]?|wenn|une?|les?|la|tout|quand|"
    r"el|los|las|cualquier|cuando|een|het|de|iemand|iets|um|uma|os?|as?|qualquer|quando) \w+ \w+",
    re.IGNORECASE,
)


def why_no_journey(sheets: Sequence[Sheet]) -> str:
    """Return why nothing could be drawn from pictures without a map, notes or a flow."""
    return NO_FORM if any(sheet.pieces for sheet in sheets) else NO_WORDS


def is_glossary(notes: Sequence[Note]) -> bool:
    """Whether most notes give a term, and then say what it is."""
    explaining = sum(explains(note.entry.text) for note in notes)
    return len(notes) > 1 and explaining >= MOSTLY * len(notes)


def explains(text: str) -> bool:
    """Whether a text is a term with its explanation.

    >>> explains("Patron anyone who lends books in a library"), explains("Hold Duration A time period when it is kept")
    (True, True)
    >>> explains("Book placed on hold"), explains("Customer opens the app")
    (False, False)
    """
    hit = _EXPLAINS.match(text)
    return hit is not None and len(text.split()) >= 5 and all(word[:1].isupper() for word in _content(hit["term"]))


def _content(term: str) -> list[str]:
    return [word for word in term.split() if len(word) > 3]
