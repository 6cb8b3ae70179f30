"""What one English word can be: its classes, its verb forms, its base form. The only module that knows the dictionary.

The dictionary is lemminflect's, made from the SPECIALIST lexicon of the US National Library of Medicine; the closed
classes and what the rules must know of a verb stand in `english.toml` beside this file. Both load at first use.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

Form = Literal["base", "s", "past", "part", "ing"]
Kind = Literal["noun", "verb", "adjective", "adverb"]

_KINDS: dict[str, Kind] = {
    "NOUN": "noun",
    "PROPN": "noun",
    "VERB": "verb",
    "AUX": "verb",
    "ADJ": "adjective",
    "ADV": "adverb",
}
_TAGS: dict[str, Form] = {"VB": "base", "VBP": "base", "VBZ": "s", "VBD": "past", "VBN": "part", "VBG": "ing"}
_COMMON: dict[str, tuple[str, frozenset[Form]]] = {
    "texted": ("text", frozenset({"past", "part"})),
    "lay": ("lie", frozenset({"past"})),
    "left": ("leave", frozenset({"past", "part"})),
    "found": ("find", frozenset({"past", "part"})),
    "saw": ("see", frozenset({"past"})),
    "felt": ("feel", frozenset({"past", "part"})),
    "ground": ("ground", frozenset()),
    "got": ("get", frozenset({"past", "part"})),
    "gotten": ("get", frozenset({"part"})),
}
"""Forms whose likelier reading the dictionary does not know, or lists second."""


@cache
def words(table: str, name: str) -> frozenset[str]:
    """Return one class of `english.toml`; a word of several parts is written with hyphens there.

    >>> "unless" in words("closed", "condition"), "in the end" in words("time", "ending")
    (True, True)
    """
    text: str = _lists()[table][name]
    return frozenset(entry.replace("-", " ") for entry in text.split())


@lru_cache(maxsize=20_000)
def kinds(word: str) -> frozenset[Kind]:
    """Return the open classes a lower-case word can belong to; one the dictionary lacks is judged by its ending.

    >>> sorted(kinds("reports")), sorted(kinds("blorp"))
    (['noun', 'verb'], ['noun'])
    """
    known = {_KINDS[tag] for tag in _lemmas(word) if tag in _KINDS}
    return frozenset(known or _guessed(word))


@lru_cache(maxsize=20_000)
def forms(word: str) -> frozenset[Form]:
    """Return the verb forms a lower-case word can be; none when it is no verb.

    >>> sorted(forms("put")), sorted(forms("checks")), sorted(forms("went")), sorted(forms("signature"))
    (['base', 'part', 'past'], ['s'], ['past'], [])
    """
    if word in _COMMON:
        return _COMMON[word][1]
    lemmas = _lemmas(word).get("VERB", ())
    found = {form for lemma in lemmas for form in _forms_of(lemma, word)}
    return frozenset(found) if found else _form_by_ending(word)


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    """Return the base form of a lower-case verb form.

    >>> lemma("went"), lemma("shipped"), lemma("confirmes")
    ('go', 'ship', 'confirm')
    """
    if word in _COMMON:
        return _COMMON[word][0]
    known = _lemmas(word).get("VERB", ())
    if known:
        return known[0]
    for ending in ("es", "ed", "ing", "s"):
        stem = word.removesuffix(ending)
        if stem != word and "verb" in {_KINDS.get(tag) for tag in _lemmas(stem)}:
            return stem
    return word


def is_unknown(word: str) -> bool:
    """Whether the dictionary lacks a lower-case word, as it lacks most names."""
    return word not in _COMMON and not _lemmas(word)


@cache
def _lists() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath("english.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=20_000)
def _lemmas(word: str) -> dict[str, tuple[str, ...]]:
    import lemminflect  # its tables take a third of a second, which a source without English need not wait for

    found: dict[str, tuple[str, ...]] = lemminflect.getAllLemmas(word)
    if not found and "-" in word:
        found = lemminflect.getAllLemmas(word.rpartition("-")[2])
    return found


def _forms_of(base: str, word: str) -> set[Form]:
    import lemminflect

    last = word.rpartition("-")[2]
    by_tag: dict[str, tuple[str, ...]] = lemminflect.getAllInflections(base, "VERB")
    found: set[Form] = {
        _TAGS[tag] for tag, spelt in by_tag.items() if tag in _TAGS and (word in spelt or last in spelt)
    }
    if "past" in found and "VBN" not in by_tag:
        found.add("part")
    return found


def _form_by_ending(word: str) -> frozenset[Form]:
    """Judge a form the dictionary lacks, or lists without its inflection."""
    if "verb" not in kinds(word):
        return frozenset()
    if word.endswith("ing"):
        return frozenset({"ing"})
    if word.endswith("ed"):
        return frozenset({"past", "part"})
    if word.endswith("s") and not word.endswith("ss"):
        return frozenset({"s"})
    return frozenset({"base"})


def _guessed(word: str) -> set[Kind]:
    """Classes of a word the dictionary lacks, by its ending and by the word inside it."""
    if word.endswith("ly"):
        return {"adverb"}
    for ending in ("es", "s", "ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and "VERB" in _lemmas(stem):
            return {"verb", "noun"} if ending in ("s", "es") else {"verb"}
    if len(word) > 4 and word.endswith(("ed", "ing")):
        return {"verb"}
    return {"noun"}
