"""A journey drawn from pictures takes them along: small, stripped, with the regions that its claims rest on."""

from __future__ import annotations

import hashlib
import io
import re
from base64 import b64decode

import pypdfium2
import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from journey.errors import StoreDamaged
from journey.exports import FORMATS, pictures_at_hand
from journey.exports import illustrations as exported
from journey.exports.appendix import entries
from journey.exports.html_page import to_html
from journey.exports.illustrations import LONGEST_SIDE, MOST_PIXELS, illustrations
from journey.exports.map_pdf import to_pdf
from journey.exports.markdown import to_markdown
from journey.exports.slides import to_pptx
from journey.model import Journey, Source
from tests.journeys import full_journey
from tests.picture_samples import picture_journey, picture_source, png

WALL = png()
DIGEST = hashlib.sha256(WALL).hexdigest()
SECRET = b"in the garden of Anna"


def drawn() -> Journey:
    return picture_journey(picture_source(DIGEST))


def telling() -> bytes:
    """Return a JPEG that says more than its pixels do."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = SECRET.decode()
    Image.open(io.BytesIO(WALL)).save(out, "JPEG", exif=exif, comment=SECRET)
    return out.getvalue()


def test_each_card_of_a_page_shows_its_region_and_leads_to_it_and_back() -> None:
    text = to_html(drawn(), {DIGEST: WALL})
    assert text.count("data:image/webp;base64,") == 1  # the parts beside the quotes are windows on the same picture
    for entry in entries(drawn()):
        for proof in entry.proofs:
            index = [passage.id for passage in drawn().sources[0].passages].index(proof.evidence.passage) + 1
            assert f'<a class="quote" href="#s1-r{index}" dir="auto"><svg class="cut"' in text
            assert f'id="s1-r{index}" href="#e{entry.number}"' in text
    assert text.count('<use href="#picture1"/><rect') == sum(len(entry.proofs) for entry in entries(drawn()))


def test_slides_end_with_the_picture_under_numbered_outlines_that_lead_to_the_quotes() -> None:
    slides = list(Presentation(io.BytesIO(to_pptx(drawn(), {DIGEST: WALL}))).slides)
    shapes = {shape.name: shape for shape in slides[-1].shapes}
    pictures = [shape for shape in shapes.values() if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert [picture.name for picture in pictures] == ["wall.png"]
    outline, number = shapes["Region E1: Sign up"], shapes["Number E1"]
    box = drawn().sources[0].passages[0].box
    assert box is not None
    assert (outline.left - pictures[0].left) / pictures[0].width == pytest.approx(box.x, abs=0.002)
    assert outline.height / pictures[0].height == pytest.approx(box.h, abs=0.002)
    assert number.text_frame.text == "E1"
    assert any(shape.has_table for shape in number.click_action.target_slide.shapes)


def test_a_pdf_shows_the_picture_on_a_page_with_its_numbers() -> None:
    document = pypdfium2.PdfDocument(to_pdf(drawn(), {DIGEST: WALL}))
    page = next(
        page for page in document if any(one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for one in _objects(page))
    )
    told = page.get_textpage().get_text_range()
    assert "wall.png" in told
    assert all(f"E{entry.number}" in told for entry in entries(drawn()))


def _objects(page: pypdfium2.PdfPage) -> list[pypdfium2.PdfObject]:
    return list(page.get_objects(max_depth=4))


@pytest.mark.parametrize("name", ["html", "pdf", "pdf-a3", "pptx"])
def test_what_leaves_is_the_pixels_alone(name: str) -> None:
    content = telling()
    written = FORMATS[name].to_bytes(drawn(), {DIGEST: content})
    assert len(written) > len(FORMATS[name].to_bytes(drawn())) + 5_000
    (shown,) = illustrations(drawn(), {DIGEST: content}).values()
    assert SECRET in content
    assert SECRET not in shown.content
    assert SECRET not in written


def test_a_strip_as_long_as_may_be_read_is_still_shown() -> None:
    strip = io.BytesIO()
    Image.new("L", (30_000, 30), 255).save(strip, "PNG")
    (shown,) = illustrations(drawn(), {DIGEST: strip.getvalue()}, "WEBP").values()
    assert shown.width <= LONGEST_SIDE


def test_a_picture_is_turned_upright_and_made_smaller() -> None:
    large = io.BytesIO()
    Image.new("RGB", (3000, 2000), "white").save(large, "PNG")
    source = picture_source(DIGEST)
    assert source.image is not None
    turned = source.model_copy(update={"image": source.image.model_copy(update={"turned": 90})})
    (shown,) = illustrations(picture_journey(turned), {DIGEST: large.getvalue()}).values()
    assert shown.width < shown.height
    assert shown.width * shown.height <= MOST_PIXELS * 1.01
    assert Image.open(io.BytesIO(shown.content)).size == (shown.width, shown.height)


def test_many_pictures_share_what_one_file_may_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exported, "MOST_PIXELS_IN_ALL", 500_000)
    names = [hashlib.sha256(bytes([number])).hexdigest() for number in range(20)]
    sources = [picture_source(name, source_id=f"s{number}") for number, name in enumerate(names, start=1)]
    journey = picture_journey(*sources).model_copy(update={"sources": tuple(sources)})
    shown = illustrations(journey, dict.fromkeys(names, WALL))
    assert len(shown) == 20
    assert sum(one.width * one.height for one in shown.values()) <= 510_000


@pytest.mark.parametrize("content", [b"", b"GIF89a", WALL[:300], b"<svg onload='alert(1)'/>"])
@pytest.mark.parametrize("name", ["html", "pdf", "pptx"])
def test_a_file_that_is_no_picture_is_not_at_hand(name: str, content: bytes) -> None:
    assert FORMATS[name].to_bytes(drawn(), {DIGEST: content}) == FORMATS[name].to_bytes(drawn())


def test_an_export_without_the_picture_says_so() -> None:
    assert "It is not at hand here" in to_html(drawn())
    pages = pypdfium2.PdfDocument(to_pdf(drawn()))
    assert "not at hand" in " ".join(page.get_textpage().get_text_range() for page in pages)
    last = list(Presentation(io.BytesIO(to_pptx(drawn()))).slides)[-1]
    assert last.shapes.title.text_frame.text == "Pictures that were not at hand"
    assert "wall.png" in [shape.text_frame.text for shape in last.shapes]


def test_only_what_can_be_loaded_is_at_hand() -> None:
    def load(digest: str) -> bytes:
        if digest != DIGEST:
            raise StoreDamaged("gone")
        return WALL

    def journey(*sources: Source) -> Journey:
        return full_journey().model_copy(update={"sources": (*full_journey().sources, *sources)})

    assert pictures_at_hand(journey(picture_source(DIGEST, source_id="s2")), load) == {DIGEST: WALL}
    assert pictures_at_hand(journey(picture_source("../../etc/passwd", source_id="s2")), load) == {}


def test_words_of_a_picture_are_never_markup_of_the_page() -> None:
    source = picture_source(DIGEST, name='"><script>alert(1)</script>')
    text = to_html(picture_journey(source), {DIGEST: WALL})
    assert "<script" not in text
    address = re.search(r'href="data:image/webp;base64,([^"]+)"', text)
    assert address is not None
    assert Image.open(io.BytesIO(b64decode(address[1]))).format == "WEBP"


def test_words_read_from_a_picture_are_cited_by_its_name_and_where_in_it_they_stand() -> None:
    text = to_markdown(picture_journey(picture_source("0" * 64)))
    assert "“The form is long” — wall\\.png, left" in text
    assert "— b" not in text
