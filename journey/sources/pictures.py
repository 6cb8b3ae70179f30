"""Any file that may be a picture becomes stills: upright pixels of bounded size, with nothing else in the file.

What a file is, its first bytes say, never its name. Size and extent are checked before a pixel is decoded. Everything
that leaves here was decoded and encoded anew, so that places, serial numbers, thumbnails, comments and whatever hides
behind the picture stay outside: what is stored, shown, sent and exported is only what one can see.

A photographed page is laid flat and a page askew set straight here, before it is stored: every box that is read later
refers to the pixels that the user sees. Only quarter turns, which reading finds out, stay a number (`Picture.turned`).

Run it in a child process (`journey.submission`): decoders are native code, and a hostile file may end them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np
from PIL import Image

from journey.errors import SourceError
from journey.sources import pdf_pages
from journey.sources.decoding import check_sides, decode_picture, is_moving
from journey.sources.kinds import is_pdf, is_picture
from journey.sources.limits import MAX_BYTES, check_size
from journey.sources.rectify import straighten

__all__ = ["Still", "count_pages", "is_picture", "read_pictures", "read_thumbnails"]

MAX_PAGES = 20
"""Pages taken from one file."""

MAX_KEPT_PIXELS = 40_000_000
"""Pixels of a still: a larger picture is reduced, which costs no letter that its camera or its screen resolved."""

THUMBNAILS = 40
THUMBNAIL_SIDE = 320
"""Pixels of the longer side."""

_LARGE_PNG = 6_000_000
"""Bytes of a PNG from which a picture that came as a photo or a rendering is kept as a JPEG instead."""


@dataclass(frozen=True, slots=True)
class Still:
    """One picture, ready to be kept: a PNG or a JPEG without metadata, upright as far as its file said."""

    name: str
    content: bytes
    width: int
    height: int
    is_first_frame: bool = False
    """Whether the file holds a moving image, of which this is the first frame."""


def count_pages(content: bytes) -> int:
    """Return how many stills a file holds: the pages of a PDF, 1 for any other picture.

    Raises:
        SourceError: it cannot be opened.
    """
    return pdf_pages.count(content) if is_pdf(content) else 1


def read_pictures(
    name: str, content: bytes, *, pages: Sequence[int] | None = None, turned: int = 0
) -> tuple[Still, ...]:
    """Decode a picture, or pages of a PDF, into stills.

    Args:
        pages: of a PDF, counted from 1; the first when left out.
        turned: degrees clockwise, a multiple of 90, after what the file says about its orientation.

    Raises:
        SourceError: it cannot be read; the message says why and what to do.
    """
    check_size(content)
    if not is_pdf(content):
        still = _still(name, decode_picture(content), turned)
        return (replace(still, is_first_frame=is_moving(content)),)
    wanted = tuple(pages) if pages else (1,)
    _check_number(wanted)
    pdf_pages.refuse_prose(content, wanted)
    return tuple(
        _still(_page_name(name, page, wanted), image, turned)
        for page, image in zip(wanted, pdf_pages.render(content, wanted), strict=True)
    )


def _check_number(pages: Sequence[int]) -> None:
    if len(pages) > MAX_PAGES:
        raise SourceError(f"{len(pages)} pages are too many at once; the limit is {MAX_PAGES}.")


def read_thumbnails(content: bytes) -> tuple[Still, ...]:
    """Return a small still of each of the first pages of a PDF, named by their number.

    Raises:
        SourceError: it cannot be opened.
    """
    pages = range(1, min(pdf_pages.count(content), THUMBNAILS) + 1)
    images = pdf_pages.render(content, pages, side=THUMBNAIL_SIDE)
    return tuple(Still(str(page), _encode(image), *image.size) for page, image in zip(pages, images, strict=True))


def _page_name(name: str, page: int, wanted: Sequence[int]) -> str:
    return name if tuple(wanted) == (1,) else f"{PurePath(name).stem}, page {page}"


def _still(name: str, image: Image.Image, turned: int = 0) -> Still:
    if turned:
        image = image.rotate(-turned, expand=True)
    check_sides(image)
    image = Image.fromarray(straighten(np.asarray(_reduced(image), np.uint8)))
    return Still(name, _encode(image), image.width, image.height)


def _reduced(image: Image.Image) -> Image.Image:
    pixels = image.width * image.height
    if pixels <= MAX_KEPT_PIXELS:
        return image
    scale = (MAX_KEPT_PIXELS / pixels) ** 0.5
    return image.resize((max(1, int(image.width * scale)), max(1, int(image.height * scale))), Image.Resampling.BOX)


def _encode(image: Image.Image) -> bytes:
    """Return the picture as a PNG, or as a JPEG where that would be large; the same pixels give the same bytes."""
    packed = io.BytesIO()
    image.save(packed, "PNG", compress_level=4)
    return packed.getvalue() if packed.tell() <= _LARGE_PNG else _encode_photo(image)


def _encode_photo(image: Image.Image) -> bytes:
    for quality in (92, 80, 50):
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=quality, subsampling=0 if quality > 90 else 2)
        if packed.tell() <= MAX_BYTES:
            break
    return packed.getvalue()
