"""Who does a step, when it is not the actor of the journey."""

from __future__ import annotations

from collections.abc import Sequence

from journey.engines.local.clauses import Clause
from journey.engines.local.lexicon import is_unknown, words
from journey.engines.local.phrases import Span, phrase_end
from journey.engines.local.readings import Reading
from journey.engines.local.tokens import Tag, Token
from journey.model import Role

_PERSON_ENDINGS = ("ist", "ists", "ician", "icians", "woman", "women", "man", "men")
_LED = frozenset({Tag.DETERMINER, Tag.POSSESSIVE})


def doer(reading: Reading, clause: Clause | None, *, tells: bool, party: Sequence[Token] = ()) -> str | None:
    """Return the party that does what the clause says, or None for the teller, for nobody and for a thing done to.

    Args:
        party: who is meant, where the subject is a pronoun.
    """
    sentence = reading.sentence
    if clause is None or (sentence.role is Role.OTHER and reading.is_mine(clause)):
        return sentence.speaker
    if party and not clause.passive:
        return _party(party)
    span = _agent(reading.tokens, clause) if clause.passive else clause.subject
    if span is None or reading.is_mine(clause) or reading.denies_subject(clause):
        return None
    if reading.subject(clause) == "you" or (
        not tells and all(token.tag is Tag.PRONOUN for token in reading.span(span))
    ):
        return None
    return _party(reading.span(span)) if tells else _named(reading.span(span))


def _agent(tokens: Sequence[Token], clause: Clause) -> Span | None:
    """The noun phrase after "by"."""
    at = clause.last + 1
    if at >= len(tokens) or tokens[at].lower != "by":
        return None
    end = phrase_end(tokens, at + 1)
    return (at + 1, end) if end is not None else None


def _party(phrase: Sequence[Token]) -> str | None:
    """The person or organisation that a phrase of a story names, without what describes it ("on the phone")."""
    end = next((at for at, token in enumerate(phrase) if at and token.tag is Tag.PREPOSITION), len(phrase))
    return _named(phrase[:end]) if names_party(phrase) else None


def names_party(phrase: Sequence[Token]) -> bool:
    """Whether a noun phrase names a person or an organisation, not a thing and not merely "they".

    >>> from journey.engines.local.grammar import read
    >>> [names_party(read(words)) for words in ("the man on the phone", "my bank", "the reset e-mail", "she")]
    [True, True, False, False]
    """
    end = next((at for at, token in enumerate(phrase) if at and token.tag is Tag.PREPOSITION), len(phrase))
    head = phrase[end - 1] if phrase else None
    if head is None or head.tag is not Tag.NOUN:
        return False
    word = head.lower.rpartition("-")[2]
    known = words("nouns", "party")
    ends_so = word.endswith(_PERSON_ENDINGS) and word not in ("human", "german", "roman")
    if word in known or word.removesuffix("s") in known or ends_so:
        return True
    return _is_name(phrase[:end])


def _is_name(phrase: Sequence[Token]) -> bool:
    """Whether all of it is spelt as a name that the dictionary lacks ("Marek"); a code ("PDF") is none."""
    return all(
        token.text.istitle()
        and token.tag is Tag.NOUN
        and is_unknown(token.lower)
        and token.lower not in words("time", "calendar")
        for token in phrase
    )


def _named(phrase: Sequence[Token]) -> str | None:
    """The phrase without its article, as it would stand in a swimlane."""
    while len(phrase) > 1 and phrase[0].tag in _LED:
        phrase = phrase[1:]
    name = " ".join(token.text for token in phrase if token.tag is not Tag.POINT)
    return name[:1].upper() + name[1:] if name else None
