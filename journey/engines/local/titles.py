"""Titles of steps: what was done, to what, and by whom when it was another party; short enough for a card.

A title holds words of its sentence only, in their order: readable alone, and no claim beyond its quote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from journey.engines.local.clauses import Clause
from journey.engines.local.lexicon import words
from journey.engines.local.phrases import SUBJECT_ONLY, Span, phrase_end
from journey.engines.local.tokens import AUXILIARIES, Tag, Token

LONGEST = 9
"""Words."""

_ROOMY = 6
"""Words up to which a title takes in what follows its object ("emailed them | about the refund")."""
_SHORT = 4
_ARTICLES = frozenset({"a", "an", "the"})
_ABOUT = frozenset({"about", "of", "for", "with"})
_CLOSELY = frozenset({"of", "later", "late", "early", "again", "twice", "ago", "online", "instead", "home", "back"})
_DROPPED = frozenset({Tag.INTERJECTION, Tag.POINT})


def title(tokens: Sequence[Token], clause: Clause, *, tells: bool) -> str:
    """Return the title of the step that a clause tells.

    Args:
        tells: the text tells what happened, so that helpers ("tried to", "couldn't") and other parties stay in.

    >>> from journey.engines.local.clauses import find_clauses
    >>> from journey.engines.local.grammar import read
    >>> tokens = read("Then, um, they basically told me to restart the router.")
    >>> title(tokens, find_clauses(tokens)[0], tells=True)
    'They told me to restart the router'
    """
    doer = _doer(tokens, clause, tells=tells)
    verb = list(_verb(tokens, clause, tells=tells))
    if not doer and verb[0].lower == "'d":
        doer = list(tokens[slice(*clause.subject)]) if clause.subject else []
    verb = verb if doer else _without_bare_helpers(verb)
    content = _takes_content(tokens, clause)
    done_to = _texts(tokens, clause.object) if not content and (tells or not clause.passive) else []
    start = clause.object[1] if clause.object and done_to else clause.last + 1
    used = _length([*doer, *verb, *done_to])
    if content or (not done_to and used == 1) or _is_told_that(tokens, clause, start):
        rest = _whatever_follows(tokens, start, used=used)
    else:
        rest = _complement(tokens, clause, start, used=used, tells=tells)
    said = [*doer, *verb, *done_to]
    return _sentence_case(_shortened([*said, *rest], whole=len(said)))


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
    named = _texts(tokens, clause.subject)
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


def _texts(tokens: Sequence[Token], span: Span | None) -> list[Token]:
    return [token for token in tokens[slice(*span)] if not _is_dropped(token)] if span else []


def _is_dropped(token: Token) -> bool:
    empty = token.tag is Tag.ADVERB and token.lower in words("speech", "empty")
    return empty or (token.tag in _DROPPED and token.text not in "/'’-&")


def _complement(tokens: Sequence[Token], clause: Clause, start: int, *, used: int, tells: bool) -> list[Token]:
    """What follows and belongs to the verb or its object, and what there is room for besides."""
    found: list[Token] = []
    j = start
    while j < len(tokens) and _leads(tokens, j, clause, tells=tells):
        end = _phrase_after(tokens, j)
        is_of = tokens[j].lower == "of" or tokens[j].tag is Tag.CONJUNCTION
        if end is None or (not is_of and used + len(found) >= _ROOMY) or _is_time(tokens[j:end]):
            break
        if used + _length([*found, *tokens[j:end]]) > LONGEST and (found or used > 1):
            break
        found += _texts(tokens, (j, end))
        j = end
    return found


def _is_time(phrase: Sequence[Token]) -> bool:
    return " ".join(token.lower for token in phrase) in words("time", "ending") | words("time", "meanwhile")


def _leads(tokens: Sequence[Token], j: int, clause: Clause, *, tells: bool) -> bool:
    """Whether the word at `j` leads in something that belongs to the title."""
    if tokens[j].tag is Tag.VERB:
        return tokens[clause.head].lemma in ("let", "make", "help", "have") and "base" in tokens[j].forms
    if tokens[j].tag is Tag.TO or tokens[j].lower in _CLOSELY:
        return True
    if tokens[j].tag is Tag.CONJUNCTION:
        return clause.object is not None and _is_listed(tokens, j)
    if tokens[j].tag is not Tag.PREPOSITION:
        return False
    addressed = tokens[clause.head].lemma in words("verbs", "addressed") and tokens[j].lower in _ABOUT
    return addressed or tells or (clause.object is None and not clause.passive)


def _is_listed(tokens: Sequence[Token], j: int) -> bool:
    """Whether "and" ties another thing to the object ("the name and the address"), and no other clause."""
    end = phrase_end(tokens, j + 1)
    if end is None or tokens[j - 1].tag not in (Tag.NOUN, Tag.NUMBER):
        return False
    following = tokens[end].tag if end < len(tokens) else Tag.POINT
    return tokens[end - 1].tag in (Tag.NOUN, Tag.NUMBER) and following not in (
        Tag.VERB,
        Tag.ADVERB,
        Tag.RELATIVE,
        *AUXILIARIES,
    )


def _phrase_after(tokens: Sequence[Token], j: int) -> int | None:
    """Where the phrase ends that a preposition, a verb or "to" at `j` leads in."""
    if tokens[j].tag is Tag.ADVERB:
        return j + 1
    if tokens[j].tag in (Tag.PREPOSITION, Tag.CONJUNCTION):
        return phrase_end(tokens, j + 1)
    k = j + 1
    while k < len(tokens) and tokens[k].tag in (Tag.VERB, Tag.PARTICLE, *AUXILIARIES):
        k += 1
    leads_on = k < len(tokens) and tokens[k].tag in (Tag.MARKER, Tag.RELATIVE)
    return None if leads_on else phrase_end(tokens, k) or k


def _takes_content(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether a whole clause, and no mere thing, is what is decided, noticed or said."""
    base = tokens[clause.head].lemma
    if not any(base in words("verbs", name) for name in ("discovery", "takes_content", "say")):
        return False
    after = clause.object[1] if clause.object else clause.last + 1
    if after >= len(tokens) or clause.object is None:
        return after < len(tokens) and tokens[after].tag not in (Tag.PREPOSITION, Tag.POINT)
    return tokens[after].tag in AUXILIARIES and not clause.passive


