"""The journey map as a component: phases across, lanes down, every card a button that leads to its evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from pydantic import TypeAdapter

from journey.model import Journey
from journey.ui import frontend
from journey.ui.cards import MapView, map_view
from journey.ui.choosing import keep_choice
from journey.ui.quotes import elements
from journey.ui.shaping import shaped_once

SCRIPTS = (
    "choosing.js",
    "map_cards.js",
    "emotion_curve.js",
    "map_table.js",
    "map_stack.js",
    "map_patch.js",
    "map_arrange.js",
    "map_tools.js",
    "map_present.js",
    "map_told.js",
    "map_moves.js",
    "map_rename.js",
    "map_drag.js",
    "map_keys.js",
    "journey_map.js",
)
STYLES = (
    "journey_map.css",
    "map_table.css",
    "map_cards.css",
    "emotion_curve.css",
    "map_stack.css",
    "map_tools.css",
    "map_edit.css",
    "map_present.css",
)

_SENT = TypeAdapter(MapView)
"""Makes the map what JSON can hold, several times faster than `dataclasses.asdict`."""

_map = frontend.component("map", scripts=SCRIPTS, styles=STYLES)


@dataclass(frozen=True)
class MapEdits:
    """What the map needs to be changed on it.

    `revision` is that of the journey on the screen, `change` is called with what was asked, from a callback, and
    `answer` is what came of the last edit.
    """

    revision: int
    change: Callable[[Mapping[str, Any]], None]
    answer: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Presenting:
    """Whether the map is presented alone on the screen, and how the page learns that this was begun or ended."""

    is_on: bool
    change: Callable[[Mapping[str, Any]], None]


def show_map(
    journey: Journey,
    *,
    key: str,
    selection: str,
    edits: MapEdits | None = None,
    presenting: Presenting | None = None,
) -> None:
    """Draw the map; what is chosen on it, `tell_choice` says.

    Args:
        selection: where the session keeps what is chosen: a phase, a step, an item, or `emotion:` and a step's id.
        edits: how it is changed; without them it is only looked at.
    """
    view, known = shaped_once(journey, key, lambda: _shape(journey))
    data = {
        "view": view,
        "topic": key,
        "editable": edits is not None,
        "revision": edits.revision if edits else 0,
        "presents": presenting.is_on if presenting else False,
    }
    with st.container(gap=None):
        _map(
            key=key,
            data=data,
            on_chosen_change=lambda: keep_choice(selection, st.session_state[key].chosen, known),
            on_edited_change=lambda: edits.change(st.session_state[key].edited) if edits else None,
            on_presents_change=lambda: presenting.change(st.session_state[key].presents) if presenting else None,
        )
        if edits and edits.answer:
            frontend.tell(f"{key}:answer", {**edits.answer, "revision": edits.revision})


def _shape(journey: Journey) -> tuple[dict[str, Any], frozenset[str]]:
    return _SENT.dump_python(map_view(journey)), elements(journey)
