"""Who does a step, when it is not the actor of the journey."""

from __future__ import annotations

from collections.abc import Sequence

from journey.engines.local.clauses import Clause
from journey.engines.local.lexicon import words
from journey.engines.local.phrases import Span, phrase_end
from journey.engines.local.readings import Reading
from journey.engines.local.tokens import Tag, Token
from journey.model import Role

_LED = frozenset({Tag.DETERMINER, Tag.POSSESSIVE})


def doer(reading: Reading, clause: Clause | None, *, tells: bool) -> str | None:
    """Return the party that does what the clause says, or None for the teller, for nobody and for a thing done to."""
    sentence = reading.sentence
    if clause is None or (sentence.role is Role.OTHER and reading.is_mine(clause)):
        return sentence.speaker
    span = _agent(reading.tokens, clause) if clause.passive else clause.subject
    if (
        span is None
        or reading.is_mine(clause)
        or reading.denies_subject(clause)
        or (tells and _befalls(reading, clause))
    ):
        return None
    if reading.subject(clause) == "you" or (
        not tells and all(token.tag is Tag.PRONOUN for token in reading.span(span))
    ):
        return None
    return _named(reading.span(span))


def _befalls(reading: Reading, clause: Clause) -> bool:
    """Whether the clause tells what befell a thing ("the line dropped") rather than what a party did."""
    return clause.object is None and reading.tokens[clause.head].lemma in words("verbs", "event")


def _agent(tokens: Sequence[Token], clause: Clause) -> Span | None:
    """The noun phrase after "by"."""
    at = clause.last + 1
    if at >= len(tokens) or tokens[at].lower != "by":
        return None
    end = phrase_end(tokens, at + 1)
    return (at + 1, end) if end is not None else None


def _named(phrase: Sequence[Token]) -> str | None:
    """The phrase without its article, as it would stand in a swimlane."""
    while len(phrase) > 1 and phrase[0].tag in _LED:
        phrase = phrase[1:]
    name = " ".join(token.text for token in phrase if token.tag is not Tag.POINT)
    return name[:1].upper() + name[1:] if name else None
