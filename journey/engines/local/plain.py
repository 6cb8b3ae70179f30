"""Steps of a text in a language without grammar here: what participants say, in their words, cut at a pause."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from journey.engines.local.complements import LONGEST
from journey.engines.local.other_languages import is_no_deed, opening, small_words
from journey.engines.local.sentences import Sentence
from journey.model import Role

_PAUSE = re.compile(r"\s*[,;:–—、，；：]\s*|\s+-\s+")
_JOINTS = frozenset({"und", "y", "et"})
"""Words close to the end of a title that lead to what there is no room for."""
_LETTERS = 24
"""Characters of a title in a script that puts no spaces between words."""
FEWEST = 3
"""Deeds below which all that is told is shown."""
_LEAST = 12
"""Characters below which a sentence narrates nothing ("Ja, genau.")."""


def narrated(sentences: Sequence[Sentence], language: str | None) -> Iterator[tuple[int, str]]:
    """Yield the index and the title of every sentence in which a participant can be telling something."""
    telling = [index for index, sentence in enumerate(sentences) if _may_tell(sentence)]
    deeds = [index for index in telling if not is_no_deed(sentences[index].text, language)]
    for index in deeds if len(deeds) >= FEWEST else telling:
        yield index, plain_title(sentences[index].text, language)


def _may_tell(sentence: Sentence) -> bool:
    silent = sentence.role in (Role.INTERVIEWER, Role.OTHER) or sentence.is_question
    return not silent and len(sentence.text) >= _LEAST


def plain_title(text: str, language: str | None = None) -> str:
    """Return the first words of a sentence, up to a pause once that says enough.

    >>> plain_title("Dann habe ich bei der Hotline angerufen, aber niemand ging ran.")
    'Dann habe ich bei der Hotline angerufen'
    >>> plain_title("Also, ich bin am nächsten Tag zur Post gegangen und habe gewartet.", "de")
    'Ich bin am nächsten Tag zur Post gegangen'
    >>> plain_title("昨日、店に電話しました。")
    '昨日、店に電話しました'
    """
    text = _opened(text.strip().rstrip(".!?…。！？"), opening(language))
    pauses = [match.start() for match in _PAUSE.finditer(text) if match.start() >= _LEAST]
    text = text[: pauses[0]] if pauses else text
    parts = text.split()
    kept = _cut(parts, small_words(language)) if len(parts) > 1 else text[:_LETTERS]
    return kept[:1].upper() + kept[1:]


def _opened(text: str, empty: re.Pattern[str] | None) -> str:
    """Return a sentence without what says nothing before its first pause ("Also, | ich ...")."""
    while empty and (said := empty.match(text)) and (pause := _PAUSE.match(text, said.end())):
        text = text[pause.end() :]
    return text


def _cut(parts: Sequence[str], small: Collection[str]) -> str:
    """Return as many words as a title may have, not ending on one that leads to words cut off."""
    kept = list(parts[:LONGEST])
    if len(kept) < len(parts):
        joint = next((at for at in range(len(kept) - 1, LONGEST - 4, -1) if kept[at].lower() in _JOINTS), len(kept))
        kept = kept[:joint]
        while len(kept) > 1 and kept[-1].lower() in small:
            kept.pop()
    return " ".join(kept)
