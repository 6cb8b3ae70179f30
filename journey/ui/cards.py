"""What the map shows: a Journey shaped into columns, lanes and cards, before anything is drawn.

Pure: no Streamlit here, so that what each card says can be tested without a browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from journey.model import LANES, Emotion, Item, Journey, Link, Note, Step, Touchpoint
from journey.ui.lanes import EXTRA_TONE, LANE_NAMES, LaneName, channel_sign, score_in_words

EMOTION = "emotion:"
"""Before a step's id: the id under which that step's feeling is chosen."""

EXTRA = "extra:"
"""Before a lane's title: the key of a lane that is none of the usual ones."""

QUOTATION_MARKS = "\"'“”„‟‘’‚‛«»‹›「」『』"


@dataclass(frozen=True)
class Standing:
    """What a card rests on: its origin, its quotes and who said them, and the quotes that say the opposite."""

    origin: str
    quotes: int = 0
    speakers: int = 0
    counter: int = 0


@dataclass(frozen=True)
class Card:
    """One entry of a lane; `sign` names a small picture, `said` tells that the text is word for word in a quote."""

    id: str
    text: str
    standing: Standing
    sign: str = ""
    channel: str = ""
    said: bool = False


@dataclass(frozen=True)
class Feeling:
    """A point of the emotion curve; `score` from -2 to +2."""

    id: str
    score: float
    label: str
    words: str
    standing: Standing


@dataclass(frozen=True)
class Way:
    """A link that leaves the plain order: where it goes, and when."""

    kind: str
    number: int
    title: str
    condition: str


@dataclass(frozen=True)
class StepColumn:
    """A step and everything below it; `cells` holds its cards by lane key."""

    id: str
    number: int
    title: str
    kind: str
    role: str
    moment_of_truth: bool
    standing: Standing
    ways: tuple[Way, ...] = ()
    feeling: Feeling | None = None
    cells: dict[str, tuple[Card, ...]] = field(default_factory=dict)

    def ids(self) -> Iterator[str]:
        """Yield the id of everything in this column that can be chosen."""
        yield self.id
        if self.feeling:
            yield self.feeling.id
        for cell in self.cells.values():
            yield from (card.id for card in cell)

    def lanes(self) -> Iterator[str]:
        """Yield the key of every lane that has something in this column."""
        yield from self.cells
        if self.feeling:
            yield "emotion"


@dataclass(frozen=True)
class PhaseColumns:
    """A phase and its steps, left to right."""

    id: str
    name: str
    goal: str
    origin: str
    steps: tuple[StepColumn, ...]


@dataclass(frozen=True)
class MapView:
    """The whole map; `missing` are the titles of the usual lanes in which nothing was found."""

    title: str
    phases: tuple[PhaseColumns, ...]
    lanes: tuple[LaneName, ...]
    missing: tuple[str, ...]

    def ids(self) -> set[str]:
        """Return the id of everything that can be chosen."""
        return {chosen for phase in self.phases for step in phase.steps for chosen in step.ids()}


def map_view(journey: Journey) -> MapView:
    """Shape a journey for the map; a phase without steps has no column and is left out."""
    shaping = _Shaping(journey)
    phases = tuple(
        PhaseColumns(
            phase.id, phase.name, phase.goal or "", phase.origin.value, tuple(map(shaping.column, phase.steps))
        )
        for phase in journey.phases
        if phase.steps
    )
    present = {key: None for phase in phases for step in phase.steps for key in step.lanes()}
    usual = tuple(lane for lane in LANE_NAMES if lane.key in present)
    extra = tuple(LaneName(key, key.removeprefix(EXTRA), EXTRA_TONE) for key in present if key.startswith(EXTRA))
    missing = tuple(lane.title for lane in LANE_NAMES if lane.key not in present and not lane.optional)
    return MapView(journey.title, phases, usual + extra, missing)


class _Shaping:
    """One journey being shaped: the numbers of its steps, who speaks in each passage, and the links between steps."""

    def __init__(self, journey: Journey) -> None:
        steps = list(journey.steps())
        self.numbers = {step.id: number for number, step in enumerate(steps, start=1)}
        self.titles = {step.id: step.title for step in steps}
        self.follows = {(before.id, after.id) for before, after in pairwise(steps)}
        self.links = journey.links
        self.speakers = {
            (source.id, passage.id): (source.id if passage.speaker is None else passage.speaker)
            for source in journey.sources
            for passage in source.passages
        }

    def column(self, step: Step) -> StepColumn:
        return StepColumn(
            id=step.id,
            number=self.numbers[step.id],
            title=step.title,
            kind=step.kind,
            role=step.role or "",
            moment_of_truth=step.moment_of_truth,
            standing=self.standing(step),
            ways=tuple(self.way(link) for link in self.links if link.before == step.id and self.is_told(link)),
            feeling=self.feeling(step),
            cells={key: tuple(map(self.card, items)) for key, items in _lanes(step) if items},
        )

    def standing(self, claim: Item | Step | Emotion) -> Standing:
        return Standing(
            origin=claim.origin.value,
            quotes=len(claim.evidence),
            speakers=len({self.speakers.get((quote.source, quote.passage)) for quote in claim.evidence}),
            counter=len(claim.counter) if isinstance(claim, Item) else 0,
        )

    def card(self, item: Item) -> Card:
        return Card(item.id, item.text, self.standing(item), _sign(item), _channel(item), said=is_said(item))

    def feeling(self, step: Step) -> Feeling | None:
        if step.emotion is None:
            return None
        score, label = step.emotion.score, step.emotion.label
        return Feeling(EMOTION + step.id, score, label, score_in_words(score), self.standing(step.emotion))

    def is_told(self, link: Link) -> bool:
        """Tell whether a link says more than the order of the columns does."""
        goes_on = link.kind == "next" and not link.label and (link.before, link.after) in self.follows
        return link.after in self.numbers and not goes_on

    def way(self, link: Link) -> Way:
        return Way(link.kind, self.numbers[link.after], self.titles[link.after], (link.label or "").removeprefix("if "))


def is_said(item: Item) -> bool:
    """Tell whether an item's text is word for word in one of its quotes, so that it may wear quotation marks."""
    return any(item.text.strip(QUOTATION_MARKS) in quote.quote for quote in item.evidence)


def _lanes(step: Step) -> Iterator[tuple[str, tuple[Item, ...]]]:
    yield from ((lane, getattr(step, lane)) for lane in LANES)
    titles = dict.fromkeys(lane.title for lane in step.lanes)
    for title in titles:
        yield EXTRA + title, tuple(item for lane in step.lanes if lane.title == title for item in lane.items)


def _sign(item: Item) -> str:
    if isinstance(item, Touchpoint):
        return channel_sign(item.channel)
    return item.kind if isinstance(item, Note) else ""


def _channel(item: Item) -> str:
    """Return the channel in the source's own word, unless the touchpoint's text already is that word."""
    channel = (item.channel or "") if isinstance(item, Touchpoint) else ""
    return "" if channel.casefold() in item.text.casefold() else channel
