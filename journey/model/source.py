"""What was submitted: a Source and its passages, and the Evidence that points into them."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from journey.model.picture import Box, Picture
from journey.model.record import Fraction, Offset, Record


class Role(StrEnum):
    """Who speaks in a passage, as far as evidence is concerned."""

    PARTICIPANT = "participant"  # the customer: may show anything
    INTERVIEWER = "interviewer"  # asks: never evidence
    OTHER = "other"  # an agent or a system: may show a step or a touchpoint, never a feeling
    UNKNOWN = "unknown"  # nobody was named: treated as a participant


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
    image: Picture | None = None

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
