"""The condition under which alone a step happens: the words of the "if" clause of its sentence, or "otherwise"."""

from __future__ import annotations

from collections.abc import Sequence

from journey.engines.local.clauses import Clause
from journey.engines.local.lexicon import words
from journey.engines.local.readings import Reading
from journey.engines.local.tokens import Tag, Token

_ELSE = frozenset({"otherwise", "alternatively"})


def condition(reading: Reading, clause: Clause) -> str | None:
    """Return the words of the condition that governs a step, as they were said.

    >>> from journey.engines.local.readings import reading_of
    >>> reading = reading_of("If the slot is gone, I check the other shop, otherwise I pay.")
    >>> [condition(reading, clause) for clause in reading.clauses[1:]]
    ['If the slot is gone', 'otherwise']
    """
    tokens = reading.tokens
    otherwise = _otherwise(tokens, clause)
    if otherwise is not None:
        return tokens[otherwise].text
    opener = _opener_before(tokens, clause)
    if opener is None:
        opener = _opener_after(reading, clause)
    if opener is None:
        return None
    end = _condition_end(reading, opener)
    return reading.sentence.text[tokens[opener].start : tokens[end - 1].end]


def _otherwise(tokens: Sequence[Token], clause: Clause) -> int | None:
    for at in range(clause.first - 1, -1, -1):
        if tokens[at].lower in _ELSE:
            return at
        if tokens[at].tag is Tag.MARKER or tokens[at].text == ";":
            return None
    return None


def _opener_before(tokens: Sequence[Token], clause: Clause) -> int | None:
    """The "if" that stands before the clause and is not behind another step's end."""
    for at in range(clause.start - 1, -1, -1):
        if _is_condition(tokens, at):
            return at
        if tokens[at].text == ";":
            return None
    return None


def _opener_after(reading: Reading, clause: Clause) -> int | None:
    """The "if" that ends the sentence: "he is sent a reminder if he does not pay"."""
    if any(other.first > clause.last and other.opener is None and other.kind == "finite" for other in reading.clauses):
        return None
    after = range(clause.last + 1, len(reading.tokens))
    return next((at for at in after if _is_condition(reading.tokens, at)), None)


def _is_condition(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].lower == "in" and at + 1 < len(tokens) and tokens[at + 1].lower == "case":
        return True
    return tokens[at].lower in words("closed", "condition") - {"whether"} and tokens[at].tag is Tag.MARKER


def _condition_end(reading: Reading, opener: int) -> int:
    """The first mark after the condition's verb, or the start of the next clause."""
    verbs = [clause for clause in reading.clauses if clause.first > opener]
    begin = verbs[0].last + 1 if verbs else opener + 1
    later = next((clause.start for clause in verbs[1:] if clause.opener is None), len(reading.tokens))
    marks = (at for at in range(begin, later) if reading.tokens[at].text in (",", ".", ";", ":", "!"))
    end = next(marks, later)
    while end - 1 > opener and reading.tokens[end - 1].lower in ("then", "and", "or", ","):
        end -= 1
    return end
