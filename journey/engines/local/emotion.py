"""Feelings that participants voice, from -2 (very bad) to +2 (very good), in their own word.

The strength of a word is the sentiment lexicon's (VADER; Hutto and Gilbert 2014), turned by a negation before it and
moved by "very" or "a bit". Where no feeling word is said of oneself or as a judgement, there is no feeling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from journey.engines.local.lanes import is_courtesy, is_supposed, word_strength
from journey.engines.local.lexicon import words
from journey.engines.local.statements import Statement
from journey.engines.local.stopping import Checking, watched
from journey.engines.local.vocabulary import pattern, strengths

LEXICON_SCALE = 0.6
"""From the lexicon's -4..4 to our -2..2; few words exceed 3.3."""
TURNED = -0.5
MORE, LESS = 1.3, 0.7

_BEING = (
    r"(?:was|is|are|were|am|be|been|being|'s|’s|'m|’m|felt|feel|feels|got|found (?:it|that|this)"
    r"|makes? (?:it|me)|made (?:it|me)|such|how)"
)
_DEEDS = frozenset({"lost", "hurt", "touched", "ignored", "upset", "abandoned", "scared", "surprised", "impressed"})
_OBJECT = r"\s+(?:it|them|him|her|me|us|my|our|his|their|your|the|an?|some|all|any)\b"
_GAP = r"(?:\s+[\w'’]+){0,3}?\s+"


@dataclass(frozen=True)
class Feeling:
    """A voiced feeling; `label` is the word said, with its negation."""

    statement: Statement
    score: float
    label: str


def find_feelings(statements: Sequence[Statement], work: Checking) -> list[Feeling]:
    """Return the feelings voiced in statements, at most one each."""
    return [feeling for statement in watched(statements, work) if (feeling := _feeling(statement)) is not None]


def strongest(feelings: Sequence[Feeling]) -> Feeling:
    """Return the feeling that moved most; the first of equals."""
    return max(feelings, key=lambda feeling: abs(feeling.score))


def _feeling(statement: Statement) -> Feeling | None:
    said = statement.said
    if is_supposed(said) or is_courtesy(said):
        return None
    candidates = [
        (score, label) for label, word, start in _words(said) if (score := _score(said, word, start)) is not None
    ]
    if not candidates:
        return None
    score, label = max(candidates, key=lambda pair: abs(pair[0]))
    return Feeling(statement, score, label)


def _words(said: str) -> Iterator[tuple[str, str, int]]:
    """Yield (label, word, where the word begins) of what voices a feeling."""
    for hit in pattern("feeling_verbs").finditer(said):
        label = " ".join(hit.group().split()[1:])
        word = label if label.lower() in strengths() else label.split()[-1]
        yield label, word, hit.end() - len(word)
    for name, before in _frames():
        for hit in pattern(name).finditer(said):
            leads = before.search(said[: hit.start()]) is not None or _is_exclaimed(said, hit)
            voiced = leads and not _is_others(said[: hit.start()]) and _stands_alone(said[hit.end() :])
            if voiced and not _is_done_to(hit.group(), said[hit.end() :]):
                yield _label(said[: hit.start()], hit.group()), hit.group(), hit.start()


def _is_exclaimed(said: str, hit: re.Match[str]) -> bool:
    """Whether a word of feeling is all that is said, but for how much: "So happy!", "Really annoying"."""
    before = said[: hit.start()].split()
    return not said[hit.end() :].strip() and all(
        pattern("intensifier").fullmatch(word) or pattern("softener").fullmatch(word) for word in before
    )


def _label(before: str, word: str) -> str:
    """The word as it is meant, its negation first.

    >>> _label("I wasn't ", "happy"), _label("I was not very ", "happy"), _label("I was so ", "happy")
    ('not happy', 'not very happy', 'happy')
    """
    negation = re.search(r"(?:n['’]t|\b(?:not|never|no longer))((?:\s+\w+){0,2})\s+$", before, re.IGNORECASE)
    if negation is None:
        return word.lower()
    first = negation[0].split()[0].lower()
    denial = "not" if first.endswith("t") else first
    return f"{denial}{negation[1]} {word}".lower()


def _is_done_to(word: str, after: str) -> bool:
    """Whether a word that can be a verb has an object, and so tells a deed ("I lost my key").

    >>> _is_done_to("lost", " my key"), _is_done_to("lost", " without him"), _is_done_to("happy", " the whole day")
    (True, False, False)
    """
    return word.lower() in _DEEDS and re.match(_OBJECT, after, re.IGNORECASE) is not None


def _stands_alone(after: str) -> bool:
    """Whether a feeling word is not merely part of a phrase ("an awful lot", "great evidence").

    >>> _stands_alone(" to talk to"), _stands_alone(" experience"), _stands_alone(" deal of paper")
    (True, True, False)
    """
    following = re.match(r"\s+([\w-]+)", after)
    if following is None:
        return True
    return any(pattern(name).match(following[1]) for name in ("judged_end", "judged_noun"))


@cache
def _frames() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What must stand before a word, close by, for it to voice a feeling."""
    feeler = pattern("feeler").pattern
    return (
        ("felt", re.compile(rf"{feeler}{_GAP}$", re.IGNORECASE)),
        ("judged", re.compile(rf"(?:\b|(?=['’])){_BEING}(?:{_GAP}|\s+)$", re.IGNORECASE)),
    )


def _is_others(before: str) -> bool:
    """Whether the nearest person before the word is someone else ("she was happy")."""
    others = [hit.start() for hit in pattern("other_people").finditer(before)]
    others += [hit.end(1) for hit in re.finditer(r"\bmy\s+(\w+)", before, re.I) if _is_person(hit[1])]
    own = [hit.start() for hit in re.finditer(r"\b(?:i|me|my|we|us)\b", before, re.IGNORECASE)]
    return bool(others) and max(others) > max(own, default=-1)


def _is_person(word: str) -> bool:
    return word.lower() in words("nouns", "party") or word.lower().removesuffix("s") in words("nouns", "party")


def _score(said: str, word: str, start: int) -> float | None:
    value = strengths().get(word.lower())
    if value is None:
        known = word_strength(word)
        if known is None:
            return None
        value = known * LEXICON_SCALE
    before = " ".join(said[:start].split()[-4:])
    if re.search(r"\b(?:not|never|no|hardly)\b|n['’]t\b", before, re.IGNORECASE):
        value *= TURNED
    if pattern("softener").search(before):
        value *= LESS
    elif pattern("intensifier").search(before):
        value *= MORE
    return max(-2.0, min(2.0, round(value, 1)))
