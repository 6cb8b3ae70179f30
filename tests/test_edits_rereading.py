"""A wrong reading is corrected: what quoted the old words quotes the new ones, no offset shifts, all can be undone."""

from __future__ import annotations

import pytest

from journey import grounding
from journey.edits import CorrectReading, Edit, apply, compare, invert
from journey.errors import EditRefused
from journey.model import Evidence, Item, Journey, Origin, Source
from tests.journeys import full_journey
from tests.picture_samples import picture_journey, picture_source

BILL = CorrectReading(source="s1", passage="b3", words="First bill")


@pytest.fixture
def journey() -> Journey:
    return picture_journey(picture_source("0" * 64))


def step(journey: Journey, step_id: str) -> str:
    return next(step.title for step in journey.steps() if step.id == step_id)


def evidence(source: Source, start: int, quote: str, *, passage: str = "b6") -> Evidence:
    return Evidence(source=source.id, passage=passage, start=start, end=start + len(quote), quote=quote)


def with_pain(journey: Journey, item: Item) -> Journey:
    """Give the first step this pain alone."""
    first, *others = journey.phases[0].steps
    steps = (first.model_copy(update={"pains": (item,)}), *others)
    phases = (journey.phases[0].model_copy(update={"steps": steps}), *journey.phases[1:])
    return journey.model_copy(update={"phases": phases})


def pain(journey: Journey) -> Item:
    return journey.phases[0].steps[0].pains[0]


def test_the_corrected_words_are_read_there_by_the_user_and_every_quote_still_stands(journey: Journey) -> None:
    after = apply(journey, BILL)
    passage = next(one for one in after.sources[0].passages if one.id == "b3")
    assert (after.sources[0].slice(passage), passage.read_by, passage.confidence) == ("First bill", "user", None)
    assert grounding.verify(after) == ()


def test_a_correction_that_altered_no_card_is_told_among_the_changes(journey: Journey) -> None:
    passage = next(one for one in journey.sources[0].passages if one.id == "b3")
    bare = journey.model_copy(update={"phases": (), "links": ()})
    old = journey.sources[0].slice(passage)
    assert [str(change) for change in compare(bare, apply(bare, BILL))] == [
        f"Changed the reading “{old}” to “First bill”"
    ]


def test_no_offset_of_anything_else_shifts(journey: Journey) -> None:
    after = apply(journey, BILL)
    assert after.sources[0].text.startswith(journey.sources[0].text)
    assert [one for one in after.sources[0].passages if one.id != "b3"] == [
        one for one in journey.sources[0].passages if one.id != "b3"
    ]


def test_a_title_that_said_the_old_words_says_the_new_ones_and_is_still_a_quote(journey: Journey) -> None:
    after = apply(journey, BILL)
    assert step(after, "p3") == "First bill"
    corrected = next(step for step in after.steps() if step.id == "p3")
    assert (corrected.origin, [one.quote for one in corrected.evidence]) == (Origin.QUOTED, ["First bill"])


def test_a_text_changed_by_hand_stays_as_the_user_left_it(journey: Journey) -> None:
    old = pain(journey)
    mine = with_pain(journey, old.model_copy(update={"text": "The form is long, they say", "origin": Origin.USER}))
    after = apply(mine, CorrectReading(source="s1", passage="b4", words="The form is wrong"))
    assert pain(after).text == "The form is long, they say"
    assert pain(after).evidence[0].quote == "The form is wrong"


def test_a_text_of_several_regions_changes_in_the_words_of_one(journey: Journey) -> None:
    source = journey.sources[0]
    both = (*pain(journey).evidence, evidence(source, source.text.index("What is"), "What is this fee?"))
    item = Item(id="i1", text="The form is long What is this fee?", origin=Origin.QUOTED, evidence=both)
    after = apply(with_pain(journey, item), CorrectReading(source="s1", passage="b6", words="What is this free?"))
    assert pain(after).text == "The form is long What is this free?"
    assert [one.quote for one in pain(after).evidence] == ["The form is long", "What is this free?"]


def test_a_quote_of_a_part_stays_one_where_its_words_are_still_read(journey: Journey) -> None:
    source = journey.sources[0]
    start = source.text.index("What is")
    parts = (evidence(source, start, "What"), evidence(source, start + 13, "fee?"))
    item = Item(id="i1", text="A question", origin=Origin.QUOTED, evidence=parts)
    after = apply(with_pain(journey, item), CorrectReading(source="s1", passage="b6", words="Now what is this fee?"))
    assert [one.quote for one in pain(after).evidence] == ["Now what is this fee?", "fee?"]
    assert grounding.verify(after) == ()


def test_what_could_not_be_read_is_typed_in_and_changes_no_card(journey: Journey) -> None:
    after = apply(journey, CorrectReading(source="s1", passage="b5", words="  Wait for\na letter "))
    passage = next(one for one in after.sources[0].passages if one.id == "b5")
    assert after.sources[0].slice(passage) == "Wait for a letter"
    assert after.phases == journey.phases


@pytest.mark.parametrize("edit", [BILL, CorrectReading(source="s1", passage="b5", words="Letter")])
def test_a_correction_is_undone_exactly(journey: Journey, edit: Edit) -> None:
    assert apply(apply(journey, edit), invert(journey, edit)) == journey


def test_corrections_can_follow_one_another(journey: Journey) -> None:
    after = apply(apply(journey, BILL), CorrectReading(source="s1", passage="b3", words="The first bill"))
    assert step(after, "p3") == "The first bill"
    assert grounding.verify(after) == ()


def test_the_same_words_change_nothing(journey: Journey) -> None:
    assert apply(journey, CorrectReading(source="s1", passage="b1", words="Sign up")) is journey


@pytest.mark.parametrize(("passage", "words"), [("b1", "  "), ("b99", "Words")])
def test_a_correction_needs_words_and_a_region(journey: Journey, passage: str, words: str) -> None:
    with pytest.raises(EditRefused):
        apply(journey, CorrectReading(source="s1", passage=passage, words=words))


def test_what_somebody_said_is_not_corrected() -> None:
    with pytest.raises(EditRefused, match="what was said"):
        apply(full_journey(), CorrectReading(source="s1", passage="t2", words="Something else"))


def test_a_correction_says_what_it_does(journey: Journey) -> None:
    assert BILL.describe(journey) == "Corrected the reading “First bi1l” to “First bill”"
    assert CorrectReading(source="s1", passage="b5", words="Hi").describe(journey) == "Typed “Hi” for a region"
