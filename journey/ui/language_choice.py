"""Which language the user wants, and how the browser learns of it."""

from __future__ import annotations

import streamlit as st

from journey.ui import frontend
from journey.ui.catalogue import LANGUAGES
from journey.ui.language import CHOICE, COOKIE, choice, language, own_name, say

ASKED = "language_asked"
"""The field on the settings page."""

KEPT = "language_kept"
"""What the browser is to remember: only a choice that was made in this session."""

_language = frontend.silent("language", scripts=["language.js"])


def tell_browser() -> None:
    """Give the page its language, and have the browser remember a choice made in this session."""
    data = {"language": language(), "choice": st.session_state.get(KEPT), "cookie": COOKIE}
    with st.container(key="language", height=1, border=False):
        _language(key="page-language", data=data, height=1)


def ask_language() -> None:
    """Ask for the language of the interface."""
    st.header(say("Language"), anchor=False)
    offered = {"": say("As the browser"), **{spoken: own_name(spoken) for spoken in LANGUAGES}}
    st.selectbox(
        say("Language of the interface"),
        list(offered),
        index=list(offered).index(choice()) if choice() in offered else 0,
        format_func=offered.__getitem__,
        key=ASKED,
        on_change=_choose,
        width=260,
    )
    st.caption(say("Transcripts, maps and what is exported keep their own language: exports are labelled in English."))


def _choose() -> None:
    st.session_state[CHOICE] = st.session_state[KEPT] = st.session_state[ASKED]
