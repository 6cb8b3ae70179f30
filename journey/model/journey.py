"""The map: phases, their steps, the lanes of a step, and the links between steps."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from journey.model.record import Fraction, Record
from journey.model.source import Evidence, Source

LANES = ("actions", "touchpoints", "thoughts", "pains", "gains", "needs", "opportunities", "notes")
"""The item lanes of a step, in the order of the map (the emotion lane is not a list of items)."""


class Origin(StrEnum):
    """Where a claim comes from."""

    QUOTED = "quoted"  # its evidence says it
    INFERRED = "inferred"  # the engine's conclusion; shown as such
    USER = "user"  # written by the user


class Outcome(StrEnum):
    """How much of a journey was found."""

    COMPLETE = "complete"
    PARTIAL = "partial"  # stopped early (a cap, refused sections); what was finished is shown
    NOT_ENOUGH = "not_enough"  # there is no journey in the sources; `reason` says why


class Item(Record):
    """One cell entry of a lane."""

    id: str
    text: str = Field(min_length=1)
    origin: Origin
    evidence: tuple[Evidence, ...] = ()
    counter: tuple[Evidence, ...] = Field(default=(), description="quotes that say the opposite")

    @model_validator(mode="after")
    def _quoted_means_evidence(self) -> Self:
        if self.origin is Origin.QUOTED and not self.evidence:
            raise ValueError(f"item {self.id!r} claims to be quoted and has no evidence")
        return self


class Touchpoint(Item):
    """Where the customer meets the service."""

    channel: str | None = Field(default=None, description="web, phone, shop, e-mail, ... or the user's own word")


class Note(Item):
    """A remark that is neither pain nor gain."""

    kind: Literal["warning", "info", "other"] = "info"


class Lane(Record):
    """A row of the map that is none of the field's usual ones; its title is kept as found."""

    title: str
    items: tuple[Item, ...] = ()


class EmotionReading(Record):
    """A second reading of the same feeling (a curve and a word may disagree; both are kept)."""

    score: float = Field(ge=-2, le=2)
    label: str
    read_from: str


class Emotion(Record):
    """A voiced feeling, from -2 (very bad) to +2 (very good)."""

    score: float = Field(ge=-2, le=2)
    label: str
    origin: Origin
    evidence: tuple[Evidence, ...] = ()
    other_readings: tuple[EmotionReading, ...] = ()

    @model_validator(mode="after")
    def _quoted_means_evidence(self) -> Self:
        if self.origin is Origin.QUOTED and not self.evidence:
            raise ValueError("a quoted emotion has no evidence")
        return self


class Step(Record):
    """One thing the customer did or that happened to them."""

    id: str
    title: str = Field(min_length=1)
    kind: Literal["action", "start", "end", "decision"] = "action"
    origin: Origin
    role: str | None = Field(default=None, description="who does it, when it is not the actor")
    evidence: tuple[Evidence, ...] = ()
    actions: tuple[Item, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()
    thoughts: tuple[Item, ...] = ()
    emotion: Emotion | None = None
    pains: tuple[Item, ...] = ()
    gains: tuple[Item, ...] = ()
    needs: tuple[Item, ...] = ()
    opportunities: tuple[Item, ...] = ()
    notes: tuple[Note, ...] = ()
    lanes: tuple[Lane, ...] = ()
    moment_of_truth: bool = False

    @model_validator(mode="after")
    def _evidence_fits_origin(self) -> Self:
        if self.origin is Origin.QUOTED and not self.evidence:
            raise ValueError(f"step {self.id!r} claims to be quoted and has no evidence")
        if self.origin is Origin.INFERRED and self.evidence:
            raise ValueError(f"step {self.id!r} is inferred and must not show a quote")
        return self

    def items(self) -> Iterator[tuple[str, Item]]:
        """Yield every item with the name of its lane, in the order of the map."""
        for lane in LANES:
            for item in getattr(self, lane):
                yield lane, item
        for extra in self.lanes:
            for item in extra.items:
                yield extra.title, item


class Phase(Record):
    """A stretch of the journey with one purpose."""

    id: str
    name: str = Field(min_length=1)
    origin: Origin
    goal: str | None = None
    steps: tuple[Step, ...] = ()


class Link(Record):
    """From one step to another; loops are allowed."""

    before: str = Field(alias="from", description="a step's id")
    after: str = Field(alias="to", description="a step's id")
    kind: Literal["next", "branch", "loop"] = "next"
    label: str | None = None
    origin: Origin = Origin.INFERRED
    evidence: tuple[Evidence, ...] = ()


class Actor(Record):
    """Whose journey this is."""

    name: str
    role: str | None = None


class Run(Record):
    """How the journey was made; `warnings` are sentences for the user."""

    engine: str
    model: str | None = None
    versions: dict[str, str] = Field(default_factory=dict)
    seconds: float = Field(default=0, ge=0)
    calls: int = Field(default=0, ge=0)
    tokens: int = Field(default=0, ge=0, description="sent and received")
    cost: float | None = Field(default=None, ge=0, description="US dollars, when the price is known")
    coverage: tuple[Fraction, ...] = Field(default=(), description="share of participant turns used, by tenth")
    dropped: int = Field(default=0, ge=0, description="claims left out because their quote was not in the source")
    warnings: tuple[str, ...] = ()

    @property
    def untold_dropped(self) -> int:
        """Claims left out of which no warning speaks."""
        return 0 if any("left out" in warning for warning in self.warnings) else self.dropped


class Journey(Record):
    """The map, with the sources it was drawn from."""

    version: Literal["journey/1"] = Field(default="journey/1", alias="schema")
    title: str
    actor: Actor | None = None
    scenario: str | None = None
    goal: str | None = None
    expectations: tuple[Item, ...] = ()
    phases: tuple[Phase, ...] = ()
    links: tuple[Link, ...] = ()
    sources: tuple[Source, ...]
    outcome: Outcome = Outcome.COMPLETE
    reason: str | None = None
    run: Run

    def steps(self) -> Iterator[Step]:
        """Yield every step in order."""
        for phase in self.phases:
            yield from phase.steps
