"""The PDF: pages in landscape whose words can be found and copied, and an appendix to which the cards lead."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

import pypdfium2
import pypdfium2.raw
import pytest
from hypothesis import given, settings

from journey.exports.appendix import entries
from journey.exports.map_pdf import to_pdf, to_pdf_a3
from journey.model import Journey
from tests.journeys import HOSTILE, any_journey, empty_journey, full_journey, journey_saying
from tests.sample_journeys import hostile_journey, long_journey, rich_journey

MARKUP = (
    "#panic()",
    "$x^2$",
    "@fig",
    "*bold*",
    "= Heading",
    '#include "/etc/passwd"',
    '#read("/etc/passwd")',
    "<E1>",
    "\\u{41}",
)


def pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in document]


def text(content: bytes) -> str:
    return " ".join(" ".join(pages(content)).split())


@pytest.mark.parametrize(("write", "size"), [(to_pdf, (841.9, 595.3)), (to_pdf_a3, (1190.6, 841.9))])
def test_every_page_is_in_landscape(write: Callable[[Journey], bytes], size: tuple[float, float]) -> None:
    for page in pypdfium2.PdfDocument(write(rich_journey())):
        assert page.get_size() == pytest.approx(size, abs=0.5)


def test_every_quote_can_be_found_with_who_said_it_and_when() -> None:
    found = text(to_pdf(rich_journey()))
    for entry in entries(rich_journey()):
        for proof in entry.proofs:
            assert " ".join(proof.citation.quote.replace("😀", "").split()) in found.replace("😀", "")
            assert proof.place in found
    assert "1:55, maya.vtt" in found


@pytest.mark.parametrize("said", ["客户旅程地图", "お客様の旅", "고객 여정", "Подорож клієнта", "Ταξίδι", "😀"])
def test_words_in_other_scripts_can_be_copied_out(said: str) -> None:
    assert said in text(to_pdf(journey_saying(said)))


def test_arabic_is_shaped_and_its_letters_can_be_copied_out() -> None:
    """A reader gives them in the order of the page or of the language; each of them is there."""
    found = text(to_pdf(journey_saying("رحلة العميل")))
    assert all(letter in found for letter in "رحلةالعميل")


@pytest.mark.parametrize("said", [*MARKUP, *HOSTILE])
def test_no_words_are_markup_of_the_typesetter(said: str) -> None:
    found = "".join(text(to_pdf(journey_saying(said))).split())
    kept = "".join(one for one in said if one.isprintable() and not one.isspace())
    assert kept[:12] in found


@given(journey=any_journey)
@settings(max_examples=10, deadline=None)
def test_any_words_make_a_pdf(journey: Journey) -> None:
    assert len(pages(to_pdf(journey))) >= 2


def test_cards_lead_to_their_quotes() -> None:
    document = pypdfium2.PdfDocument(to_pdf(full_journey()))
    assert _links(document[0]) >= sum(1 for _ in entries(full_journey()))


def _links(page: pypdfium2.PdfPage) -> int:
    start, link, count = ctypes.c_int(0), pypdfium2.raw.FPDF_LINK(), 0
    while pypdfium2.raw.FPDFLink_Enumerate(page.raw, start, link):
        count += 1
    return count


def test_a_long_map_takes_pages_and_numbers_them() -> None:
    found = pages(to_pdf(long_journey()))
    numbered = [page for page in found if "A long journey" in page]
    assert len(numbered) > 4
    assert all(f"{number} / {len(numbered)}" in page for number, page in enumerate(numbered, start=1))


def test_the_same_journey_gives_the_same_bytes() -> None:
    assert to_pdf(rich_journey()) == to_pdf(rich_journey())


@pytest.mark.parametrize("journey", [empty_journey(), hostile_journey()], ids=["empty", "hostile"])
def test_little_and_strange_journeys_have_a_pdf(journey: Journey) -> None:
    assert journey.title[:20] in text(to_pdf(journey))


def test_a_row_of_the_appendix_is_not_torn_between_two_pages_unless_it_is_longer_than_one() -> None:
    rows = [page.splitlines()[1] for page in pages(to_pdf(rich_journey())) if page.startswith("No Step and lane")]
    assert len(rows) > 1
    assert [row[0] for row in rows] == ["E"] * len(rows)
    assert len(pages(to_pdf(journey_saying("A very long story. " * 200)))) > 4
