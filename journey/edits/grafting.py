"""Edits that take a part of another drawing of the same sources onto this map, with its quotes.

Unlike what the user types, such a part stays the engine's: quoted or inferred, until the user changes it. Its quotes
are held against this journey's sources first, so that no edit can put words into a mouth.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Literal

from journey.edits.arranging import At
from journey.edits.linking import LinkName, link_ends
from journey.edits.places import (
    find_item,
    find_phase,
    find_step,
    fresh_id,
    inserted,
    lane_title,
    placed_items,
    require_quotable,
    short,
    with_items,
    with_lanes,
    with_new_item,
    with_phase,
    with_step,
    with_steps,
)
from journey.errors import EditRefused
from journey.model import Emotion, Evidence, Item, Journey, Link, Note, Origin, Phase, Record, Role, Step, Touchpoint


class TakePhase(Record):
    """Take a phase with its steps."""

    kind: Literal["take_phase"] = "take_phase"
    phase: Phase
    at: int | None = At

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with it; everything in it gets ids that are new here."""
        ids = _fresh_ids(journey)
        phase = self.phase.model_copy(update={"id": next(ids)})
        taken = with_steps(phase, tuple(_renamed(journey, step, ids) for step in phase.steps))
        return journey.model_copy(update={"phases": inserted(journey.phases, taken, self.at)})

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        return f"Added the phase {short(self.phase.name)} with {len(self.phase.steps)} step(s)"


class TakeStep(Record):
    """Take a step with its cards."""

    kind: Literal["take_step"] = "take_step"
    phase: str
    step: Step
    at: int | None = At

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with it; the step and its cards get ids that are new here."""
        taken = _renamed(journey, self.step, _fresh_ids(journey))
        return with_phase(journey, self.phase, lambda phase: with_steps(phase, inserted(phase.steps, taken, self.at)))

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        return f"Added the step {short(self.step.title)} to {short(find_phase(journey, self.phase).name)}"


class TakeItem(Record):
    """Take a card into a lane of a step."""

    kind: Literal["take_item"] = "take_item"
    step: str
    lane: str
    item: Item | Touchpoint | Note
    at: int | None = At

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with it, under an id that is new here."""
        _require_said(journey, (*self.item.evidence, *self.item.counter))
        require_quotable(journey, self.item, self.lane)
        taken = self.item.model_copy(update={"id": fresh_id(journey)})
        return with_step(journey, self.step, lambda step: with_new_item(step, self.lane, taken, at=self.at))

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        title = find_step(journey, self.step).title
        return f"Added {short(self.item.text)} to the {lane_title(self.lane)} of {short(title)}"


class TakeWords(Record):
    """Take other words for a phase, step or card, with what they rest on."""

    kind: Literal["take_words"] = "take_words"
    part: Literal["phase", "step", "item"]
    id: str
    text: str
    origin: Origin
    evidence: tuple[Evidence, ...] = ()

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with these words."""
        _require_said(journey, self.evidence)
        if self.origin is Origin.QUOTED and not self.evidence and self.part != "phase":
            raise EditRefused("This rests on no quote.")
        rests: dict[str, object] = {"origin": self.origin, "evidence": self.evidence}
        if self.part == "phase":
            name = {"name": self.text, "origin": self.origin}
            return with_phase(journey, self.id, lambda phase: phase.model_copy(update=name))
        if self.part == "step":
            return with_step(journey, self.id, lambda step: step.model_copy(update={"title": self.text, **rests}))
        placed = find_item(journey, self.id)
        changed = placed.item.model_copy(update={"text": self.text, **rests})
        require_quotable(journey, changed, placed.lane)
        return with_items(journey, self.id, lambda items: tuple(changed if one.id == self.id else one for one in items))

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        now = {
            "phase": lambda: find_phase(journey, self.id).name,
            "step": lambda: find_step(journey, self.id).title,
            "item": lambda: find_item(journey, self.id).item.text,
        }
        return f"Changed {short(now[self.part]())} to {short(self.text)}"


class TakeEmotion(Record):
    """Take a feeling for a step."""

    kind: Literal["take_emotion"] = "take_emotion"
    step: str
    emotion: Emotion

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with it."""
        _require_said(journey, self.emotion.evidence)
        return with_step(journey, self.step, lambda step: step.model_copy(update={"emotion": self.emotion}))

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        title = find_step(journey, self.step).title
        return f"Set the feeling of {short(title)} to {short(self.emotion.label)} ({self.emotion.score:+g})"


class TakeLink(Record):
    """Take a link between steps that are on this map, or take it in place of one of the same ends."""

    kind: Literal["take_link"] = "take_link"
    link: Link
    instead: LinkName | None = None

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with it."""
        find_step(journey, self.link.before)
        find_step(journey, self.link.after)
        _require_said(journey, self.link.evidence)
        if any(LinkName.of(other) == LinkName.of(self.link) for other in journey.links):
            raise EditRefused("This link is on the map already.")
        if self.instead is None:
            return journey.model_copy(update={"links": (*journey.links, self.link)})
        old = self.instead.find(journey)
        return journey.model_copy(update={"links": tuple(self.link if one is old else one for one in journey.links)})

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        ends = link_ends(journey, self.link.before, self.link.after)
        told = f"{self.link.kind}, {short(self.link.label)}" if self.link.label else self.link.kind
        return f"Changed the link {ends} to {told}" if self.instead else f"Added the link {ends} ({told})"


def _require_said(journey: Journey, evidence: tuple[Evidence, ...]) -> None:
    """See that quotes are slices of this journey's sources, and no interviewer's.

    Raises:
        EditRefused: one is not.
    """
    sources = {source.id: source for source in journey.sources}
    for one in evidence:
        source = sources.get(one.source)
        passage = next((part for part in source.passages if part.id == one.passage), None) if source else None
        if source is None or passage is None or source.text[one.start : one.end] != one.quote:
            raise EditRefused("Its quote does not stand in this journey's sources.")
        if passage.role is Role.INTERVIEWER or not passage.start <= one.start <= one.end <= passage.end:
            raise EditRefused("Its quote is not the customer's.")


def _fresh_ids(journey: Journey) -> Iterator[str]:
    taken = {phase.id for phase in journey.phases} | {step.id for step in journey.steps()}
    taken |= {placed.item.id for placed in placed_items(journey)}
    return (name for number in count(1) if (name := f"u{number}") not in taken)


def _renamed(journey: Journey, step: Step, ids: Iterator[str]) -> Step:
    """Return a step under new ids, once all of its quotes have been held against the sources."""
    _require_said(journey, (*step.evidence, *(step.emotion.evidence if step.emotion else ())))
    for lane, item in step.items():
        _require_said(journey, (*item.evidence, *item.counter))
        require_quotable(journey, item, lane)
    taken = step.model_copy(update={"id": next(ids)})
    return with_lanes(taken, lambda items: tuple(item.model_copy(update={"id": next(ids)}) for item in items))
