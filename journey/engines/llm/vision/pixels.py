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
LEGIBLE = 0.4
"""Scale below which words of a usual size cannot be read any more: then parts of the picture are shown as well."""
MOST_PARTS = 4
OVERLAP = 0.02
"""Of the longer side, by which parts overlap, so that a word on a border is whole in one of them."""
LEAST_CONTRAST = 30
"""Levels of grey, of 255, that are between paper and ink where something is written."""
LEAST_EDGES = 0.01
"""Share of a region's pixels that lie on an edge, where something is written."""


class _Prepared(Record):
    base64: str
    width: int
    height: int
    begins: float
    ends: float
    """The part of the longer side that is shown, in fractions of it."""


class _AllPrepared(Record):
    pictures: tuple[_Prepared, ...]


def prepare(source: Source, work: Work) -> tuple[SentPicture, ...]:
    """Return the picture of a source as it is sent: upright, resized, a JPEG without metadata.

    One that is so large that its words would be lost in the whole is followed by enlarged parts of it.

    Raises:
        SourceError: its bytes cannot be decoded.
    """
    turned = source.image.turned if source.image else 0
    all_prepared = _AllPrepared.model_validate_json(work.apart(prepared_apart, _payload(source, work, turned=turned)))
    return tuple(
        SentPicture(
            base64=one.base64,
            width=one.width,
            height=one.height,
            made_from=f"{source.sha256} {turned} {one.begins:g}-{one.ends:g} {one.width}x{one.height} q{QUALITY}",
        )
        for one in all_prepared.pictures
    )


def written(source: Source, boxes: Sequence[Box], work: Work) -> list[bool]:
    """Tell for each region whether its pixels look as if something were written there."""
    if not boxes:
        return []
    turned = source.image.turned if source.image else 0
    asked = [(box.x, box.y, box.w, box.h) for box in boxes]
    told: list[bool] = json.loads(work.apart(written_apart, _payload(source, work, turned=turned, boxes=asked)))
    return told


def patches(width: int, height: int) -> int:
    """Return the patches of a picture as it is shown whole, which most models count as its tokens.

    >>> patches(800, 600), patches(4000, 3000)
    (475, 2494)
    """
    return _patches(*fitted(width, height))


def patches_of_parts(width: int, height: int) -> int:
    """Return the patches of the enlarged parts that are shown beside a very large picture.

    >>> patches_of_parts(800, 600), patches_of_parts(12_000, 2000)
    (0, 5824)
    """
    longer, shorter = max(width, height), min(width, height)
    extents = (round((ends - begins) * longer) for begins, ends in parts_of(width, height))
    return sum(patches(extent, shorter) for extent in extents)


def fitted(width: int, height: int) -> tuple[int, int]:
    """Return the extent to which a picture is reduced, its sides in proportion.

    >>> fitted(4000, 3000), fitted(800, 600), fitted(12_000, 600)
    ((1834, 1376), (800, 600), (2048, 102))
    """
    scale = min(1.0, LONGEST / max(width, height))
    while _patches(width * scale, height * scale) > MOST_PATCHES:
        scale *= 0.995
    return max(round(width * scale), 1), max(round(height * scale), 1)


def parts_of(width: int, height: int) -> list[tuple[float, float]]:
    """Return the parts of a picture's longer side that are shown beside the whole, in fractions of it.

    >>> parts_of(4000, 3000), [f"{begins:.2f}-{ends:.2f}" for begins, ends in parts_of(12_000, 2000)]
    ([], ['0.00-0.35', '0.31-0.69', '0.65-1.00'])
    """
    scale = fitted(width, height)[0] / width
    if scale >= LEGIBLE:
        return []
    count = min(math.ceil(LEGIBLE / scale), MOST_PARTS)
    return [(max(n / count - OVERLAP, 0.0), min((n + 1) / count + OVERLAP, 1.0)) for n in range(count)]


def prepared_apart(payload: bytes) -> str:
    """Make a picture ready to be sent, in a child process: a line of JSON, then its bytes; returns an _AllPrepared."""
    image = _upright(payload)[0]
    shown = [(0.0, 1.0), *parts_of(*image.size)]
    return _AllPrepared(pictures=tuple(_prepared(image, begins, ends) for begins, ends in shown)).model_dump_json()


def _prepared(image: Image.Image, begins: float, ends: float) -> _Prepared:
    width, height = image.size
    is_wide = width >= height
    across, down = ((begins, ends), (0.0, 1.0)) if is_wide else ((0.0, 1.0), (begins, ends))
    part = image.crop(
        (round(across[0] * width), round(down[0] * height), round(across[1] * width), round(down[1] * height))
    )
    part = part.resize(fitted(*part.size), Image.Resampling.LANCZOS)
    packed = io.BytesIO()
    part.save(packed, "JPEG", quality=QUALITY)
    coded = base64.b64encode(packed.getvalue()).decode()
    return _Prepared(base64=coded, width=part.width, height=part.height, begins=begins, ends=ends)


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
