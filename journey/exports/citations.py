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
    number: int = 0
    """Of the passage in its source, from 1; 0 when it is not known."""
    speaker: str = ""
    time: float | None = None
    match: str = "exact"
    box: Box | None = None
    """The region of a picture."""
    language: str | None = None
    """Of the source, as far as it could be told."""

    @property
    def region(self) -> str:
        """Return the region of a picture in fractions of its width and height: left, top, width, height.

        >>> Citation("pay", "a.png", "b1", box=Box(x=0.1, y=0.25, w=1 / 3, h=0.5)).region
        '0.1 0.25 0.3333 0.5'
        """
        box = self.box
        return " ".join(f"{value:.4g}" for value in (box.x, box.y, box.w, box.h)) if box else ""

    @property
    def teller(self) -> str:
        """Return speaker and time as people write them, as far as they are known."""
        return ", ".join(part for part in (self.speaker, "" if self.time is None else clock(self.time)) if part)

    @property
    def place(self) -> str:
        """Return speaker and time, or else where in the source the words stand.

        >>> Citation("I waited", "a.txt", "t4", speaker="Anna", time=62.4).place
        'Anna, 1:02'
        >>> Citation("I waited", "a.txt", "t4", number=4).place
        'passage 4'
        >>> Citation("pay", "a.png", "b1", box=Box(x=0.1, y=0.75, w=0.1, h=0.1)).place
        'bottom left'
        """
        if self.teller:
            return self.teller
        if self.box:
            return part_of_picture(self.box)
        return f"passage {self.number}" if self.number else self.passage

    @property
    def places(self) -> tuple[str, ...]:
        """Return the place and the source, in the order in which people name them; what is not known is left out.

        >>> Citation("I waited", "a.txt", "t4", speaker="Anna").places
        ('Anna', 'a.txt')
        >>> Citation("pay", "a.png", "b1", box=Box(x=0.4, y=0.1, w=0.2, h=0.1)).places
        ('a.png', 'top')
        """
        told = (self.source, self.place) if self.box else (self.place, self.source)
        return tuple(part for part in told if part)


class Citations:
    """Finds who said a quote and when, in one journey."""

    def __init__(self, journey: Journey) -> None:
        self._passages = {
            (source.id, passage.id): (source, passage, number)
            for source in journey.sources
            for number, passage in enumerate(source.passages, start=1)
        }

    def cite(self, evidence: Evidence) -> Citation:
        """Return the quote with its place; an unknown passage is cited by its id alone."""
        found = self._passages.get((evidence.source, evidence.passage))
        if found is None:
            return Citation(evidence.quote, "", evidence.passage, match=evidence.match)
        return _cite(evidence, *found)


def _cite(evidence: Evidence, source: Source, passage: Passage, number: int) -> Citation:
    return Citation(
        evidence.quote,
        source.name,
        passage.id,
        number=number,
        speaker=passage.speaker or "",
        time=passage.time,
        match=evidence.match,
        box=passage.box,
        language=source.language,
    )


def part_of_picture(box: Box) -> str:
    """Say where in a picture the middle of a box lies, in words: the picture is cut into three by three.

    >>> part_of_picture(Box(x=0.7, y=0.1, w=0.2, h=0.1)), part_of_picture(Box(x=0.4, y=0.4, w=0.2, h=0.2))
    ('top right', 'middle')
    """
    across = ("left", "", "right")[min(2, int(3 * (box.x + box.w / 2)))]
    down = ("top", "", "bottom")[min(2, int(3 * (box.y + box.h / 2)))]
    return " ".join(part for part in (down, across) if part) or "middle"


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
