"""What stands beside every quote in an export: who said it, when, and in which source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from journey.model import Box, Evidence, Item, Journey, Origin, Passage, Source, Step

LANE_TITLES = {
    "actions": "Actions",
    "touchpoints": "Touchpoints",
    "thoughts": "Thoughts",
    "pains": "Pains",
    "gains": "Gains",
    "needs": "Needs",
    "opportunities": "Opportunities",
    "notes": "Notes",
}
"""The usual lanes by their names on a map; a lane that is not here carries its own title."""

ORIGIN_MARKS = {Origin.QUOTED: "", Origin.INFERRED: "inferred", Origin.USER: "by the user"}
"""What an export says about a claim that is not simply quoted."""


@dataclass(frozen=True)
class Citation:
    """A quote with its place."""

    quote: str
    source: str
    """The name of the source, empty when the evidence points nowhere."""
    passage: str
    speaker: str = ""
    time: float | None = None
    match: str = "exact"
    box: Box | None = None
    """The region of a picture."""

    @property
    def region(self) -> str:
        """Return the region of a picture in fractions of its width and height: left, top, width, height.

        >>> Citation("pay", "a.png", "b1", box=Box(x=0.1, y=0.25, w=1 / 3, h=0.5)).region
        '0.1 0.25 0.3333 0.5'
        """
        box = self.box
        return " ".join(f"{value:.4g}" for value in (box.x, box.y, box.w, box.h)) if box else ""

    @property
    def place(self) -> str:
        """Return speaker and time as people write them.

        >>> Citation("I waited", "a.txt", "t4", speaker="Anna", time=62.4).place
        'Anna, 1:02'
        >>> Citation("I waited", "a.txt", "t4").place
        't4'
        """
        known = [self.speaker, "" if self.time is None else clock(self.time)]
        return ", ".join(part for part in known if part) or self.passage


class Citations:
    """Finds who said a quote and when, in one journey."""

    def __init__(self, journey: Journey) -> None:
        self._passages = {
            (source.id, passage.id): (source, passage) for source in journey.sources for passage in source.passages
        }

    def cite(self, evidence: Evidence) -> Citation:
        """Return the quote with its place; an unknown passage is cited by its id alone."""
        found = self._passages.get((evidence.source, evidence.passage))
        if found is None:
            return Citation(evidence.quote, "", evidence.passage, match=evidence.match)
        source, passage = found
        return _cite(evidence, source, passage)


def _cite(evidence: Evidence, source: Source, passage: Passage) -> Citation:
    return Citation(
        evidence.quote,
        source.name,
        passage.id,
        speaker=passage.speaker or "",
        time=passage.time,
        match=evidence.match,
        box=passage.box,
    )


def clock(seconds: float) -> str:
    """Write seconds as minutes and seconds, with hours where there are any.

    >>> clock(62.4), clock(3725)
    ('1:02', '1:02:05')
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def signed(score: float) -> str:
    """Write a feeling's score with its sign.

    >>> signed(1.5), signed(-2), signed(0)
    ('+1.5', '-2', '0')
    """
    return f"{score:+g}" if score else "0"


def lanes(step: Step) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """Yield the filled lanes of a step under the titles of the map, in its order."""
    for name, title in LANE_TITLES.items():
        items: tuple[Item, ...] = getattr(step, name)
        if items:
            yield title, items
    for lane in step.lanes:
        if lane.items:
            yield lane.title, lane.items


def evidence_of(step: Step) -> Iterator[Evidence]:
    """Yield every quote that stands at a step, for or against, in the order of the map."""
    yield from step.evidence
    if step.emotion:
        yield from step.emotion.evidence
    for _, item in step.items():
        yield from item.evidence
        yield from item.counter


def lane_titles(journey: Journey) -> list[str]:
    """Return the title of every lane that holds something somewhere, in the order of the map."""
    used = dict.fromkeys(title for step in journey.steps() for title, _ in lanes(step))
    usual = [title for title in LANE_TITLES.values() if title in used]
    return usual + [title for title in used if title not in usual]
