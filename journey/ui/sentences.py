"""Sentences that the floors below write in English, into errors and the store, are put into words when shown. Pure.

An entry of the catalogue is the sentence with its parts by name: "{name} holds no words." What was written is matched
against the entries, its parts are put into the translation, and what is not found stays English. A part is left as it
is, for it may be a name or what somebody said, unless its own name tells that it is one of our words.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel.numbers import format_decimal

from journey.ui.catalogue import sentence_pairs

_OURS = {"kind", "lane", "noun", "part", "state", "why"}
"""The names of parts that are words of this program, said in the language too where the catalogue has them."""

_PART = re.compile(r"\{(\w+)\}")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+")
_END = re.compile(r"(?<=[.!?:;]) +")
_LONGEST, _MOST = 1500, 8
"""Characters and sentences beyond which a text is not one of ours."""


@lru_cache(maxsize=2000)
def translated(text: str, language: str) -> str:
    """Return a sentence, or several after one another, in a language.

    >>> translated("The job was cancelled. Nobody wrote this. No words are selected.", "de")
    'Der Auftrag wurde abgebrochen. Nobody wrote this. Es sind keine Worte markiert.'
    """
    if not sentence_pairs(language) or len(text) > _LONGEST:
        return text
    return _one(text, language) or _several(text, language)


def _one(text: str, language: str, *, nested: bool = False) -> str | None:
    """Return the translation of a text that is one entry; of entries that fit, the one with most words of its own."""
    exact = sentence_pairs(language).get(text)
    if exact is not None:
        return exact
    for pattern, said in _patterns(language):
        found = None if nested and "why" in pattern.groupindex else pattern.fullmatch(text)
        if found is None:
            continue
        parts = {name: _part(name, part, language) for name, part in found.groupdict().items()}
        if None not in parts.values():
            return said.format(**parts)
    return None


def _part(name: str, part: str, language: str) -> str | None:
    """Return a part as it is said; None for a reason that is not known, with which the whole is not known either."""
    if name in _OURS:
        return _one(part, language, nested=True) or (None if name == "why" else part)
    if _GROUPED.fullmatch(part):
        return format_decimal(int(part.replace(",", "")), locale=language)
    return part


def _several(text: str, language: str) -> str:
    """Translate what can be of sentences after one another, the longest run of them first."""
    parts = _END.split(text)
    if not 1 < len(parts) <= _MOST:
        return text
    for end in range(len(parts) - 1, 0, -1):
        said = _one(" ".join(parts[:end]), language)
        if said is not None:
            return f"{said} {translated(' '.join(parts[end:]), language)}"
    return f"{parts[0]} {translated(' '.join(parts[1:]), language)}"


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    entries = [(english, said) for english, said in sentence_pairs(language).items() if _PART.search(english)]
    entries.sort(key=lambda pair: len(_PART.sub("", pair[0])), reverse=True)
    return tuple((_pattern(english), said) for english, said in entries)


def _pattern(english: str) -> re.Pattern[str]:
    r"""Return what an entry looks like once its parts are filled in; a part named twice holds the same words twice.

    >>> _pattern("{name} is {n} MB.").pattern
    '(?P<name>.+?)\\ is\\ (?P<n>.+?)\\ MB\\.'
    """
    pieces, seen = [], set()
    for place, piece in enumerate(_PART.split(english)):
        if place % 2 == 0:
            pieces.append(re.escape(piece))
        else:
            pieces.append(f"(?P={piece})" if piece in seen else f"(?P<{piece}>.+?)")
            seen.add(piece)
    return re.compile("".join(pieces), re.DOTALL)
