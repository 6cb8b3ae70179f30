"""What a model is sent of a picture can be read: its server here is the real OCR, looking at what arrived."""

from __future__ import annotations

import json

import numpy as np
import pytest

from journey.engines.llm import LlmEngine
from journey.grounding import verify
from journey.sources.ocr import read_blocks
from journey.sources.picture_source import read_picture
from tests.faults.server import Asked, ModelServer
from tests.faults.talk import settings
from tests.plain_work import PlainWork
from tests.vision.drawings import CELLS, png
from tests.vision.seeing import blocks, model, node, shown, wanted

pytestmark = pytest.mark.slow

WORDS = tuple((words, place) for words, place in CELLS if len(words) > 2)


def reads(asked: Asked) -> str | None:
    """Find nodes by reading the picture that arrived, and cite the listed blocks that say the same."""
    if wanted(asked) != "nodes":
        return None
    seen = {block.words for block in read_blocks(np.asarray(shown(asked)[0].image.convert("RGB")))}
    nodes = [node(n, n, text=words) for n, words in blocks(asked).items() if words in seen]
    return json.dumps({"added": [], "nodes": nodes})


@pytest.mark.parametrize("turned", [0, 90])
def test_what_was_sent_reads_as_what_was_read_here(turned: int) -> None:
    content = png(WORDS, turned=turned)  # type: ignore[arg-type]
    work, picture = PlainWork(), read_picture("process.png", content)
    work.kept[picture.sha256] = content
    with ModelServer(model(reads), is_known=False) as server:
        journey = LlmEngine(settings(server.url)).extract([picture], work)
    assert picture.image is not None
    assert picture.image.turned == turned
    assert verify(journey) == ()
    assert sorted(one.evidence[0].quote for one in journey.steps()) == sorted(words for words, _ in WORDS)
