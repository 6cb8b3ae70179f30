"""Who "he", "she" and "they" are: the one party of the same turn that the word can mean.

The subject of what was told before is meant sooner than anybody else named (centering; Grosz, Joshi and Weinstein
1995). Where two could be meant, or none was named, the pronoun stays: a wrong name would be worse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from journey.engines.local.clauses import Clause
from journey.engines.local.doers import names_party
from journey.engines.local.lexicon import words
from journey.engines.local.phrases import Span, phrase_end
from journey.engines.local.readings import Reading
from journey.engines.local.tokens import Tag, Token

Party = tuple[Token, ...]
"""The noun phrase that names it, "the" for "a"."""

_APART = 1_000_000
"""Characters by which a phrase brought in from elsewhere is moved off, so that it never touches a word."""


@dataclass
class _Mention:
    party: Party
    head: str
    is_subject: bool
    """Whether something is told of it; such a party is meant rather than one merely mentioned."""
    means: frozenset[str]
    """The pronouns that can stand for it; one, once it has been called so."""


def find_parties(readings: Sequence[Reading]) -> Mapping[tuple[int, int], Party]:
    """Return who is meant, by (sentence, place of the verb), where a pronoun's party is beyond doubt."""
    found: dict[tuple[int, int], Party] = {}
    turn, heard = -1, list[_Mention]()
    for reading in readings:
        if reading.sentence.turn != turn:
            turn, heard = reading.sentence.turn, []
        mentions = list(_mentions(reading))
        for clause in reading.clauses:
            before = [mention for at, mention in mentions if clause.subject and at < clause.subject[0]]
            party = _meant(reading, clause, [*heard, *before])
            if party:
                found[reading.index, clause.head] = party
        heard += [mention for _, mention in mentions]
    return found


def _meant(reading: Reading, clause: Clause, heard: Sequence[_Mention]) -> Party:
    subject = reading.subject(clause)
    if subject not in ("he", "she", "they") or len(reading.span(clause.subject)) != 1:
        return ()
    fitting = [mention for mention in heard if subject in mention.means]
    told_of = [mention for mention in fitting if mention.is_subject] or fitting
    if len({mention.head for mention in told_of}) != 1:
        return ()
    for mention in told_of:
        mention.means, mention.is_subject = frozenset({subject}), True
    return told_of[0].party


def _mentions(reading: Reading) -> Iterator[tuple[int, _Mention]]:
    """Yield each party named in a sentence with the place where its name begins."""
    tokens, at = reading.tokens, 0
    while at < len(tokens):
        end = phrase_end(tokens, at)
        describes = at > 0 and tokens[at - 1].tag is Tag.BE
        if end is not None and not describes and names_party(tokens[at:end]):
            yield at, _mention(reading, (at, end))
        at = end or at + 1


def _mention(reading: Reading, span: Span) -> _Mention:
    told = [clause for clause in reading.clauses if clause.subject and clause.subject[0] == span[0]]
    whole = max((clause.subject for clause in told if clause.subject), key=lambda subject: subject[1], default=span)
    phrase = reading.span(whole if whole[1] >= span[1] else span)
    head = reading.tokens[span[1] - 1].lower
    return _Mention(tuple(_known(phrase)), head, any(clause.opener is None for clause in told), _pronouns(head))


def _pronouns(head: str) -> frozenset[str]:
    """Which pronouns a noun can take.

    >>> sorted(_pronouns("woman")), sorted(_pronouns("bank")), sorted(_pronouns("engineer"))
    (['she'], ['they'], ['he', 'she'])
    """
    if head in words("nouns", "plural") or (head.endswith("s") and head not in words("nouns", "party")):
        return frozenset({"they"})
    if head in words("nouns", "female"):
        return frozenset({"she"})
    if head in words("nouns", "male"):
        return frozenset({"he"})
    if head in words("nouns", "body"):
        return frozenset({"they"})
    return frozenset({"he", "she"})


def _known(phrase: Sequence[Token]) -> Iterator[Token]:
    """The phrase as it reads at a later mention, away from the words around it."""
    for place, token in enumerate(phrase):
        text = token.text
        if place == 0 and token.tag is Tag.DETERMINER and token.lower in ("a", "an", "some", "another"):
            text = "the"
        yield replace(token, text=text, start=token.start - _APART, end=token.end - _APART)
