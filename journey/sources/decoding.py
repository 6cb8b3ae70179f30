"""The bytes of a picture become RGB pixels, upright, on white; the one border to Pillow and the HEIC decoder."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pi_heif
from PIL import Image, ImageCms, ImageOps

from journey.errors import SourceError

MAX_PIXELS = 100_000_000
"""Pixels a picture may have, told by its header before anything is decoded."""

MAX_SIDE = 30_000
"""Pixels in one direction: a longer strip has no layout, and looking at all of it would take minutes."""

MIN_SIDE = 24
"""Pixels in each direction below which nothing is written that could be read."""

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "HEIF")
_MOVING = ("PNG", "WEBP", "GIF")
_BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, RuntimeError, TypeError, LookupError, ArithmeticError),
    *(AttributeError, AssertionError, struct.error, zlib.error),
)
"""What Pillow, its plug-ins and libheif raise over damaged files."""

_DAMAGED = "This picture is damaged or cut off: export it again, or take a screenshot of it, then choose that."
_LARGE = (
    f"This picture has more than {MAX_PIXELS // 1_000_000} million pixels, which is the limit: save it smaller, "
    "or cut it into parts."
)

_LONG = f"This picture is more than {MAX_SIDE:,} pixels long, which is the limit: cut it into parts."

_SMALL = f"This picture is less than {MIN_SIDE} pixels wide or high: nothing in it could be read."

Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def decode_picture(content: bytes) -> Image.Image:
    """Return the picture in mode RGB: turned upright as the file says, its colours in sRGB, transparency on white.

    Of a moving image this is the first frame.

    Raises:
        SourceError: it is damaged, too large, or is no picture.
    """
    pi_heif.register_heif_opener()
    with _translated(), Image.open(io.BytesIO(content), formats=_FORMATS) as image:
        check_sides(image)
        image.load()
        return _bare(_on_white(_eight_bit(_in_srgb(_upright(image)))))


def is_moving(content: bytes) -> bool:
    """Tell whether a picture has more frames than the one that is read.

    Raises:
        SourceError: it is damaged, or is no picture.
    """
    with _translated(), Image.open(io.BytesIO(content), formats=_FORMATS) as image:
        return image.format in _MOVING and bool(getattr(image, "is_animated", False))


def check_sides(image: Image.Image) -> None:
    """Refuse a strip that is too long or too thin.

    Raises:
        SourceError: with the sentence to show.
    """
    if max(image.size) > MAX_SIDE:
        raise SourceError(_LONG)
    if min(image.size) < MIN_SIDE:
        raise SourceError(_SMALL)


@contextmanager
def _translated() -> Iterator[None]:
    """Say in words what the decoders raise."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about metadata, which is dropped anyhow
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise SourceError(_LARGE) from error
    except _BROKEN as error:
        raise SourceError(_DAMAGED) from error


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except _BROKEN:
        return image  # what it says about itself is damaged, its pixels are not


def _in_srgb(image: Image.Image) -> Image.Image:
    """Convert colours by the profile inside the file, where there is a sound one."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, *_BROKEN):
        return image  # its colours may be off; what is written in it is there all the same
    return image if converted is None else converted


def _eight_bit(image: Image.Image) -> Image.Image:
    """Reduce 16 or 32 bits a pixel to 8: Pillow would cut off what is above."""
    if not image.mode.startswith(("I", "F")):
        return image
    values = np.nan_to_num(np.asarray(image, np.float32))
    most = float(values.max(initial=1))
    white = 65535.0 if 255 < most <= 65535 else most
    return Image.fromarray(np.clip(values * (255.0 / white), 0, 255).astype(np.uint8))


def _on_white(image: Image.Image) -> Image.Image:
    """Lay the picture on white where it is transparent: the colour hidden there is often black."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    ground.alpha_composite(seen)
    return ground.convert("RGB")


def _bare(image: Image.Image) -> Image.Image:
    """Return the pixels with nothing else: no place, no comment, no profile."""
    image.info.clear()
    return image
