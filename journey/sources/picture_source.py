"""A still becomes a Source: its text blocks are the passages, and what else was seen stands in its Picture.

Boxes are fractions of the upright image: the stored pixels turned clockwise by `Picture.turned` degrees. Everything
else that straightens a picture has happened before it was stored (`pictures.read_pictures`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from journey.model import Passage, Picture, Source
from journey.sources.blocks import Block
from journey.sources.decoding import decode_picture
from journey.sources.language import identify_language
from journey.sources.layout import lay_out
from journey.sources.ocr import load_models
from journey.sources.orientation import Upright, read_upright


def read_picture(name: str, content: bytes, *, source_id: str = "s1") -> Source:
    """Read a still: what is written in it, where, and what is drawn.

    Args:
        content: the bytes as kept, which `sha256` is the digest of.

    Raises:
        SourceError: it cannot be decoded.
    """
    image = decode_picture(content)
    upright = read_upright(np.asarray(image, np.uint8))
    text, passages = _passages(upright.blocks)
    return Source(
        id=source_id,
        kind="image",
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        language=identify_language(text),
        text=text,
        passages=passages,
        image=_picture(upright, image.size, passages),
    )


def load_reader() -> None:
    """Load what reading any picture takes, ahead of the first."""
    load_models()
    identify_language("the words of a picture that is still to come")


def _picture(upright: Upright, size: tuple[int, int], passages: Sequence[Passage]) -> Picture:
    """Describe a picture, whose extent is that of the stored pixels, however they were enlarged to be read."""
    seen = lay_out(upright.pixels, passages)
    width, height = size if upright.turned % 180 == 0 else size[::-1]
    return Picture.model_validate(
        {
            "width": width,
            "height": height,
            "turned": upright.turned,
            "shapes": seen.shapes,
            "connectors": seen.connectors,
            "curves": seen.curves,
            "faces": seen.faces,
            "rulings": seen.rulings,
        }
    )


def _passages(blocks: Sequence[Block]) -> tuple[str, tuple[Passage, ...]]:
    """Return the text, a block a line, and its passages; a block that was not read is a place without words."""
    text, passages = "", []
    for number, block in enumerate(blocks, start=1):
        start = len(text) + 1 if text and block.words else len(text)
        text = f"{text}\n{block.words}" if text and block.words else text + block.words
        passages.append(
            Passage(
                id=f"b{number}",
                start=start,
                end=len(text),
                box=block.box,
                colour=block.colour,
                read_by="ocr" if block.words else "unread",
                confidence=block.confidence,
            )
        )
    return text, tuple(passages)
