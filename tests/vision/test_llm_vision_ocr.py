"""What a model is sent of a picture can be read: its server here is the real OCR, looking at what arrived."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from journey.engines.llm import LlmEngine
from journey.engines.llm.vision.account import KEPT_HERE
from journey.grounding import verify
from journey.model import Request
from journey.sources.ocr import read_blocks
from journey.sources.picture_source import read_picture
from journey.submission import take_in
from tests.faults.draw_through_model import open_queue
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


@pytest.mark.parametrize("redact", [True, False])
def test_a_job_shows_the_picture_only_where_the_user_lets_pixels_go(redact: bool, tmp_path: Path) -> None:
    """From the file to the kept map, in a real job: decoded and read in child processes, drawn by the model."""
    with ModelServer(model(), is_known=False) as server, closing(open_queue(tmp_path, server.url)) as queue:
        (upload,) = take_in(queue, "process.png", png(WORDS)).uploads
        job = queue.submit(Request(uploads=(upload,), engine="openai", redact=redact))
        queue.run(job)
        journey = queue.result(job, timeout=0)
    assert [one.evidence[0].quote for one in journey.steps()] == ["Order by phone", "Is it in stock?", "Wait for weeks"]
    assert journey.sources[0].sha256 == upload.sha256
    assert any(shown(asked) for asked in server.requests) is not redact
    assert (KEPT_HERE in journey.run.warnings) is redact
