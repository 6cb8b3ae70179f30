"""The edit that corrects what was read in a picture.

A source's text never changes where something points into it: the corrected words are added at its end, the region's
passage moves there, and whatever quoted the old reading quotes the new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeVar

from journey.edits.places import clean, short, with_lanes
from journey.errors import EditRefused
from journey.model import Emotion, Evidence, Item, Journey, Lane, Link, Origin, Passage, Phase, Record, Source, Step

Claim = TypeVar("Claim", Item, Step, Link)


class CorrectReading(Record):
    """Say what stands in a region of a picture, whether it was read wrongly or not at all."""

    kind: Literal["correct_reading"] = "correct_reading"
    source: str
    passage: str
    words: str

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with these words read there; cards that said the old ones say the new ones.

        A text that the user has changed by hand stays as they left it.
        """
        source, passage = _find(journey, self.source, self.passage)
        words, old = clean(self.words), source.slice(passage)
        if words == old:
            return journey
        corrected = _corrected(source, passage, words)
        sources = tuple(corrected if one.id == source.id else one for one in journey.sources)
        start = len(source.text) + 1
        return _Rereading(source.id, passage.id, old, words, start).of(journey).model_copy(update={"sources": sources})

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        source, passage = _find(journey, self.source, self.passage)
        old, words = source.slice(passage), clean(self.words)
        return f"Corrected the reading {short(old)} to {short(words)}" if old else f"Typed {short(words)} for a region"


@dataclass(frozen=True)
class _Rereading:
    """A passage's old words and its new ones, which begin at `start` of the source's text."""

    source: str
    passage: str
    old: str
    words: str
    start: int

    def of(self, journey: Journey) -> Journey:
        """Return the journey with everything that rests on the passage reading its new words."""
        changed = {
            "expectations": tuple(map(self._item, journey.expectations)),
            "phases": tuple(map(self._phase, journey.phases)),
            "links": tuple(map(self._link, journey.links)),
        }
        return journey.model_copy(update=changed | {"title": self._same(journey.title)})

    def _phase(self, phase: Phase) -> Phase:
        name = phase.name if phase.origin is Origin.USER else self._same(phase.name)
        return phase.model_copy(update={"name": name, "steps": tuple(map(self._step, phase.steps))})

    def _step(self, step: Step) -> Step:
        step = with_lanes(step, lambda items: tuple(map(self._item, items)))
        lanes = tuple(Lane(title=self._same(lane.title), items=lane.items) for lane in step.lanes)
        emotion = step.emotion and self._emotion(step.emotion)
        title = self._reworded(step, step.title)
        return self._requoted(step).model_copy(update={"title": title, "lanes": lanes, "emotion": emotion})

    def _item(self, item: Item) -> Item:
        counter = self._evidence(item.counter)
        return self._requoted(item).model_copy(update={"text": self._reworded(item, item.text), "counter": counter})

    def _link(self, link: Link) -> Link:
        label = self._reworded(link, link.label) if link.label else link.label
        return self._requoted(link).model_copy(update={"label": label})

    def _emotion(self, emotion: Emotion) -> Emotion:
        return emotion.model_copy(update={"evidence": self._evidence(emotion.evidence)})

    def _requoted(self, claim: Claim) -> Claim:
        return claim.model_copy(update={"evidence": self._evidence(claim.evidence)})

    def _evidence(self, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        """Return the evidence with quotes of the passage taken from its new words, in order, none of them twice."""
        new = [self._quote(one) if self._is_mine(one) else one for one in evidence]
        mine = sorted({(one.start, one.end): one for one in new if self._is_mine(one)}.items())
        first = next((at for at, one in enumerate(new) if self._is_mine(one)), 0)
        others = [one for one in new if not self._is_mine(one)]
        return (*others[:first], *(one for _, one in mine), *others[first:])

    def _quote(self, evidence: Evidence) -> Evidence:
        """Quote the same words where they are still read, else all that is read there now."""
        part = evidence.quote if evidence.quote != self.old else self.words
        at = self.words.find(part)
        start, quote = (self.start + at, part) if at >= 0 else (self.start, self.words)
        return Evidence(
            source=self.source, passage=self.passage, start=start, end=start + len(quote), quote=quote, match="exact"
        )

    def _reworded(self, claim: Item | Step | Link, text: str) -> str:
        """Return a claim's text with the new words in the place of the old ones, unless it is the user's own."""
        if claim.origin is Origin.USER or not any(map(self._is_mine, claim.evidence)) or not self.old:
            return text
        said = re.compile(rf"(?<!\w){re.escape(' '.join(self.old.split()))}(?!\w)", re.IGNORECASE)
        return said.sub(lambda _: self.words, text, count=1)

    def _same(self, text: str) -> str:
        """Return the new words for a text that is nothing but the old ones."""
        return self.words if self.old and text == " ".join(self.old.split()) else text

    def _is_mine(self, evidence: Evidence) -> bool:
        return (evidence.source, evidence.passage) == (self.source, self.passage)


def _find(journey: Journey, source_id: str, passage_id: str) -> tuple[Source, Passage]:
    for source in journey.sources:
        for passage in source.passages:
            if (source.id, passage.id) == (source_id, passage_id):
                if source.kind != "image":
                    raise EditRefused("A transcript's words are what was said: they are not corrected here.")
                return source, passage
    raise EditRefused("That region is not in this journey's pictures.")


def _corrected(source: Source, passage: Passage, words: str) -> Source:
    """Return the source with the words added at its end and the passage moved there."""
    start = len(source.text) + 1
    read = {"start": start, "end": start + len(words), "read_by": "user", "confidence": None}
    moved = tuple(one.model_copy(update=read) if one.id == passage.id else one for one in source.passages)
    return source.model_copy(update={"text": f"{source.text}\n{words}", "passages": moved})
