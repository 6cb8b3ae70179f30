"""Pages of a PDF become stills, one each; a document of running text is sent another way."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image

from journey.errors import SourceError
from journey.sources import is_picture
from journey.sources.pdf_pages import MAX_SIDE
from journey.sources.pictures import MAX_PAGES, count_pages, read_pictures, read_thumbnails
from tests.drawn_pictures import draw_map

SAID = b"(Interviewer: and what did you do then, when nobody came to the door at all?)"
PROSE = b"\n".join(b"BT /F 10 Tf 40 %d Td %s Tj ET" % (800 - 14 * n, SAID) for n in range(40))


def scanned(*sizes: tuple[int, int]) -> bytes:
    """Return a PDF whose pages are pictures."""
    pages = [Image.new("RGB", size, "white") for size in sizes]
    packed = io.BytesIO()
    pages[0].save(packed, "PDF", save_all=True, append_images=pages[1:], resolution=72)
    return packed.getvalue()


def written(stream: bytes) -> bytes:
    """Return a PDF of one page with these drawing commands."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 5\n0000000000 65535 f \n%strailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )
    return body + end


def test_a_page_becomes_a_still_at_200_to_the_inch() -> None:
    content = written(b"BT /F 24 Tf 100 600 Td (Opens the parcel) Tj ET")
    (page,) = read_pictures("map.pdf", content)
    assert is_picture(content)
    assert (page.name, page.width, page.height) == ("map.pdf", 1653, 2339)


def test_pages_are_chosen_and_named() -> None:
    content = scanned((300, 200), (200, 300), (250, 250))
    assert count_pages(content) == 3
    assert [still.width > still.height for still in read_pictures("map.pdf", content)] == [True]
    chosen = read_pictures("map.pdf", content, pages=[3, 2])
    assert [(still.name, still.width == still.height) for still in chosen] == [
        ("map, page 3", True),
        ("map, page 2", False),
    ]


def test_a_very_large_page_is_rendered_within_bounds() -> None:
    (page,) = read_pictures("map.pdf", scanned((14_000, 500)))
    assert page.width <= MAX_SIDE


def test_thumbnails_show_each_page() -> None:
    small = read_thumbnails(scanned((300, 200), (200, 300)))
    assert [(still.name, max(still.width, still.height)) for still in small] == [("1", 320), ("2", 320)]


def test_a_drawn_map_is_no_prose() -> None:
    packed = io.BytesIO()
    draw_map(800, 500, size=12).save(packed, "PDF")
    assert read_pictures("map.pdf", packed.getvalue())


def protected() -> bytes:
    with pypdfium2.PdfDocument.new() as document:
        document.new_page(100, 100)
        packed = io.BytesIO()
        document.save(packed)
    body = packed.getvalue()
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>/ID[(%s)(%s)]" % ((b"x" * 32,) * 2 + (b"i" * 16,) * 2)
    return body.replace(b"/Root", lock + b"/Root")


REFUSED = {
    "damaged": (b"%PDF-1.7 ...", None, "damaged"),
    "cut off": (scanned((300, 200))[:200], None, "damaged"),
    "protected": (protected(), None, "password"),
    "no such page": (scanned((300, 200)), [2], "no page 2"),
    "page 0": (scanned((300, 200)), [0], "no page 0"),
    "too many pages": (scanned((300, 200)), [1] * (MAX_PAGES + 1), "limit is 20"),
    "running text": (written(PROSE), None, "copy the text and paste it"),
}


@pytest.mark.parametrize(("content", "pages", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_opened_is_refused_in_a_sentence(content: bytes, pages: list[int] | None, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence):
        read_pictures("map.pdf", content, pages=pages)
