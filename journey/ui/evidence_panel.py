"""The evidence panel: the quotes a chosen element rests on, and the source they stand in; and from there back."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from journey.edits import AddItem, CorrectReading, Slice
from journey.model import Journey, Source
from journey.ui import frontend
from journey.ui.editing import Editing
from journey.ui.new_card import NewCard
from journey.ui.picture_panel import Reading, show_picture
from journey.ui.quotes import Chosen, find_chosen
from journey.ui.transcript_panel import show_transcript
from journey.ui.wording import counted

_quotes = frontend.component("quotes", scripts=["quote_list.js"], styles=["evidence_panel.css"])


def show_evidence(journey: Journey, selected: str | None, *, key: str, editing: Editing | None = None) -> None:
    """Draw the quotes of one element of the map, and the source they stand in; with nothing chosen, the first source.

    Moving from quote to quote within a source happens in the browser alone; the server is asked only for another
    source, and then runs nothing but this panel.

    Args:
        editing: keeps what the reader corrects or adds, selects on the map, and leads to the library that holds a
            picture's pixels; without it the panel is for reading transcripts.
    """
    chosen = find_chosen(journey, selected) if selected else None
    if selected and chosen is None:
        st.info("That part of the map is not there any more. Choose another card.")
        return
    _panel(journey, chosen, key, editing)


@st.fragment
def _panel(journey: Journey, chosen: Chosen | None, key: str, editing: Editing | None) -> None:
    source = _follow(journey, chosen, key=key)
    with st.container(gap=None):
        if chosen is None:
            st.caption(_invitation(journey))
        else:
            _quotes(key=key, data={"topic": key}, on_source_change=lambda: None)
            told = {"chosen": asdict(chosen), "sources": len(journey.sources), "shown": source.id}
            frontend.tell(f"{key}:chosen", told)
    _ask_source(journey, key=key)
    if source.kind == "image" and source.image is not None:
        _show_picture(journey, source, key=key, editing=editing)
    else:
        _show_transcript(journey, source, key=key, editing=editing)


def _invitation(journey: Journey) -> str:
    if any(source.kind == "image" for source in journey.sources):
        return "Choose a card to see where it was read from, or a region to see which card rests on it."
    return "Choose a card to see the words behind it, or a sentence to see which cards rest on it."


def _follow(journey: Journey, chosen: Chosen | None, *, key: str) -> Source:
    """Return the source to show: what the reader turned to last, by the list of quotes or by the choice above it.

    Another element chosen on the map turns to the first source that it quotes.
    """
    shown, heard = f"{key}-shown", f"{key}-heard"
    listed = st.session_state.get(key, {}).get("source")
    now = (chosen.id if chosen else None, listed)
    before = st.session_state.get(heard)
    st.session_state[heard] = now
    if chosen and chosen.quotes and (before is None or before[0] != now[0]):
        st.session_state[shown] = chosen.quotes[0].source
    elif before is not None and before[1] != listed and listed:
        st.session_state[shown] = listed
    sources = {source.id: source for source in journey.sources}
    if st.session_state.get(shown) not in sources:
        st.session_state[shown] = journey.sources[0].id
    return sources[st.session_state[shown]]


def _ask_source(journey: Journey, *, key: str) -> None:
    """Let the reader turn to another source, where there are several."""
    if len(journey.sources) == 1:
        return
    names = {source.id: source.name for source in journey.sources}
    st.selectbox(
        counted(len(names), "source"), list(names), key=f"{key}-shown", format_func=lambda source: names.get(source, "")
    )


def _show_picture(journey: Journey, source: Source, *, key: str, editing: Editing | None) -> None:
    if editing is None:
        return
    load = editing.app.queue.store.files.load
    asked = show_picture(journey, source, key=key, load=load, editable=True)
    if asked.chosen:
        _select(editing, asked.chosen)
    if asked.reading:
        _correct(editing, asked.reading)
    if asked.card:
        _add(editing, asked.card)


def _show_transcript(journey: Journey, source: Source, *, key: str, editing: Editing | None) -> None:
    asked = show_transcript(journey, source, key=key, editable=editing is not None)
    if editing is None:
        return
    if asked.chosen:
        _select(editing, asked.chosen)
    if asked.card:
        _add(editing, asked.card)


def _select(editing: Editing, element: str) -> None:
    if find_chosen(editing.journey, element):
        editing.select(element)
        st.rerun()


def _correct(editing: Editing, reading: Reading) -> None:
    edit = CorrectReading(source=reading.source, passage=reading.passage, words=reading.words)
    editing.change(lambda: edit)
    st.rerun()


def _add(editing: Editing, card: NewCard) -> None:
    piece = Slice(source=card.source, passage=card.passage, start=card.start, end=card.end)
    text = next(source.text for source in editing.journey.sources if source.id == card.source)[card.start : card.end]
    editing.change(lambda: AddItem(step=card.step, lane=card.lane, text=text, slices=(piece,)))
    st.rerun()
