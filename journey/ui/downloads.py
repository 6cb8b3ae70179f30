"""The ways out: a journey in every format, each beside what it loses, and the library as one archive."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial

import streamlit as st

from journey.archives import export_library
from journey.bootstrap import App
from journey.exports import FORMATS, Format, pictures_at_hand
from journey.exports.naming import file_name
from journey.model import Journey
from journey.ui.language import entry, say, say_below
from journey.ui.wording import plain

GROUPS = {
    entry("To present"): ("pptx", "pdf", "pdf-a3", "png", "svg", "html"),
    entry("To work on"): ("xlsx", "csv", "csv-matrix", "markdown"),
    entry("For other tools"): ("json", "mermaid", "flowchart", "cjml"),
}
"""The formats by what they are wanted for, the most wanted first."""

WIDTH, BUTTON, LOSES = 600, 180, 400
"""Pixels of the list, of a button, and of what a format loses beside it; on a narrow screen that stands below."""


def show_downloads(journey: Journey, load: Callable[[str], bytes]) -> None:
    """Offer every format; a file is written, and the pictures for it loaded, when it is asked for."""
    with st.popover(say("Download"), icon=":material/download:"), st.container(width=WIDTH, gap="small"):
        for heading, names in GROUPS.items():
            st.markdown(f"**{say(heading)}**")
            for name in names:
                _show_format(journey, load, FORMATS[name])


def show_library_download(app: App) -> None:
    """Offer everything as one archive."""
    st.download_button(
        say("Export everything"),
        data=partial(_pack, app),
        file_name="journeys.zip",
        mime="application/zip",
        on_click="ignore",
        key="export-everything",
        icon=":material/archive:",
        help=say(
            "One .zip with every completed journey, its sources, pictures, history of changes and named versions, "
            "to take into another library."
        ),
    )


def _show_format(journey: Journey, load: Callable[[str], bytes], way: Format) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.download_button(
            say_below(way.label),
            data=partial(_written, way, journey, load),
            file_name=file_name(journey.title, way.suffix),
            mime=way.mime,
            on_click="ignore",
            key=f"download-{way.name}",
            width=BUTTON,
        )
        st.caption(plain(say_below(way.loses)), width=LOSES)


def _written(way: Format, journey: Journey, load: Callable[[str], bytes]) -> bytes:
    return way.to_bytes(journey, pictures_at_hand(journey, load) if way.illustrate else {})


def _pack(app: App) -> bytes:
    archive = io.BytesIO()
    export_library(app.library, app.queue, archive)
    return archive.getvalue()
