"""Edits that make one step of two, and two of one."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from journey.edits.places import (
    clean,
    find_step,
    fresh_id,
    in_source_order,
    inserted,
    phase_of,
    short,
    with_lanes,
    with_links,
    with_phase,
    with_step,
    with_steps,
    without_step,
)
from journey.errors import EditRefused
from journey.model import LANES, Emotion, EmotionReading, Evidence, Journey, Lane, Link, Origin, Record, Step


class MergeSteps(Record):
    """Make one step of a step and the next one of its phase, under the first one's title."""

    kind: Literal["merge_steps"] = "merge_steps"
    first: str
    second: str

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with one step that has the cards and quotes of both; links to either lead to it."""
        ids = [step.id for step in phase_of(journey, self.first).steps]
        if (self.first, self.second) not in pairwise(ids):
            raise EditRefused(
                "Only neighbours in one phase can be merged: move one of the steps beside the other first."
            )
        second = find_step(journey, self.second)
        quotes = in_source_order(journey, (*find_step(journey, self.first).evidence, *second.evidence))
        merged = with_step(
            without_step(journey, self.second), self.first, lambda first: _merged(first, second, quotes=quotes)
        )
        return _without_repeats(with_links(merged, self._led))

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        first, second = find_step(journey, self.first), find_step(journey, self.second)
        return f"Merged {short(second.title)} into {short(first.title)}"

    def _led(self, link: Link) -> Link:
        ends = [self.first if end == self.second else end for end in (link.before, link.after)]
        if [link.before, link.after] == ends:
            return link
        return link.model_copy(update={"before": ends[0], "after": ends[1]})


class SplitStep(Record):
    """Make two steps of one: a new one after it takes some of its cards, and whatever leads on from it."""

    kind: Literal["split_step"] = "split_step"
    step: str
    title: str
    items: tuple[str, ...] = ()
    takes_emotion: bool = False

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with the new step, whose id is `fresh_id(journey)`; it is the user's and has no quote."""
        step = find_step(journey, self.step)
        if not set(self.items) <= {item.id for _, item in step.items()}:
            raise EditRefused("Some of these cards do not belong to that step any more.")
        second = self._second(step, fresh_id(journey))
        split = with_step(journey, self.step, self._first)
        phase = phase_of(split, self.step)
        at = [one.id for one in phase.steps].index(self.step) + 1
        placed = with_phase(split, phase.id, lambda phase: with_steps(phase, inserted(phase.steps, second, at)))
        return with_links(
            placed, lambda link: link.model_copy(update={"before": second.id}) if link.before == self.step else link
        )

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        return f"Split {short(clean(self.title))} off {short(find_step(journey, self.step).title)}"

    def _first(self, step: Step) -> Step:
        rest = with_lanes(step, lambda items: tuple(item for item in items if item.id not in self.items))
        kind = "start" if step.kind == "start" else "action"
        return rest.model_copy(update={"kind": kind, "emotion": None if self.takes_emotion else step.emotion})

    def _second(self, step: Step, new_id: str) -> Step:
        taken = with_lanes(step, lambda items: tuple(item for item in items if item.id in self.items))
        return taken.model_copy(
            update={
                "id": new_id,
                "title": clean(self.title),
                "origin": Origin.USER,
                "evidence": (),
                "kind": "action" if step.kind == "start" else step.kind,  # an end or a decision is where it leads on
                "emotion": step.emotion if self.takes_emotion else None,
                "moment_of_truth": False,
                "lanes": tuple(lane for lane in taken.lanes if lane.items),
            }
        )


def _merged(first: Step, second: Step, *, quotes: tuple[Evidence, ...]) -> Step:
    """Return the one step: it is the user's, and rests on the quotes of both."""
    return first.model_copy(
        update={
            "kind": second.kind if first.kind == "action" else first.kind,
            "origin": Origin.USER,
            "role": first.role or second.role,
            "evidence": quotes,
            "emotion": _felt(first, second),
            "moment_of_truth": first.moment_of_truth or second.moment_of_truth,
            **{lane: (*getattr(first, lane), *getattr(second, lane)) for lane in LANES},
            "lanes": _own_lanes(first, second),
        }
    )


def _felt(first: Step, second: Step) -> Emotion | None:
    """Return the stronger feeling; the other one stays as another reading."""
    if first.emotion is None or second.emotion is None:
        return first.emotion or second.emotion
    weaker, stronger = sorted((second, first), key=lambda step: abs(step.emotion.score if step.emotion else 0))
    if weaker.emotion is None or stronger.emotion is None:
        return first.emotion
    other = EmotionReading(score=weaker.emotion.score, label=weaker.emotion.label, read_from=weaker.title)
    readings = (*stronger.emotion.other_readings, other, *weaker.emotion.other_readings)
    return stronger.emotion.model_copy(update={"other_readings": readings})


def _own_lanes(first: Step, second: Step) -> tuple[Lane, ...]:
    titles = dict.fromkeys(lane.title for lane in (*first.lanes, *second.lanes))
    both = (*first.lanes, *second.lanes)
    return tuple(
        Lane(title=title, items=tuple(item for lane in both if lane.title == title for item in lane.items))
        for title in titles
    )


def _without_repeats(journey: Journey) -> Journey:
    """Drop links that the merge made equal, and ways that now lead from the step to itself without being a loop."""
    kept = [link for link in journey.links if link.before != link.after or link.kind == "loop"]
    unique = [link for number, link in enumerate(kept) if link not in kept[:number]]
    return journey.model_copy(update={"links": tuple(unique)})
