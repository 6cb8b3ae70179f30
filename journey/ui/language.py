"""What the interface says, in the language of whoever looks: `say` and its like, and which language that is.

To add or change interface text, write the English sentence as a literal and call one of these:

    st.button(say("Draw the journey"))                       a sentence
    say("Added {name}.", name=plain(name))                   parts by name, never an f-string; whole numbers are grouped
    say_many("{n} step", "{n} steps", len(steps))            as many as there are: `{n}` is the number
    STATES = {QUEUED: entry("Queued")}; say(STATES[state])   a constant, said later: at import nobody looks on yet
    show(say_below(str(error)))                              a sentence of a floor below, which is written in English

A script says `say("Turn left")`, `say("{n} of {all}", { n, all })` and `sayMany("{n} file", "{n} files", n)`, which
messages.js holds. Its strings stand in double quotes, without a line break or a backslash. The German goes into
catalogues/de/interface.po: run `python -m tests.catalogue` to add what is new as empty entries in order, and to see
what is missing, unused or does not agree; write the German; tests/test_language.py holds both to each other. A new
sentence of a floor below goes into sentences.po beside it, with {names} for its parts; tests/test_language_below.py
names those that are missing.

What is kept (in the store, a cache, session state) is kept in English or with its language in the key: two sessions
speak two languages at once. A sentence is one entry, not put together from parts: other languages have another order.
"""

from __future__ import annotations

from functools import cache

import streamlit as st
from babel import Locale, negotiate_locale
from babel.numbers import format_decimal
from streamlit.runtime.scriptrunner import get_script_run_ctx

from journey.ui.catalogue import ENGLISH, LANGUAGES, translations
from journey.ui.sentences import translated

CHOICE = "language"
"""Where a session keeps the language its user chose; empty for the browser's."""

COOKIE = "journey_language"
"""Where the browser keeps it: unlike the page's own storage it is known before anything is drawn."""

_REGIONS = {ENGLISH: "en_GB"}
"""How dates and numbers are written in a language where it does not say it by itself."""


def language() -> str:
    """Return the language of the session that is being drawn: as chosen, else the browser's; English outside of any."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return ENGLISH
    chosen = choice()
    return chosen if chosen in LANGUAGES else _nearest(st.context.locale)


def choice() -> str:
    """Return the language chosen in this session, or before in this browser; empty for the browser's own."""
    if CHOICE not in st.session_state:
        st.session_state[CHOICE] = st.context.cookies.get(COOKIE, "")
    return str(st.session_state[CHOICE])


def say(text: str, **parts: object) -> str:
    """Return a sentence of the catalogue, its parts filled in.

    >>> say("{done} of {all} words", done=3, all=2500)
    '3 of 2,500 words'
    """
    said = translations(language()).gettext(text) if text else ""
    return _filled(said, parts)


def say_many(one: str, many: str, n: int, **parts: object) -> str:
    """Return a sentence that depends on a number, which is its part `{n}`.

    >>> say_many("{n} step", "{n} steps", 1), say_many("{n} step", "{n} steps", 2500)
    ('1 step', '2,500 steps')
    """
    return _filled(translations(language()).ngettext(one, many, n), {**parts, "n": n})


def say_below(text: str) -> str:
    """Return a sentence that a floor below the pages wrote in English, as far as the catalogue knows it."""
    return translated(text, language())


def entry(text: str) -> str:
    """Mark an English sentence as one of the catalogue, to be said later."""
    return text


def number(amount: float, digits: int = 0) -> str:
    """Return a number with so many digits after the point, as the language writes it.

    >>> number(2500), number(3.44, 1)
    ('2,500', '3.4')
    """
    return format_decimal(amount, f"#,##0.{'0' * digits}" if digits else "#,##0", locale=region())


def region() -> str:
    """Return the locale whose dates and numbers belong to the language."""
    spoken = language()
    return _REGIONS.get(spoken, spoken)


def own_name(spoken: str) -> str:
    """Return what a language calls itself.

    >>> own_name("de")
    'Deutsch'
    """
    return Locale.parse(spoken).get_language_name(spoken) or spoken


@cache
def _nearest(locale: str | None) -> str:
    """Return the language that suits a browser's locale.

    >>> _nearest("de-AT"), _nearest("fr"), _nearest(None)
    ('de', 'en', 'en')
    """
    return negotiate_locale([locale or ENGLISH], LANGUAGES, sep="-") or ENGLISH


def _filled(said: str, parts: dict[str, object]) -> str:
    if not parts:
        return said
    return said.format(**{name: number(part) if type(part) is int else part for name, part in parts.items()})
