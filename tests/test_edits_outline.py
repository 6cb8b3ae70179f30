"""A map as numbered lines, and wishes about them as suggestions: only what the map takes, in their order."""

from __future__ import annotations

from journey.edits import apply
from journey.edits.outline import Wished, lines_of, outline, suggestions_of
from journey.model import Journey, Origin
from tests.journeys import full_journey


def number(words: str) -> int:
    """The number of the line that says these words."""
    lines = lines_of(full_journey())
    return next(at for at, line in enumerate(lines, start=1) if line.words == words)


def wishes(*asked: Wished) -> list[str]:
    return [one.words for one in suggestions_of(full_journey(), asked)]


def granted(*asked: Wished) -> Journey:
    journey = full_journey()
    for one in suggestions_of(journey, asked):
        journey = apply(journey, one.edit)
    return journey


def test_an_outline_names_every_phase_step_and_card_by_a_number_and_shows_no_quote_and_no_id() -> None:
    text = outline(lines_of(full_journey()))
    assert text.splitlines()[:4] == [
        "1 phase: Search",
        "2   step: Look for a room",
        "3     touchpoints: The website",
        "4     pains: Searching is slow",
    ]
    assert "Backstage: Night shift" in text
    assert "lovely" not in text


def test_steps_are_merged_and_then_renamed() -> None:
    first, second = number("Call the hotel"), number("Wait for the letter")
    steps = [phase.steps for phase in full_journey().phases]
    together = any({"Call the hotel", "Wait for the letter"} <= {step.title for step in row} for row in steps)
    asked = (
        Wished(deed="merge", target=first, other=second),
        Wished(deed="rename", target=first, text="Call and wait"),
    )
    assert ("Merged “Wait for the letter” into “Call the hotel”" in wishes(*asked)) is together
    assert "Call and wait" in {step.title for step in granted(*asked).steps()}


def test_titles_are_made_shorter_and_stay_beside_their_quotes_as_the_users() -> None:
    renamed = granted(Wished(deed="rename", target=number("Look for a room"), text="Search"))
    step = next(renamed.steps())
    assert (step.title, step.origin) == ("Search", Origin.USER)
    assert step.evidence


def test_cards_are_deleted_moved_and_added_and_feelings_set() -> None:
    after = granted(
        Wished(deed="delete", target=number("A faster search")),
        Wished(deed="move", target=number("Searching is slow"), other=number("Call the hotel"), lane="needs"),
        Wished(deed="add", target=number("Look for a room"), lane="gains", text="Many rooms"),
        Wished(deed="feel", target=number("Call the hotel"), score=1.5, text="calm"),
        Wished(deed="add", target=number("Search"), text="Compare prices"),
    )
    search, call = next(after.steps()), next(step for step in after.steps() if step.title == "Call the hotel")
    assert [item.text for item in search.gains] == ["Many rooms"]
    assert search.opportunities == ()
    assert [item.text for item in call.needs] == ["Searching is slow"]
    assert call.emotion is not None
    assert (call.emotion.score, call.emotion.origin) == (1.5, Origin.USER)
    assert "Compare prices" in {step.title for step in after.phases[0].steps}


def test_wishes_that_make_no_sense_are_left_out() -> None:
    assert (
        wishes(
            Wished(deed="rename", target=999, text="x"),
            Wished(deed="rename", target=1, text="  "),
            Wished(deed="merge", target=1),
            Wished(deed="merge", target=1, other=2),
            Wished(deed="feel", target=2, score=9, text="x"),
            Wished(deed="move", target=2, other=None),
            Wished(deed="add", target=4, text="x"),
            Wished(deed="rename", target=2, text="Look for a room"),
        )
        == []
    )


def test_each_suggestion_says_which_step_it_is_about() -> None:
    found = suggestions_of(full_journey(), [Wished(deed="delete", target=number("Searching is slow"))])
    assert [(one.where, one.words) for one in found] == [
        ("Look for a room", "Deleted “Searching is slow” from the pains")
    ]
