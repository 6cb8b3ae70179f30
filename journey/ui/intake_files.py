"""Files come in: chosen, or dropped or pasted anywhere on the page; each is listed, to be removed again."""

from __future__ import annotations

import base64
import binascii

import streamlit as st

from journey.bootstrap import App
from journey.errors import SourceError
from journey.sources import LIMITS, PICTURES, TRANSCRIPTS
from journey.sources.limits import MAX_BYTES
from journey.ui import frontend
from journey.ui.attached import Attached, all_attached, attach, remove
from journey.ui.language import say, say_below, say_many
from journey.ui.wording import size

UPLOADER, ARRIVED, SAID = "new_uploader", "new_arrived", "new_arrived_said"

_arrivals = frontend.component("arrivals", scripts=["arrivals.js"], styles=["arrivals.css"])


def ask_files(app: App) -> None:
    """Draw the uploader, listen for what is dropped or pasted beside it, and list what was added."""
    _take_uploaded(app)
    _take_arrived(app)
    for attached in all_attached():
        if not attached.is_picture:  # pictures are shown as such
            _show_attached(attached)
    st.caption(say("Pictures and pages: {endings} · or paste one with Ctrl+V.", endings=" ".join(PICTURES)))
    st.caption(
        say(
            "Transcripts: {endings} · {limits} A .doc must be saved as .docx first.",
            endings=" ".join(TRANSCRIPTS),
            limits=say_below(LIMITS),
        )
    )


def _take_uploaded(app: App) -> None:
    """Keep every file in the run that receives it, and renew the uploader: its list would be empty after a restart."""
    turn = st.session_state.setdefault(UPLOADER, 0)
    arrived = st.file_uploader(
        say("Or drop files and pictures, anywhere on this page"),
        key=f"{UPLOADER}-{turn}",
        accept_multiple_files=True,  # of any kind: what cannot be read is refused with our reason and a way out
        help=say("Several transcripts make one journey, and so do several pictures of one wall."),
    )
    if not arrived:
        return
    with st.spinner(say("Opening what you added")):
        attach(app, [(file.name, file.getvalue()) for file in arrived])
    st.session_state[UPLOADER] = turn + 1
    st.rerun()


def _take_arrived(app: App) -> None:
    taken = st.session_state.setdefault(ARRIVED, 0)
    data = {"limit": MAX_BYTES, "said": st.session_state.pop(SAID, "")}
    heard = _arrivals(key="arrivals", data=data, on_files_change=lambda: None)
    if not heard.files:
        return
    with st.spinner(say("Opening what you added")):
        attach(app, [(_name(one["name"], taken), _bytes(one["content"])) for one in heard.files])
    st.session_state[ARRIVED] = taken + len(heard.files)
    st.session_state[SAID] = say_many("Added {n} file.", "Added {n} files.", len(heard.files))
    st.rerun()


def _name(given: str, taken: int) -> str:
    """Return a name for a pasted picture: browsers call every one of them image.png.

    >>> _name("image.png", 0), _name("image.png", 2), _name("wall.jpg", 0)
    ('Pasted picture', 'Pasted picture 3', 'wall.jpg')
    """
    if given and given != "image.png":
        return given
    return say("Pasted picture {n}", n=taken + 1) if taken else say("Pasted picture")


def _bytes(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error as exc:
        raise SourceError("A file did not arrive whole: add it again.") from exc


def _show_attached(attached: Attached) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(attached.upload.name, width="stretch")
        st.caption(size(attached.bytes), width="content")
        st.button(say("Remove"), key=f"remove-{attached.id}", on_click=remove, args=(attached,), type="tertiary")
