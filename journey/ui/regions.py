"""What the panel shows of a picture: the regions its words were read from, how well, and what rests on each."""

from __future__ import annotations

from dataclasses import dataclass

from journey.model import Box, Journey, Passage, Source
from journey.ui.language import entry, say, say_many
from journey.ui.uses import uses

UNSURE_BELOW = 0.8
"""The recogniser's own confidence below which a reading is marked as one to check."""


@dataclass(frozen=True)
class Region:
    """A region of a picture; `start` and `end` are the code-point offsets of its words, equal where none were read.

    `state` is unread, unsure, model or user, or empty for what was read well; `claims` are the ids of what rests on it.
    """

    id: str
    box: Box
    start: int
    end: int
    words: str
    state: str
    confidence: float | None
    claims: tuple[str, ...]


def regions(journey: Journey, source: Source) -> tuple[Region, ...]:
    """Return the regions of a picture, in reading order."""
    claims: dict[str, dict[str, None]] = {}
    for use in uses(journey, source.id):
        claims.setdefault(use.passage, {})[use.id] = None
    return tuple(
        Region(
            id=passage.id,
            box=passage.box,
            start=passage.start,
            end=passage.end,
            words=source.slice(passage),
            state=_state(passage),
            confidence=passage.confidence,
            claims=tuple(claims.get(passage.id, ())),
        )
        for passage in source.passages
        if passage.box is not None
    )


def _state(passage: Passage) -> str:
    if passage.read_by == "unread" or passage.start == passage.end:
        return "unread"
    if passage.read_by in {"model", "user"}:
        return passage.read_by
    return "unsure" if passage.confidence is not None and passage.confidence < UNSURE_BELOW else ""


def count_in_words(found: tuple[Region, ...]) -> str:
    """Say how much of a picture was read.

    >>> box = Box(x=0, y=0, w=1, h=1)
    >>> count_in_words((Region("b1", box, 0, 2, "Hi", "", 0.9, ()), Region("b2", box, 3, 3, "", "unread", None, ())))
    '2 regions · 1 could not be read'
    """
    told = {
        "unread": entry("{n} could not be read"),
        "unsure": entry("{n} to check"),
        "model": entry("{n} read by the model"),
        "user": entry("{n} corrected by you"),
    }
    counts = [(sum(region.state == state for region in found), words) for state, words in told.items()]
    said = (say(words, n=count) for count, words in counts if count)
    return " · ".join((say_many("{n} region", "{n} regions", len(found)), *said))
