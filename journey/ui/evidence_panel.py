"""The evidence panel: the quotes a chosen element rests on, and the transcript scrolled to the one being read."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from journey.model import Journey
from journey.ui import frontend
from journey.ui.quotes import Chosen, find_chosen, speaker_tones, turns

_quotes = frontend.component("quotes", scripts=["quote_list.js"], styles=["evidence_panel.css"])
_transcript = frontend.component("transcript", scripts=["transcript.js"], styles=["evidence_panel.css"])


def show_evidence(journey: Journey, selected: str, *, key: str) -> None:
    """Draw the quotes of one element of the map, and the transcript they stand in.

    Moving from quote to quote within a source happens in the browser alone; the server is asked only for the text
    of another source, and then runs nothing but this panel.
    """
    chosen = find_chosen(journey, selected)
    if chosen is None:
        st.info("That part of the map is not there any more. Choose another card.")
        return
    _panel(journey, chosen, key)


@st.fragment
def _panel(journey: Journey, chosen: Chosen, key: str) -> None:
    with st.container(gap=None):
        listed = _quotes(key=key, data={"topic": key}, on_source_change=lambda: None)
        shown = _shown_source(chosen, asked=listed.source)
        told = {"chosen": asdict(chosen), "sources": len(journey.sources), "shown": shown}
        frontend.tell(f"{key}:chosen", told)
    if shown is not None:
        _show_source(journey, shown, key=key)


def _shown_source(chosen: Chosen, *, asked: str | None) -> str | None:
    """Return the id of the source to show: the one the reader went to, as long as the element quotes it."""
    quoted = [quote.source for quote in chosen.quotes]
    return asked if asked in quoted else next(iter(quoted), None)


def _show_source(journey: Journey, source_id: str, *, key: str) -> None:
    """Draw a whole source; as its text never changes, Streamlit sends it once and from then on a reference to it."""
    source = next((one for one in journey.sources if one.id == source_id), journey.sources[0])
    shown = turns(source, tones=speaker_tones(journey.sources))
    blocks = [[turn.start, turn.text, turn.speaker, turn.tone, turn.time] for turn in shown]
    data = {"topic": key, "source": source.id, "name": source.name, "turns": blocks}
    _transcript(key=f"{key}-source-{source.id}", data=data)
