"""The bytes of a picture become RGB pixels, upright, on white; the one border to Pillow and the HEIC decoder."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pi_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from journey.errors import SourceError

MAX_PIXELS = 100_000_000
"""Pixels a picture may have, told by its header before anything is decoded."""

_FORMATS = ("PNG", "JPEG", "MPO", "WEBP", "GIF", "HEIF")
_MOVING = ("PNG", "WEBP", "GIF")

_DAMAGED = "This picture is damaged or cut off: export it again, or take a screenshot of it, then choose that."
_MOVES = "This picture moves: save the one frame that shows the map as a PNG, then choose that."


def decode_picture(content: bytes) -> Image.Image:
    """Return the picture in mode RGB: turned upright as the file says, its colours in sRGB, transparency on white.

    Raises:
        SourceError: it is damaged, too large, moves, or is no picture.
    """
    pi_heif.register_heif_opener()
    with _translated(), Image.open(io.BytesIO(content), formats=_FORMATS) as image:
        _check_extent(image)
        if image.format in _MOVING and getattr(image, "n_frames", 1) > 1:
            raise SourceError(_MOVES)
        image.load()
        upright = ImageOps.exif_transpose(image)
        return _bare(_on_white(_eight_bit(_in_srgb(upright))))


def _check_extent(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise SourceError(
            f"This picture has {width:,} x {height:,} pixels, and the limit is {MAX_PIXELS // 1_000_000} million: "
            "save it smaller, or cut it into parts."
        )
    if min(width, height) < 1:
        raise SourceError(_DAMAGED)


@contextmanager
def _translated() -> Iterator[None]:
    """Say in words what the decoders raise; a warning about a bomb, or about damage, is a refusal too."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    except SourceError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise SourceError(
            f"This picture has too many pixels; the limit is {MAX_PIXELS // 1_000_000} million: save it smaller."
        ) from error
    except (UnidentifiedImageError, *_BROKEN) as error:
        raise SourceError(_DAMAGED) from error


_BROKEN = (OSError, ValueError, SyntaxError, EOFError, RuntimeError, TypeError, LookupError, ArithmeticError, Warning)
"""What Pillow, its plug-ins and libheif are known to raise over damaged files."""


def _in_srgb(image: Image.Image) -> Image.Image:
    """Convert colours by the profile inside the file, where there is a sound one of a kind that is in use."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # colours may be off; what is written is there all the same
    return image if converted is None else converted


def _eight_bit(image: Image.Image) -> Image.Image:
    """Reduce 16 or 32 bits a pixel to 8, over the range in use: Pillow would cut off instead."""
    if not image.mode.startswith(("I", "F")):
        return image
    values = np.nan_to_num(np.asarray(image, np.float64))
    top = 65535.0 if 255 < values.max(initial=0) <= 65535 else max(1.0, float(values.max(initial=0)))
    return Image.fromarray(np.clip(values * (255.0 / top), 0, 255).astype(np.uint8))


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
