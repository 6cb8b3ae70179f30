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


def choice_from(message: object, known: Container[str]) -> Choice | None:
    """Return the choice that a component's message tells of; None when it tells of none that can be made."""
    match message:
        case {"id": str(element), "made": int(made)} if element in known:
            return Choice(element, made)
    return None


def kept_choice(key: str) -> Choice:
    """Return what was chosen last in this browser tab."""
    return Choice(st.session_state.get(key), st.session_state.get(f"{key}-made", 0))


def keep_choice(key: str, choice: Choice) -> None:
    """Keep a choice for the runs that come."""
    st.session_state[key], st.session_state[f"{key}-made"] = choice.id, choice.made


def tell_choice(choice: Choice) -> None:
    """Tell all of the page what is chosen; whoever has heard of a later choice stays with that."""
    frontend.tell("chosen", asdict(choice))
