"""What the map shows: a Journey shaped into columns, lanes and cards, before anything is drawn.

No Streamlit here but for the language, so that what each card says can be tested without a browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from journey.model import LANES, Emotion, Item, Journey, Link, Note, Phase, Role, Step, Touchpoint
from journey.ui.lanes import LANE_NAMES, LaneName, channel_sign, extra_lane, score_in_words
from journey.ui.language import say

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
    """One entry of a lane; `sign` names a small picture, `said` tells that the text is word for word in a quote.

    `who` names the people whose words it rests on.
    """

    id: str
    text: str
    standing: Standing
    sign: str = ""
    channel: str = ""
    said: bool = False
    who: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feeling:
    """A point of the emotion curve; `score` from -2 to +2, `quote` the words in which it was voiced first.

    `language` is that of these words, as far as it could be told.
    """

    id: str
    score: float
    label: str
    words: str
    standing: Standing
    quote: str = ""
    language: str | None = None
    who: tuple[str, ...] = ()


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
    who: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    feeling: Feeling | None = None
    cells: dict[str, tuple[Card, ...]] = field(default_factory=dict)

    def people(self) -> Iterator[str]:
        """Yield everyone whose words something in this column rests on."""
        yield from self.who
        yield from self.feeling.who if self.feeling else ()
        yield from (who for cell in self.cells.values() for card in cell for who in card.who)

    def lanes(self) -> Iterator[str]:
        """Yield the key of every lane that has something in this column."""
        yield from self.cells
        if self.feeling:
            yield "emotion"


@dataclass(frozen=True)
class PhaseColumns:
    """A phase and its steps, left to right; one without any keeps an empty column, to put steps into."""

    id: str
    name: str
    goal: str
    origin: str
    steps: tuple[StepColumn, ...]


@dataclass(frozen=True)
class MapView:
    """The whole map; `missing` are the titles of the usual lanes with nothing in them, `people` those it quotes."""

    title: str
    phases: tuple[PhaseColumns, ...]
    lanes: tuple[LaneName, ...]
    missing: tuple[str, ...]
    people: tuple[str, ...] = ()


def map_view(journey: Journey) -> MapView:
    """Shape a journey for the map."""
    shaping = _Shaping(journey)
    phases = tuple(map(shaping.phase, journey.phases))
    steps = [step for phase in phases for step in phase.steps]
    present = dict.fromkeys(key for step in steps for key in step.lanes())
    usual = tuple(replace(lane, title=say(lane.title)) for lane in LANE_NAMES if lane.key in present)
    extra = tuple(extra_lane(key, key.removeprefix(EXTRA)) for key in present if key.startswith(EXTRA))
    missing = tuple(_missed(lane) for lane in LANE_NAMES if lane.key not in present and not lane.optional)
    people = tuple(dict.fromkeys(who for step in steps for who in step.people()))
    return MapView(journey.title, phases, usual + tuple(sorted(extra, key=lambda lane: lane.rank)), missing, people)


def _missed(lane: LaneName) -> str:
    return say("Emotion (nobody voiced a feeling)") if lane.key == "emotion" else say(lane.title)


class _Shaping:
    """One journey being shaped: the numbers of its steps, who speaks in each passage, and the links between steps."""

    def __init__(self, journey: Journey) -> None:
        steps = list(journey.steps())
        self.numbers = {step.id: number for number, step in enumerate(steps, start=1)}
        self.titles = {step.id: step.title for step in steps}
        self.follows = {(before.id, after.id) for before, after in pairwise(steps)}
        self.links = journey.links
        self.languages = {source.id: source.language for source in journey.sources}
        self.speakers = {
            (source.id, passage.id): (source.id if passage.speaker is None else passage.speaker)
            for source in journey.sources
            for passage in source.passages
        }
        self.names = {
            (source.id, passage.id): passage.speaker
            for source in journey.sources
            for passage in source.passages
            if passage.role in {Role.PARTICIPANT, Role.UNKNOWN}
        }

    def phase(self, phase: Phase) -> PhaseColumns:
        steps = tuple(map(self.column, phase.steps))
        return PhaseColumns(phase.id, phase.name, phase.goal or "", phase.origin.value, steps)

    def column(self, step: Step) -> StepColumn:
        return StepColumn(
            id=step.id,
            number=self.numbers[step.id],
            title=step.title,
            kind=step.kind,
            role=step.role or "",
            moment_of_truth=step.moment_of_truth,
            standing=self.standing(step),
            who=self.who(step),
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

    def who(self, claim: Item | Step | Emotion) -> tuple[str, ...]:
        named = (self.names.get((quote.source, quote.passage)) for quote in claim.evidence)
        return tuple(dict.fromkeys(name for name in named if name))

    def card(self, item: Item) -> Card:
        standing, who = self.standing(item), self.who(item)
        return Card(item.id, item.text, standing, _sign(item), _channel(item), said=is_said(item), who=who)

    def feeling(self, step: Step) -> Feeling | None:
        if step.emotion is None:
            return None
        felt, first = step.emotion, next(iter(step.emotion.evidence), None)
        words, standing = score_in_words(felt.score), self.standing(felt)
        quote, language = (first.quote, self.languages.get(first.source)) if first else ("", None)
        return Feeling(EMOTION + step.id, felt.score, felt.label, words, standing, quote, language, self.who(felt))

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
        return channel_sign(item.channel or item.text)
    return item.kind if isinstance(item, Note) else ""


def _channel(item: Item) -> str:
    """Return the channel in the source's own word, unless the touchpoint's text already is that word."""
    channel = (item.channel or "") if isinstance(item, Touchpoint) else ""
    return "" if channel.casefold() in item.text.casefold() else channel
