"""How a map is placed on sheets: nothing lost, nothing outside, and every card's standing told by its form."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings

from journey.exports.board import EMOTION, to_board
from journey.exports.citations import lanes
from journey.exports.drawing import Dot, Drawing, Panel, Sheet, Stroke
from journey.exports.layout import lay_out
from journey.exports.measuring import width, wrap
from journey.model import Item, Journey, Lane, Origin, Phase
from tests.journeys import any_journey, empty_journey, full_journey, journey_saying
from tests.sample_journeys import hostile_journey, long_journey, rich_journey

SLIDE = Sheet(width=960, height=540, margin=28, type_size=9.5, columns=6)
ENDLESS = Sheet(width=4000, height=None, margin=28, type_size=12, columns=30)


def panels(drawings: list[Drawing]) -> list[Panel]:
    return [mark for drawing in drawings for mark in drawing.marks if isinstance(mark, Panel)]


def shown(drawings: list[Drawing]) -> Counter[str]:
    return Counter(panel.words[0].text for panel in panels(drawings) if panel.words)


def item_texts(journey: Journey) -> Counter[str]:
    return Counter(item.text for step in journey.steps() for _, items in lanes(step) for item in items)


@pytest.mark.parametrize("sheet", [SLIDE, ENDLESS])
@pytest.mark.parametrize("journey", [rich_journey(), long_journey()], ids=["rich", "long"])
def test_every_card_and_step_is_drawn_once(journey: Journey, sheet: Sheet) -> None:
    journey = journey.model_copy(update={"phases": tuple(map(without_channels, journey.phases))})
    drawn = shown(lay_out(to_board(journey), sheet))
    assert {text: drawn[text] for text in item_texts(journey)} == dict(item_texts(journey))
    assert {step.title for step in journey.steps()} <= set(drawn)


def without_channels(phase: Phase) -> Phase:
    steps = tuple(
        step.model_copy(
            update={"touchpoints": tuple(one.model_copy(update={"channel": None}) for one in step.touchpoints)}
        )
        for step in phase.steps
    )
    return phase.model_copy(update={"steps": steps})


@pytest.mark.parametrize(
    "journey",
    [rich_journey(), long_journey(), hostile_journey(), full_journey(), empty_journey()],
    ids=["rich", "long", "hostile", "full", "empty"],
)
def test_nothing_reaches_over_the_edge_of_a_sheet(journey: Journey) -> None:
    for drawing in lay_out(to_board(journey), SLIDE):
        for panel in panels([drawing]):
            assert panel.x >= 0
            assert panel.y >= 0
            assert panel.x + panel.w <= drawing.width + 0.1
            assert panel.y + panel.h <= drawing.height + 0.1


@given(journey=any_journey)
@settings(max_examples=30, deadline=None)
def test_any_words_stay_inside_their_card(journey: Journey) -> None:
    for panel in panels(lay_out(to_board(journey), SLIDE)):
        high = sum(len(words.lines) * words.size * 1.3 for words in panel.words)
        assert high <= panel.h + 0.1
        for words in panel.words:
            fits = (width(line.rstrip(), words.size, bold=words.bold) for line in words.lines)
            assert max(fits, default=0) <= panel.w - 2 * panel.pad + 1.5 * words.size


def test_a_card_longer_than_a_sheet_is_cut_and_says_so() -> None:
    drawn = lay_out(to_board(journey_saying("so very long " * 400)), SLIDE)
    cards = [panel for panel in panels(drawn) if panel.name.startswith("Pains:")]
    assert [card.words[0].text.endswith("…") for card in cards] == [True]
    assert "…" not in cards[0].words[-1].text


def test_a_card_tells_what_it_rests_on_by_its_form_and_in_words() -> None:
    drawn = panels(lay_out(to_board(rich_journey()), SLIDE))
    by_text = {panel.words[0].text: panel for panel in drawn if panel.words}
    told = {text: (by_text[text].form, by_text[text].words[-1].text) for text in by_text}
    assert told["Pushes the bike to work"] == ("quoted", "E3 · 1 quote")
    assert told["Hear from the shop without asking"] == ("inferred", "inferred")
    assert told["Offer the form before the queue"] == ("user", "by the user")
    assert told["The form loses everything when the upload fails"] == ("contradicted", "E28 · 2 quotes; 1 against")


def test_the_curve_has_a_gap_where_nobody_voiced_a_feeling() -> None:
    drawing = lay_out(to_board(rich_journey()), ENDLESS)[0]
    runs = [mark.points for mark in drawing.marks if isinstance(mark, Stroke) and mark.name == "Curve of feelings"]
    felt = [step.emotion is not None for step in rich_journey().steps()]
    assert [len(points) for points in runs] == [4, 2, 3]  # of steps 3 to 6, 8 and 9, 11 to 13; step 1 stands alone
    assert sum(isinstance(mark, Dot) and mark.name.startswith("Feeling") for mark in drawing.marks) == sum(felt)
    assert shown([drawing])["not voiced"] == felt.count(False)


def test_a_better_feeling_stands_higher() -> None:
    drawing = lay_out(to_board(rich_journey()), ENDLESS)[0]
    dots = {mark.name: mark.y for mark in drawing.marks if isinstance(mark, Dot) and mark.name.startswith("Feeling")}
    assert dots["Feeling +2: quoted from a source"] < dots["Feeling -2: quoted from a source"]


def test_phases_stay_together_where_they_fit_and_pages_are_even() -> None:
    pieces = to_board(long_journey(phases=8, steps=30)).split(6)
    assert max(len(piece.columns) for piece in pieces) - min(len(piece.columns) for piece in pieces) <= 1
    assert [column.number for piece in pieces for column in piece.columns] == list(range(1, 31))


def test_a_phase_wider_than_a_sheet_goes_on_under_its_name() -> None:
    pieces = to_board(long_journey(phases=1, steps=10)).split(4)
    assert [band.name for piece in pieces for band in piece.bands] == ["Phase 1", *["Phase 1 (continued)"] * 2]


def test_a_phase_without_steps_keeps_its_place() -> None:
    phase = full_journey().phases[0].model_copy(update={"steps": ()})
    board = to_board(full_journey().model_copy(update={"phases": (phase, full_journey().phases[1])}))
    assert [band.name for band in board.bands] == ["Search", "Booking"]
    assert board.columns[0].head.text == "No steps yet"


def test_a_lane_that_is_called_emotion_is_not_the_curve() -> None:
    step = next(rich_journey().steps())
    lane = step.lanes or ()
    extra = Item(id="x", text="a word", origin=Origin.USER)
    changed = step.model_copy(update={"lanes": (*lane, Lane(title=EMOTION, items=(extra,)))})
    phase = rich_journey().phases[0].model_copy(update={"steps": (changed,)})
    drawn = lay_out(to_board(rich_journey().model_copy(update={"phases": (phase,)})), replace(SLIDE, columns=1))
    assert shown(drawn)["a word"] == 1


def test_branches_and_loops_are_told_below_the_step_they_leave() -> None:
    heads = {column.number: column.remark for column in to_board(full_journey()).columns}
    assert heads == {1: "moment of truth · → 2 nothing found", 2: "decision · by guest · ↺ 1 · → 3 booked", 3: ""}


def test_a_text_with_no_journey_says_so() -> None:
    drawn = shown(lay_out(to_board(empty_journey()), SLIDE))
    assert drawn["Not enough to draw a journey. Nobody tells what they did."] == 1


def test_lines_together_are_the_text() -> None:
    text = "to the bank, 銀行まで行きました。 Donaudampfschifffahrtsgesellschaft\nand back"
    assert "".join(wrap(text, 60, 10)) == text
    assert all(width(line.rstrip(), 10) <= 60 for line in wrap(text, 60, 10))
