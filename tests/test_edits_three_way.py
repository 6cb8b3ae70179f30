"""A new drawing of the same sources beside a map the user has worked on: it suggests, and never undoes their work."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from journey.edits import (
    AddItem,
    DeleteItem,
    DeleteStep,
    Edit,
    MoveItem,
    MoveStep,
    SetEmotion,
    SetText,
    Suggestion,
    TakeItem,
    TakeStep,
    TakeWords,
    apply,
    invert,
    placed_items,
    suggest,
    suggestion,
)
from journey.errors import EditRefused
from journey.grounding import verify
from journey.model import Item, Journey, Origin, Phase, Step
from tests.journeys import full_journey, said


def redrawn(*, changes: Sequence[Edit] = ()) -> Journey:
    """Draw the full journey again, as engines do: with other ids for everything."""
    journey = full_journey()
    for edit in changes:
        journey = apply(journey, edit)
    text = journey.model_dump_json(exclude={"sources"})
    for old in {one.item.id for one in placed_items(journey)} | {one.id for one in journey.steps()}:
        text = text.replace(f'"{old}"', f'"new-{old}"')
    for phase in journey.phases:
        text = text.replace(f'"{phase.id}"', f'"new-{phase.id}"')
    parts = Journey.model_validate_json(text[:-1] + ',"sources":' + _sources(journey) + "}")
    return parts.model_copy(update={"sources": journey.sources})


def _sources(journey: Journey) -> str:
    return "[" + ",".join(source.model_dump_json() for source in journey.sources) + "]"


def edited(*edits: Edit) -> Journey:
    journey = full_journey()
    for edit in edits:
        journey = apply(journey, edit)
    return journey


def words(found: tuple[Suggestion, ...]) -> list[str]:
    return [one.words for one in found]


def accept_all(mine: Journey, theirs: Journey) -> Journey:
    while found := suggest(full_journey(), mine, theirs):
        mine = apply(mine, found[0].edit)
    return mine


def test_the_same_drawing_again_suggests_nothing_whatever_its_ids() -> None:
    assert suggest(full_journey(), full_journey(), redrawn()) == ()


def test_what_is_new_gone_or_worded_otherwise_is_suggested() -> None:
    journey = full_journey()
    cat = Item(id="x", text="A cat", origin=Origin.QUOTED, evidence=(said(journey.sources[0], "My cat"),))
    theirs = redrawn(
        changes=[
            TakeItem(step="p1", lane="needs", item=cat),
            DeleteItem(item="i3"),
            TakeWords(part="item", id="i2", text="The search is slow", origin=Origin.INFERRED),
            DeleteStep(step="p3"),
        ]
    )
    assert set(words(suggest(journey, journey, theirs))) == {
        "Changed “Searching is slow” to “The search is slow”",
        "Added “A cat” to the needs of “Look for a room”",
        "Deleted “A faster search” from the opportunities",
        "Deleted the step “Wait for the letter”",
    }


def test_accepting_everything_leaves_nothing_to_suggest_and_a_sound_map() -> None:
    source = full_journey().sources[0]
    step = Step(id="y", title="Feed Otto", origin=Origin.QUOTED, evidence=(said(source, "My cat is called Otto."),))
    theirs = redrawn(changes=[TakeStep(phase="f1", step=step, at=0), DeleteItem(item="i5")])
    merged = accept_all(full_journey(), theirs)
    assert next(one.title for one in merged.steps()) == "Feed Otto"
    assert next(merged.steps()).origin is Origin.QUOTED
    assert not verify(merged)
    assert suggest(full_journey(), merged, theirs) == ()


def test_what_the_user_changed_deleted_moved_or_added_is_never_touched() -> None:
    mine = edited(
        SetText(part="step", id="p1", text="My title"),
        SetText(part="item", id="i2", text="My words"),
        SetEmotion(step="p1", score=2, label="glad"),
        DeleteItem(item="i3"),
        DeleteStep(step="p3"),
        MoveItem(item="i5", step="p2", lane="needs"),
        AddItem(step="p2", lane="pains", text="My pain"),
    )
    theirs = redrawn(
        changes=[
            TakeWords(part="step", id="p1", text="Search for a room", origin=Origin.INFERRED),
            TakeWords(part="item", id="i2", text="Searching is too slow", origin=Origin.INFERRED),
        ]
    )
    merged = accept_all(mine, theirs)
    kept = {placed.item.id: placed for placed in placed_items(merged)}
    assert {step.id: step.title for step in merged.steps()}["p1"] == "My title"
    assert kept["i2"].item.text == "My words"
    assert next(step.emotion for step in merged.steps()) == next(step.emotion for step in mine.steps())
    assert "i3" not in kept
    assert "Wait for the letter" not in {step.title for step in merged.steps()}
    assert kept["i5"].lane == "needs"
    assert [item.text for item in next(step for step in merged.steps() if step.id == "p2").pains] == ["My pain"]


def test_a_step_the_user_moved_stays_where_they_put_it() -> None:
    mine = edited(MoveStep(step="p3", phase="f1", at=0))
    assert suggest(full_journey(), mine, redrawn()) == ()


def test_a_new_phase_comes_whole() -> None:
    source = full_journey().sources[0]
    step = Step(id="y", title="Feed Otto", origin=Origin.QUOTED, evidence=(said(source, "My cat is called Otto."),))
    theirs = redrawn()
    phase = Phase(id="z", name="At home", origin=Origin.INFERRED, steps=(step,))
    theirs = theirs.model_copy(update={"phases": (*theirs.phases, phase)})
    assert words(suggest(full_journey(), full_journey(), theirs)) == ["Added the phase “At home” with 1 step(s)"]


def test_the_same_suggestion_made_again_has_the_same_key_so_that_a_rejection_holds() -> None:
    theirs = redrawn(changes=[DeleteItem(item="i3")])
    first = suggest(full_journey(), full_journey(), theirs)
    again = suggest(full_journey(), edited(SetText(part="goal", text="Rest")), theirs)
    assert [one.key for one in first] == [one.key for one in again if one.where != "The journey"]


def test_no_part_of_a_drawing_brings_a_quote_that_was_never_said() -> None:
    journey = full_journey()
    forged = said(journey.sources[0], "My cat").model_copy(update={"quote": "My dog"})
    edit = TakeItem(step="p1", lane="needs", item=Item(id="x", text="A dog", origin=Origin.QUOTED, evidence=(forged,)))
    with pytest.raises(EditRefused, match="does not stand"):
        apply(journey, edit)
    assert suggestion(journey, edit) is None


def test_what_is_taken_is_undone_exactly() -> None:
    journey = full_journey()
    edit = TakeWords(part="step", id="p1", text="Search", origin=Origin.INFERRED)
    assert apply(apply(journey, edit), invert(journey, edit)) == journey
