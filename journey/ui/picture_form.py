"""The pictures to be submitted: a preview of each, to turn and cut; their order; and which pages of a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from journey.bootstrap import App
from journey.errors import JourneyError
from journey.sources.reframing import Framing
from journey.ui import frontend
from journey.ui.attached import Attached, Document, choose_pages, documents, frame, move, pictures, remove
from journey.ui.language import say, say_below
from journey.ui.pixels import PREVIEW, for_screen, send
from journey.ui.session import attempt
from journey.ui.wording import plain

IN_A_ROW = 3

THUMBNAIL_WIDTH = 128
"""CSS pixels of a page to choose; as many stand beside each other as there is room for, two of them on a phone."""

_framer = frontend.component("framer", scripts=["framer.js"], styles=["framer.css"])


def show_pictures(app: App) -> None:
    """Draw the previews, and before them the pages of each PDF that has several."""
    row = pictures()
    if not row:
        return
    with st.container(border=True, key="pictures"):
        st.markdown(f"**{say('Pictures')}**")
        st.caption(_instruction(len(row)))
        for origin, document in documents().items():
            _ask_pages(app, origin, document)
        for start in range(0, len(row), IN_A_ROW):
            for place, column in enumerate(st.columns(IN_A_ROW, gap="medium"), start=start):
                if place < len(row):
                    with column:
                        _show_picture(app, row, place)


def _instruction(count: int) -> str:
    if count == 1:
        return say("Turn it until its words stand upright, and cut away what is not part of the journey.")
    return say(
        "These {n} make one journey, in this order. "
        "Turn each until its words stand upright, and cut away what is not part of the journey.",
        n=count,
    )


def _show_picture(app: App, row: Sequence[Attached], place: int) -> None:
    attached = row[place]
    name = attached.upload.name
    st.text(f"{place + 1} · {name}" if len(row) > 1 else name)
    try:
        preview = for_screen(attached.upload.sha256, app.queue.store.files.load, most_pixels=PREVIEW)
    except JourneyError as error:
        st.error(plain(say_below(str(error))))
    else:
        _ask_framing(attached, preview)
    with st.container(horizontal=True):
        if len(row) > 1:
            _show_move(attached, "earlier", say("Earlier"), by=-1, possible=place > 0)
            _show_move(attached, "later", say("Later"), by=1, possible=place + 1 < len(row))
        st.button(
            say("Remove"), key=f"remove-{attached.id}", on_click=remove, args=(attached,), icon=":material/close:"
        )


def _ask_framing(attached: Attached, preview: bytes) -> None:
    key = f"framer-{attached.id}"
    _framer(
        key=key,
        data={"topic": key, "name": attached.upload.name, "framing": attached.framing.model_dump()},
        on_framing_change=partial(_keep_framing, attached, key),
    )
    send(preview, topic=key, source=attached.id)


def _keep_framing(attached: Attached, key: str) -> None:
    asked = st.session_state[key].get("framing")
    if asked:
        frame(attached, Framing.model_validate(asked))


def _show_move(attached: Attached, name: str, label: str, *, by: int, possible: bool) -> None:
    st.button(
        label,
        key=f"{name}-{attached.id}",
        on_click=move,
        args=(attached, by),
        disabled=not possible,
        icon=f":material/arrow_{'back' if by < 0 else 'forward'}:",
    )


def _ask_pages(app: App, origin: str, document: Document) -> None:
    """Let the user choose pages by what they look like; the form sends the choice once it is made."""
    with (
        st.expander(_chosen_pages(document), expanded=True),
        st.form(f"pages-{origin}", border=False),
    ):
        numbers = range(1, len(document.thumbnails) + 1)
        with st.container(horizontal=True):
            for number in numbers:
                with st.container(width=THUMBNAIL_WIDTH, gap="xsmall"):
                    name = say("Page {n}", n=number)
                    st.image(document.thumbnails[number - 1], alt=name)
                    st.checkbox(name, value=number in document.chosen, key=f"page-{origin}-{number}")
        if document.pages > len(document.thumbnails):
            offered = len(document.thumbnails)
            st.caption(say("Only the first {n} pages can be chosen: split the file for others.", n=offered))
        st.form_submit_button(say("Use these pages"), on_click=partial(_keep_pages, app, origin, len(numbers)))


def _chosen_pages(document: Document) -> str:
    return say(
        "Pages of {name}: {chosen} of {all} chosen",
        name=plain(document.name),
        chosen=len(document.chosen),
        all=document.pages,
    )


def _keep_pages(app: App, origin: str, count: int) -> None:
    chosen = [number for number in range(1, count + 1) if st.session_state.get(f"page-{origin}-{number}")]
    attempt(partial(_choose, app, origin, chosen))


def _choose(app: App, origin: str, chosen: Sequence[int]) -> None:
    choose_pages(app, origin, chosen or (1,))
