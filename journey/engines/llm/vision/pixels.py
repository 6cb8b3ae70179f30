"""The pixels of a picture, in a child process: made ready to be sent, and looked at where a model reads words."""

from __future__ import annotations

import base64
import io
import json
import math
from collections.abc import Sequence

import numpy as np
from PIL import Image

from journey.engines.llm.abilities import SentPicture
from journey.model import Box, Record, Source
from journey.sources.decoding import decode_picture
from journey.work import Work

LONGEST = 2048
"""Pixels of the longer side of what is sent: larger ones some models refuse, and others reduce themselves, unsaid."""
MOST_PATCHES = 2500
PATCH = 32
"""Patches that a picture may have, and pixels of a patch's side: what `detail: high` stands for."""
QUALITY = 85
LEAST_CONTRAST = 30
"""Levels of grey, of 255, that are between paper and ink where something is written."""
LEAST_EDGES = 0.01
"""Share of a region's pixels that lie on an edge, where something is written."""


class _Prepared(Record):
    base64: str
    width: int
    height: int


def prepare(source: Source, work: Work) -> SentPicture:
    """Return the picture of a source as it is sent: upright, resized, a JPEG without metadata.

    Raises:
        SourceError: its bytes cannot be decoded.
    """
    turned = source.image.turned if source.image else 0
    prepared = _Prepared.model_validate_json(work.apart(prepared_apart, _payload(source, work, turned=turned)))
    return SentPicture(
        base64=prepared.base64,
        width=prepared.width,
        height=prepared.height,
        made_from=f"{source.sha256} {turned} {prepared.width}x{prepared.height} q{QUALITY}",
    )


def written(source: Source, boxes: Sequence[Box], work: Work) -> list[bool]:
    """Tell for each region whether its pixels look as if something were written there."""
    if not boxes:
        return []
    turned = source.image.turned if source.image else 0
    asked = [(box.x, box.y, box.w, box.h) for box in boxes]
    told: list[bool] = json.loads(work.apart(written_apart, _payload(source, work, turned=turned, boxes=asked)))
    return told


def fitted(width: int, height: int) -> tuple[int, int]:
    """Return the extent to which a picture is reduced, its sides in proportion.

    >>> fitted(4000, 3000), fitted(800, 600), fitted(12_000, 600)
    ((1834, 1376), (800, 600), (2048, 102))
    """
    scale = min(1.0, LONGEST / max(width, height))
    while _patches(width * scale, height * scale) > MOST_PATCHES:
        scale *= 0.995
    return max(round(width * scale), 1), max(round(height * scale), 1)


def prepared_apart(payload: bytes) -> str:
    """Make a picture ready to be sent, in a child process: a line of JSON, then its bytes; returns a _Prepared."""
    image = _upright(payload)[0]
    image = image.resize(fitted(*image.size), Image.Resampling.LANCZOS)
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=QUALITY)
    coded = base64.b64encode(packed.getvalue()).decode()
    return _Prepared(base64=coded, width=image.width, height=image.height).model_dump_json()


def written_apart(payload: bytes) -> str:
    """Look at regions in a child process: a line of JSON with boxes, then the picture's bytes; returns a JSON list."""
    image, asked = _upright(payload)
    grey = np.asarray(image.convert("L"), np.int16)
    return json.dumps([_looks_written(_cut(grey, *box)) for box in asked["boxes"]])


def _payload(source: Source, work: Work, **asked: object) -> bytes:
    return json.dumps(asked).encode() + b"\n" + work.load(source.sha256)


def _upright(payload: bytes) -> tuple[Image.Image, dict[str, list[list[float]]]]:
    label, _, content = payload.partition(b"\n")
    asked = json.loads(label)
    image = decode_picture(content)
    return (image.rotate(-asked["turned"], expand=True) if asked["turned"] else image), asked


def _cut(grey: np.ndarray, x: float, y: float, w: float, h: float) -> np.ndarray:
    height, width = grey.shape
    return grey[int(y * height) : math.ceil((y + h) * height), int(x * width) : math.ceil((x + w) * width)]


def _looks_written(region: np.ndarray) -> bool:
    if region.size < PATCH or min(region.shape) < 3:
        return False
    dark, light = np.percentile(region, (1, 99))
    if light - dark < LEAST_CONTRAST:
        return False
    steps = np.abs(np.diff(region, axis=1))[:-1] + np.abs(np.diff(region, axis=0))[:, :-1]
    return float((steps > LEAST_CONTRAST).mean()) >= LEAST_EDGES


def _patches(width: float, height: float) -> int:
    return math.ceil(width / PATCH) * math.ceil(height / PATCH)
