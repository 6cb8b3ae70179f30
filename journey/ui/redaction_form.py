"""What is hidden from a model, and exactly what leaves this machine, shown before the button is pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from journey.engines.llm.leaving import Leaving, leaving
from journey.model import Request
from journey.redaction import Kind
from journey.settings import Settings
from journey.submission import read_all
from journey.ui.language import say, say_many
from journey.ui.wording import plain

REDACT, PREVIEW = "new_redact", "new_preview"

MOST_SHOWN = 20_000
"""Characters drawn on the page; all of them can be downloaded."""

LARGEST = 1_000_000
"""Bytes of all uploads up to which they are read and redacted while the user looks on, within seconds."""

COUNTS: dict[Kind, Callable[[int], str]] = {
    Kind.PERSON: lambda n: say_many("{n} name", "{n} names", n),
    Kind.EMAIL: lambda n: say_many("{n} e-mail", "{n} e-mails", n),
    Kind.PHONE: lambda n: say_many("{n} phone number", "{n} phone numbers", n),
    Kind.CARD: lambda n: say_many("{n} card number", "{n} card numbers", n),
    Kind.IBAN: lambda n: say_many("{n} bank account", "{n} bank accounts", n),
    Kind.LINK: lambda n: say_many("{n} link", "{n} links", n),
    Kind.NUMBER: lambda n: say_many("{n} other long number", "{n} other long numbers", n),
}
"""How what was hidden is counted, in the order in which it is told."""


def ask_redaction(settings: Settings) -> None:
    """Draw the choice to hide what identifies people; it is made already where the text leaves the user's network."""
    st.session_state.setdefault(REDACT, not settings.model_is_near)
    st.checkbox(
        say("Hide names, e-mails, links and numbers from the model"),
        key=REDACT,
        help=say(
            "Speakers' names, e-mails, phone, card, account and other long numbers, and links are replaced before"
            " sending and put back into the map."
        ),
        persist_state="session",
    )
    host = plain(settings.model_host)
    if settings.model_is_near:
        st.caption(say("{host} is on your own network, so this is off unless you switch it on.", host=host))
    else:
        st.caption(say("{host} is not on your own network, so this is on unless you switch it off.", host=host))


def is_redacting(settings: Settings) -> bool:
    """Return the choice as it is now."""
    return bool(st.session_state.get(REDACT, not settings.model_is_near))


def show_what_leaves(request: Request, load: Callable[[str], bytes]) -> None:
    """Draw, when it is opened, the text as the model would get it."""
    opened = st.expander(say("See exactly what leaves this machine"), key=PREVIEW, on_change="rerun")
    if not opened.open:
        return
    with opened:
        if sum(len(load(upload.sha256)) for upload in request.uploads) > LARGEST:
            st.caption(say("This is too large to be shown before the work begins."))
            return
        with st.spinner(say("Reading")):
            sent = _leaving(request.model_dump_json(exclude={"title", "budget"}), load)
        _show(sent, is_redacted=request.redact)


def _show(sent: Leaving, *, is_redacted: bool) -> None:
    st.caption(in_words(sent.hidden) if is_redacted else say("Nothing is hidden: this is sent as it is."))
    with st.container(height=320, key="what-leaves"):
        st.text(sent.text[:MOST_SHOWN])
    if len(sent.text) > MOST_SHOWN:
        label = say("Download all {n} characters", n=len(sent.text))
        st.download_button(label, sent.text, "what-leaves.txt")
    st.caption(
        say(
            "With it go our own words on what to do, and later what the model itself wrote. A long text goes in"
            " sections, some turns twice. Not found, so never hidden: people who do not speak, places, and what is"
            " spelled out."
        )
    )


def in_words(hidden: Mapping[Kind, int]) -> str:
    """Say what was hidden.

    >>> in_words({Kind.EMAIL: 2, Kind.PERSON: 1})
    'Hidden: 1 name, 2 e-mails.'
    """
    told = [count(hidden[kind]) for kind, count in COUNTS.items() if hidden.get(kind)]
    return say("Hidden: {what}.", what=", ".join(told)) if told else say("Nothing to hide was found.")


@st.cache_data(show_spinner=False, max_entries=20)
def _leaving(asked: str, _load: Callable[[str], bytes]) -> Leaving:
    """Argument `_load` is not part of the cache's key: the request names its uploads by digest."""
    request = Request.model_validate_json(asked)
    return leaving(request, read_all(request, _load))
