"""A transcript beside the map: quotes are marked in it, and a sentence leads back to the cards that rest on it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from journey.model import Journey, Role, Source
from journey.ui import frontend
from journey.ui.new_card import NewCard, places
from journey.ui.quotes import speaker_tones, turns
from journey.ui.shaping import shaped_once
from journey.ui.uses import linked, uses

SCRIPTS = ("choosing.js", "new_card.js", "transcript_marks.js", "transcript_sentences.js", "transcript.js")

STYLES = ("evidence_panel.css", "source_place.css", "transcript.css")

_transcript = frontend.component("transcript", scripts=SCRIPTS, styles=STYLES)


def show_transcript(journey: Journey, source: Source, *, key: str, editable: bool) -> NewCard | None:
    """Draw a whole transcript; as its text never changes, Streamlit sends it once and from then on a reference to it.

    What rests on it changes with every edit, and is told apart from it.

    Returns:
        The card that the reader asked for just now, of selected words.
    """
    place = f"{key}-source-{source.id}"
    blocks, found = shaped_once(journey, place, lambda: (_blocks(journey, source), _uses(journey, source)))
    data = {"topic": key, "source": source.id, "name": source.name, "turns": blocks, "language": source.language}
    drawn = _transcript(key=place, data=data, on_card_change=lambda: None)
    frontend.tell(f"{key}:uses", {**found, **places(journey, editable=editable)})
    return NewCard(**drawn.card) if drawn.card else None


def _blocks(journey: Journey, source: Source) -> list[list[Any]]:
    roles = {passage.id: passage.role for passage in source.passages}
    return [
        [turn.start, turn.text, turn.speaker, turn.tone, turn.time, turn.passage, _weight(roles.get(turn.passage))]
        for turn in turns(source, tones=speaker_tones(journey.sources))
    ]


def _weight(role: Role | None) -> str:
    """Return what words of a speaker may support: anything, what was done, or nothing."""
    if role is Role.INTERVIEWER:
        return "nothing"
    return "deeds" if role is Role.OTHER else "anything"


def _uses(journey: Journey, source: Source) -> dict[str, object]:
    found = [asdict(use) for use in uses(journey, source.id)]
    return {"source": source.id, "uses": found, "linked": linked(journey, source.id)}
