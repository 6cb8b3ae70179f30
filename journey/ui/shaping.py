"""A journey made into what a component is sent: once, not in every run of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from journey.model import Journey
from journey.ui.language import language

Shaped = TypeVar("Shaped")


def shaped_once(journey: Journey, key: str, shape: Callable[[], Shaped]) -> Shaped:
    """Return what `shape` makes of a journey; the runs after a click, which change nothing, use what the first made."""
    place = f"{key}-shaped"
    before: tuple[Journey, str, Shaped] | None = st.session_state.get(place)
    if before is not None and before[0] is journey and before[1] == language():
        return before[2]
    shaped = shape()
    st.session_state[place] = (journey, language(), shaped)
    return shaped
