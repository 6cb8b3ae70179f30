"""From a source back to the map: which words support which card. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from journey.model import Item, Journey
from journey.ui.cards import EMOTION
from journey.ui.quotes import claims, heading


@dataclass(frozen=True)
class Use:
    """A slice of a source that a claim rests on, with the claim as the map names it; offsets count code points.

    `step` is the step the claim belongs to, empty for an expectation.
    """

    start: int
    end: int
    passage: str
    id: str
    place: str
    heading: str
    against: bool
    step: str


def uses(journey: Journey, source_id: str) -> tuple[Use, ...]:
    """Return every use of a source's words, in the order of the source, then of the map."""
    found, steps = [], steps_of(journey)
    for place, identity, claim in claims(journey):
        counter = claim.counter if isinstance(claim, Item) else ()
        for evidence, against in [(one, False) for one in claim.evidence] + [(one, True) for one in counter]:
            if evidence.source == source_id:
                place_in_source = (evidence.start, evidence.end, evidence.passage)
                step = steps.get(identity, "")
                found.append(Use(*place_in_source, identity, place, heading(claim), against, step))
    return tuple(sorted(found, key=lambda use: (use.start, use.end)))


def linked(journey: Journey, source_id: str) -> tuple[str, ...]:
    """Return the ids of the passages of a source that a link between steps rests on."""
    cited = (one for link in journey.links for one in link.evidence)
    return tuple(dict.fromkeys(one.passage for one in cited if one.source == source_id))


def steps_of(journey: Journey) -> dict[str, str]:
    """Return the step of everything that can be chosen, by id."""
    found: dict[str, str] = {}
    for step in journey.steps():
        found |= dict.fromkeys((step.id, EMOTION + step.id), step.id)
        found |= {item.id: step.id for _, item in step.items()}
    return found
