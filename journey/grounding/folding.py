"""Text folded for comparison, with the place in the original of every folded character.

Two texts that a reader would call the same words fold to the same string, whatever their case, accents' encoding,
quotation marks, dashes, spacing and invisible characters. Unicode's NFKD is used and not NFKC: composing happens
across characters, so that single characters folded one by one would not meet their composed form.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"\S+")
_SAME = {"ı": "i"} | dict.fromkeys("‘’‚‛′ʼ`´", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-")

# Pairs of a character and its offset in the original.
Letters = list[tuple[str, int]]


@dataclass(frozen=True)
class Folded:
    """A folded text; `text[i]` came from the original's character `positions[i]`."""

    text: str
    positions: array[int]


def fold(text: str) -> Folded:
    """Fold a text: decomposed, caseless, one space between words, plain quotation marks and dashes.

    >>> fold(" “Can’t\\u00a0 wait”—she  SAID… ").text
    '"can\\'t wait"-she said...'
    >>> list(fold("a  ﬁx").positions)
    [0, 2, 3, 3, 4]
    """
    folded: list[str] = []
    positions = array("I")
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        if word.isascii():
            piece, places = word.lower().replace("`", "'"), array("I", range(start, match.end()))
        else:
            piece, places = _fold_word(word, start)
        if folded and piece:
            folded.append(" ")
            positions.append(start - 1)
        if piece:
            folded.append(piece)
            positions.extend(places)
    return Folded("".join(folded), positions)


def _fold_word(word: str, start: int) -> tuple[str, array[int]]:
    letters: Letters = [(c, start + i) for i, original in enumerate(word) for c in _decomposed(original)]
    letters = [(c, at) for base, at in _ordered(letters) for c in _caseless(base)]
    letters = _without_doubled_spaces(letters)
    return "".join(c for c, _ in letters), array("I", (at for _, at in letters))


@lru_cache(maxsize=4096)
def _decomposed(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return ""  # zero-width characters, soft hyphens, marks of direction and variation
    if category == "No":
        return char  # 5² is not 52, nor 2½ the number 21⁄2
    return _SAME.get(char) or "".join(_SAME.get(c, c) for c in unicodedata.normalize("NFKD", char))


@lru_cache(maxsize=4096)
def _caseless(char: str) -> str:
    return unicodedata.normalize("NFKD", char.casefold()) if unicodedata.category(char) != "No" else char


def _ordered(letters: Letters) -> Letters:
    """Sort each run of combining marks by its class, as Unicode's canonical order asks; most words have none."""
    ranks = [unicodedata.combining(c) for c, _ in letters]
    if not any(ranks):
        return letters
    base = 0
    keys = []
    for index, rank in enumerate(ranks):
        base = base if rank else index
        keys.append((base, rank))
    return [letters[i] for i in sorted(range(len(letters)), key=keys.__getitem__)]


def _without_doubled_spaces(letters: Letters) -> Letters:
    """Drop spaces that decomposition made (of a free-standing accent) at an edge or beside another."""
    kept: Letters = []
    for letter, at in letters:
        if letter != " " or (kept and kept[-1][0] != " "):
            kept.append((letter, at))
    return kept[:-1] if kept and kept[-1][0] == " " else kept
