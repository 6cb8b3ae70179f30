"""Edits that make one phase or card of two, and two of one."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from journey.edits.places import (
    clean,
    find_item,
    find_phase,
    find_step,
    fresh_id,
    in_source_order,
    inserted,
    phase_of,
    short,
    with_items,
)
from journey.errors import EditRefused
from journey.model import Item, Journey, Origin, Phase, Record


class MergePhases(Record):
    """Make one phase of a phase and the next one, under the first one's name."""

    kind: Literal["merge_phases"] = "merge_phases"
    first: str
    second: str

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with one phase that has the steps of both."""
        if (self.first, self.second) not in pairwise(phase.id for phase in journey.phases):
            raise EditRefused("Only neighbouring phases can be merged: move one of them beside the other first.")
        first, second = find_phase(journey, self.first), find_phase(journey, self.second)
        steps, goal = (*first.steps, *second.steps), first.goal or second.goal
        merged = first.model_copy(update={"steps": steps, "goal": goal, "origin": Origin.USER})
        rest = (merged if phase.id == first.id else phase for phase in journey.phases if phase.id != second.id)
        return journey.model_copy(update={"phases": tuple(rest)})

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        first, second = find_phase(journey, self.first), find_phase(journey, self.second)
        return f"Merged the phase {short(second.name)} into {short(first.name)}"


class SplitPhase(Record):
    """Begin a new phase of the user's with a step: it takes this step and those after it."""

    kind: Literal["split_phase"] = "split_phase"
    step: str
    name: str

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with the new phase, whose id is `fresh_id(journey)`."""
        phase = phase_of(journey, self.step)
        at = [step.id for step in phase.steps].index(self.step)
        if at == 0:
            raise EditRefused("This phase begins with that step already: choose a later one.")
        first = phase.model_copy(update={"steps": phase.steps[:at]})
        second = Phase(id=fresh_id(journey), name=clean(self.name), origin=Origin.USER, steps=phase.steps[at:])
        place = journey.phases.index(phase)
        phases = (*journey.phases[:place], first, second, *journey.phases[place + 1 :])
        return journey.model_copy(update={"phases": phases})

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        return f"Began the phase {short(clean(self.name))} with {short(find_step(journey, self.step).title)}"


class MergeItems(Record):
    """Make one card of two neighbours in a lane: the words of both, resting on the quotes of both."""

    kind: Literal["merge_items"] = "merge_items"
    first: str
    second: str

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with the first card in the place of both; it is the user's."""
        first, second = find_item(journey, self.first), find_item(journey, self.second)
        if (first.step, first.lane) != (second.step, second.lane) or first.item.id == second.item.id:
            raise EditRefused("Only cards of one lane and step can be merged: move one of them there first.")
        merged = _together(journey, first.item, second=second.item)

        def one_of_both(items: tuple[Item, ...]) -> tuple[Item, ...]:
            return tuple(merged if item.id == self.first else item for item in items if item.id != self.second)

        return with_items(journey, self.first, one_of_both)

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        first, second = find_item(journey, self.first), find_item(journey, self.second)
        return f"Merged the card {short(second.item.text)} into {short(first.item.text)}"


class SplitItem(Record):
    """Make two cards of one: each says a part of it, and both are based on the quotes of the one there was."""

    kind: Literal["split_item"] = "split_item"
    item: str
    text: str
    rest: str

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with a new card after it, whose id is `fresh_id(journey)`; both are the user's."""
        whole = find_item(journey, self.item).item
        words = {"origin": Origin.USER}
        first = whole.model_copy(update={**words, "text": clean(self.text)})
        second = whole.model_copy(update={**words, "text": clean(self.rest), "id": fresh_id(journey)})

        def both(items: tuple[Item, ...]) -> tuple[Item, ...]:
            at = [item.id for item in items].index(self.item)
            changed = tuple(first if item.id == self.item else item for item in items)
            return inserted(changed, second, at + 1)

        return with_items(journey, self.item, both)

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        return f"Split {short(clean(self.rest))} off the card {short(find_item(journey, self.item).item.text)}"


def _together(journey: Journey, first: Item, *, second: Item) -> Item:
    return first.model_copy(
        update={
            "text": f"{first.text.rstrip('.;')}; {second.text}",
            "origin": Origin.USER,
            "evidence": in_source_order(journey, (*first.evidence, *second.evidence)),
            "counter": in_source_order(journey, (*first.counter, *second.counter)),
        }
    )
