"""The map as a table to draw: phases as bands, steps as columns, lanes as rows, and what each card rests on.

Everything that is drawn (slides, pages, pictures) starts from here, so that all of them show the same map.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from journey.exports.citations import LANE_TITLES, lane_titles, lanes
from journey.model import Emotion, Evidence, Item, Journey, Link, Origin, Outcome, Phase, Step, Touchpoint

EMOTION = "Emotion"
"""The title of the row that holds a curve."""

BEFORE_EMOTION = tuple(LANE_TITLES.values())[:3]
"""What happens stands above how it feels; what follows from it stands below."""

TAKEN_IN = "Taken in from a file"
"""What is said instead of an engine and its seconds of a map that nobody drew."""

Form = Literal["quoted", "inferred", "user", "contradicted"]
FORM_WORDS: dict[Form, str] = {
    "quoted": "quoted from a source",
    "inferred": "inferred by the engine",
    "user": "added by the user",
    "contradicted": "contradicted by a quote",
}
"""What the legend says about each form of a card."""


@dataclass(frozen=True)
class Standing:
    """What a claim rests on."""

    origin: Origin
    quotes: int = 0
    people: int = 0
    against: int = 0

    @property
    def form(self) -> Form:
        """How the claim is drawn."""
        return "contradicted" if self.against else self.origin.value

    def words(self) -> str:
        """Say it below the claim.

        >>> Standing(Origin.QUOTED, quotes=3, people=2, against=1).words()
        '3 quotes, 2 people; 1 against'
        >>> Standing(Origin.INFERRED).words()
        'inferred'
        """
        known = {Origin.QUOTED: "", Origin.INFERRED: "inferred", Origin.USER: "by the user"}[self.origin]
        quotes = _counted(self.quotes, "quote", "quotes") if self.quotes else ""
        people = _counted(self.people, "person", "people") if self.people > 1 else ""
        against = f"{self.against} against" if self.against else ""
        supported = ", ".join(part for part in (known, quotes, people) if part)
        return "; ".join(part for part in (supported, against) if part)


@dataclass(frozen=True)
class Card:
    """One entry of a lane; `reference` is its number in the appendix of evidence, 0 where it has none."""

    text: str
    standing: Standing
    reference: int = 0


@dataclass(frozen=True)
class Row:
    """A lane; the one of feelings holds a curve instead of cards."""

    title: str
    is_curve: bool = False


@dataclass(frozen=True)
class Column:
    """A step: its head, its feeling and its cards by the title of their lane; `step` is "" under an empty phase."""

    step: str
    number: int
    head: Card
    remark: str = ""
    score: float | None = None
    feeling: Card | None = None
    cells: dict[str, tuple[Card, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Band:
    """A phase over its columns."""

    number: int
    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Board:
    """The whole map, or the columns of one page."""

    title: str
    facts: str
    notice: str
    """Why the map is partial or missing, if it is."""
    bands: tuple[Band, ...]
    rows: tuple[Row, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, left to right."""
        return tuple(column for band in self.bands for column in band.columns)

    def split(self, most: int) -> list[Board]:
        """Return the map in as few pieces of at most `most` columns as there can be, of nearly one size."""
        pieces = self._split(most)
        while most > 1 and len(narrower := self._split(most - 1)) == len(pieces):
            most, pieces = most - 1, narrower
        return pieces

    def _split(self, most: int) -> list[Board]:
        """Fill pieces one after the other; a phase that does not fit whole begins a new one."""
        pieces: list[list[Band]] = [[]]
        for band in self.bands:
            for part in _parts(band, most):
                used = sum(len(other.columns) for other in pieces[-1])
                if used + len(part.columns) > most:
                    pieces.append([])
                pieces[-1].append(part)
        return [replace(self, bands=tuple(piece)) for piece in pieces]


