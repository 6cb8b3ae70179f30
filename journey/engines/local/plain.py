"""Steps of a text in a language without grammar here: what participants say, in their words, cut at a pause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from journey.engines.local.complements import LONGEST
from journey.engines.local.sentences import Sentence
from journey.model import Role

_PAUSE = re.compile(r"\s*[,;:–—、，；：]\s*|\s+-\s+")
_LETTERS = 24
"""Characters of a title in a script that puts no spaces between words."""
_LEAST = 12
"""Characters below which a sentence narrates nothing ("Ja, genau.")."""


def narrated(sentences: Sequence[Sentence]) -> Iterator[tuple[int, str]]:
    """Yield the index and the title of every sentence in which a participant can be telling something."""
    for index, sentence in enumerate(sentences):
        silent = sentence.role in (Role.INTERVIEWER, Role.OTHER) or sentence.is_question
        if not silent and len(sentence.text) >= _LEAST:
            yield index, plain_title(sentence.text)


def plain_title(text: str) -> str:
    """Return the first words of a sentence, up to a pause once that says enough.

    >>> plain_title("Dann habe ich bei der Hotline angerufen, aber niemand ging ran.")
    'Dann habe ich bei der Hotline angerufen'
    >>> plain_title("昨日、店に電話しました。")
    '昨日、店に電話しました'
    """
    text = text.strip().rstrip(".!?…。！？")
    pauses = [match.start() for match in _PAUSE.finditer(text) if match.start() >= _LEAST]
    text = text[: pauses[0]] if pauses else text
    parts = text.split()
    kept = " ".join(parts[:LONGEST]) if len(parts) > 1 else text[:_LETTERS]
    return kept[:1].upper() + kept[1:]
