"""Utterances become the Source: one canonical text, and the passages that point into it.

The text holds the words said, turn by turn, with an empty line between; a label or a time that was recognised moves
into its passage and leaves the text, so that no quote can swallow it. What was not recognised stays in the text as it
was written: a misread label costs a name, never a word. Headings and notes about the recording stay in the text too,
outside every passage, since nobody said them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from journey.model import Participant, Passage, Role, Source
from journey.sources.language import identify_language
from journey.sources.limits import check_words
from journey.sources.roles import recognise_roles
from journey.sources.utterance import Utterance, count_words

_LONGEST = 2_000
"""Characters of a passage. A longer turn is cut at a sentence end: what a quote cites must be read at a glance."""

_GAP = "\n\n"
_SENTENCE_GAP = re.compile(r"\n|(?<=[.!?…؟])['\"”’»)\]]*[ \t]+|(?<=[。！？])")


def to_source(
    utterances: Iterable[Utterance], *, name: str, source_id: str, sha256: str, roles: Mapping[str, Role]
) -> Source:
    """Lay the utterances out as one text with passages, speakers and roles.

    Raises:
        SourceError: nothing was said, or too much.
    """
    spoken = [piece for utterance in utterances for piece in _readable(utterance) if piece.text]
    text = _GAP.join(utterance.text for utterance in spoken)
    check_words(text)
    by_name = recognise_roles(spoken, roles)
    return Source(
        id=source_id,
        kind="transcript",
        name=name,
        sha256=sha256,
        language=identify_language(text),
        text=text,
        passages=tuple(_passages(spoken, by_name)),
        participants=_participants(spoken, by_name),
    )


def _readable(utterance: Utterance) -> Iterator[Utterance]:
    """Cut a passage that is too long to be read at a glance; most are not."""
    rest, time = utterance.text.strip(), utterance.time
    while len(rest) > _LONGEST:
        cut = _cut(rest)
        yield replace(utterance, text=rest[:cut].rstrip(), time=time)
        rest, time = rest[cut:].lstrip(), None
    yield replace(utterance, text=rest, time=time)


def _cut(text: str) -> int:
    """The last sentence end that leaves a passage of a sensible length, else the last space, else the limit."""
    ends = [match.end() for match in _SENTENCE_GAP.finditer(text, _LONGEST // 2, _LONGEST)]
    if ends:
        return ends[-1]
    space = text.rfind(" ", _LONGEST // 2, _LONGEST)
    return space if space > 0 else _LONGEST


def _passages(spoken: Sequence[Utterance], roles: Mapping[str, Role]) -> Iterator[Passage]:
    start = number = 0
    for utterance in spoken:
        end = start + len(utterance.text)
        if utterance.said:
            number += 1
            yield Passage(
                id=f"t{number}",
                start=start,
                end=end,
                speaker=utterance.speaker or None,
                role=roles.get(utterance.speaker or "", Role.UNKNOWN),
                time=utterance.time,
            )
        start = end + len(_GAP)


def _participants(spoken: Sequence[Utterance], roles: Mapping[str, Role]) -> tuple[Participant, ...]:
    turns: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for utterance in spoken:
        if utterance.speaker and utterance.said:
            turns[utterance.speaker] += 1
            words[utterance.speaker] += count_words(utterance.text)
    return tuple(Participant(name=name, role=roles[name], turns=turns[name], words=words[name]) for name in turns)
