"""What follows a verb and belongs to the title of its step: "(called) the bank | about the card"."""

from __future__ import annotations

from collections.abc import Sequence

from journey.engines.local.clauses import Clause
from journey.engines.local.lexicon import words
from journey.engines.local.phrases import SUBJECT_ONLY, Span, passed_over, phrase_end
from journey.engines.local.quotations import MARKS, quotation, with_quotation
from journey.engines.local.tokens import AUXILIARIES, Tag, Token

LONGEST = 9
"""Words of a title."""

_ROOMY = 6
"""Words up to which a title takes in what follows its object ("emailed them | about the refund")."""
ARTICLES = frozenset({"a", "an", "the"})
_KNOWING = frozenset({"know", "see", "understand", "remember"})
_ABOUT = frozenset({"about", "of", "for", "with"})
CLOSELY = frozenset({"of", "later", "late", "early", "again", "twice", "ago", "online", "instead", "home", "back"})
_DROPPED = frozenset({Tag.INTERJECTION, Tag.POINT})


def texts(tokens: Sequence[Token], span: Span | None) -> list[Token]:
    """Return the words of a span that a title says: without fillers and most marks."""
    return [token for token in tokens[slice(*span)] if not _is_dropped(token)] if span else []


def _is_dropped(token: Token) -> bool:
    empty = token.tag is Tag.ADVERB and token.lower in words("speech", "empty")
    return empty or (token.tag in _DROPPED and token.text not in f"/'’-&{MARKS}")


def complement(tokens: Sequence[Token], clause: Clause, start: int, *, used: int, tells: bool) -> list[Token]:
    """Return what follows and belongs to the verb or its object, and what there is room for besides."""
    found: list[Token] = []
    j = start
    while j < len(tokens) and _leads(tokens, j, clause, tells=tells):
        end = _phrase_after(tokens, j)
        is_of = tokens[j].lower == "of" or tokens[j].tag is Tag.CONJUNCTION
        if end is None or (not is_of and used + len(found) >= _ROOMY) or _is_time(tokens[j:end]):
            break
        if used + length([*found, *tokens[j:end]]) > LONGEST and (found or used > 1):
            break
        found += texts(tokens, (j, end))
        j = end
    return found


def _is_time(phrase: Sequence[Token]) -> bool:
    return " ".join(token.lower for token in phrase) in words("time", "ending") | words("time", "meanwhile")


def _leads(tokens: Sequence[Token], j: int, clause: Clause, *, tells: bool) -> bool:
    """Whether the word at `j` leads in something that belongs to the title."""
    if tokens[j].tag is Tag.VERB:
        return _is_brought_about(tokens[clause.head], tokens[j])
    if tokens[j].tag is Tag.NUMBER:
        return j + 1 < len(tokens) and tokens[j + 1].lower == "times"
    if tokens[j].tag is Tag.TO or tokens[j].lower in CLOSELY:
        return True
    if tokens[j].tag is Tag.CONJUNCTION:
        return clause.object is not None and _is_listed(tokens, j)
    if tokens[j].tag is not Tag.PREPOSITION:
        return False
    addressed = tokens[clause.head].lemma in words("verbs", "addressed") and tokens[j].lower in _ABOUT
    return addressed or tells or (clause.object is None and not clause.passive)


def _is_brought_about(by: Token, verb: Token) -> bool:
    """'Let me go', "got it approved": the second verb is what the first brings about."""
    lets = by.lemma in ("let", "make", "help", "have") and "base" in verb.forms
    return lets or (by.lemma in ("get", "have") and "part" in verb.forms)


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
        quoted = quotation(tokens, j + 1)
        end = phrase_end(tokens, j + 1)
        return quoted[1] if quoted else with_quotation(tokens, (j + 1, end))[1] if end else None
    k = j + 1
    while k < len(tokens) and tokens[k].tag in (Tag.VERB, Tag.PARTICLE, *AUXILIARIES):
        k += 1
    leads_on = k < len(tokens) and tokens[k].tag in (Tag.MARKER, Tag.RELATIVE)
    return None if leads_on else phrase_end(tokens, k) or k


