"""What participants state: sentences cut where one claim ends and the next begins, as slices of the source.

"I haven't had a fever, but I did notice a temperature" states two things, and only the second is a complaint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journey.engines.local.sentences import Sentence
from journey.engines.local.stopping import Checking, watched
from journey.engines.local.vocabulary import pattern
from journey.model import Evidence, Role

SHORTEST = 3
"""Words; a shorter piece belongs to its neighbour."""
DIARY = 0.5
"""Share of its turns that speak of oneself, from which all of a source does."""
LONGEST_TEXT = 16
"""Words of a statement's readable text."""

_JOINT = re.compile(
    r"[;:–—]\s+|\s--?\s+|\.{3}\s*|…\s*"
    r"|,?\s+(?=(?:but|although|though|however)\b)"
    r"|,\s+(?=(?:and|so|because|cause|which|yet|or)\s)"
    r"|,\s+(?=(?:i|we|it|they|he|she|that|there|you(?! know)|my)\b)"
    r"|\s+(?=(?:and|so|because)\s+(?:i|we|it|they|he|she|that|there|you(?! know)|my)\b)",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|i|me|my|mine|myself|we|us|our|We|My|Our)\b")
_NOISE = re.compile(r"\[[^\]]*\]|\{[^}]*\}|\\")
_EDGE = re.compile(r"[\s,;:.!?…–—-]+$")
_LOOSE_END = re.compile(r"(?:[\s,]+(?:and|but|so|or|because|that|the|a|to|of|like|yeah))+$", re.IGNORECASE)
_REPEATED = re.compile(r"\b([\w'’]+)(?:[,\s]+\1\b)+", re.IGNORECASE)
_FILLER = re.compile(rf"(?:,\s*)?{pattern('filler').pattern}(?:\s*,)?", re.IGNORECASE)
_OPENING = re.compile(
    rf"\s*(?:{pattern('filler').pattern}|{pattern('opening_filler').pattern})(?:\s*[,.…]+\s*|\s+)(?=\S)"
    rf"|\s*{pattern('opening_answer').pattern}\s*[,.…]+\s*(?=\S)"
    r"|\s*[,.…–—-]+\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Statement:
    """One claim of a participant; `sentence` is an index, the offsets count in the source."""

    sentence: int
    start: int
    end: int
    said: str
    """The slice, unchanged."""
    text: str
    """The slice made readable: without fillers, shortened, with a capital."""


def statements(sentences: Sequence[Sentence], work: Checking) -> list[Statement]:
    """Return what participants state; questions, interviewers, agents and impersonal prose state nothing."""
    personal = _personal(sentences)
    return [
        statement
        for index, one in enumerate(watched(sentences, work))
        if may_voice(one) and (one.role is Role.PARTICIPANT or one.turn in personal)
        for statement in _cut(index, one)
    ]


def _personal(sentences: Sequence[Sentence]) -> set[int]:
    """Return the turns in which somebody speaks of oneself; in a diary all of them, though some do without an "I"."""
    own = {one.turn for one in sentences if _FIRST_PERSON.search(one.text)}
    of_source: dict[str, set[int]] = {}
    for one in sentences:
        of_source.setdefault(one.source, set()).add(one.turn)
    diaries = (turns for turns in of_source.values() if len(own & turns) >= DIARY * len(turns))
    return own.union(*diaries)


def may_voice(one: Sentence) -> bool:
    """Whether a sentence can show what the customer thinks or feels."""
    return one.role in (Role.PARTICIPANT, Role.UNKNOWN) and not one.is_question


def cite(one: Sentence, start: int, end: int) -> Evidence:
    """Return the slice of a sentence as evidence; offsets count in the source."""
    quote = one.text[start - one.start : end - one.start]
    return Evidence(source=one.source, passage=one.passage, start=start, end=end, quote=quote)


def readable(said: str) -> str:
    """Return words as they were said, without fillers and repetitions, at most `LONGEST_TEXT` of them.

    >>> readable("um, and it's it's, you know, just [inaudible] hard to find the the button.")
    "It's just hard to find the button"
    """
    text = _FILLER.sub(" ", said)
    text = _REPEATED.sub(r"\1", _NOISE.sub(" ", text))
    text = _EDGE.sub("", " ".join(text.split()).lstrip(" ,;:.-–—…"))
    text = _LOOSE_END.sub("", text[opening_fillers(text) :])
    words = text.split()
    if len(words) > LONGEST_TEXT:
        text = _EDGE.sub("", " ".join(words[:LONGEST_TEXT])) + " …"
    return text[:1].upper() + text[1:]


def opening_fillers(text: str) -> int:
    """Return how many characters at the beginning say nothing.

    >>> "Um, so, yeah, it broke."[opening_fillers("Um, so, yeah, it broke.") :]
    'it broke.'
    """
    at = 0
    while found := _OPENING.match(text, at):
        at = found.end()
    return at


def _cut(index: int, one: Sentence) -> Iterator[Statement]:
    for start, end in pieces(one.text):
        start += opening_fillers(one.text[start:end])
        end = start + len(_EDGE.sub("", one.text[start:end]))
        said = one.text[start:end]
        if len(text := readable(said)) > 1:
            yield Statement(index, one.start + start, one.start + end, said, text)


def pieces(text: str, joint: re.Pattern[str] = _JOINT) -> Iterator[tuple[int, int]]:
    """Yield the spans between joints, short ones joined to what follows."""
    start = 0
    for cut in joint.finditer(text):
        if len(text[start : cut.start()].split()) >= SHORTEST and len(text[cut.end() :].split()) >= SHORTEST:
            yield start, cut.start()
            start = cut.end()
    yield start, len(text)
