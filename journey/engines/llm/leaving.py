"""Exactly what of the user's words would be sent to a model, found out without sending it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journey.engines.llm.prompt import users_words
from journey.model import Request, Source
from journey.redaction import Kind, redact


@dataclass(frozen=True)
class Leaving:
    """All that is sent of the user's words, and how many different things are hidden in it, by kind."""

    text: str
    hidden: Mapping[Kind, int]
    pictures: int = 0
    """Pictures that are sent as they are, where the model sees: their pixels cannot be redacted."""


def leaving(request: Request, read: Sequence[Source]) -> Leaving:
    """Return what a request would send of its sources, as the job would send it."""
    if not request.redact:
        pictures = sum(source.kind == "image" for source in read)
        return Leaving(users_words(read, request.instructions), {}, pictures)
    redaction = redact(read, instructions=request.instructions)
    return Leaving(users_words(redaction.sources, redaction.instructions), dict(redaction.counts))
