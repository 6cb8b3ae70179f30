"""The records: a Source and its passages, the Evidence that points into them, and the Journey drawn from them.

Every record is a frozen value. Identity, time and status live in the store. One class serves validation and JSON
both ways; the JSON form is the open format `journey/1`.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Record(BaseModel):
    """A frozen value that refuses unknown fields and writes its fields under their published names."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        allow_inf_nan=False,
    )


class Role(StrEnum):
    """Who speaks in a passage, as far as evidence is concerned."""

    PARTICIPANT = "participant"  # the customer: may show anything
    INTERVIEWER = "interviewer"  # asks: never evidence
    OTHER = "other"  # an agent or a system: may show a step or a touchpoint, never a feeling
    UNKNOWN = "unknown"  # nobody was named: treated as a participant


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


Fraction = Annotated[float, Field(ge=0, le=1)]
Offset = Annotated[int, Field(ge=0)]


class Box(Record):
    """A region of an image, in fractions of its width and height, from the top left corner."""

    x: Fraction
    y: Fraction
    w: Fraction
    h: Fraction


class Passage(Record):
    """A numbered turn of a transcript, or a text block of an image.

    `start` and `end` are half-open code-point offsets into `Source.text`; the slice holds the words said, not the
    speaker's label or the time.
    """

    id: str
    start: Offset
    end: Offset
    speaker: str | None = None
    role: Role = Role.UNKNOWN
    time: float | None = Field(default=None, ge=0, description="seconds from the start of the recording")
    box: Box | None = None
    colour: str | None = None
    read_by: Literal["ocr", "model", "user", "unread"] | None = None
    confidence: Fraction | None = None


class Participant(Record):
    """A speaker of a source and the role taken from labels, from questions asked, or from the user."""

    name: str
    role: Role
    turns: int = Field(ge=0)
    words: int = Field(ge=0)


class ImageSize(Record):
    """Pixels of the upright image."""

    width: int = Field(gt=0)
    height: int = Field(gt=0)


class Source(Record):
    """What was submitted, as text that never changes again: every offset in a journey points into `text`."""

    id: str
    kind: Literal["transcript", "image"]
    name: str
    sha256: str = Field(description="of the submitted bytes")
    language: str | None = Field(default=None, description="ISO 639-1 code, when it could be told")
    text: str
    passages: tuple[Passage, ...] = ()
    participants: tuple[Participant, ...] = ()
    image: ImageSize | None = None

    def slice(self, passage: Passage) -> str:
        """Return the words of one passage."""
        return self.text[passage.start : passage.end]


class Evidence(Record):
    """A slice of a source that supports a claim: `quote == source.text[start:end]`, always."""

    source: str
    passage: str
    start: Offset
    end: Offset
    quote: str = Field(min_length=1)
    match: Literal["exact", "normalised", "near"] = "exact"

    @model_validator(mode="after")
    def _spans_its_quote(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"evidence of {len(self.quote)} characters spans {self.end - self.start}")
        return self


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
    versions: dict[str, str] = {}
    seconds: float = Field(default=0, ge=0)
    calls: int = Field(default=0, ge=0)
    tokens: int = Field(default=0, ge=0, description="sent and received")
    cost: float | None = Field(default=None, ge=0, description="US dollars, when the price is known")
    coverage: tuple[Fraction, ...] = Field(default=(), description="share of participant turns used, by tenth")
    dropped: int = Field(default=0, ge=0, description="claims left out because their quote was not in the source")
    warnings: tuple[str, ...] = ()


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


class Upload(Record):
    """One submitted file: its name and the digest under which its bytes are kept."""

    name: str
    sha256: str


class Request(Record):
    """What the user asks for when submitting; the bytes themselves are kept by digest."""

    uploads: tuple[Upload, ...] = Field(min_length=1)
    engine: str = Field(
        default="local",
        description="chosen when submitting, never later: the user was told where the text goes",
    )
    instructions: str = ""
    title: str = ""
    roles: dict[str, Role] = Field(default={}, description="the user's corrections, by speaker")


LANES = ("actions", "touchpoints", "thoughts", "pains", "gains", "needs", "opportunities", "notes")
"""The item lanes of a step, in the order of the map (the emotion lane is not a list of items)."""