def takes_content(tokens: Sequence[Token], clause: Clause) -> bool:
    """Tell whether a whole clause, and no mere thing, is what is decided, noticed or said."""
    base = tokens[clause.head].lemma
    if not any(base in words("verbs", name) for name in ("discovery", "takes_content", "say")):
        return False
    after = clause.object[1] if clause.object else clause.last + 1
    if after >= len(tokens) or clause.object is None:
        return after < len(tokens) and tokens[after].tag not in (Tag.PREPOSITION, Tag.POINT)
    return tokens[after].tag in AUXILIARIES and not clause.passive


def is_told_that(tokens: Sequence[Token], clause: Clause, start: int) -> bool:
    """'They told me that ...', "they made it hard to ...": what was said or made of it belongs to the title."""
    if start >= len(tokens):
        return False
    base, leads = tokens[clause.head].lemma, tokens[start].tag in (Tag.MARKER, Tag.RELATIVE)
    if base == "make":
        return tokens[start].tag in (Tag.ADVERB, Tag.ADJECTIVE)
    shows = any(base in words("verbs", name) for name in ("say", "takes_content", "discovery")) or base in _KNOWING
    return shows and (leads or (clause.object is not None and _begins_clause(tokens, start)))


def _begins_clause(tokens: Sequence[Token], start: int) -> bool:
    """'Told me | the line was dead': a subject and its verb."""
    end = start + 1 if tokens[start].lower in SUBJECT_ONLY else phrase_end(tokens, start)
    verb = None if end is None else passed_over(tokens, end)
    return verb is not None and verb < len(tokens) and tokens[verb].tag in (*AUXILIARIES, Tag.VERB)


def whatever_follows(tokens: Sequence[Token], start: int, *, used: int) -> list[Token]:
    """Return the words up to the next mark, or to a joint before it: a lone verb says too little ("Realized")."""
    end = start
    while (end < len(tokens) and (quoted := quotation(tokens, end))) or not _ends(tokens, end):
        end = quoted[1] if quoted else end + 1
    if used + end - start > LONGEST:
        room = range(start + 1, min(start + LONGEST - used, len(tokens)))
        bare = start if used > 1 else start + max(LONGEST - used, 0)
        end = max((at for at in room if _is_joint(tokens, at)), default=bare)
    return texts(tokens, (start, end))


def _ends(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].tag in (Tag.POINT, Tag.CONJUNCTION)


def _is_joint(tokens: Sequence[Token], at: int) -> bool:
    """Whether what stands before a word can end there; "ten | out of ten" cannot."""
    if tokens[at - 1].tag is Tag.NUMBER and tokens[at].lower in ("of", "out"):
        return False
    parts = tokens[at].tag in (Tag.PREPOSITION, Tag.MARKER, Tag.RELATIVE, Tag.ADVERB)
    return parts and tokens[at - 1].tag in (Tag.NOUN, Tag.NUMBER, Tag.ADJECTIVE, Tag.VERB, Tag.PRONOUN)


def manner(tokens: Sequence[Token], start: int) -> list[Token]:
    """Return how it went ("went | smoothly")."""
    end = start
    while end < len(tokens) and tokens[end].tag is Tag.ADVERB:
        end += 1
    last = tokens[end - 1] if end > start else None
    if last is not None and last.lower.endswith("ly") and not _is_dropped(last):
        return [last]
    return []


def length(parts: Sequence[Token]) -> int:
    """Return how many words must stay: articles may go where room is short."""
    return sum(part.lower not in ARTICLES and _is_word(part) for part in parts)


def count_words(parts: Sequence[Token]) -> int:
    """Return how many words are written, marks and "n't" left out."""
    return sum(map(_is_word, parts))


def _is_word(part: Token) -> bool:
    """Whether a token is written as a word of its own, no mark and no "n't"."""
    return (part.text[0].isalnum() and part.tag is not Tag.NEGATION) or part.lower in ("not", "never", "no")
