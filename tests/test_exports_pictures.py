"""The map as SVG and PNG: real words in any script, nothing active, bounded pixels."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]
from hypothesis import given, settings
from PIL import Image

from journey.exports.drawing import Drawing, Panel, Words
from journey.exports.map_png import LONGEST_SIDE, MOST_PIXELS, paint_png, to_png
from journey.exports.map_svg import to_svg
from journey.exports.measuring import FONT_FILES
from journey.exports.office import xml_text
from journey.model import Journey
from tests.journeys import HOSTILE, any_journey, empty_journey, full_journey, journey_saying
from tests.sample_journeys import hostile_journey, long_journey, rich_journey

PASSIVE = {"svg", "title", "rect", "polyline", "circle", "text"}
SCRIPTS = {
    "Latin": "Ąß",
    "Cyrillic": "Їж",
    "Greek": "Ωδ",
    "Arabic": "مرحبا",
    "Hebrew": "שלום",
    "Devanagari": "नमस्ते",
    "Thai": "สวัสดี",
    "Chinese": "客户旅程",
    "Japanese": "お客様の旅",
    "Korean": "고객 여정",
    "emoji": "😀🥰🧭",
    "signs": "→↺≠≤✓½€“”…·",
}


def elements(svg: str) -> Iterator[Element]:
    for element in fromstring(svg.encode()).iter():
        element.tag = element.tag.rpartition("}")[2]
        yield element


def words(svg: str) -> str:
    return " ".join(element.text or "" for element in elements(svg) if element.tag == "text")


def test_every_word_of_the_map_is_text_in_the_svg() -> None:
    shown = words(to_svg(rich_journey()))
    for step in rich_journey().steps():
        for _, item in step.items():
            assert all(word in shown for word in item.text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_no_words_are_markup_in_an_svg(text: str) -> None:
    assert {element.tag for element in elements(to_svg(journey_saying(text)))} <= PASSIVE


@given(journey=any_journey)
@settings(max_examples=40, deadline=None)
def test_any_words_make_a_well_formed_svg_that_fetches_nothing(journey: Journey) -> None:
    found = list(elements(to_svg(journey)))
    assert {element.tag for element in found} <= PASSIVE
    names = {name for element in found for name in element.attrib}
    assert not {name for name in names if "href" in name or name.startswith("on") or name == "style"}


def test_the_svg_names_itself_for_whoever_hears_it() -> None:
    root, title, *_ = elements(to_svg(full_journey()))
    assert (root.get("role"), title.text) == ("img", "Anna books a room")


def test_words_read_from_the_right_end_at_the_right() -> None:
    (line,) = [element for element in elements(to_svg(hostile_journey())) if "مرحبا" in (element.text or "")]
    assert line.get("text-anchor") == "end"


@pytest.mark.parametrize("journey", [hostile_journey(), empty_journey()], ids=["hostile", "empty"])
def test_a_png_opens_and_is_not_blank(journey: Journey) -> None:
    with Image.open(io.BytesIO(to_png(journey))) as image:
        assert image.format == "PNG"
        assert len(set(image.convert("L").resize((200, 200)).tobytes())) > 4


@pytest.mark.slow
def test_the_pixels_of_a_png_are_bounded_whatever_the_map() -> None:
    with Image.open(io.BytesIO(to_png(long_journey(phases=10, steps=200)))) as image:
        assert image.width * image.height <= MOST_PIXELS * 1.01
        assert max(image.size) <= LONGEST_SIDE + 1


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_every_script_has_a_font(text: str) -> None:
    """A character without a glyph is drawn as the same empty box as one that no font has."""
    missing = _drawn("\U000f0000")
    for character in text.replace(" ", ""):
        assert _drawn(character) not in (missing, _drawn(" ")), f"U+{ord(character):04X}"


def _drawn(text: str) -> bytes:
    words = (Words((text,), 30, "000000"),)
    with Image.open(io.BytesIO(paint_png(Drawing(400, 60, "", (Panel(20, 0, 380, 60, words),))))) as image:
        return image.convert("RGBA").tobytes()


@pytest.mark.parametrize("text", ["👩‍👩‍👧", "🇩🇪", "👍🏽", "ok 👩‍👩‍👧 ❤️ 1️⃣", "لا 😀 नमस्ते 客"])
def test_no_sequence_of_signs_is_drawn_as_empty_boxes(text: str) -> None:
    """One glyph for several characters must not keep the others from being drawn."""
    box = _drawn("\U000f0000" * len(text))
    assert _drawn(text) != box
    assert _drawn(text) != _drawn(re.sub(r"[^\x20-\x7f]", "\U000f0000", text))


def test_the_fonts_bring_their_licences_and_stay_small() -> None:
    folder = FONT_FILES[0].parent
    assert {"OFL-1.1.txt", "Apache-2.0.txt", "README.md"} <= {path.name for path in folder.iterdir()}
    assert sum(path.stat().st_size for path in FONT_FILES) < 15 * 2**20


def test_text_without_what_xml_cannot_hold() -> None:
    assert xml_text("a\x00b\ud800c\x1bd\ue000") == "abcd\ue000"
