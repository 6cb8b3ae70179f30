"""The phrase lists of `vocabulary.toml` as patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("vocabulary.toml")


@cache
def phrases(name: str) -> tuple[str, ...]:
    """Return the phrases of one list, as written."""
    return tuple(_file()[name])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return one pattern that finds any phrase of a list, the longest first."""
    return compiled(phrases(name))


def strengths() -> Mapping[str, float]:
    """Return the strength of feeling words, -2 to 2, where the sentiment lexicon has no value of its own."""
    strength: dict[str, float] = _file()["strength"]
    return strength


def compiled(listed: Iterable[str]) -> re.Pattern[str]:
    """Compile phrases: whole words, "~" for any ending, "*" for one to three words, any apostrophe.

    >>> compiled(["wait~ for * weeks"]).search("I was waiting for nearly three weeks").group()
    'waiting for nearly three weeks'
    """
    longest_first = sorted(listed, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_regex, longest_first))})(?!\w)", re.IGNORECASE)


def _regex(phrase: str) -> str:
    words = (_word(word) for word in phrase.split())
    return r"\s+".join(words)


def _word(word: str) -> str:
    if word == "*":
        return r"\S+(?:\s+\S+){0,2}"
    return re.escape(word).replace(r"\~", r"\w*").replace("'", "['’]")


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
