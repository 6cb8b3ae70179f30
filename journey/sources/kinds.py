"""What bytes are, told by how they begin: the name of a file is only a hint."""

from __future__ import annotations

_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_PDF = b"%PDF-"


def is_picture(content: bytes) -> bool:
    """Whether these bytes are to be taken in as pictures: an image, or a PDF, whose pages become images.

    >>> is_picture(b"WEBVTT")
    False
    """
    return is_image(content) or is_pdf(content)


def is_image(content: bytes) -> bool:
    """Whether these bytes begin as a PNG, JPEG, WebP, GIF or HEIC does."""
    return content.startswith(_IMAGES) or _is_webp(content) or is_heif(content)


def is_heif(content: bytes) -> bool:
    """Whether these bytes begin as a HEIC or HEIF photo does."""
    return content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS


def is_pdf(content: bytes) -> bool:
    """Whether these bytes begin as a PDF does."""
    return content[:1024].lstrip().startswith(_PDF)


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"
