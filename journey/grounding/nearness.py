"""Accept a quote that deviates by a few letters, and nothing that says something else.

Edit distance alone cannot see a negation or a changed number ("15 minutes" and "50 minutes" are 94 % alike), so
the alignment only proposes a place, and the words decide.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from rapidfuzz import fuzz

from journey.grounding.index import Index
from journey.grounding.words import cuts_word, guarded, tokens

LEAST_ALIKE = 90.0
"""Percent of agreement between the quote and the slice."""
LEAST_WORDS = 4
"""Shorter quotes agree by chance."""
LEAST_ALIKE_WORD = 70.0
"""Percent of agreement between two words in the same place: a misspelling, not another word."""


def near_span(index: Index, wanted: str, rank: int) -> tuple[int, int] | None:
    """Return the range of the folded text nearest to the wanted words, around the cited passage, or None.

    Looks at the passage with this rank and its two neighbours, one at a time: no range spans two passages.
    """
    if len(tokens(wanted)) < LEAST_WORDS:
        return None
    window = [number for number, other in enumerate(index.ranks) if abs(other - rank) <= 1]
    for number in sorted(window, key=lambda number: abs(index.ranks[number] - rank)):
        span = _aligned(index.folded(number), wanted)
        if span:
            start = index.starts[number]
            return start + span[0], start + span[1]
    return None


def _aligned(passage: str, wanted: str) -> tuple[int, int] | None:
    if len(passage) < len(wanted) * LEAST_ALIKE / 200:
        return None
    place = fuzz.partial_ratio_alignment(wanted, passage, score_cutoff=LEAST_ALIKE)
    if place is None:
        return None
    start, end = (place.dest_start, place.dest_end) if len(wanted) <= len(passage) else (0, len(passage))
    start, end = _to_whole_words(passage, start, end)
    return (start, end) if says_the_same(wanted, passage[start:end]) else None


def _to_whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while cuts_word(text, start):
        start -= 1
    while cuts_word(text, end):
        end += 1
    length = len(text[start:end].strip())
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return start, start + length


def says_the_same(wanted: str, found: str) -> bool:
    """Tell whether two folded texts differ only as a misspelling or a dropped filler does.

    >>> says_the_same("i waited for the conformation mail", "i waited for the confirmation mail")
    True
    >>> says_the_same("i waited for the confirmation mail", "i waited for the confirmation call")
    False
    >>> says_the_same("we will ship the parcel on friday", "we will not ship the parcel on friday")
    False
    """
    if len(tokens(found)) < LEAST_WORDS or fuzz.ratio(wanted, found) < LEAST_ALIKE:
        return False
    return guarded(wanted) == guarded(found) and _words_agree(tokens(wanted), tokens(found))


def _words_agree(wanted: list[str], found: list[str]) -> bool:
    changes = SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes()
    if {changes[0][0], changes[-1][0]} & {"insert", "delete"}:
        return False  # what stands beyond an edge that does not agree may be a "never"
    return all(
        fuzz.ratio(" ".join(wanted[a:b]), " ".join(found[c:d])) >= LEAST_ALIKE_WORD
        for kind, a, b, c, d in changes
        if kind == "replace"
    )
