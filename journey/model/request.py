"""What the user asks for."""

from __future__ import annotations

from pydantic import Field

from journey.model.bill import Budget
from journey.model.record import Record
from journey.model.source import Role


class Upload(Record):
    """One submitted file: its name and the digest under which its bytes are kept."""

    name: str
    sha256: str
    is_first_frame: bool = Field(default=False, description="of a moving image, whose other frames are not kept")


class Request(Record):
    """What the user asks for when submitting; the bytes themselves are kept by digest."""

    uploads: tuple[Upload, ...] = Field(min_length=1)
    engine: str = Field(
        default="local",
        description="chosen when submitting, never later: the user was told where the text goes",
    )
    instructions: str = ""
    title: str = ""
    roles: dict[str, Role] = Field(default_factory=dict, description="the user's corrections, by speaker")
    redact: bool = Field(default=True, description="hide what identifies people from an engine that sends text away")
    thorough: bool = Field(default=False, description="look once more for what was missed, at twice the cost")
    helps: str = Field(default="", description="the job whose map this is to improve; it stands in no list itself")
    about: str = Field(default="", description="digest of the journey to draw anew or to change")
    wish: str = Field(default="", description="what to change about that journey, in the user's words")
    budget: Budget | None = Field(default=None, description="the most to spend; None leaves it to the settings")
