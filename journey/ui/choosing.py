"""What is chosen on the page of a journey. The browser answers a choice at once; what is kept here follows it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import asdict, dataclass

import streamlit as st

from journey.ui import frontend


@dataclass(frozen=True)
class Choice:
    """An element of the map, or nothing; `made` grows with every choice, so that an older one is known as such."""

    id: str | None = None
    made: int = 0


def keep_choice(key: str, message: object, known: Container[str]) -> None:
    """Keep what a component's message says was chosen, unless it is nothing that can be.

    From a callback: a run that is cut short by the next one has then kept it already.
    """
    match message:
        case {"id": str(element), "made": int(made)} if element in known:
            st.session_state[key], st.session_state[_made(key)] = element, made


def kept_choice(key: str) -> Choice:
    """Return what was chosen last in this browser tab."""
    return Choice(st.session_state.get(key), st.session_state.get(_made(key), 0))


def tell_choice(choice: Choice) -> None:
    """Tell all of the page what is chosen; whoever has heard of a later choice stays with that."""
    frontend.tell("chosen", asdict(choice))


def _made(key: str) -> str:
    return f"{key}-made"
