"""A new drawing's links and order are proposed one by one, and nothing that the user linked or arranged is undone."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from journey.edits import (
    AddLink,
    DeleteLink,
    Edit,
    LinkName,
    MovePhase,
    MoveStep,
    SetLink,
    apply,
    suggest,
)
from journey.errors import EditRefused
from journey.grounding import verify
from journey.model import Journey, Link, Origin, Phase, Step
from tests.journeys import full_journey
from tests.test_edits import Dice

LOOP = LinkName(before="p2", after="p1", way="loop")


def edited(journey: Journey, *edits: Edit) -> Journey:
    for edit in edits:
        journey = apply(journey, edit)
    return journey


def words(mine: Journey, theirs: Journey) -> list[str]:
    return [one.words for one in suggest(full_journey(), mine, theirs)]


def with_links(*links: Link) -> Journey:
    return full_journey().model_copy(update={"links": links})


def order(journey: Journey) -> list[list[str]]:
    return [[step.id for step in phase.steps] for phase in journey.phases]


def test_a_link_is_proposed_to_be_added_removed_or_told_otherwise() -> None:
    first, _, last = full_journey().links
    theirs = with_links(
        first.model_copy(update={"label": "no room"}), last, Link(before="p3", after="p1", kind="loop", label="lost")
    )
    assert words(full_journey(), theirs) == [
        "Changed the link from “Look for a room” to “Call the hotel” to next, “no room”",
        "Removed the link from “Call the hotel” to “Look for a room”",
        "Added the link from “Wait for the letter” to “Look for a room” (loop, “lost”)",
    ]


def test_an_accepted_link_stays_the_engines_and_each_is_accepted_by_itself() -> None:
    new = Link(before="p3", after="p1", kind="loop", origin=Origin.INFERRED)
    theirs = with_links(*full_journey().links[:2], new)
    removed, added = suggest(full_journey(), full_journey(), theirs)
    merged = apply(full_journey(), added.edit)
    assert merged.links == (*full_journey().links, new)
    assert [one.key for one in suggest(full_journey(), merged, theirs)] == [removed.key]


@pytest.mark.parametrize(
    "edit",
    [
        DeleteLink(link=LOOP),
        SetLink(link=LOOP, way="branch", label="if unsure"),
        AddLink(before="p2", after="p1", way="branch", label="mine"),
    ],
)
def test_what_the_user_did_with_the_links_between_two_steps_stands(edit: Edit) -> None:
    mine = edited(full_journey(), edit)
    first, _, last = full_journey().links
    for loop in ((), (Link(before="p2", after="p1", kind="loop", label="again"),)):
        assert words(mine, with_links(first, *loop, last)) == []


def test_the_old_way_stays_until_the_step_between_is_taken() -> None:
    _, loop, last = full_journey().links
    new = Step(id="new", title="Ask a friend", origin=Origin.INFERRED)
    phase = full_journey().phases[0].model_copy(update={"steps": (*full_journey().phases[0].steps, new)})
    theirs = full_journey().model_copy(
        update={
            "phases": (phase, full_journey().phases[1]),
            "links": (Link(before="p1", after="new"), Link(before="new", after="p2"), loop, last),
        }
    )
    assert words(full_journey(), theirs) == ["Added the step “Ask a friend” to “Search”"]
    taken = apply(full_journey(), suggest(full_journey(), full_journey(), theirs)[0].edit)
    assert sorted(words(taken, theirs)) == [
        "Added the link from “Ask a friend” to “Call the hotel” (next)",
        "Added the link from “Look for a room” to “Ask a friend” (next)",
        "Removed the link from “Look for a room” to “Call the hotel”",
    ]


def test_a_step_in_another_place_or_phase_and_a_phase_in_another_place_are_proposed() -> None:
    journey = full_journey()
    assert words(journey, edited(journey, MoveStep(step="p3", phase="f2", at=0))) == [
        "Moved the step “Wait for the letter” to the beginning"
    ]
    assert words(journey, edited(journey, MoveStep(step="p3", phase="f1", at=0))) == [
        "Moved the step “Wait for the letter” into “Search”"
    ]
    assert words(journey, edited(journey, MovePhase(phase="f2", at=0))) == [
        "Moved the phase “Booking” to the beginning"
    ]


def test_a_step_that_the_user_linked_or_moved_is_not_proposed_to_go() -> None:
    journey = full_journey()
    theirs = journey.model_copy(
        update={
            "phases": (journey.phases[0], journey.phases[1].model_copy(update={"steps": journey.phases[1].steps[:1]}))
        }
    )
    theirs = theirs.model_copy(update={"links": journey.links[:2]})
    assert words(journey, theirs) == ["Deleted the step “Wait for the letter”"]
    assert words(edited(journey, AddLink(before="p3", after="p1", way="loop")), theirs) == []
    assert words(edited(journey, MoveStep(step="p3", phase="f1")), theirs) == []


def test_steps_that_stayed_do_not_follow_those_that_the_user_took_elsewhere() -> None:
    base = numbered(9, Random(0))
    mine = edited(base, MoveStep(step="a", phase="f1"), MoveStep(step="b", phase="f1"))
    assert suggest(base, mine, base) == ()


def redrawn(chance: Random, journey: Journey) -> Journey:
    """Draw a journey again: steps and phases in any order and place, links anyhow, under other ids."""
    steps = [step for step in journey.steps() if chance.random() < 0.9]
    if chance.random() < 0.7:
        chance.shuffle(steps)
    cuts = sorted(chance.randint(0, len(steps)) for _ in journey.phases[1:])
    edges = [0, *cuts, len(steps)]
    phases = [
        Phase(
            id=f"n-{number}",
            name=chance.choice(journey.phases).name,
            origin=Origin.INFERRED,
            steps=tuple(
                step.model_copy(update={"id": f"n-{step.id}"}) for step in steps[edges[number] : edges[number + 1]]
            ),
        )
        for number in range(len(journey.phases))
    ]
    ids = [step.id for phase in phases for step in phase.steps]
    kept = [link for link in journey.links if chance.random() < 0.6]
    links = [one.model_copy(update={"before": f"n-{one.before}", "after": f"n-{one.after}"}) for one in kept]
    links += [
        Link(before=chance.choice(ids), after=chance.choice(ids), kind="loop", label=str(n)) for n in range(2) if ids
    ]
    sound = [link for link in links if {link.before, link.after} <= set(ids)]
    return journey.model_copy(update={"phases": tuple(phases), "links": tuple(sound)})


def arranged(base: Journey, mine: Journey) -> set[tuple[str, str]]:
    """Return the pairs of steps, and of phases, that the user put the other way round."""
    found: set[tuple[str, str]] = set()
    for then, now in (
        ([step.id for step in base.steps()], [step.id for step in mine.steps()]),
        ([phase.id for phase in base.phases], [phase.id for phase in mine.phases]),
    ):
        both = [one for one in then if one in now]
        found |= {(a, b) for a, b in combinations(both, 2) if now.index(a) > now.index(b)}
    return found


def homes(journey: Journey) -> dict[str, str]:
    return {step.id: phase.id for phase in journey.phases for step in phase.steps}


def require_kept(base: Journey, mine: Journey, merged: Journey) -> None:
    """Hold that all that the user linked, removed and arranged is as they left it."""
    own = [link for link in mine.links if link not in base.links]
    assert all(link in merged.links for link in own)
    gone = {(link.before, link.after) for link in base.links if link not in mine.links}
    assert {(link.before, link.after) for link in merged.links if link not in mine.links}.isdisjoint(gone)
    pairs = arranged(base, mine)
    still = {one for pair in arranged(base, merged) for one in pair} | set(homes(merged))
    assert {pair for pair in pairs if set(pair) <= still} <= arranged(base, merged)
    then, now, after = homes(base), homes(mine), homes(merged)
    moved = {step for step in now if step in then and now[step] != then[step]}
    assert all(after[step] == now[step] for step in moved)


@pytest.mark.parametrize("seed", range(80))
def test_whatever_is_accepted_in_whatever_order_the_user_is_never_overwritten(seed: int) -> None:
    chance, dice = Random(seed), Dice(seed)
    base = dice.journey()
    mine = base
    for _ in range(chance.randint(0, 6)):
        try:
            mine = apply(mine, dice.edit(mine))
        except EditRefused:
            continue
    theirs = redrawn(chance, base)
    merged = mine
    for _ in range(60):
        found = suggest(base, merged, theirs)
        if not found:
            break
        merged = apply(merged, chance.choice(found).edit)
        assert not verify(merged)
        require_kept(base, mine, merged)
    else:
        pytest.fail("accepting goes on for ever")


@pytest.mark.parametrize("seed", range(30))
def test_on_a_map_left_as_it_was_drawn_accepting_everything_gives_their_order_and_links(seed: int) -> None:
    chance = Random(seed)
    base = numbered(9, chance)
    shuffled = list(base.phases)
    chance.shuffle(shuffled)
    phases = [phase.model_copy(update={"steps": tuple(chance.sample(phase.steps, 3))}) for phase in shuffled]
    links = tuple(Link(before=a, after=b) for a, b in chance.sample(list(combinations("abcdefghi", 2)), 5))
    theirs = base.model_copy(update={"phases": tuple(phases), "links": links})
    merged = base
    while found := suggest(base, merged, theirs):
        merged = apply(merged, chance.choice(found).edit)
    assert order(merged) == order(theirs)
    assert {LinkName.of(link) for link in merged.links} == {LinkName.of(link) for link in theirs.links}


def numbered(count: int, chance: Random) -> Journey:
    """Build three phases of steps whose titles have nothing in common."""
    names = "abcdefghi"[:count]
    steps = [Step(id=name, title=name * 9, origin=Origin.INFERRED) for name in names]
    links = tuple(Link(before=a, after=b) for a, b in chance.sample(list(combinations(names, 2)), 4))
    phases = tuple(
        Phase(id=f"f{at}", name=f"Phase {at}", origin=Origin.INFERRED, steps=tuple(steps[3 * at : 3 * at + 3]))
        for at in range(3)
    )
    return full_journey().model_copy(update={"phases": phases, "links": links, "expectations": ()})