def _parts(band: Band, most: int) -> Iterator[Band]:
    """Cut a phase of too many columns into pieces of nearly one size."""
    pieces = -(-len(band.columns) // most)
    size = -(-len(band.columns) // pieces)
    for start in range(0, len(band.columns), size):
        name = band.name if start == 0 else f"{band.name} (continued)"
        yield Band(band.number, name, band.columns[start : start + size])


def to_board(journey: Journey) -> Board:
    """Shape a journey for drawing."""
    shaping = _Shaping(journey)
    rows = [Row(title) for title in lane_titles(journey)]
    if any(step.emotion for step in journey.steps()):
        rows.insert(sum(row.title in BEFORE_EMOTION for row in rows), Row(EMOTION, is_curve=True))
    return Board(journey.title or "Journey", facts(journey), notice(journey), tuple(shaping.bands()), tuple(rows))


def facts(journey: Journey) -> str:
    """Say whose journey it is, in which situation and to what end, on one line."""
    actor = journey.actor
    named = ", ".join(part for part in (actor.name, actor.role) if part) if actor else ""
    return " · ".join(part for part in (named, journey.scenario, journey.goal and f"Goal: {journey.goal}") if part)


def is_taken_in(journey: Journey) -> bool:
    """Tell whether the map came in as one, in a file of this or another tool (`journey.imports`)."""
    return journey.run.engine == "import"


def notice(journey: Journey) -> str:
    """Say that a map is partial or missing, and why; nothing of a complete one."""
    states = {Outcome.NOT_ENOUGH: "Not enough to draw a journey.", Outcome.PARTIAL: "This map is partial."}
    state = states.get(journey.outcome, "")
    return f"{state} {journey.reason or ''}".strip() if state else ""


def claims(journey: Journey) -> Iterator[tuple[str, str, Item | Step | Emotion]]:
    """Yield every claim of the map with its step's title and its lane, in the order in which they are numbered."""
    for item in journey.expectations:
        yield "", "Expectations", item
    for step in journey.steps():
        yield step.title, "Step", step
        if step.emotion:
            yield step.title, EMOTION, step.emotion
        for title, items in lanes(step):
            for item in items:
                yield step.title, title, item


def is_cited(claim: Item | Step | Emotion) -> bool:
    """Whether a claim has quotes, for or against it, and so a number in the appendix."""
    return bool(claim.evidence) or bool(against(claim))


def against(claim: Item | Step | Emotion) -> tuple[Evidence, ...]:
    """Return the quotes that say the opposite of a claim."""
    return claim.counter if isinstance(claim, Item) else ()


class _Shaping:
    def __init__(self, journey: Journey) -> None:
        self._phases = journey.phases
        cited = [id(claim) for _, _, claim in claims(journey) if is_cited(claim)]
        self._references = {claim: number for number, claim in enumerate(cited, start=1)}
        self._numbers = {step.id: number for number, step in enumerate(journey.steps(), start=1)}
        self._links = [link for link in journey.links if self._is_told(link)]
        self._speakers = {
            (source.id, passage.id): passage.speaker or source.id
            for source in journey.sources
            for passage in source.passages
        }

    def bands(self) -> Iterator[Band]:
        for number, phase in enumerate(self._phases, start=1):
            yield Band(number, phase.name, tuple(map(self._column, phase.steps)) or (_no_steps(phase),))

    def _column(self, step: Step) -> Column:
        feeling = step.emotion
        return Column(
            step=step.id,
            number=self._numbers[step.id],
            head=self._card(step, step.title),
            remark=" · ".join([*_marks(step), *(self._way(link) for link in self._links if link.before == step.id)]),
            score=feeling.score if feeling else None,
            feeling=self._card(feeling, feeling.label) if feeling else None,
            cells=self._cells(step),
        )

    def _is_told(self, link: Link) -> bool:
        """Whether a link says more than the order of the columns does."""
        before, after = self._numbers.get(link.before), self._numbers.get(link.after)
        return (
            before is not None
            and after is not None
            and (link.kind != "next" or bool(link.label) or after != before + 1)
        )

    def _way(self, link: Link) -> str:
        """Say where a step leads besides the next one, and when."""
        arrow = "↺" if link.kind == "loop" else "→"
        return f"{arrow} {self._numbers[link.after]}{f' {link.label}' if link.label else ''}"

    def _cells(self, step: Step) -> dict[str, tuple[Card, ...]]:
        cells: dict[str, tuple[Card, ...]] = {}
        for title, items in lanes(step):
            cells[title] = cells.get(title, ()) + tuple(self._card(item, _item_text(item)) for item in items)
        return cells

    def _card(self, claim: Item | Step | Emotion, text: str) -> Card:
        people = {self._speakers.get((quote.source, quote.passage)) for quote in claim.evidence}
        standing = Standing(claim.origin, len(claim.evidence), len(people), len(against(claim)))
        return Card(text, standing, self._references.get(id(claim), 0))


def _item_text(item: Item) -> str:
    has_channel = isinstance(item, Touchpoint) and item.channel
    return f"{item.text} ({item.channel})" if isinstance(item, Touchpoint) and has_channel else item.text


def _marks(step: Step) -> Iterator[str]:
    if step.kind != "action":
        yield step.kind
    if step.role:
        yield f"by {step.role}"
    if step.moment_of_truth:
        yield "moment of truth"


def _no_steps(phase: Phase) -> Column:
    return Column(step="", number=0, head=Card("No steps yet", Standing(phase.origin)))


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
