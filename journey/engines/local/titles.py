"""Titles of steps: what was done, to what, and by whom when it was another party; short enough for a card.

A title holds words of its sentence only, in their order, but for the name of who "he" is: readable alone, and no
claim beyond its quote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from journey.engines.local.clauses import Clause
from journey.engines.local.complements import (
    ARTICLES,
    CLOSELY,
    LONGEST,
    complement,
    count_words,
    is_told_that,
    length,
    manner,
    takes_content,
    texts,
    whatever_follows,
)
from journey.engines.local.lexicon import words
from journey.engines.local.phrases import SUBJECT_ONLY
from journey.engines.local.quotations import MARKS, quotation, with_quotation
from journey.engines.local.tokens import AUXILIARIES, Tag, Token

_SHORT = 4


def title(tokens: Sequence[Token], clause: Clause, *, tells: bool, party: Sequence[Token] = ()) -> str:
    """Return the title of the step that a clause tells.

    Args:
        party: who is meant, where the subject is a pronoun.
        tells: the text tells what happened, so that helpers ("tried to", "couldn't") and other parties stay in.

    >>> from journey.engines.local.clauses import find_clauses
    >>> from journey.engines.local.grammar import read
    >>> tokens = read("Then, um, they basically told me to restart the router.")
    >>> title(tokens, find_clauses(tokens)[0], tells=True)
    'They told me to restart the router'
    """
    doer = list(party) or _doer(tokens, clause, tells=tells)
    whole = _composed(tokens, clause, doer, tells=tells)
    short = _composed(tokens, clause, doer[: _head_length(doer)], tells=tells) if tells else whole
    loses = len(whole) - len(doer) < len(short) - _head_length(doer)
    return _sentence_case(short if loses else whole)


def _composed(tokens: Sequence[Token], clause: Clause, doer: list[Token], *, tells: bool) -> list[Token]:
    """Put a title together behind its doer, with what there is room for."""
    verb = list(_verb(tokens, clause, tells=tells))
    if not doer and verb[0].lower == "'d":
        doer = list(tokens[slice(*clause.subject)]) if clause.subject else []
    verb = verb if doer else _without_bare_helpers(verb)
    content = takes_content(tokens, clause)
    thing = (clause.object and with_quotation(tokens, clause.object)) or quotation(tokens, clause.last + 1)
    done_to = texts(tokens, thing) if not content and (tells or not clause.passive) else []
    if tells and thing and done_to:
        verb += [token for token in tokens[clause.last + 1 : thing[0]] if token.lower in CLOSELY]
    start = thing[1] if thing and done_to else clause.last + 1
    used = length([*doer, *verb, *done_to])
    is_content = content or is_told_that(tokens, clause, start)
    if is_content or (not done_to and used == 1):
        rest = whatever_follows(tokens, start, used=used)
    else:
        rest = complement(tokens, clause, start, used=used, tells=tells)
    if tells and not done_to and not rest and not clause.passive:
        rest = manner(tokens, clause.last + 1)
    said = [*doer, *verb, *done_to]
    return _shortened([*said, *rest], whole=len(said))


def _head_length(doer: Sequence[Token]) -> int:
    """How many words name the doer without what describes it ("the man | on the phone")."""
    return next((at for at, token in enumerate(doer) if token.tag in (Tag.PREPOSITION, Tag.VERB)), len(doer))


def line_title(text: str) -> str:
    """Return a whole line as a title, cut at the limit.

    >>> line_title("Purchase validation in progress ...")
    'Purchase validation in progress'
    """
    line = " ".join(text.split()[:LONGEST]).rstrip(" .…,;:")
    return line[:1].upper() + line[1:]


def _doer(tokens: Sequence[Token], clause: Clause, *, tells: bool) -> list[Token]:
    """The subject: what a passive is done to, or another party of a story. "I" goes without saying."""
    if clause.subject is None:
        return []
    subject = tokens[slice(*clause.subject)]
    mine = any(token.lower in ("i", "we") for token in subject)
    if mine or (not clause.passive and not _needs_doer(tokens, clause, tells=tells)):
        return []
    if not tells and _is_expletive(tokens, clause):
        return []
    named = texts(tokens, clause.subject)
    return named[1:] if not tells and len(named) > 1 and named[0].lower in ("a", "an", "the") else named


def _needs_doer(tokens: Sequence[Token], clause: Clause, *, tells: bool) -> bool:
    """A story needs to say who; a process only where the verb alone would say too little ("Applicants apply")."""
    if tells or clause.subject is None:
        return tells
    start, end = clause.subject
    ends = clause.last + 1 >= len(tokens) or tokens[clause.last + 1].tag in (Tag.POINT, Tag.CONJUNCTION)
    return ends and clause.object is None and end - start <= _SHORT and tokens[end - 1].tag is Tag.NOUN


def _is_expletive(tokens: Sequence[Token], clause: Clause) -> bool:
    """'It is checked whether ...': "it" stands for what follows."""
    following = tokens[clause.last + 1].tag if clause.last + 1 < len(tokens) else None
    return (
        tokens[clause.subject[0]].lower == "it" and following in (Tag.MARKER, Tag.RELATIVE) if clause.subject else False
    )


def _verb(tokens: Sequence[Token], clause: Clause, *, tells: bool) -> Iterator[Token]:
    """The head with its particle, and the helpers that change what is said."""
    if clause.negated or (tells and not clause.joined):
        yield from (token for token in tokens[clause.first : clause.head] if _helps(token))
    yield from tokens[clause.head : clause.last + 1]


def _helps(token: Token) -> bool:
    return token.tag in (*AUXILIARIES, Tag.NEGATION, Tag.VERB, Tag.TO, Tag.PARTICLE) or token.lower == "able"


def _without_bare_helpers(verb: list[Token]) -> list[Token]:
    """Once "I" is left out, "have" and "'m" have nothing to lean on: "(I've been) able to hold down fluids"."""
    while len(verb) > 1 and _leans_on_me(verb[0], verb[1]):
        verb = verb[1:]
    return verb


def _leans_on_me(helper: Token, after: Token) -> bool:
    if after.tag is Tag.TO or (after.tag is Tag.NEGATION and helper.text[0] not in "'’"):
        return False
    if helper.tag is Tag.BE and after.tag is Tag.VERB and "ing" in after.forms:
        return True
    return helper.tag is Tag.HAVE or helper.text[0] in "'’" or helper.lower in ("been", "did")


def _shortened(parts: list[Token], *, whole: int) -> list[Token]:
    """Leave articles out before cutting at the limit, and never end on a word that leans on the next.

    Args:
        whole: how many of the words stand together, so that the last of them leans on nothing ("let me in").
    """
    if count_words(parts) > LONGEST:
        parts, whole = [part for part in parts if part.lower not in ARTICLES], 0
    kept = list(parts)
    while count_words(kept) > LONGEST:
        kept.pop()
    while len(kept) > max(whole, 1) and _leans(kept[-1]):
        kept.pop()
    return kept if count_words(kept) > 0 else parts[:1]


def _leans(token: Token) -> bool:
    if token.tag is Tag.POINT or token.lower == "why":
        return token.lower not in (*MARKS, "why")
    if token.tag in (
        Tag.DETERMINER,
        Tag.POSSESSIVE,
        Tag.CONJUNCTION,
        Tag.TO,
        Tag.PREPOSITION,
        Tag.MARKER,
        Tag.RELATIVE,
    ):
        return True
    if token.forms == {"ing"} and token.lemma in words("verbs", "say"):
        return True
    return token.tag in AUXILIARIES or token.lower == "that" or token.lower in SUBJECT_ONLY


def _sentence_case(parts: Sequence[Token]) -> str:
    text = parts[0].text
    for before, token in pairwise(parts):
        glued = (
            token.start == before.end or token.text in ("’", "'") or (before.text in ("’", "'") and token.lower == "s")
        )
        text += token.text if glued else f" {token.text}"
    return text[:1].upper() + text[1:]
