"""Edits that add, delete and move phases and steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from journey.edits.places import (
    clean,
    find_phase,
    find_step,
    fresh_id,
    inserted,
    phase_of,
    short,
    with_phase,
    with_steps,
    without_links,
    without_step,
)
from journey.model import Journey, Origin, Phase, Record, Step

At = Field(default=None, ge=0, description="place in the new row, counted without what moves; None is the end")


class AddPhase(Record):
    """Add a phase of the user's."""

    kind: Literal["add_phase"] = "add_phase"
    name: str
    at: int | None = At

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with one more phase, whose id is `fresh_id(journey)`."""
        phase = Phase(id=fresh_id(journey), name=clean(self.name), origin=Origin.USER)
        return journey.model_copy(update={"phases": inserted(journey.phases, phase, self.at)})

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        return f"Added the phase {short(clean(self.name))}"


class DeletePhase(Record):
    """Delete a phase with its steps and the links from and to them."""

    kind: Literal["delete_phase"] = "delete_phase"
    phase: str

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey without it."""
        gone = find_phase(journey, self.phase)
        left = journey.model_copy(update={"phases": tuple(one for one in journey.phases if one.id != gone.id)})
        return without_links(left, {step.id for step in gone.steps})

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        return f"Deleted the phase {short(find_phase(journey, self.phase).name)}"


class MovePhase(Record):
    """Put a phase at another place among the phases."""

    kind: Literal["move_phase"] = "move_phase"
    phase: str
    at: int | None = At

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with the phase there."""
        moved = find_phase(journey, self.phase)
        others = tuple(phase for phase in journey.phases if phase.id != moved.id)
        return journey.model_copy(update={"phases": inserted(others, moved, self.at)})

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        others = [phase.name for phase in journey.phases if phase.id != self.phase]
        return f"Moved the phase {short(find_phase(journey, self.phase).name)} {_place(others, self.at)}"


class AddStep(Record):
    """Add a step of the user's to a phase."""

    kind: Literal["add_step"] = "add_step"
    phase: str
    title: str
    at: int | None = At

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with one more step, whose id is `fresh_id(journey)`."""
        step = Step(id=fresh_id(journey), title=clean(self.title), origin=Origin.USER)
        return with_phase(journey, self.phase, lambda phase: with_steps(phase, inserted(phase.steps, step, self.at)))

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        return f"Added the step {short(clean(self.title))}"


class DeleteStep(Record):
    """Delete a step with all its cards and the links from and to it."""

    kind: Literal["delete_step"] = "delete_step"
    step: str

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey without it."""
        return without_links(without_step(journey, self.step), {self.step})

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        return f"Deleted the step {short(find_step(journey, self.step).title)}"


class MoveStep(Record):
    """Put a step at another place of its phase, or into another phase; its links stay."""

    kind: Literal["move_step"] = "move_step"
    step: str
    phase: str
    at: int | None = At

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with the step there."""
        step = find_step(journey, self.step)
        left = without_step(journey, self.step)
        return with_phase(left, self.phase, lambda phase: with_steps(phase, inserted(phase.steps, step, self.at)))

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        title, phase = find_step(journey, self.step).title, find_phase(journey, self.phase)
        if phase_of(journey, self.step).id != phase.id:
            return f"Moved the step {short(title)} into {short(phase.name)}"
        others = [step.title for step in phase.steps if step.id != self.step]
        return f"Moved the step {short(title)} {_place(others, self.at)}"


def _place(others: Sequence[str], at: int | None) -> str:
    """Say where something goes among others.

    >>> _place(["Search", "Book"], 1), _place(["Search"], 0), _place(["Search"], None)
    ('after “Search”', 'to the beginning', 'after “Search”')
    """
    before = others[:at]
    return f"after {short(before[-1], most=30)}" if before else "to the beginning"
