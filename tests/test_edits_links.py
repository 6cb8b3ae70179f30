"""Edits of links, of whole phases, and of cards that become one or two."""

from __future__ import annotations

import pytest

from journey.edits import (
    AddLink,
    DeleteLink,
    Edit,
    LinkName,
    MergeItems,
    MergePhases,
    Restore,
    SetLink,
    SetText,
    SplitItem,
    SplitPhase,
    apply,
    compare,
    difference,
    invert,
    placed_items,
)
from journey.errors import EditRefused
from journey.grounding import verify
from journey.model import Item, Journey, Origin
from tests.journeys import full_journey


def item_of(journey: Journey, item_id: str) -> Item:
    return next(placed.item for placed in placed_items(journey) if placed.item.id == item_id)


def names(journey: Journey) -> list[LinkName]:
    return [LinkName.of(link) for link in journey.links]


def test_a_link_is_added_relabelled_changed_in_kind_and_removed() -> None:
    journey = full_journey()
    before = names(journey)
    linked = apply(journey, AddLink(before="p1", after="p3", way="branch", label=" if   full "))
    added = LinkName(before="p1", after="p3", way="branch", label="if full")
    assert names(linked) == [*before, added]
    assert linked.links[-1].origin is Origin.USER
    changed = apply(linked, SetLink(link=added, way="next", label="if fully booked"))
    renamed = added.model_copy(update={"way": "next", "label": "if fully booked"})
    assert names(changed) == [*before, renamed]
    assert names(apply(changed, DeleteLink(link=renamed))) == before


def test_a_link_that_is_there_already_or_leads_nowhere_is_refused_in_words() -> None:
    journey = apply(full_journey(), AddLink(before="p1", after="p3"))
    with pytest.raises(EditRefused, match="already"):
        apply(journey, AddLink(before="p1", after="p3"))
    with pytest.raises(EditRefused, match="step is not on the map"):
        apply(journey, AddLink(before="p1", after="gone"))
    with pytest.raises(EditRefused, match="only as a loop"):
        apply(journey, AddLink(before="p1", after="p1"))
    with pytest.raises(EditRefused, match="link is not on the map"):
        apply(journey, DeleteLink(link=LinkName(before="p3", after="p1")))
    assert names(apply(journey, AddLink(before="p1", after="p1", way="loop")))[-1].way == "loop"


def test_the_same_kind_and_label_again_change_nothing_not_even_whose_it_is() -> None:
    journey = full_journey()
    link = journey.links[0]
    assert apply(journey, SetLink(link=LinkName.of(link), way=link.kind, label=link.label)) == journey


def test_a_phase_is_split_at_a_step_and_merged_again() -> None:
    journey = full_journey()
    phase = next(phase for phase in journey.phases if len(phase.steps) > 1)
    split = apply(journey, SplitPhase(step=phase.steps[1].id, name="Later"))
    place = split.phases.index(next(one for one in split.phases if one.name == "Later"))
    assert split.phases[place - 1].steps == phase.steps[:1]
    assert split.phases[place].steps == phase.steps[1:]
    merged = apply(split, MergePhases(first=split.phases[place - 1].id, second=split.phases[place].id))
    assert [one.steps for one in merged.phases] == [one.steps for one in journey.phases]
    assert merged.phases[place - 1].origin is Origin.USER
    with pytest.raises(EditRefused, match="begins with that step"):
        apply(journey, SplitPhase(step=phase.steps[0].id, name="Later"))
    with pytest.raises(EditRefused, match="neighbouring"):
        apply(journey, MergePhases(first=journey.phases[-1].id, second=journey.phases[0].id))


def test_a_merged_card_says_both_and_rests_on_the_quotes_of_both() -> None:
    journey = full_journey()
    split = apply(journey, SplitItem(item="i2", text="Searching", rest="It is slow"))
    pains = next(step for step in split.steps() if step.id == "p1").pains
    assert [item.text for item in pains] == ["Searching", "It is slow"]
    assert {item.origin for item in pains} == {Origin.USER}
    assert pains[0].evidence == pains[1].evidence == item_of(journey, "i2").evidence
    merged = apply(split, MergeItems(first=pains[0].id, second=pains[1].id))
    assert item_of(merged, "i2").text == "Searching; It is slow"
    assert item_of(merged, "i2").evidence == item_of(journey, "i2").evidence
    assert not verify(merged)
    with pytest.raises(EditRefused, match="one lane and step"):
        apply(journey, MergeItems(first="i2", second="i5"))


def test_the_goal_of_a_phase_is_set_and_taken_away() -> None:
    journey = full_journey()
    assert apply(journey, SetText(part="phase_goal", id="f1", text="Sleep")).phases[0].goal == "Sleep"
    assert apply(journey, SetText(part="phase_goal", id="f1", text=" ")).phases[0].goal is None


def test_a_version_is_brought_back_exactly_and_that_can_be_undone() -> None:
    then = full_journey()
    now = apply(then, SetText(part="step", id="p1", text="Other"))
    back = Restore(name="First draft", back=difference(now, then))
    assert apply(now, back) == then
    assert back.describe(now) == "Went back to “First draft”"
    assert apply(then, invert(now, back)) == now


@pytest.mark.parametrize(
    "edit",
    [
        AddLink(before="p1", after="p3", label="if full"),
        SplitItem(item="i2", text="a", rest="b"),
        SetText(part="phase_goal", id="f1", text="Sleep"),
    ],
)
def test_each_is_undone_exactly_and_tells_what_it_did(edit: Edit) -> None:
    journey = full_journey()
    after = apply(journey, edit)
    assert apply(after, invert(journey, edit)) == journey
    assert edit.describe(journey)
    assert compare(journey, after)
