"""Words and marks of a sentence, and the part each can play."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from journey.engines.local.lexicon import Form, lemma, words


class Tag(StrEnum):
    """The part a word plays in its sentence."""

    DETERMINER = "det"
    POSSESSIVE = "poss"
    PRONOUN = "pron"
    PREPOSITION = "prep"
    PARTICLE = "part"
    CONJUNCTION = "cc"
    MARKER = "mark"  # opens a clause: if, when, because, that
    RELATIVE = "rel"  # who, which, where
    MODAL = "modal"
    BE = "be"
    HAVE = "have"
    DO = "do"
    NEGATION = "neg"
    TO = "to"
    NUMBER = "num"
    ADVERB = "adv"
    ADJECTIVE = "adj"
    NOUN = "noun"
    VERB = "verb"
    INTERJECTION = "intj"
    POINT = "point"


AUXILIARIES = frozenset({Tag.MODAL, Tag.BE, Tag.HAVE, Tag.DO})
NOMINAL = frozenset({Tag.NOUN, Tag.PRONOUN})
LED_BY = frozenset({Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN})
"""What shows that a noun phrase begins, whatever the next words can be."""
BEFORE_NOUN = frozenset({Tag.DETERMINER, Tag.POSSESSIVE, Tag.ADJECTIVE, Tag.NUMBER})
PASSED_OVER = frozenset({Tag.ADVERB, Tag.NEGATION, Tag.INTERJECTION})
"""What can stand between two words without parting them."""

SHORTENED = {
    "'m": Tag.BE,
    "'re": Tag.BE,
    "'ve": Tag.HAVE,
    "'ll": Tag.MODAL,
    "'d": Tag.MODAL,
    "n't": Tag.NEGATION,
    "'t": Tag.NEGATION,
}
_WORD = re.compile(
    r"n['’]t\b|['’](?:s|m|re|ve|ll|d|t)\b"
    r"|[$€£]?\d+(?:[.,:]\d+)*(?![^\W_])"
    r"|[^\W_](?:(?!n['’]t\b)[^\W_]|[-./@&_+](?=[^\W_]))*"
    r"|[^\w\s]|_",
    re.IGNORECASE,
)
_CLASSES: tuple[tuple[str, Tag], ...] = (
    ("negation", Tag.NEGATION),
    ("modal", Tag.MODAL),
    ("be", Tag.BE),
    ("have", Tag.HAVE),
    ("do", Tag.DO),
    ("condition", Tag.MARKER),
    ("time", Tag.MARKER),
    ("reason", Tag.MARKER),
    ("relative", Tag.RELATIVE),
    ("possessive", Tag.POSSESSIVE),
    ("determiner", Tag.DETERMINER),
    ("object", Tag.PRONOUN),
    ("subject", Tag.PRONOUN),
    ("conjunction", Tag.CONJUNCTION),
    ("number", Tag.NUMBER),
    ("preposition", Tag.PREPOSITION),
    ("adverb", Tag.ADVERB),
    ("particle", Tag.PARTICLE),
    ("interjection", Tag.INTERJECTION),
)


@dataclass(frozen=True)
class Token:
    """A word or a mark; `start` and `end` count from the start of the sentence."""

    text: str
    start: int
    end: int
    tag: Tag
    forms: frozenset[Form] = frozenset()

    @property
    def lower(self) -> str:
        """The word in lower case, with a straight apostrophe."""
        return lowered(self.text)

    @property
    def lemma(self) -> str:
        """The base form of a verb."""
        return lemma(self.lower)


def cut(text: str) -> list[tuple[str, int, int]]:
    """Return the words and marks of a sentence with their offsets.

    >>> [word for word, _, _ in cut("They couldn't pay $1,000.")]
    ['They', 'could', "n't", 'pay', '$1,000', '.']
    """
    return [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]


def lowered(word: str) -> str:
    """Return a word in lower case, with a straight apostrophe."""
    return word.lower().replace("’", "'")


def closed(word: str) -> Tag | None:
    """Return the closed class of a lower-case word; None when it belongs to an open one."""
    return _closed_classes().get(word)


@cache
def _closed_classes() -> dict[str, Tag]:
    """Every closed-class word; one of several classes counts under the first."""
    found: dict[str, Tag] = {}
    for name, tag in _CLASSES:
        for word in words("closed", name):
            found.setdefault(word, tag)
    return found
