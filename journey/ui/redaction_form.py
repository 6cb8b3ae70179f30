"""What is hidden from a model, and exactly what leaves this machine, shown before the button is pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from journey.engines.llm.leaving import Leaving, leaving
from journey.model import Request
from journey.redaction import Kind
from journey.settings import Settings
from journey.submission import read_all
from journey.ui.wording import counted, plain

REDACT, PREVIEW = "new_redact", "new_preview"

MOST_SHOWN = 20_000
"""Characters drawn on the page; all of them can be downloaded."""

LARGEST = 1_000_000
"""Bytes of all uploads up to which they are read and redacted while the user looks on, within seconds."""

NOUNS = {
    Kind.PERSON: "name",
    Kind.EMAIL: "e-mail",
    Kind.PHONE: "phone number",
    Kind.CARD: "card number",
    Kind.IBAN: "bank account",
    Kind.LINK: "link",
    Kind.NUMBER: "other long number",
}


def ask_redaction(settings: Settings) -> None:
    """Draw the choice to hide what identifies people; it is made already where the text leaves the user's network."""
    st.session_state.setdefault(REDACT, not settings.model_is_near)
    st.checkbox(
        "Hide names, e-mails, links and numbers from the model",
        key=REDACT,
        help="Speakers' names, e-mails, phone, card, account and other long numbers, and links are replaced before"
        " sending and put back into the map.",
        persist_state="session",
    )
    host = plain(settings.model_host)
    near = f"{host} is on your own network, so this is off unless you switch it on."
    far = f"{host} is not on your own network, so this is on unless you switch it off."
    st.caption(near if settings.model_is_near else far)


def is_redacting(settings: Settings) -> bool:
    """Return the choice as it is now."""
    return bool(st.session_state.get(REDACT, not settings.model_is_near))


def show_what_leaves(request: Request, load: Callable[[str], bytes]) -> None:
    """Draw, when it is opened, the text as the model would get it."""
    opened = st.expander("See exactly what leaves this machine", key=PREVIEW, on_change="rerun")
    if not opened.open:
        return
    with opened:
        if sum(len(load(upload.sha256)) for upload in request.uploads) > LARGEST:
            st.caption("This is too large to be shown before the work begins.")
            return
        _show(_leaving(request.model_dump_json(exclude={"title", "budget"}), load), is_redacted=request.redact)


def _show(sent: Leaving, *, is_redacted: bool) -> None:
    st.caption(in_words(sent.hidden) if is_redacted else "Nothing is hidden: this is sent as it is.")
    with st.container(height=320, key="what-leaves"):
        st.text(sent.text[:MOST_SHOWN])
    if len(sent.text) > MOST_SHOWN:
        st.download_button(f"Download all {len(sent.text):,} characters", sent.text, "what-leaves.txt")
    st.caption(
        "With it go our own words on what to do, and later what the model itself wrote. A long text goes in sections,"
        " some turns twice. Not found, so never hidden: people who do not speak, places, and what is spelled out."
    )


def in_words(hidden: Mapping[Kind, int]) -> str:
    """Say what was hidden.

    >>> in_words({Kind.EMAIL: 2, Kind.PERSON: 1})
    'Hidden: 1 name, 2 e-mails.'
    """
    told = [counted(hidden[kind], noun) for kind, noun in NOUNS.items() if hidden.get(kind)]
    return f"Hidden: {', '.join(told)}." if told else "Nothing to hide was found."


@st.cache_data(show_spinner="Reading", max_entries=20)
def _leaving(asked: str, _load: Callable[[str], bytes]) -> Leaving:
    """Argument `_load` is not part of the cache's key: the request names its uploads by digest."""
    request = Request.model_validate_json(asked)
    return leaving(request, read_all(request, _load))
