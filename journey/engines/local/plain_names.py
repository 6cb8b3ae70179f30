"""Names of phases in a language without grammar here: the words that are said in a phase and less elsewhere."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NAMING = 2
"""How much more a word counts that is written with a capital within a sentence: a name, a German noun."""
_SHORTEST = 3
_WORDS = 2


def name_plainly(texts: Sequence[Sequence[str]], *, small: Collection[str]) -> list[str]:
    """Return a name per phase, each different, of two words in the order in which they are said.

    Args:
        texts: per phase, the sentences said in it.
        small: words that name nothing, in lower case.

    >>> said = [["Ich habe das Formular auf der Webseite ausgefüllt."], ["Dann kam die Karte mit der Post."]]
    >>> name_plainly(said, small={"ich", "habe", "das", "auf", "der", "dann", "kam", "die", "mit"})
    ['Formular · Webseite', 'Karte · Post']
    """
    written = [dict(word for text in said for word in _words(text, small)) for said in texts]
    counts = [Counter(key for text in said for key, _ in _words(text, small)) for said in texts]
    seen_in = Counter(key for count in counts for key in count)
    names: list[str] = []
    for number, (count, words) in enumerate(zip(counts, written, strict=True), start=1):
        weight = {
            key: times * math.log(1 + len(texts) / seen_in[key]) * (_NAMING if words[key][:1].isupper() else 1)
            for key, times in count.items()
        }
        heavy = sorted(weight, key=lambda key: -weight[key])
        choices = (heavy[at : at + _WORDS] for at in range(0, len(heavy), _WORDS))
        shown = (_shown([words[key] for key in words if key in chosen]) for chosen in choices)
        names.append(next((name for name in shown if name not in names), f"Part {number}"))
    return names


def _shown(words: Sequence[str]) -> str:
    name = " · ".join(words)
    return name[:1].upper() + name[1:]


def _words(text: str, small: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each telling word in lower case and as it is written; what begins a sentence has a capital in any case."""
    for place, word in enumerate(_WORD.findall(text)):
        key = word.lower()
        if len(word) >= _SHORTEST and key not in small and key.rpartition("'")[2].rpartition("’")[2] not in small:
            yield key, key if place == 0 else word
