"""A kept picture turned, cut and made smaller: for the preview, for what the user framed, and for the screen.

Only pictures that passed the intake come here; decoding one takes memory and time all the same, so the page has it
done in a child process.
"""

from __future__ import annotations

import base64
import io
import json
from typing import Final, Literal

from PIL import Image

from journey.errors import SourceError
from journey.model import Box
from journey.model.record import Record

Turn = Literal[0, 90, 180, 270]

TURNS: Final[dict[int, Image.Transpose]] = {
    90: Image.Transpose.ROTATE_270,  # Pillow turns the other way round
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}

LARGE_PNG = 6_000_000
"""Bytes of a PNG from which a picture is kept as a JPEG instead."""

_DAMAGED = "This picture cannot be shown: its file is damaged."

WHOLE = Box(x=0, y=0, w=1, h=1)


class Framing(Record):
    """How a picture is to be seen: turned clockwise by so many degrees, then cut to a box of the turned one."""

    turned: Turn = 0
    box: Box = WHOLE

    @property
    def is_plain(self) -> bool:
        """Whether it leaves the picture as it is."""
        return self.turned == 0 and self.box == WHOLE

    def extent(self, width: int, height: int) -> tuple[int, int]:
        """Return the width and height of what is seen of a picture.

        >>> Framing(turned=90, box=Box(x=0, y=0, w=1, h=0.5)).extent(800, 600)
        (600, 400)
        """
        wide, high = (height, width) if self.turned in (90, 270) else (width, height)
        return max(round(self.box.w * wide), 1), max(round(self.box.h * high), 1)


class Wanted(Record):
    """What is asked of the child process: a framing, and at most so many pixels; to be kept, or for a screen."""

    framing: Framing = Framing()
    most_pixels: int | None = None
    use: Literal["keep", "screen"] = "keep"


def extent(content: bytes) -> tuple[int, int]:
    """Return the width and height of a kept picture, as its first bytes say.

    Raises:
        SourceError: it is damaged.
    """
    try:
        with Image.open(io.BytesIO(content)) as opened:
            return opened.size
    except (OSError, ValueError, Image.DecompressionBombError) as exc:
        raise SourceError(_DAMAGED) from exc


def reframe(content: bytes, wanted: Wanted) -> bytes:
    """Return the picture as wanted.

    Raises:
        SourceError: it cannot be decoded.
    """
    try:
        with Image.open(io.BytesIO(content)) as opened:
            picture = opened.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as exc:
        raise SourceError(_DAMAGED) from exc
    picture = _cut(_turned(picture, wanted.framing.turned), wanted.framing.box)
    if wanted.most_pixels is not None:
        scale = (wanted.most_pixels / (picture.width * picture.height)) ** 0.5
        picture.thumbnail((picture.width * min(scale, 1), picture.height * min(scale, 1)))
    return _encoded(picture, wanted.use)


def reframe_labelled(payload: bytes) -> str:
    """Reframe in a child process: one line of JSON that says what is wanted, then the bytes; returns base64."""
    label, _, content = payload.partition(b"\n")
    return base64.b64encode(reframe(content, Wanted.model_validate(json.loads(label)))).decode()


def labelled(content: bytes, wanted: Wanted) -> bytes:
    """Return what `reframe_labelled` takes."""
    return wanted.model_dump_json().encode() + b"\n" + content


def _encoded(picture: Image.Image, use: Literal["keep", "screen"]) -> bytes:
    """Return a PNG to keep, a JPEG where that would be large, and a WebP for a screen."""
    out = io.BytesIO()
    if use == "screen":
        picture.save(out, "WEBP", quality=82, method=2)
        return out.getvalue()
    picture.save(out, "PNG", compress_level=4)
    if out.tell() > LARGE_PNG:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=92, subsampling=0)
    return out.getvalue()


def _turned(picture: Image.Image, degrees: int) -> Image.Image:
    return picture.transpose(TURNS[degrees]) if degrees else picture


def _cut(picture: Image.Image, box: Box) -> Image.Image:
    """Return the part in the box, at least one pixel of it."""
    left, top = round(box.x * picture.width), round(box.y * picture.height)
    left, top = min(left, picture.width - 1), min(top, picture.height - 1)
    right = min(picture.width, max(left + 1, round((box.x + box.w) * picture.width)))
    bottom = min(picture.height, max(top + 1, round((box.y + box.h) * picture.height)))
    return picture.crop((left, top, right, bottom))
