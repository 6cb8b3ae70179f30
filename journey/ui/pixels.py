"""Pictures as the browser gets them: decoded and made smaller in a child process, and kept for the next look."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable
from functools import partial

import streamlit as st

from journey.errors import SourceError
from journey.jobs.apart import run_apart
from journey.sources.reframing import Framing, Turn, Wanted, labelled, reframe_labelled
from journey.ui import frontend
from journey.ui.language import say

ON_SCREEN = 6_000_000
"""Pixels of a picture beside the map: enough to read small print when zoomed in."""

PREVIEW = 500_000
"""Pixels of a picture that is framed before submitting."""

LONGEST = 60.0
"""Seconds that preparing one picture may take, the wait for another's turn included."""

_TURN = threading.Lock()
_pixels = frontend.silent("pixels", scripts=["picture_pixels.js"])

Load = Callable[[str], bytes]
"""Returns the bytes kept under a digest."""


def for_screen(digest: str, load: Load, *, turned: Turn = 0, most_pixels: int = ON_SCREEN) -> bytes:
    """Return a kept picture as WebP of at most so many pixels.

    Args:
        turned: degrees clockwise that make it upright.

    Raises:
        JourneyError: it is gone, or cannot be decoded.
    """
    with st.spinner(say("Preparing the picture")):
        return _for_screen(digest, load, turned, most_pixels)


@st.cache_data(show_spinner=False, max_entries=24)
def _for_screen(digest: str, _load: Load, turned: Turn, most_pixels: int) -> bytes:
    """The digest stands for `_load` in the cache's key."""
    return _apart(_load(digest), Wanted(framing=Framing(turned=turned), most_pixels=most_pixels, use="screen"))


def framed(digest: str, framing: str, load: Load) -> bytes:
    """Return a kept picture to be kept anew, turned and cut as a `Framing` in JSON says.

    Raises:
        JourneyError: it is gone, or cannot be decoded.
    """
    with st.spinner(say("Cutting the picture")):
        return _framed(digest, framing, load)


@st.cache_data(show_spinner=False, max_entries=8)
def _framed(digest: str, framing: str, _load: Load) -> bytes:
    return _apart(_load(digest), Wanted(framing=Framing.model_validate_json(framing)))


def send(content: bytes, *, topic: str, source: str) -> None:
    """Hand a picture, as WebP, to the component that listens to the topic; it is sent to a browser once.

    Args:
        source: which of the pictures of a topic it is.
    """
    label = json.dumps({"topic": topic, "source": source, "type": "image/webp"})
    _pixels(key=f"{topic}-{source}", data=label.encode() + b"\n" + content, height=1)


def _apart(content: bytes, wanted: Wanted) -> bytes:
    until = time.monotonic() + LONGEST
    with _TURN:  # decoding takes memory: one picture at a time
        return base64.b64decode(run_apart(reframe_labelled, labelled(content, wanted), check=partial(_check, until)))


def _check(until: float) -> None:
    if time.monotonic() > until:
        raise SourceError("This picture took too long to prepare: save it smaller and add it again.")
