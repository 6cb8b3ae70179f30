"""Noun phrases of an English sentence: where one ends, and which one a verb has before and after it."""

from __future__ import annotations

from collections.abc import Sequence

from journey.engines.local.lexicon import words
from journey.engines.local.tokens import AUXILIARIES, NOMINAL, PASSED_OVER, Tag, Token

Span = tuple[int, int]
"""Half-open, in tokens."""

SUBJECT_ONLY = frozenset({"i", "we", "they", "he", "she"})
OBJECT_ONLY = frozenset({"me", "us", "him", "them"})
_INSIDE = frozenset({Tag.DETERMINER, Tag.POSSESSIVE, Tag.NUMBER, Tag.ADJECTIVE, Tag.NOUN, Tag.PRONOUN})
_COUNTED = frozenset({"before", "after", "ago", "later", "earlier"})
"""Adverbs that belong to a stretch of time ("a week later")."""
_LOOSE = frozenset({"up", "down", "out", "off", "back", "away"})
"""Particles that may stand behind the object ("looked it up")."""


def phrase_end(tokens: Sequence[Token], start: int) -> int | None:
    """Return where the noun phrase that begins at `start` ends; None when none begins there."""
    j = start
    while j < len(tokens) and (tokens[j].tag in _INSIDE or _is_genitive(tokens, j)):
        if tokens[j].tag is Tag.PRONOUN:
            stands = j == start and tokens[j].lower not in SUBJECT_ONLY
            j += stands
            break
        if j > start and _begins_anew(tokens, j):
            break
        j += 1
    return j if j > start else None


def _begins_anew(tokens: Sequence[Token], j: int) -> bool:
    """Whether an article or a time after a noun begins another phrase ("gave the man | a form | two days ago")."""
    if tokens[j].tag is Tag.NUMBER and j + 1 < len(tokens) and tokens[j + 1].lower in words("nouns", "stretch"):
        return tokens[j - 1].tag is Tag.NOUN and tokens[j - 1].lower not in words("nouns", "stretch")
    leads = tokens[j].tag in (Tag.DETERMINER, Tag.POSSESSIVE) and tokens[j].lower not in ("'s", "s")
    return leads and tokens[j - 1].tag is Tag.NOUN


def _is_genitive(tokens: Sequence[Token], j: int) -> bool:
    """Whether an apostrophe that stands apart belongs to an "s" after it."""
    return tokens[j].text in ("'", "’") and j + 1 < len(tokens) and tokens[j + 1].lower == "s"


def phrase_ending(tokens: Sequence[Token], left: int, end: int) -> Span | None:
    """Return the noun phrase whose last word is the one before `end`, no further back than `left`."""
    if end <= left or tokens[end - 1].tag not in NOMINAL | {Tag.NUMBER, Tag.DETERMINER}:
        return None
    start = end - 1
    while start > left and _goes_back(tokens, start):
        start -= 1
    return start, end


def _goes_back(tokens: Sequence[Token], start: int) -> bool:
    """Whether the word before `start` belongs to the phrase."""
    before, here = tokens[start - 1], tokens[start]
    if here.tag is Tag.PRONOUN or before.tag is Tag.PRONOUN:
        return False
    if here.tag is Tag.DETERMINER:
        return before.lower in ("all", "both", "half")
    if before.lower in words("time", "calendar") and here.text[:1].isupper() and start > 1:
        return tokens[start - 2].tag is not Tag.PREPOSITION
    if before.tag is Tag.ADVERB and here.tag is Tag.ADJECTIVE and start > 1:
        return tokens[start - 2].tag in (Tag.DETERMINER, Tag.POSSESSIVE)
    return before.tag in _INSIDE or _is_genitive(tokens, start - 1)


def subject_before(tokens: Sequence[Token], left: int, right: int) -> Span | None:
    """Return the noun phrase that ends before a verb, with its "of ..." and its "and ..."."""
    end = right
    while end > left and tokens[end - 1].tag in PASSED_OVER:
        end -= 1
    span = phrase_ending(tokens, left, _before_brackets(tokens, left, end))
    while span is not None and span[0] > left + 1:
        longer = _longer(tokens, left, span)
        if longer is None:
            break
        span = longer
    return span


