"""Pictures as the browser gets them: decoded and made smaller in a child process, and kept for the next look."""

from __future__ import annotations

import base64
from collections.abc import Callable

import streamlit as st

from journey.jobs.apart import run_apart
from journey.sources.reframing import Framing, Turn, Wanted, labelled, reframe_labelled

ON_SCREEN = 6_000_000
"""Pixels of a picture beside the map: enough to read small print when zoomed in."""

PREVIEW = 500_000
"""Pixels of a picture that is framed before submitting."""

Load = Callable[[str], bytes]
"""Returns the bytes kept under a digest."""


@st.cache_data(show_spinner="Preparing the picture", max_entries=24)
def for_screen(digest: str, _load: Load, *, turned: Turn = 0, most_pixels: int = ON_SCREEN) -> bytes:
    """Return a kept picture as WebP of at most so many pixels; the digest stands for `_load` in the cache's key.

    Args:
        turned: degrees clockwise that make it upright.

    Raises:
        JourneyError: it is gone, or cannot be decoded.
    """
    return _apart(_load(digest), Wanted(framing=Framing(turned=turned), most_pixels=most_pixels, form="WEBP"))


@st.cache_data(show_spinner="Cutting the picture", max_entries=8)
def framed(digest: str, framing: str, _load: Load) -> bytes:
    """Return a kept picture as PNG, turned and cut as a `Framing` in JSON says.

    Raises:
        JourneyError: it is gone, or cannot be decoded.
    """
    return _apart(_load(digest), Wanted(framing=Framing.model_validate_json(framing)))


def _apart(content: bytes, wanted: Wanted) -> bytes:
    return base64.b64decode(run_apart(reframe_labelled, labelled(content, wanted), check=lambda: None))
