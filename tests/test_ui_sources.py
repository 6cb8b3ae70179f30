"""From a source back to the map: which words and which regions support which card. Shaped in Python, before drawing."""

from __future__ import annotations

from journey.model import Outcome
from journey.ui.regions import count_in_words, regions
from journey.ui.summary import notices
from journey.ui.uses import linked, uses
from tests.picture_samples import CELLS, picture_journey, picture_source
from tests.sample_journeys import rich_journey

PICTURE = picture_source("0" * 64)
JOURNEY = picture_journey(PICTURE)


def test_a_region_knows_what_rests_on_it_and_how_it_was_read() -> None:
    found = {region.id: region for region in regions(JOURNEY, PICTURE)}
    assert found["b1"].claims == ("p1",)
    assert [found[name].state for name in ("b1", "b3", "b5")] == ["", "unsure", "unread"]
    assert (found["b5"].words, found["b5"].start) == ("", found["b5"].end)


def test_a_region_read_by_a_model_or_corrected_says_so_however_sure() -> None:
    read_by = {"b1": "model", "b2": "user"}
    passages = tuple(
        one.model_copy(update={"read_by": read_by.get(one.id, one.read_by), "confidence": 0.1})
        for one in PICTURE.passages
    )
    found = regions(JOURNEY, PICTURE.model_copy(update={"passages": passages}))
    assert [region.state for region in found[:3]] == ["model", "user", "unsure"]


def test_every_region_is_counted_and_what_was_not_read_is_said() -> None:
    assert count_in_words(regions(JOURNEY, PICTURE)) == f"{len(CELLS)} regions · 1 could not be read · 1 to check"


def test_uses_come_in_the_order_of_the_source_with_their_place_on_the_map() -> None:
    journey = rich_journey()
    found = uses(journey, "s1")
    assert [use.start for use in found] == sorted(use.start for use in found)
    screamed = [use for use in found if "screamed" in journey.sources[0].text[use.start : use.end]]
    assert [(use.place, use.step) for use in screamed] == [("Step 5 · Emotion", "p5"), ("Step 5 · Thoughts", "p5")]


def test_a_quote_against_a_card_is_a_use_of_its_source_and_says_so() -> None:
    found = uses(rich_journey(), "s2")
    assert [use.heading for use in found if use.against] == ["The form loses everything when the upload fails"]


def test_words_that_only_a_link_rests_on_are_not_unused() -> None:
    journey = rich_journey()
    step = next(journey.steps())
    link = journey.links[0].model_copy(update={"evidence": step.evidence})
    assert linked(journey.model_copy(update={"links": (link,)}), "s1") == (step.evidence[0].passage,)


def test_an_empty_template_says_on_its_map_of_phases_why_it_has_no_steps() -> None:
    empty = tuple(phase.model_copy(update={"steps": ()}) for phase in JOURNEY.phases)
    told = {"phases": empty, "links": (), "outcome": Outcome.NOT_ENOUGH, "reason": "Nobody filled it in."}
    assert list(notices(JOURNEY.model_copy(update=told))) == ["Nobody filled it in."]
    filled = JOURNEY.model_copy(update=told | {"phases": JOURNEY.phases})
    assert list(notices(filled)) == [], "the user has added steps since"
