"""Fields that several editors draw: words kept as soon as they are typed, and the names of lanes and steps."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from journey.edits import EXTRA, Edit
from journey.model import LANES, Journey, Origin
from journey.ui.editing import Editing
from journey.ui.lanes import LANE_NAMES, said_title
from journey.ui.language import say

SHORT = 60
"""Characters of a step's title in a list to choose from."""


def ask_text(editing: Editing, name: str, label: str, text: str, make: Callable[[], Edit]) -> None:
    """Ask for words that are kept when the field is left, or at Enter."""
    st.text_input(label, key=editing.keep_shown(name, text), on_change=editing.change, args=(make,))


def say_whose(origin: Origin) -> None:
    """Say what changed words mean for the quotes, before they are changed."""
    if origin is Origin.QUOTED:
        st.caption(
            say("New words are marked as yours and detached from the quotes, which stay beside them as they were said.")
        )


def lanes_on(journey: Journey) -> tuple[str, ...]:
    """Return the keys of the usual lanes and of every other lane of a journey, in the order of the map."""
    own = dict.fromkeys(EXTRA + lane.title for step in journey.steps() for lane in step.lanes)
    return (*(lane.key for lane in LANE_NAMES if lane.key in LANES), *own)


def lane_title(lane: str) -> str:
    """Return a lane's name as the map shows it."""
    return said_title(lane) or lane.removeprefix(EXTRA)


def step_titles(journey: Journey) -> dict[str, str]:
    """Return the steps by id, numbered as on the map."""
    return {step.id: f"{number} · {step.title[:SHORT]}" for number, step in enumerate(journey.steps(), start=1)}