def _is_told_that(tokens: Sequence[Token], clause: Clause, start: int) -> bool:
    """'They told me that ...', "they made it hard to ...": what was said or made of it belongs to the title."""
    said = start < len(tokens) and tokens[start].tag in (Tag.MARKER, Tag.RELATIVE)
    made = start < len(tokens) and tokens[start].tag in (Tag.ADVERB, Tag.ADJECTIVE)
    base = tokens[clause.head].lemma
    return (said and base in words("verbs", "say")) or (made and base == "make")


def _whatever_follows(tokens: Sequence[Token], start: int, *, used: int) -> list[Token]:
    """A lone verb says too little ("Realized"): take the words up to the next mark."""
    end = start
    while end < len(tokens) and tokens[end].tag not in (Tag.POINT, Tag.CONJUNCTION) and end - start < LONGEST - used:
        end += 1
    return _texts(tokens, (start, end))


def _length(parts: Sequence[Token]) -> int:
    """Words that must stay: articles may go where room is short."""
    return sum(part.lower not in _ARTICLES for part in parts)


def _shortened(parts: list[Token], *, whole: int) -> list[Token]:
    """Leave articles out before cutting at the limit, and never end on a word that leans on the next.

    Args:
        whole: how many of the words stand together, so that the last of them leans on nothing ("let me in").
    """
    if len(parts) > LONGEST:
        parts, whole = [part for part in parts if part.lower not in _ARTICLES], 0
    kept = parts[:LONGEST]
    while len(kept) > max(whole, 1) and _leans(kept[-1]):
        kept.pop()
    return kept


def _leans(token: Token) -> bool:
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
    return token.tag in AUXILIARIES or token.tag is Tag.POINT or token.lower == "that" or token.lower in SUBJECT_ONLY


def _sentence_case(parts: Sequence[Token]) -> str:
    text = parts[0].text
    for before, token in pairwise(parts):
        glued = (
            token.start == before.end or token.text in ("’", "'") or (before.text in ("’", "'") and token.lower == "s")
        )
        text += token.text if glued else f" {token.text}"
    return text[:1].upper() + text[1:]
