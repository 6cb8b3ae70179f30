"""PowerPoint: native shapes on slides with titles, every quote in an appendix, cards that lead to it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.presentation import Presentation as Slides

from journey.exports.appendix import entries
from journey.exports.slides import to_pptx
from journey.model import Journey
from tests.journeys import HOSTILE, any_journey, empty_journey, full_journey, journey_saying
from tests.sample_journeys import hostile_journey, long_journey, rich_journey

JOURNEYS = {"rich": rich_journey(), "hostile": hostile_journey(), "full": full_journey(), "empty": empty_journey()}


def reopened(journey: Journey) -> Slides:
    return Presentation(io.BytesIO(to_pptx(journey)))


@pytest.fixture(scope="module")
def rich() -> Slides:
    return reopened(rich_journey())


def words(deck: Slides) -> str:
    found = []
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS)
def test_everything_is_a_native_shape_in_its_slide(journey: Journey) -> None:
    deck = reopened(journey)
    assert (deck.slide_width.pt, deck.slide_height.pt) == (960, 540)
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.shape_type not in (MSO_SHAPE_TYPE.PICTURE, MSO_SHAPE_TYPE.LINKED_PICTURE)
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width + 10_000
            assert shape.top + shape.height <= deck.slide_height + 10_000


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS)
def test_every_slide_has_a_title_for_the_outline(journey: Journey) -> None:
    assert all(slide.shapes.title.text_frame.text for slide in reopened(journey).slides)


def test_every_card_and_every_quote_is_there(rich: Slides) -> None:
    found = words(rich)
    for step in rich_journey().steps():
        assert step.title in found
        assert all(item.text in found for _, item in step.items())
    for entry in entries(rich_journey()):
        assert all(f"“{proof.citation.quote}”\n{proof.place}" in found for proof in entry.proofs)


def test_the_curve_of_feelings_is_a_freeform(rich: Slides) -> None:
    kinds = [shape.shape_type for slide in rich.slides for shape in slide.shapes if shape.name == "Curve of feelings"]
    assert MSO_SHAPE_TYPE.FREEFORM in kinds


def test_a_card_leads_to_the_slide_of_its_quotes(rich: Slides) -> None:
    card = next(
        shape
        for slide in rich.slides
        for shape in slide.shapes
        if shape.has_text_frame and shape.text_frame.text.startswith("Shrinks the photo")
    )
    table = next(shape.table for shape in card.click_action.target_slide.shapes if shape.has_table)
    assert "Shrinks the photo in another app" in [row.cells[2].text for row in table.rows]


@pytest.mark.parametrize("text", HOSTILE[::3])
def test_any_words_make_slides_that_open_again(text: str) -> None:
    assert len(reopened(journey_saying(text)).slides) >= 2


@given(journey=any_journey)
@settings(max_examples=8, deadline=None)
def test_any_characters_make_slides_that_open_again(journey: Journey) -> None:
    assert len(reopened(journey).slides) >= 2


@pytest.mark.slow
def test_a_long_map_is_split_by_phases() -> None:
    deck = reopened(long_journey())
    maps = [slide for slide in deck.slides if slide.shapes.title.text_frame.text == "A long journey"]
    assert len(maps) > 4
    assert all(sum(shape.name.startswith("Number of step") for shape in slide.shapes) <= 6 for slide in maps)


def test_the_same_journey_gives_the_same_bytes() -> None:
    assert to_pptx(full_journey()) == to_pptx(full_journey())


def test_a_quote_longer_than_a_slide_goes_on_in_the_next() -> None:
    said = " ".join(f"word{number}" for number in range(700))
    found = " ".join(words(reopened(journey_saying(said))).split())
    assert all(f"word{number} " in found for number in range(0, 700, 50))
    assert "word699”" in found
