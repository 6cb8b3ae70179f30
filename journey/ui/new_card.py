"""A card that the reader makes of words of a source: what they may choose, and what they asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from journey.model import Journey
from journey.ui.lanes import LANE_NAMES
from journey.ui.language import say

NO_LANE = {"emotion"}
"""Lanes of the map that hold no cards."""

FROM_OTHERS = ("actions", "touchpoints")
"""Lanes that words of somebody else than the customer may support."""


@dataclass(frozen=True)
class NewCard:
    """A card of selected words: half-open code-point offsets within one passage."""

    source: str
    passage: str
    start: int
    end: int
    step: str
    lane: str


def places(journey: Journey, *, editable: bool) -> Mapping[str, object]:
    """Return the steps and lanes that a new card can be put into; no steps where nothing can be changed.

    A lane comes with its key, its title, and whether words of anybody may stand in it.
    """
    lanes = [[lane.key, say(lane.title), lane.key in FROM_OTHERS] for lane in LANE_NAMES if lane.key not in NO_LANE]
    return {"lanes": lanes, "steps": [[step.id, step.title] for step in journey.steps()] if editable else []}
