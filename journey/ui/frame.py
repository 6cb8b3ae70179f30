"""The frame around every page: the navigation, the style sheet, and a sentence where a page cannot go on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import streamlit as st

from journey.errors import JourneyError
from journey.ui.language import say, say_below
from journey.ui.language_choice import tell_browser
from journey.ui.session import REFUSAL, current_app
from journey.ui.wording import plain

log = logging.getLogger(__name__)

STYLE = Path(__file__).parent / "pages.css"

_is_framed: ContextVar[bool] = ContextVar("is_framed", default=False)


def open_page() -> st.Page:
    """Say what the browser's tab shows, draw the navigation, and return the page that is open.

    The icon is an emoji: the browser would fetch a named one from another host, and a page's own where none is set.
    """
    st.set_page_config(page_title=say("Journey"), page_icon="🧭", layout="wide")
    return st.navigation(
        [
            st.Page("pages/new.py", title=say("New journey"), icon=":material/add_circle:", default=True),
            st.Page("pages/journey.py", title=say("Journey"), icon=":material/route:"),
            st.Page("pages/library.py", title=say("Library"), icon=":material/folder_open:"),
            st.Page("pages/settings.py", title=say("Settings"), icon=":material/tune:"),
        ],
        position="top",
    )


@contextmanager
def frame() -> Iterator[None]:
    """Draw a page inside the frame."""
    st.html(STYLE)
    tell_browser()
    token = _is_framed.set(True)
    try:
        with errors_in_words():
            yield
    finally:
        _is_framed.reset(token)


def warn_of_full_disk() -> None:
    """Say on every page that nothing is begun while the disk is full."""
    with st.spinner(say("Opening your library")):
        app = current_app()
    if app.queue.store.is_short:
        st.error(say("The disk is full: nothing new is begun until some space is free. Nothing saved is lost."))


def require_frame() -> None:
    """Run app.py around this page if Streamlit has not: every page's first line.

    A server that has just started takes a folder named pages for the older kind of app, until st.navigation has been
    called once. Without this the first visitor with the address of a journey, as after any restart, and everyone
    after them would see bare pages until somebody opened the front page.
    """
    if not _is_framed.get():
        open_page()
        st.rerun()


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Show what goes wrong inside as its sentence, after what a callback could not do."""
    refusal = st.session_state.pop(REFUSAL, None)
    if refusal:
        st.error(plain(say_below(refusal)))
    try:
        yield
    except JourneyError as error:
        log.warning("a page stopped: %s", type(error).__name__)
        st.error(plain(say_below(str(error))))
