"""A picture beside the map: what is chosen is outlined in it, and what is chosen in it leads to the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import streamlit as st

from journey.errors import JourneyError
from journey.model import Journey, Source
from journey.ui import frontend
from journey.ui.language import say, say_below
from journey.ui.new_card import NewCard, places
from journey.ui.pixels import Load, for_screen, send
from journey.ui.regions import count_in_words, regions
from journey.ui.uses import uses
from journey.ui.wording import plain

SCRIPTS = ("choosing.js", "new_card.js", "picture_zoom.js", "picture_regions.js", "picture_panel.js")

_viewer = frontend.component("viewer", scripts=SCRIPTS, styles=["source_place.css", "picture_panel.css"])


@dataclass(frozen=True)
class Reading:
    """What the reader says stands in a region."""

    source: str
    passage: str
    words: str


@dataclass(frozen=True)
class Asked:
    """What the reader asked for in a picture just now: another reading, or a card."""

    reading: Reading | None = None
    card: NewCard | None = None


def show_picture(journey: Journey, source: Source, *, key: str, load: Load, editable: bool) -> Asked:
    """Draw a picture with its regions; which of them are outlined, the list of quotes tells.

    Returns:
        What the reader asked for; nothing in every run that was not caused by that.
    """
    assert source.image is not None
    found = regions(journey, source)
    data = {
        "topic": key,
        "source": source.id,
        "name": source.name,
        "language": source.language,
        "width": source.image.width,
        "height": source.image.height,
        "regions": [asdict(region) | {"box": region.box.model_dump()} for region in found],
        "claims": _claims(journey, source),
        "count": count_in_words(found),
        "editable": editable,
        **places(journey, editable=editable),
    }
    with st.container(gap=None):
        drawn = _viewer(
            key=f"{key}-picture-{source.id}",
            data=data,
            on_reading_change=lambda: None,
            on_card_change=lambda: None,
        )
        _send_pixels(source, key=key, load=load)
    return Asked(
        Reading(**drawn.reading) if drawn.reading else None,
        NewCard(**drawn.card) if drawn.card else None,
    )


def _claims(journey: Journey, source: Source) -> Mapping[str, Mapping[str, str]]:
    return {use.id: {"place": use.place, "heading": use.heading} for use in uses(journey, source.id)}


def _send_pixels(source: Source, *, key: str, load: Load) -> None:
    """Hand the picture over apart from its regions, which change: the bytes never do, and are sent once."""
    turned = source.image.turned if source.image else 0
    try:
        content = for_screen(source.sha256, load, turned=turned)
    except JourneyError as error:
        st.caption(plain(say("The picture itself cannot be shown: {error}", error=say_below(str(error)))))
        return
    send(content, topic=f"{key}:pixels", source=source.id)
