"""Titles of steps: the verb as it was said, and what it was done to; short enough for a card.

A title holds words of its sentence only, in their order save for the passive, whose subject follows its verb
("an order is received" -> "Received an order").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journey.engines.local.clauses import Clause, Span, phrase_end
from journey.engines.local.grammar import AUXILIARIES, Tag, Token
from journey.engines.local.lexicon import words

LONGEST = 9
"""Words."""

_DANGLING = frozenset(
    {
        Tag.PREPOSITION,
        Tag.CONJUNCTION,
        Tag.DETERMINER,
        Tag.POSSESSIVE,
        Tag.TO,
        Tag.POINT,
        Tag.MARKER,
        Tag.RELATIVE,
        Tag.ADVERB,
    }
)
_DIRECTED = frozenset("to into from for with at on onto about of in through by off over".split())


def title(tokens: Sequence[Token], clause: Clause, *, actor: str = "") -> str:
    """Return the title of the step that a clause tells, led by `actor` when another party does it.

    >>> from journey.engines.local.clauses import find_clauses
    >>> from journey.engines.local.grammar import read
    >>> tokens = read("Then, you know, the report is quickly sent back to the supervisor.")
    >>> title(tokens, find_clauses(tokens)[-1])
    'Sent back the report to the supervisor'
    """
    verb = [token.text for token in _verb(tokens, clause)]
    done_to = _texts(tokens, clause.subject if clause.passive else clause.object)
    after = clause.last + 1 if clause.passive or clause.object is None else clause.object[1]
    room = LONGEST - len(verb) - len(done_to) - len(actor.split())
    rest = _complement(tokens, clause, after, room=room)
    parts = [*actor.split(), *verb, *_lowered(done_to, tokens, clause), *rest]
    return _sentence_case(" ".join(_shortened(parts)))


def _verb(tokens: Sequence[Token], clause: Clause) -> Iterator[Token]:
    """The head and its particle; a negation and its helper stay, for they turn the meaning."""
    if clause.negated:
        for token in tokens[clause.first : clause.head]:
            if token.tag in AUXILIARIES or token.tag is Tag.NEGATION:
                yield token
    yield from tokens[clause.head : clause.last + 1]


def _texts(tokens: Sequence[Token], span: Span | None) -> list[str]:
    return [token.text for token in tokens[slice(*span)] if not _is_filler(token)] if span else []


def _is_filler(token: Token) -> bool:
    return token.tag is Tag.INTERJECTION or token.tag is Tag.POINT and token.text not in "/'’-&"


def _lowered(phrase: list[str], tokens: Sequence[Token], clause: Clause) -> list[str]:
    """A subject that stood at the start of its sentence loses its capital inside the title."""
    if not clause.passive or clause.subject is None or not phrase:
        return phrase
    first = tokens[clause.subject[0]]
    if first.tag in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN, Tag.NUMBER) and first.text != "I":
        return [phrase[0].lower(), *phrase[1:]]
    return phrase


def _complement(tokens: Sequence[Token], clause: Clause, start: int, *, room: int) -> list[str]:
    """The phrases that follow: "of ..." belongs to the object; others come along where there is room."""
    found: list[str] = []
    j = start
    while j < len(tokens) and tokens[j].tag is Tag.PREPOSITION:
        end = phrase_end(tokens, j + 1)
        if end is None or len(found) + end - j > room:
            break
        if tokens[j].lower != "of" and (
            tokens[j].lower not in _DIRECTED or clause.object is not None or clause.passive
        ):
            break
        found += [token.text for token in tokens[j:end]]
        j = end
    return found


def _shortened(parts: list[str]) -> list[str]:
    """Cut at the limit, and never end on a word that leans on the next."""
    kept = parts[:LONGEST]
    while len(kept) > 1 and len(parts) > LONGEST and _leans(kept[-1]):
        kept.pop()
    return kept


def _leans(word: str) -> bool:
    lists = ("determiner", "possessive", "preposition", "conjunction")
    return any(word.lower() in words("closed", name) for name in lists) or word.lower() == "to"


def _sentence_case(text: str) -> str:
    for apart, together in (
        (" 's", "'s"),
        (" ’s", "’s"),
        (" ’ s", "’s"),
        (" n't", "n't"),
        (" n’t", "n’t"),
        (" / ", "/"),
    ):
        text = text.replace(apart, together)
    return text[:1].upper() + text[1:]
