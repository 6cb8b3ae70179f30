"""A map while it is read from a file: what the file says, before it is made a journey."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from journey.model import Origin

Kind = Literal["action", "start", "end", "decision"]
NoteKind = Literal["warning", "info", "other"]
LinkKind = Literal["next", "branch", "loop"]
Match = Literal["exact", "normalised", "near"]


@dataclass(frozen=True)
class Said:
    """A quote as the file tells it."""

    quote: str
    speaker: str = ""
    time: float | None = None
    source: str = ""
    turn: str = ""
    match: Match = "exact"


@dataclass
class Claim:
    """Something that stands on the map, with its quotes."""

    text: str
    origin: Origin = Origin.USER
    quotes: list[Said] = field(default_factory=list)
    against: list[Said] = field(default_factory=list)
    channel: str = ""
    kind: NoteKind = "info"
    """Of a note; nothing to any other claim."""


@dataclass
class StepDraft:
    """A step and its lanes by their titles."""

    head: Claim
    lanes: dict[str, list[Claim]] = field(default_factory=dict)
    feeling: Claim | None = None
    score: float = 0.0
    kind: Kind = "action"
    role: str = ""
    moment_of_truth: bool = False

    def add(self, lane: str, claim: Claim) -> None:
        """Put a claim at the end of a lane, by its title."""
        self.lanes.setdefault(lane, []).append(claim)


@dataclass
class PhaseDraft:
    """A phase and its steps."""

    name: str
    steps: list[StepDraft] = field(default_factory=list)
    goal: str = ""
    origin: Origin = Origin.USER


@dataclass
class LinkDraft:
    """A link between two steps, by their numbers from 0."""

    before: int
    after: int
    kind: LinkKind = "next"
    label: str = ""
    origin: Origin = Origin.USER
    quotes: list[Said] = field(default_factory=list)


@dataclass
class MapDraft:
    """Everything that a file tells of a journey."""

    title: str = ""
    actor: str = ""
    role: str = ""
    scenario: str = ""
    goal: str = ""
    phases: list[PhaseDraft] = field(default_factory=list)
    expectations: list[Claim] = field(default_factory=list)
    links: list[LinkDraft] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def steps(self) -> Iterator[StepDraft]:
        """Yield every step in order."""
        for phase in self.phases:
            yield from phase.steps

    def claims(self) -> Iterator[Claim]:
        """Yield everything that may have quotes, in the order of the map."""
        yield from self.expectations
        for step in self.steps():
            yield step.head
            if step.feeling:
                yield step.feeling
            for claims in step.lanes.values():
                yield from claims
