"""The user's instructions, as far as rules can follow them; what they cannot follow is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PARTS = re.compile(
    r"[.;\n]+|,?\s+\band\b\s+(?=(?:please\s+)?(?:ignore|leave|skip|exclude|focus|concentrate|the actor))", re.IGNORECASE
)
_ACTOR = re.compile(
    r"(?:(?:the\s+)?(?:actor|customer|protagonist|persona)\s*(?:is|=|:)|(?:draw|show|map)\s+(?:it\s+)?(?:from|for)"
    r"|from\s+the\s+(?:point of view|perspective)\s+of)\s*(?P<what>.+)",
    re.IGNORECASE,
)
_IGNORE = re.compile(
    r"(?:please\s+)?(?:ignore|leave\s+out|skip|exclude|drop|omit|without)\s+(?P<what>.+)", re.IGNORECASE
)
_FOCUS = re.compile(
    r"(?:please\s+)?(?:focus|concentrate)\s+(?:only\s+)?on\s+(?P<what>.+)|only\s+(?P<only>.+)", re.IGNORECASE
)
_LEAD = re.compile(r"^(?:the|a|an|all|any|everything about|parts? about|the parts? about)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Wishes:
    """What the user asked for; `unread` holds, word for word, what no rule understood."""

    actor: str | None = None
    ignore: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def read_wishes(instructions: str) -> Wishes:
    """Read instructions part by part.

    >>> read_wishes("The actor is the patient; ignore small talk and focus on billing. Write it in Welsh.")
    Wishes(actor='Patient', ignore=('small talk',), focus=('billing',), unread=('Write it in Welsh',))
    """
    actor: str | None = None
    ignore, focus, unread = [], [], []
    for part in _parts(instructions):
        if found := _ACTOR.fullmatch(part):
            actor = _subject(found["what"])
            actor = actor[:1].upper() + actor[1:]
        elif found := _IGNORE.fullmatch(part):
            ignore.append(_subject(found["what"]))
        elif found := _FOCUS.fullmatch(part):
            focus.append(_subject(found["what"] or found["only"]))
        else:
            unread.append(part)
    return Wishes(actor, tuple(ignore), tuple(focus), tuple(unread))


def _parts(instructions: str) -> Iterator[str]:
    yield from (part.strip() for part in _PARTS.split(instructions) if part.strip())


def _subject(words: str) -> str:
    return _LEAD.sub("", words.strip(" \"'“”‘’"))
