"""Where the customer meets the service, named in the words of the text, with the channel."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from journey.engines.local.sentences import Sentence
from journey.engines.local.vocabulary import compiled
from journey.model import Role

_LEAD = re.compile(r"\b(?:the|their|your|my|our|a|an|his|her)\s+(?:[\w-]+\s+)?$", re.IGNORECASE)

_ACT = re.compile(r"(?:call|rang|phon|telephon|mail|text)\w*\b(?!\s+cent)", re.IGNORECASE)
_LOOSE = re.compile(r"\s+(?:the|my|a|an)$", re.IGNORECASE)


@dataclass(frozen=True)
class Meeting:
    """A mention of a touchpoint; offsets count in the source of the sentence."""

    sentence: int
    start: int
    end: int
    text: str
    channel: str


def find_meetings(index: int, one: Sentence) -> list[Meeting]:
    """Return the touchpoints a sentence names, once per channel; an interviewer's sentence or a question names none."""
    if one.role is Role.INTERVIEWER or one.is_question:
        return []
    found: dict[str, Meeting] = {}
    for channel, start, end in sorted(_mentions(one.text), key=lambda mention: _is_act(one.text[mention[1] :])):
        end -= len(one.text[start:end]) - len(_LOOSE.sub("", one.text[start:end]))
        text = one.text[start:end]
        named = Meeting(index, one.start + start, one.start + end, text[:1].upper() + text[1:], channel)
        found.setdefault(channel, named)
    return list(found.values())


def _is_act(text: str) -> bool:
    """Whether a mention tells of calling; what was called names the touchpoint better."""
    return _ACT.match(text) is not None


def channel_of(text: str) -> str | None:
    """Return the channel that a text names first.

    >>> channel_of("I rang the helpline"), channel_of("a pottery workshop"), channel_of("an email from the shop")
    ('phone', None, 'e-mail')
    """
    return next((channel for channel, _, _ in _mentions(text)), None)


def _mentions(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (channel, start, end) in the order of the text; a place belongs to one channel."""
    taken = [hit.span() for hit in _not_meant().finditer(text)]
    found = []
    for channel, pattern in _channels():
        for hit in pattern.finditer(text):
            if not any(start < hit.end() and hit.start() < end for start, end in taken):
                taken.append(hit.span())
                lead = _LEAD.search(text[: hit.start()])
                found.append((channel, lead.start() if lead else hit.start(), hit.end()))
    yield from sorted(found, key=lambda mention: mention[1])


@cache
def _channels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((channel, compiled(listed)) for channel, listed in _file()["channels"].items())


@cache
def _not_meant() -> re.Pattern[str]:
    return compiled(_file()["not"]["phrases"])


@cache
def _file() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("channels.toml").read_text(encoding="utf-8"))
