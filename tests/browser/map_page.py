"""A page with nothing but a sample journey's map and its evidence, laid out as the real page lays them out."""

from __future__ import annotations

import streamlit as st

from journey.ui.choosing import kept_choice, tell_choice
from journey.ui.evidence_panel import show_evidence
from journey.ui.journey_map import show_map
from tests.sample_journeys import hostile_journey, long_journey, rich_journey

SAMPLES = {
    "rich": rich_journey,
    "hostile": hostile_journey,
    "thirty": long_journey,
    "endless": lambda: long_journey(words=100_000),
}


def main() -> None:
    """Draw the sample that the address names."""
    st.set_page_config(page_title="Map", layout="wide")
    st.header("Map")
    journey = st.cache_resource(SAMPLES[st.query_params["sample"]])()
    map_side, evidence_side = st.columns([9, 4])
    with map_side:
        show_map(journey, key="map", selection="selected")
        choice = kept_choice("selected")
        tell_choice(choice)
    with evidence_side:
        show_evidence(journey, choice.id, key="evidence")


if __name__ == "__main__":  # as Streamlit runs it; the search for doctests only imports it
    main()