def _before_brackets(tokens: Sequence[Token], left: int, end: int) -> int:
    if end > left and tokens[end - 1].text == ")":
        return next((j for j in range(end - 1, left - 1, -1) if tokens[j].text == "("), end)
    return end


def _longer(tokens: Sequence[Token], left: int, span: Span) -> Span | None:
    """Take in the phrase before, tied by "of", "and" or the like, unless that one belongs to an earlier verb."""
    link, first = tokens[span[0] - 1], tokens[span[0]]
    ties = link.tag in (Tag.CONJUNCTION, Tag.PREPOSITION) or link.text == "/"
    if not ties or (first.tag is Tag.PRONOUN and first.lower != "i" and link.tag is Tag.CONJUNCTION):
        return None
    before = phrase_ending(tokens, left, span[0] - 1)
    if before is None or tokens[before[0]].lower in OBJECT_ONLY | {"it"}:
        return None
    if left and link.tag is Tag.CONJUNCTION and _is_governed(tokens, before[0]):
        return None
    return before[0], span[1]


def _is_governed(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb or a preposition stands right before the phrase."""
    return at > 0 and tokens[at - 1].tag in (Tag.VERB, Tag.PARTICLE, Tag.PREPOSITION, *AUXILIARIES)


def object_after(tokens: Sequence[Token], head: int, last: int) -> Span | None:
    """Return what a verb is done to: the phrase behind it, or behind the verb that it is joined to.

    Args:
        head: the verb.
        last: the verb or its particle.
    """
    start = passed_over(tokens, last + 1)
    end = phrase_end(tokens, start)
    if end is not None:
        return start, _whole(tokens, start, end, gives=tokens[head].lemma in words("verbs", "gives"))
    if start >= len(tokens) or last != head or tokens[head].lemma in words("verbs", "alone"):
        return None
    return _shared(tokens, start)


def passed_over(tokens: Sequence[Token], start: int) -> int:
    """Return the first place at or after `start` that holds more than an adverb."""
    while start < len(tokens) and tokens[start].tag in PASSED_OVER:
        start += 1
    return start


def _whole(tokens: Sequence[Token], start: int, end: int, *, gives: bool) -> int:
    """'(sent) me an email', "(looked) it up": a second object or a particle belongs to the first."""
    to_somebody = end - start == 1 and tokens[start].tag is Tag.PRONOUN
    if to_somebody or (gives and end < len(tokens) and _begins_anew(tokens, end)):
        end = _second(tokens, end)
    if end >= len(tokens):
        return end
    after = tokens[end].lower
    ends_there = after in ("in", "on", "over", "round", "around", "through") and phrase_end(tokens, end + 1) is None
    counted = after in _COUNTED and tokens[end - 1].lower in words("nouns", "stretch")
    return end + (after in _LOOSE or ends_there or counted)


def _second(tokens: Sequence[Token], start: int) -> int:
    """Where a second object ends; what another verb is said of is none ("told him | the line was dead"), nor a time."""
    end = phrase_end(tokens, start)
    if end is None or tokens[end - 1].lower in words("nouns", "stretch"):
        return start
    verb = passed_over(tokens, end)
    return start if verb < len(tokens) and tokens[verb].tag in AUXILIARIES else end


def _shared(tokens: Sequence[Token], start: int) -> Span | None:
    """'reject or accept the order': the first verb's object stands after the second."""
    j = start
    while j < len(tokens) and (tokens[j].tag in (Tag.CONJUNCTION, *PASSED_OVER) or tokens[j].text == ","):
        j += 1
    if j == start or j >= len(tokens) or tokens[j].tag is not Tag.VERB:
        return None
    after = with_particle(tokens, j) + 1
    end = phrase_end(tokens, after)
    return (after, end) if end is not None else None


def with_particle(tokens: Sequence[Token], head: int) -> int:
    """Return the place of the particle behind a verb, or of the verb itself."""
    return head + 1 if head + 1 < len(tokens) and tokens[head + 1].tag is Tag.PARTICLE else head
