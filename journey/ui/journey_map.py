"""The journey map as a component: phases across, lanes down, every card a button that leads to its evidence."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from journey.model import Journey
from journey.ui import frontend
from journey.ui.cards import map_view

_map = st.components.v2.component(
    "journey_map",
    html='<div class="map">\n</div>',
    css=frontend.load("elements.css", "journey_map.css"),
    js=frontend.load("elements.js", "journey_map.js"),
)
_pointer = st.components.v2.component("journey_pointer", js=frontend.load("elements.js", "pointer.js"))


def show_map(journey: Journey, *, selected: str | None, key: str) -> str | None:
    """Draw the map and mark what is selected.

    The map itself is sent once; a selection is told to it by a second, empty component in a few bytes.

    Returns:
        The id of the element chosen just now: a step's, an item's, or `emotion:` and a step's id. None in every
        run that was not caused by a choice.
    """
    view = map_view(journey)
    drawn = _map(key=key, data={"view": asdict(view), "topic": key}, on_chosen_change=lambda: None)
    chosen = drawn.chosen if drawn.chosen in view.ids() else None
    _pointer(key=f"{key}-selected", data={"topic": key, "message": chosen or selected}, height=1)
    return chosen
