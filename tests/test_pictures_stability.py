"""A worse copy of a map gives the same journey: turned by two degrees, at half its size, or as a coarse JPEG."""

from __future__ import annotations

import io
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import cache

import numpy as np
import pytest
from PIL import Image

from journey.engines.local.pictures.draw import draw_pictures
from journey.model import Journey, Run
from journey.sources.picture_source import read_picture
from journey.sources.pictures import read_pictures
from tests import drawn_maps
from tests.drawn_pictures import askew, encoded, folded
from tests.local_sources import CountingWork

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

MAPS: dict[str, Callable[[], bytes]] = {
    "German slide": drawn_maps.german_table,
    "French export": drawn_maps.french_map,
    "Portuguese template": drawn_maps.portuguese_map,
    "Dutch map": drawn_maps.dutch_map,
    "English sheet": drawn_maps.english_sheet,
    "Spanish wall": drawn_maps.spanish_wall,
}
MOST = 0.05
"""By how much the step F1 of a copy may differ from that of its map."""


def turned(page: Image.Image) -> Image.Image:
    return askew(page, 2, around="#{:02x}{:02x}{:02x}".format(*np.asarray(page)[1, 1]))


def halved(page: Image.Image) -> Image.Image:
    return page.resize((page.width // 2, page.height // 2), Image.Resampling.LANCZOS)


COPIES: dict[str, Callable[[Image.Image], bytes]] = {
    "2 degrees": lambda page: encoded(turned(page)),
    "half size": lambda page: encoded(halved(page)),
    "JPEG 60": lambda page: encoded(page, "JPEG", quality=60),
}


def draw(content: bytes) -> Journey:
    (still,) = read_pictures("map.png", content)
    return draw_pictures([read_picture(still.name, still.content)], CountingWork(), run=Run(engine="local"))


@cache
def drawn(name: str) -> Journey:
    return draw(MAPS[name]())


def step_f1(one: Journey, other: Journey) -> float:
    """Return the F1 of the steps of one journey against those of another; a letter misread is the same step."""
    left = [folded(step.title) for step in other.steps()]
    titles = [folded(step.title) for step in one.steps()]
    for title in titles:
        same = next((there for there in left if SequenceMatcher(None, title, there).ratio() >= 0.8), None)
        if same is not None:
            left.remove(same)
    matched = len(list(other.steps())) - len(left)
    return 2 * matched / (len(titles) + len(list(other.steps())))


def share_of_words(one: Journey, other: Journey) -> float:
    """Return the share of the words of one journey's source that the other's has too."""
    words, there = one.sources[0].text.split(), set(other.sources[0].text.split())
    return sum(word in there for word in words) / len(words)


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("name", MAPS)
def test_a_worse_copy_gives_the_same_steps(name: str, copy: str) -> None:
    page = Image.open(io.BytesIO(MAPS[name]())).convert("RGB")
    worse = draw(COPIES[copy](page))
    assert step_f1(drawn(name), worse) > 1 - MOST, [step.title for step in worse.steps()]
    assert [folded(phase.name) for phase in worse.phases] == [folded(phase.name) for phase in drawn(name).phases]
    assert share_of_words(drawn(name), worse) > 0.9
