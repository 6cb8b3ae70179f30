"""Files come in: dropped, chosen, or a picture pasted anywhere on the page; each is listed, to be removed again."""

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
from journey.ui.wording import size

UPLOADER, PASTES = "new_uploader", "new_pastes"

_arrivals = frontend.component("arrivals", scripts=["arrivals.js"], styles=["arrivals.css"])


def ask_files(app: App) -> None:
    """Draw the uploader, listen for a picture that is pasted, and list what was added."""
    _take_dropped(app)
    _take_pasted(app)
    for attached in all_attached():
        if not attached.is_picture:  # pictures are shown as such
            _show_attached(attached)
    st.caption(f"Pictures and pages: {' '.join(PICTURES)} · or paste one with Ctrl+V anywhere on this page.")
    st.caption(f"Transcripts: {' '.join(TRANSCRIPTS)} · {LIMITS} A .doc must be saved as .docx first.")


def _take_dropped(app: App) -> None:
    """Keep every file in the run that receives it, and renew the uploader: its list would be empty after a restart."""
    turn = st.session_state.setdefault(UPLOADER, 0)
    arrived = st.file_uploader(
        "Or drop files and pictures",
        key=f"{UPLOADER}-{turn}",
        accept_multiple_files=True,  # of any kind: what cannot be read is refused with our reason and a way out
        help="Several transcripts make one journey, and so do several pictures of one wall.",
    )
    if not arrived:
        return
    with st.spinner("Opening what you dropped"):
        attach(app, [(file.name, file.getvalue()) for file in arrived])
    st.session_state[UPLOADER] = turn + 1
    st.rerun()


def _take_pasted(app: App) -> None:
    taken = st.session_state.setdefault(PASTES, 0)
    data = {"limit": MAX_BYTES, "said": "What you pasted was added." if taken else ""}
    heard = _arrivals(key="arrivals", data=data, on_pictures_change=lambda: None)
    if not heard.pictures:
        return
    with st.spinner("Opening what you pasted"):
        attach(app, [(_name(one["name"], taken), _bytes(one["content"])) for one in heard.pictures])
    st.session_state[PASTES] = taken + len(heard.pictures)
    st.rerun()


def _name(given: str, taken: int) -> str:
    """Return a name for a pasted picture: browsers call every one of them image.png.

    >>> _name("image.png", 0), _name("image.png", 2), _name("wall.jpg", 0)
    ('Pasted picture', 'Pasted picture 3', 'wall.jpg')
    """
    if given and given != "image.png":
        return given
    return f"Pasted picture {taken + 1}" if taken else "Pasted picture"


def _bytes(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error as exc:
        raise SourceError("What was pasted did not arrive whole: paste it again.") from exc


def _show_attached(attached: Attached) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(attached.upload.name, width="stretch")
        st.caption(size(attached.bytes), width="content")
        st.button("Remove", key=f"remove-{attached.id}", on_click=remove, args=(attached,), type="tertiary")
