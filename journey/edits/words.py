"""Edits of what something says or is: its words, a feeling, a channel. What the user changed is marked theirs.

A quote is never edited. Whoever changes the words of a quoted card makes the card theirs; the quotes stay beside it,
unchanged, as what it is based on.
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from journey.edits.places import (
    clean,
    find_item,
    find_phase,
    find_step,
    short,
    with_items,
    with_phase,
    with_step,
)
from journey.errors import EditRefused
from journey.model import Actor, Emotion, Item, Journey, Origin, Phase, Record, Step, Touchpoint

HEAD: Final = ("title", "actor", "scenario", "goal")
"""The texts of the journey itself."""


class SetText(Record):
    """Give the journey, a phase, a step or an item other words; a blank actor, scenario or goal is taken away.

    A phase has two texts: its name, and as the part `phase_goal` its goal.
    """

    kind: Literal["set_text"] = "set_text"
    part: Literal["title", "actor", "scenario", "goal", "phase", "phase_goal", "step", "item"]
    id: str = Field(default="", description="of the phase, step or item")
    text: str

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with these words; the same words change nothing, not even whose they are."""
        if self.part in HEAD:
            return self._head(journey)
        if self.part == "phase_goal":
            goal = " ".join(self.text.split()) or None
            return with_phase(journey, self.id, lambda phase: phase.model_copy(update={"goal": goal}))
        words = clean(self.text)
        if self.part == "phase":
            return with_phase(journey, self.id, lambda phase: _named(phase, words))
        if self.part == "step":
            return with_step(journey, self.id, lambda step: _titled(step, words))
        return with_items(
            journey,
            self.id,
            lambda items: tuple(_reworded(item, words) if item.id == self.id else item for item in items),
        )

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        words = " ".join(self.text.split())
        if self.part in HEAD:
            return f"Set the {self.part} to {short(words)}" if words else f"Cleared the {self.part}"
        if self.part == "phase_goal":
            name = short(find_phase(journey, self.id).name)
            return f"Set the goal of {name} to {short(words)}" if words else f"Cleared the goal of {name}"
        return f"Changed {short(self._now(journey))} to {short(words)}"

    def _head(self, journey: Journey) -> Journey:
        words = " ".join(self.text.split()) or None
        if self.part == "title":
            words = clean(self.text)
        if self.part != "actor":
            return journey.model_copy(update={self.part: words})
        role = journey.actor.role if journey.actor else None
        return journey.model_copy(update={"actor": Actor(name=words, role=role) if words else None})

    def _now(self, journey: Journey) -> str:
        if self.part == "phase":
            return find_phase(journey, self.id).name
        return find_step(journey, self.id).title if self.part == "step" else find_item(journey, self.id).item.text


class SetEmotion(Record):
    """Say how a step feels; quotes that stood for another reading stay as what it is based on."""

    kind: Literal["set_emotion"] = "set_emotion"
    step: str
    score: float = Field(ge=-2, le=2)
    label: str

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with this feeling."""
        label = clean(self.label)
        return with_step(
            journey, self.step, lambda step: step.model_copy(update={"emotion": self._feeling(step.emotion, label)})
        )

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        title = find_step(journey, self.step).title
        return f"Set the feeling of {short(title)} to {short(self.label)} ({self.score:+g})"

    def _feeling(self, now: Emotion | None, label: str) -> Emotion:
        if now is None:
            return Emotion(score=self.score, label=label, origin=Origin.USER)
        if (now.score, now.label) == (self.score, label):
            return now
        return now.model_copy(update={"score": self.score, "label": label, "origin": Origin.USER})


class ClearEmotion(Record):
    """Take the feeling off a step."""

    kind: Literal["clear_emotion"] = "clear_emotion"
    step: str

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey without that feeling."""
        return with_step(journey, self.step, lambda step: step.model_copy(update={"emotion": None}))

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        return f"Took the feeling off {short(find_step(journey, self.step).title)}"


class SetChannel(Record):
    """Say by which channel a touchpoint is met, in any word; none when nobody knows."""

    kind: Literal["set_channel"] = "set_channel"
    item: str
    channel: str | None

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with that channel."""
        if not isinstance(find_item(journey, self.item).item, Touchpoint):
            raise EditRefused("Only a touchpoint has a channel.")
        return with_items(journey, self.item, lambda items: tuple(map(self._changed, items)))

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        text = short(find_item(journey, self.item).item.text)
        return f"Set the channel of {text} to {short(self._word)}" if self._word else f"Cleared the channel of {text}"

    @property
    def _word(self) -> str:
        return " ".join((self.channel or "").split())

    def _changed(self, item: Item) -> Item:
        if item.id != self.item or not isinstance(item, Touchpoint) or (item.channel or "") == self._word:
            return item
        return item.model_copy(update={"channel": self._word or None, "origin": Origin.USER})


def _named(phase: Phase, name: str) -> Phase:
    return phase if phase.name == name else phase.model_copy(update={"name": name, "origin": Origin.USER})


def _titled(step: Step, title: str) -> Step:
    return step if step.title == title else step.model_copy(update={"title": title, "origin": Origin.USER})


def _reworded(item: Item, text: str) -> Item:
    return item if item.text == text else item.model_copy(update={"text": text, "origin": Origin.USER})
