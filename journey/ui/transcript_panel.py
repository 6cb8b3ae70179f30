"""A transcript beside the map: quotes are marked in it, and a sentence leads back to the cards that rest on it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from journey.model import Journey, Role, Source
from journey.ui import frontend
from journey.ui.new_card import NewCard, places
from journey.ui.quotes import speaker_tones, turns
from journey.ui.uses import linked, uses

SCRIPTS = ("new_card.js", "transcript_marks.js", "transcript_sentences.js", "transcript.js")

STYLES = ("evidence_panel.css", "source_place.css", "transcript.css")

_transcript = frontend.component("transcript", scripts=SCRIPTS, styles=STYLES)


@dataclass(frozen=True)
class Asked:
    """What the reader asked for in a transcript just now: an element of the map, or a card of selected words."""

    chosen: str | None = None
    card: NewCard | None = None


def show_transcript(journey: Journey, source: Source, *, key: str, editable: bool) -> Asked:
    """Draw a whole transcript; as its text never changes, Streamlit sends it once and from then on a reference to it.

    What rests on it changes with every edit, and is told apart from it.
    """
    roles = {passage.id: passage.role for passage in source.passages}
    blocks = [
        [turn.start, turn.text, turn.speaker, turn.tone, turn.time, turn.passage, _weight(roles.get(turn.passage))]
        for turn in turns(source, tones=speaker_tones(journey.sources))
    ]
    drawn = _transcript(
        key=f"{key}-source-{source.id}",
        data={"topic": key, "source": source.id, "name": source.name, "turns": blocks},
        on_chosen_change=lambda: None,
        on_card_change=lambda: None,
    )
    frontend.tell(f"{key}:uses", _uses(journey, source, editable=editable))
    return Asked(drawn.chosen, NewCard(**drawn.card) if drawn.card else None)


def _weight(role: Role | None) -> str:
    """Return what words of a speaker may support: anything, what was done, or nothing."""
    if role is Role.INTERVIEWER:
        return "nothing"
    return "deeds" if role is Role.OTHER else "anything"


def _uses(journey: Journey, source: Source, *, editable: bool) -> dict[str, object]:
    return {
        "source": source.id,
        "uses": [asdict(use) for use in uses(journey, source.id)],
        "linked": linked(journey, source.id),
        **places(journey, editable=editable),
    }
