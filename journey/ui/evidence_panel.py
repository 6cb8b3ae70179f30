"""The evidence panel: the quotes a chosen element rests on, and the source they stand in; and from there back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from pydantic import TypeAdapter

from journey.edits import AddItem, CorrectReading, Slice
from journey.model import Journey, Source
from journey.ui import frontend
from journey.ui.editing import Editing
from journey.ui.language import say, say_many
from journey.ui.new_card import NewCard
from journey.ui.picture_panel import Reading, show_picture
from journey.ui.quotes import Chosen, all_chosen
from journey.ui.shaping import shaped_once
from journey.ui.summary import is_told
from journey.ui.transcript_panel import show_transcript
from journey.ui.wording import plain

_SENT = TypeAdapter(dict[str, Chosen])

_quotes = frontend.component("quotes", scripts=["choosing.js", "quote_list.js"], styles=["evidence_panel.css"])


def show_evidence(journey: Journey, selected: str | None, *, key: str, editing: Editing | None = None) -> None:
    """Draw the quotes of one element of the map, and the source they stand in; with nothing chosen, the first source.

    The quotes of all elements travel with the panel: a choice, and moving from quote to quote within a source, are
    answered in the browser. The server is asked for another source alone, and then runs nothing but this panel.

    Args:
        editing: keeps what the reader corrects or adds, and leads to the library that holds a picture's pixels;
            without it the panel is for reading transcripts.
    """
    shown = shaped_once(journey, key, lambda: _Shown.of(journey))
    _panel(journey, shown, shown.chosen.get(selected or ""), key, editing)


@dataclass(frozen=True)
class _Shown:
    """What the panel knows of a journey, and the same as its list of quotes is sent it."""

    chosen: Mapping[str, Chosen]
    sent: Mapping[str, Any]

    @classmethod
    def of(cls, journey: Journey) -> _Shown:
        chosen = all_chosen(journey)
        return cls(
            chosen,
            {
                "claims": _SENT.dump_python(chosen),
                "phases": [phase.id for phase in journey.phases],
                "invitation": _invitation(journey),
                "sources": len(journey.sources),
            },
        )


@st.fragment
def _panel(journey: Journey, shown: _Shown, chosen: Chosen | None, key: str, editing: Editing | None) -> None:
    with st.container(gap=None):
        listed = _quotes(key=key, data={"topic": key, **shown.sent}, on_source_change=lambda: None)
        source = _follow(journey, chosen, key=key, asked=listed.source)
        frontend.tell(f"{key}:shown", source.id)
    _ask_source(journey, key=key)
    if source.kind == "image" and source.image is not None:
        _show_picture(journey, source, key=key, editing=editing)
    elif not is_told(source):
        st.caption(say("{name} came without the words that its map rests on.", name=plain(source.name)))
    else:
        _show_transcript(journey, source, key=key, editing=editing)


def _invitation(journey: Journey) -> str:
    if any(source.kind == "image" for source in journey.sources):
        return say("Choose a card to see where it was read from, or a region to see which card rests on it.")
    return say("Choose a card to see the words behind it, or a sentence to see which cards rest on it.")


def _follow(journey: Journey, chosen: Chosen | None, *, key: str, asked: str | None) -> Source:
    """Return the source to show: what the reader turned to last, by the list of quotes or by the choice above it.

    Another element chosen on the map turns to the first source that it quotes.
    """
    sources = {source.id: source for source in journey.sources}
    shown, heard = f"{key}-shown", f"{key}-heard"
    if chosen and chosen.quotes and st.session_state.get(heard) != chosen.id:
        st.session_state[heard] = chosen.id
        st.session_state[shown] = chosen.quotes[0].source
    elif asked:
        st.session_state[shown] = asked
    if st.session_state.get(shown) not in sources:
        st.session_state[shown] = journey.sources[0].id
    return sources[st.session_state[shown]]


def _ask_source(journey: Journey, *, key: str) -> None:
    """Let the reader turn to another source, where there are several."""
    if len(journey.sources) == 1:
        return
    names = {source.id: source.name for source in journey.sources}
    st.selectbox(
        say_many("{n} source", "{n} sources", len(names)),
        list(names),
        key=f"{key}-shown",
        format_func=lambda source: names.get(source, ""),
    )


def _show_picture(journey: Journey, source: Source, *, key: str, editing: Editing | None) -> None:
    if editing is None:
        return
    load = editing.app.queue.store.files.load
    asked = show_picture(journey, source, key=key, load=load, editable=True)
    if asked.reading:
        _correct(editing, asked.reading)
    if asked.card:
        _add(editing, asked.card)


def _show_transcript(journey: Journey, source: Source, *, key: str, editing: Editing | None) -> None:
    card = show_transcript(journey, source, key=key, editable=editing is not None)
    if card and editing:
        _add(editing, card)


def _correct(editing: Editing, reading: Reading) -> None:
    edit = CorrectReading(source=reading.source, passage=reading.passage, words=reading.words)
    editing.change(lambda: edit)
    st.rerun()


def _add(editing: Editing, card: NewCard) -> None:
    piece = Slice(source=card.source, passage=card.passage, start=card.start, end=card.end)
    text = next(source.text for source in editing.journey.sources if source.id == card.source)[card.start : card.end]
    editing.change(lambda: AddItem(step=card.step, lane=card.lane, text=text, slices=(piece,)))
    st.rerun()
