"""Sources cut into sentences, each of which knows who says it and where it stands in `Source.text`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sentencex

from journey.model import Passage, Role, Source

LONGEST = 60
"""Words. Speech that a machine wrote down without full stops is cut at a spoken joint when it runs on beyond this."""

_WORD = re.compile(r"\S+")
_JOINT = re.compile(r"(?:(?<=[,;:])\s+|\s*\n\s*|\s+(?=(?:and then|and so|and|but|so|because|then)\b))", re.IGNORECASE)
_ASKS = re.compile(r"[?？؟][\"'”’»)\]]*$")
_ASKING_START = re.compile(
    r"(?:(?:okay|ok|so|and|alright|right|well|um|uh)[,.]?\s+)*"
    r"(?:how|what|when|where|who|why|which|did you|do you|have you|are you|were you|was it|is it|can you|could you"
    r"|would you|tell me|talk me through|walk me through)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """One sentence; `text == source.text[start:end]`, without white space at either end."""

    source: str
    passage: str
    turn: int
    """Index of its passage among all passages of all sources."""
    start: int
    end: int
    text: str
    role: Role
    speaker: str | None
    is_question: bool


def split(sources: Sequence[Source]) -> list[Sentence]:
    """Cut every passage of the transcripts into sentences, in reading order."""
    found: list[Sentence] = []
    turn = 0
    for source in sources:
        for passage in source.passages:
            found += (_sentence(source, passage, turn, span) for span in _spans(source, passage))
            turn += 1
    return found


def is_question(text: str) -> bool:
    """Whether a sentence asks; without punctuation, whether it begins like a question.

    >>> is_question("Did you call them?"), is_question("so how did that go"), is_question("When I called, they left.")
    (True, True, False)
    """
    if _ASKS.search(text):
        return True
    return text[-1:] not in ".!…,;:" and _ASKING_START.match(text) is not None


def _sentence(source: Source, passage: Passage, turn: int, span: tuple[int, int]) -> Sentence:
    start, end = span
    text = source.text[start:end]
    return Sentence(
        source=source.id,
        passage=passage.id,
        turn=turn,
        start=start,
        end=end,
        text=text,
        role=passage.role,
        speaker=passage.speaker,
        is_question=is_question(text),
    )


def _spans(source: Source, passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the trimmed spans of a passage's sentences."""
    at = passage.start
    for piece in sentencex.segment(source.language or "en", source.slice(passage)):
        for start, end in _short_enough(source.text, at, at + len(piece)):
            span = _trimmed(source.text, start, end)
            if span[0] < span[1]:
                yield span
        at += len(piece)


def _short_enough(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence that runs on and on: at a joint beyond half of `LONGEST`, or at `LONGEST` where there is none."""
    words = [start + word.start() for word in _WORD.finditer(text[start:end])]
    joints = {start + joint.end() for joint in _JOINT.finditer(text[start:end])} if len(words) > LONGEST else set()
    first = 0
    while len(words) - first > LONGEST:
        window = range(first + LONGEST // 2, first + LONGEST)
        first = next((index for index in window if words[index] in joints), first + LONGEST)
        yield start, words[first]
        start = words[first]
    yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
