"""The journey map as a component: phases across, lanes down, every card a button that leads to its evidence."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from journey.model import Journey
from journey.ui import frontend
from journey.ui.cards import map_view

SCRIPTS = ("map_cards.js", "emotion_curve.js", "map_table.js", "map_stack.js", "map_keys.js", "journey_map.js")
STYLES = ("journey_map.css", "map_table.css", "map_cards.css", "emotion_curve.css", "map_stack.css")

_map = frontend.component("map", scripts=SCRIPTS, styles=STYLES)


def show_map(journey: Journey, *, selected: str | None, key: str) -> str | None:
    """Draw the map and mark what is selected.

    Returns:
        The id of the element chosen just now: a step's, an item's, or `emotion:` and a step's id. None in every
        run that was not caused by a choice.
    """
    view = map_view(journey)
    with st.container(gap=None):
        drawn = _map(key=key, data={"view": asdict(view), "topic": key}, on_chosen_change=lambda: None)
        chosen = drawn.chosen if drawn.chosen in view.ids() else None
        frontend.tell(f"{key}:selected", chosen or selected)
    return chosen
