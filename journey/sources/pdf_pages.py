"""Pages of a PDF become images, through PDFium; the only file that knows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pypdfium2
from PIL import Image

from journey.errors import SourceError

_RESOLUTION = 200 / 72
"""Pixels per point: 200 to the inch, at which print of 7 points is 19 pixels high."""
MAX_SIDE = 8_000
"""Pixels of the longer side of a page."""
_MAX_PIXELS = 24_000_000

_LONG_LINE = 8
"""Words of a line as running text has it; the words on maps and diagrams stand in shorter ones."""
_MUCH_PROSE = 150
"""Words in such lines from which a page may be a transcript; it is one if most of its words stand in them."""

_PROSE = (
    "Page {} of this PDF is running text, not a picture: copy the text and paste it, or save the document as .docx or "
    ".txt, and choose that."
)
_LOCKED = "This PDF is protected with a password: save a copy without one, then choose that."
_DAMAGED = "This PDF is damaged and cannot be opened: print or export it to PDF again, then choose that."


def count(content: bytes) -> int:
    """Return how many pages there are.

    Raises:
        SourceError: it is damaged or protected.
    """
    with _opened(content) as document:
        return len(document)


def render(content: bytes, pages: Sequence[int], *, side: int = MAX_SIDE) -> list[Image.Image]:
    """Return the pages asked for, counted from 1, as RGB images.

    Args:
        side: the most pixels of the longer side.

    Raises:
        SourceError: it is damaged or protected, or has no such page.
    """
    with _opened(content) as document:
        _check_pages(pages, len(document))
        return [_rendered(document, page, side) for page in pages]


def refuse_prose(content: bytes, pages: Sequence[int]) -> None:
    """Refuse pages of running text: read as a picture, a transcript would lose who says what.

    Raises:
        SourceError: with what to do instead; or as in `render`.
    """
    with _opened(content) as document:
        _check_pages(pages, len(document))
        for number in pages:
            if _is_prose(document, number):
                raise SourceError(_PROSE.format(number))


def _is_prose(document: pypdfium2.PdfDocument, number: int) -> bool:
    page = document[number - 1]
    try:
        lines = [len(line.split()) for line in page.get_textpage().get_text_range().splitlines()]
    finally:
        page.close()
    running = sum(words for words in lines if words >= _LONG_LINE)
    return running >= _MUCH_PROSE and running >= 0.7 * sum(lines)


def _check_pages(pages: Sequence[int], there: int) -> None:
    if there == 0:
        raise SourceError(_DAMAGED)
    for page in pages:
        if not 1 <= page <= there:
            raise SourceError(f"There is no page {page} in this PDF; it has {there}.")


def _rendered(document: pypdfium2.PdfDocument, number: int, side: int) -> Image.Image:
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = min(_RESOLUTION, side / max(width, height, 1), (_MAX_PIXELS / max(width * height, 1)) ** 0.5)
        image: Image.Image = page.render(scale=scale, rev_byteorder=True).to_pil()
        return image.convert("RGB")
    finally:
        page.close()


@contextmanager
def _opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise SourceError(_LOCKED if "password" in str(error).casefold() else _DAMAGED) from error
    try:
        yield document
    except (pypdfium2.PdfiumError, OSError, ValueError) as error:
        raise SourceError(_DAMAGED) from error
    finally:
        document.close()
