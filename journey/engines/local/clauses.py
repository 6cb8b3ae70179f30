"""Clauses of an English sentence: each verb with its helpers, its subject, its object and what opens it.

A clause here is one verb that could tell of something done; "checks and repairs the hardware" gives two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from journey.engines.local.lexicon import words
from journey.engines.local.tokens import AUXILIARIES, NOMINAL, Tag, Token

Kind = Literal["finite", "infinitive", "gerund", "participle"]
Tense = Literal["present", "past", "perfect", "pluperfect"]
Span = tuple[int, int]
"""Half-open, in tokens."""

_NOUN_PHRASE = frozenset({Tag.DETERMINER, Tag.POSSESSIVE, Tag.NUMBER, Tag.ADJECTIVE, Tag.NOUN, Tag.PRONOUN})
_BREAKS = frozenset({Tag.POINT, Tag.CONJUNCTION, Tag.MARKER, Tag.RELATIVE})
_LEADING = frozenset({"able", "going", "supposed", "required", "allowed", "due", "about", "ready"})
"""Stands between "be" and the verb it leaves the action to."""
_OBJECT_ONLY = frozenset({"me", "us", "him", "them"})
SUBJECT_ONLY = frozenset({"i", "we", "they", "he", "she"})
_SKIPPED = frozenset({Tag.ADVERB, Tag.NEGATION, Tag.INTERJECTION})


@dataclass(frozen=True)
class Clause:
    """One verb of a sentence; every number counts tokens of that sentence."""

    first: int
    """Where the verb group begins ("is then sent" begins at "is")."""
    head: int
    """The verb that says what is done."""
    last: int
    """The head, or the particle that belongs to it ("backed up")."""
    kind: Kind
    subject: Span | None = None
    object: Span | None = None
    passive: bool = False
    negated: bool = False
    modal: str | None = None
    tense: Tense = "present"
    opener: str | None = None
    """The word that makes the clause depend on another: if, when, because, that, who."""
    start: int = 0
    """Where the clause begins, its opener and subject included."""
    over: str | None = None
    """The verb that leads to this one: "tried to pay" has over "try"."""
    joined: bool = False
    """Whether it shares subject and opener with the clause before ("and hands out")."""

    inside: bool = False
    """Whether it only describes a noun of the clause around it ("the slot | I want | is gone")."""

    @property
    def past(self) -> bool:
        """Whether it tells of something over."""
        return self.tense != "present"


def find_clauses(tokens: Sequence[Token]) -> list[Clause]:
    """Return the clauses of one sentence, in the order of their verbs."""
    found: list[Clause] = []
    for clause in _verb_groups(tokens):
        found.append(_complete(tokens, clause, found))
    return found


def _verb_groups(tokens: Sequence[Token]) -> Iterator[Clause]:
    i = 0
    while i < len(tokens):
        if tokens[i].tag in AUXILIARIES or tokens[i].tag in (Tag.VERB, Tag.TO):
            clause = _denied(tokens, _verb_group(tokens, i))
            i = clause.last + 1
            yield clause
        else:
            i += 1


def _denied(tokens: Sequence[Token], clause: Clause) -> Clause:
    """'They never answered': a denial before the verb belongs to it."""
    at = clause.first - 1
    while at >= 0 and tokens[at].tag in (Tag.ADVERB, Tag.INTERJECTION):
        at -= 1
    if at < 0 or tokens[at].tag is not Tag.NEGATION:
        return clause
    return replace(clause, first=at, negated=True)


def _verb_group(tokens: Sequence[Token], first: int) -> Clause:
    """Read one verb with its helpers, going on through verbs that leave the action to the next ("has to check")."""
    end, helpers, negated = first, [], False
    while end + 1 < len(tokens) and (
        tokens[end].tag in AUXILIARIES or tokens[end].tag in _SKIPPED or tokens[end].tag is Tag.TO
    ):
        if tokens[end].tag not in _SKIPPED:
            helpers.append(tokens[end])
        negated = negated or tokens[end].tag is Tag.NEGATION
        if not _goes_on(tokens, end):
            break
        end += 1
    while tokens[end].tag in _SKIPPED and end > first:
        end -= 1
    clause = _built(tokens, first, end, helpers=helpers, negated=negated)
    return _opened(tokens, clause)


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb group continues after `at`: the next word but adverbs is a fitting verb."""
    j = at + 1
    while j < len(tokens) and tokens[j].tag in _SKIPPED:
        j += 1
    if j >= len(tokens):
        return False
    if tokens[j].tag in AUXILIARIES:
        return tokens[at].tag is not Tag.DO
    return tokens[j].tag is Tag.VERB


def _built(tokens: Sequence[Token], first: int, head: int, *, helpers: Sequence[Token], negated: bool) -> Clause:
    before = [helper for helper in helpers if helper is not tokens[head]]
    passive = (
        bool(before) and before[-1].tag is Tag.BE and "part" in tokens[head].forms and tokens[head].tag is Tag.VERB
    )
    modal = next((helper.lower for helper in before if helper.tag is Tag.MODAL), None)
    return Clause(
        first=first,
        head=head,
        last=_with_particle(tokens, head),
        kind=_kind(tokens, first, head),
        passive=passive,
        negated=negated,
        modal=modal,
        tense=_tense(before, tokens[head]),
    )


def _with_particle(tokens: Sequence[Token], head: int) -> int:
    return head + 1 if head + 1 < len(tokens) and tokens[head + 1].tag is Tag.PARTICLE else head


def _kind(tokens: Sequence[Token], first: int, head: int) -> Kind:
    if tokens[first].tag is Tag.TO:
        return "infinitive"
    if tokens[first].lower in ("being", "having"):
        return "gerund"
    if first == head and tokens[head].tag is Tag.VERB:
        if tokens[head].forms == {"ing"}:
            return "gerund"
        if tokens[head].forms == {"part"}:
            return "participle"
    return "finite"


def _tense(helpers: Sequence[Token], head: Token) -> Tense:
    first = helpers[0] if helpers else head
    if helpers and first.tag is Tag.HAVE:
        return "pluperfect" if first.lower in ("had", "'d") else "perfect"
    if first.tag is Tag.MODAL:
        return "present"
    is_past = first.lower in ("was", "were", "did", "had") or ("past" in first.forms and "base" not in first.forms)
    return "past" if is_past else "present"


def _opened(tokens: Sequence[Token], clause: Clause) -> Clause:
    """Move on to the verb that the head merely opens: "tries to negotiate", "started calling", "is able to see"."""
    got = _got(tokens, clause)
    if got is not None:
        return got
    following = _next_verb(tokens, clause)
    if following is None or (
        tokens[clause.head].tag is Tag.VERB and tokens[clause.head].lemma not in words("verbs", "opens")
    ):
        return clause
    inner = _verb_group(tokens, following)
    leading = tokens[following - 1].lower
    over = leading if leading in _LEADING else tokens[clause.head].lemma
    return replace(
        inner,
        first=clause.first,
        kind=clause.kind,
        negated=clause.negated or inner.negated,
        modal=clause.modal,
        tense=clause.tense,
        over=inner.over or over,
        passive=inner.passive,
    )


def _got(tokens: Sequence[Token], clause: Clause) -> Clause | None:
    """'got charged', "get hired": a passive whose helper is "get"."""
    j = clause.last + 1
    while j < len(tokens) and tokens[j].tag in _SKIPPED:
        j += 1
    if tokens[clause.head].tag is not Tag.VERB or tokens[clause.head].lemma != "get" or j >= len(tokens):
        return None
    if tokens[j].tag is not Tag.VERB or "part" not in tokens[j].forms:
        return None
    return replace(clause, head=j, last=_with_particle(tokens, j), passive=True, over=clause.over or "get")


def _next_verb(tokens: Sequence[Token], clause: Clause) -> int | None:
    """Where the verb group begins that the head of `clause` opens."""
    j = clause.last + 1
    while j < len(tokens) and (tokens[j].tag in _SKIPPED or tokens[j].lower in _LEADING):
        j += 1
    if j >= len(tokens) or clause.passive:
        return None
    if tokens[j].tag is Tag.TO:
        return j
    is_ing = tokens[j].tag is Tag.VERB and "ing" in tokens[j].forms
    return j if is_ing and tokens[clause.head].tag is Tag.VERB else None


def _complete(tokens: Sequence[Token], clause: Clause, earlier: Sequence[Clause]) -> Clause:
    """Find the opener, the subject and the object of a clause."""
    around = [before for before in earlier if not before.inside]
    left = around[-1].last + 1 if around else 0
    opener_at = _opener(tokens, left, clause.first)
    subject = _subject(tokens, left if opener_at is None else opener_at, clause.first)
    if subject is None and earlier and earlier[-1].inside:
        subject = _phrase_ending(tokens, left, earlier[-1].start)
    if subject and subject[1] - subject[0] == 1 and tokens[subject[0]].lower in _OBJECT_ONLY:
        return replace(clause, kind="infinitive", object=_object(tokens, clause), start=clause.first)
    if subject and _is_contact(tokens, clause, subject):
        return replace(clause, subject=subject, opener="that", start=subject[0], inside=True)
    if clause.kind == "finite" and opener_at is None and _is_joined(tokens, clause, around, subject):
        return _like_before(tokens, clause, around[-1])
    clause = _reduced(tokens, clause, subject, around)
    subject = _true_subject(tokens, clause, subject, earlier=around, opener_at=opener_at)
    opener = _opener_word(tokens, clause, subject, earlier=around, opener_at=opener_at)
    start = opener_at if opener_at is not None else subject[0] if subject else clause.first
    return replace(clause, subject=subject, object=_object(tokens, clause), opener=opener, start=start)


def _opener_word(
    tokens: Sequence[Token], clause: Clause, subject: Span | None, *, earlier: Sequence[Clause], opener_at: int | None
) -> str | None:
    """The word that makes the clause depend on another, said, left out, or carried on by "and"."""
    if opener_at is not None:
        return tokens[opener_at].lower
    if _is_content(tokens, subject, earlier):
        return "that"
    return earlier[-1].opener if earlier and _still_open(tokens, earlier[-1], clause) else None


def _true_subject(
    tokens: Sequence[Token], clause: Clause, subject: Span | None, *, earlier: Sequence[Clause], opener_at: int | None
) -> Span | None:
    """Look past what describes the subject ("a list explaining why is sent"), and behind "who" and "which"."""
    if opener_at is not None and tokens[opener_at].tag is Tag.RELATIVE and subject is None:
        return _phrase_ending(tokens, 0, opener_at - (tokens[opener_at - 1].text == ","))
    if subject is None or not earlier or opener_at is not None or clause.kind != "finite":
        return subject
    before = earlier[-1]
    describes = before.kind in ("gerund", "participle") and before.subject is not None and not before.opener
    unbroken = not any(token.tag in (Tag.POINT, Tag.CONJUNCTION) for token in tokens[before.first : clause.first])
    return before.subject if describes and unbroken else subject


def _is_content(tokens: Sequence[Token], subject: Span | None, earlier: Sequence[Clause]) -> bool:
    """Whether the clause is what the verb before says or thinks, its "that" left out ("ensures all is well")."""
    if subject is None or not earlier:
        return False
    before = earlier[-1]
    between = tokens[before.last + 1 : subject[0]]
    follows = all(token.tag in _SKIPPED for token in between)
    takers = (
        words("verbs", "takes_content") | words("verbs", "say") | words("verbs", "mental") | words("verbs", "discovery")
    )
    return follows and tokens[before.head].lemma in takers


def _is_contact(tokens: Sequence[Token], clause: Clause, subject: Span) -> bool:
    """Whether the clause describes the noun it touches: "the password | he gave me", "the slot | I want"."""
    if clause.kind != "finite" or subject[0] == 0 or tokens[subject[0]].lower not in words("closed", "subject"):
        return False
    if tokens[subject[0] - 1].tag is not Tag.NOUN:
        return False
    done_to = _object(tokens, clause)
    lacks_thing = done_to is None or (
        done_to[1] - done_to[0] == 1 and tokens[clause.head].lemma in words("verbs", "gives")
    )
    return lacks_thing and clause.last + 1 < len(tokens) and tokens[clause.last + 1].tag is not Tag.PREPOSITION


def _is_joined(tokens: Sequence[Token], clause: Clause, earlier: Sequence[Clause], subject: Span | None) -> bool:
    """Whether "and" or a comma ties the verb to the one before, without a subject of its own."""
    if not earlier or earlier[-1].kind == "gerund":
        return False
    j = clause.first - 1
    while j > 0 and (tokens[j].tag in _SKIPPED or tokens[j].text == ","):
        j -= 1
    if tokens[j].tag is Tag.CONJUNCTION:
        return True
    return subject is None and tokens[clause.first - 1].text == "," and earlier[-1].opener is None


def _like_before(tokens: Sequence[Token], clause: Clause, before: Clause) -> Clause:
    """A coordinated verb takes subject, opener, voice and tense from the verb before it."""
    bare = _is_bare(tokens, clause)
    shares_voice = bare and before.passive and "part" in tokens[clause.head].forms
    own = replace(
        clause,
        subject=before.subject,
        passive=clause.passive or shares_voice,
        modal=before.modal if bare and "base" in tokens[clause.head].forms else clause.modal,
        kind=before.kind,
        tense=clause.tense if clause.past or not bare else before.tense,
        opener=before.opener,
        start=clause.first,
        joined=True,
        over=clause.over or before.over,
    )
    return replace(own, object=_object(tokens, own))


def _is_bare(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether the verb stands without helpers of its own."""
    return all(token.tag in _SKIPPED for token in tokens[clause.first : clause.head])


def _still_open(tokens: Sequence[Token], before: Clause, clause: Clause) -> bool:
    """Whether "and" carries the condition on: "if A happens and B happens, ..." """
    between = tokens[before.last + 1 : clause.first]
    commas = any(token.text in (",", ":", ";") for token in between)
    joined = any(token.tag is Tag.CONJUNCTION for token in between)
    if before.opener is None or clause.kind != "finite":
        return False
    return joined and not commas


def _reduced(tokens: Sequence[Token], clause: Clause, subject: Span | None, earlier: Sequence[Clause]) -> Clause:
    """A bare "-ed" after a noun describes it when another verb follows without a subject, or "by" does."""
    bare = clause.first == clause.head and "part" in tokens[clause.head].forms and clause.kind == "finite"
    if not bare or subject is None:
        return clause
    after = tokens[clause.last + 1].lower if clause.last + 1 < len(tokens) else ""
    if after == "by" or _is_taken(tokens, subject, earlier) or _verb_without_subject(tokens, clause.last + 1):
        return replace(clause, kind="participle")
    return clause


def _is_taken(tokens: Sequence[Token], subject: Span, earlier: Sequence[Clause]) -> bool:
    """Whether the noun before the verb belongs to the clause before: "moved to a studio | called Lucky Cat"."""
    if not earlier or tokens[subject[0]].lower in words("closed", "subject"):
        return False
    between = tokens[earlier[-1].last + 1 : subject[1]]
    return bool(between) and not any(token.tag in _BREAKS for token in between)


def _verb_without_subject(tokens: Sequence[Token], start: int) -> bool:
    for j in range(start, len(tokens)):
        if tokens[j].tag in AUXILIARIES or (tokens[j].tag is Tag.VERB and "s" in tokens[j].forms):
            return tokens[j - 1].tag in (Tag.NOUN, Tag.PARTICLE, Tag.ADVERB)
        if tokens[j].tag in (Tag.POINT, Tag.MARKER, Tag.RELATIVE, Tag.CONJUNCTION, Tag.VERB, Tag.TO) or tokens[
            j
        ].lower in words("closed", "subject"):
            return False
    return False


def _opener(tokens: Sequence[Token], left: int, right: int) -> int | None:
    """The last clause-opening word between two places."""
    for j in range(right - 1, left - 1, -1):
        if tokens[j].tag is Tag.MARKER or tokens[j].tag is Tag.RELATIVE:
            if _is_elliptic(tokens, j):
                return None
            while j > left and tokens[j - 1].tag is Tag.MARKER:
                j -= 1
            return j
        if tokens[j].tag is Tag.POINT and tokens[j].text in (";", ":"):
            return None
    return None


def _is_elliptic(tokens: Sequence[Token], opener: int) -> bool:
    """'If not, ...', "if necessary, ...": a condition without a verb, closed by its comma."""
    comma = next((j for j in range(opener + 1, min(opener + 4, len(tokens))) if tokens[j].text == ","), None)
    if comma is None or comma == opener + 1:
        return False
    return all(
        token.tag in (*_SKIPPED, Tag.ADJECTIVE) or token.lower in ("so", "necessary", "possible")
        for token in tokens[opener + 1 : comma]
    )


def _subject(tokens: Sequence[Token], left: int, right: int) -> Span | None:
    """The noun phrase that ends before the verb group, with its "of ..." and its "and ..."."""
    end = right
    while end > left and (tokens[end - 1].tag in _SKIPPED):
        end -= 1
    end = _before_brackets(tokens, left, end)
    span = _phrase_ending(tokens, left, end)
    if span is None:
        return None
    while span[0] > left + 1:
        link = tokens[span[0] - 1]
        bare = tokens[span[0]].tag is Tag.PRONOUN and tokens[span[0]].lower != "i"
        longer = _phrase_ending(tokens, left, span[0] - 1) if _links(link) and not bare else None
        if longer is None or (left and link.tag is Tag.CONJUNCTION and _is_after_verb(tokens, longer[0])):
            break
        span = (longer[0], span[1])
    return span


def _is_after_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether the phrase at `at` belongs to a verb or preposition before it, and so cannot join a subject."""
    return at > 0 and tokens[at - 1].tag in (Tag.VERB, Tag.PARTICLE, Tag.PREPOSITION, *AUXILIARIES)


def _before_brackets(tokens: Sequence[Token], left: int, end: int) -> int:
    if end > left and tokens[end - 1].text == ")":
        opening = next((j for j in range(end - 1, left - 1, -1) if tokens[j].text == "("), None)
        return opening if opening is not None else end
    return end


def _links(token: Token) -> bool:
    """Whether a word ties two noun phrases into one subject."""
    return token.tag is Tag.CONJUNCTION or token.tag is Tag.PREPOSITION or token.text == "/"


def _phrase_ending(tokens: Sequence[Token], left: int, end: int) -> Span | None:
    """The noun phrase whose last word is the one before `end`."""
    if end <= left or tokens[end - 1].tag not in NOMINAL | {Tag.NUMBER, Tag.DETERMINER}:
        return None
    start = end - 1
    while start > left and _continues_phrase(tokens, start):
        start -= 1
    return start, end


def _continues_phrase(tokens: Sequence[Token], start: int) -> bool:
    before, here = tokens[start - 1], tokens[start]
    if here.tag is Tag.PRONOUN or before.tag is Tag.PRONOUN:
        return False
    if here.tag is Tag.DETERMINER:
        return before.lower in ("all", "both", "half")
    if before.text in ("'", "’") and start + 1 and here.lower == "s":
        return True
    return before.tag in _NOUN_PHRASE or (here.tag is Tag.POSSESSIVE and before.text in ("'", "’"))


def _object(tokens: Sequence[Token], clause: Clause) -> Span | None:
    """The noun phrase after the verb, with "and ..." and "of ..."; of coordinated verbs, that of the last."""
    start = clause.last + 1
    while start < len(tokens) and tokens[start].tag in _SKIPPED:
        start += 1
    end = phrase_end(tokens, start)
    if end is not None:
        return start, _whole_object(tokens, start, end)
    if start >= len(tokens) or clause.last != clause.head or tokens[clause.head].lemma in words("verbs", "alone"):
        return None
    joined = tokens[start].tag is Tag.CONJUNCTION or tokens[start].text == ","
    return _shared_object(tokens, start) if joined else None


def _whole_object(tokens: Sequence[Token], start: int, end: int) -> int:
    """'(sent) me an email', "(looked) it up": a second object or a particle belongs to the first."""
    if end - start == 1 and tokens[start].tag is Tag.PRONOUN and end < len(tokens):
        if tokens[end].tag in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.NUMBER, Tag.ADJECTIVE, Tag.NOUN):
            end = phrase_end(tokens, end) or end
    loose = end < len(tokens) and tokens[end].lower in ("up", "down", "out", "off", "back", "away", "over")
    return end + 1 if loose and not (phrase_end(tokens, end + 1) and tokens[end].lower == "over") else end


def _shared_object(tokens: Sequence[Token], start: int) -> Span | None:
    """'reject or accept the order': the first verb's object stands after the second."""
    j = start
    while j < len(tokens) and (tokens[j].tag in (Tag.CONJUNCTION, *_SKIPPED) or tokens[j].text == ","):
        j += 1
    if j < len(tokens) and tokens[j].tag is Tag.VERB and j > start:
        after = _with_particle(tokens, j) + 1
        end = phrase_end(tokens, after)
        return (after, end) if end is not None else None
    return None


def phrase_end(tokens: Sequence[Token], start: int) -> int | None:
    """Where the noun phrase that begins at `start` ends; None when none begins there."""
    j = start
    while j < len(tokens) and (tokens[j].tag in _NOUN_PHRASE or _is_apostrophe(tokens, j)):
        if tokens[j].tag is Tag.PRONOUN:
            return j + 1 if j == start and tokens[j].lower not in SUBJECT_ONLY else (j if j > start else None)
        if (
            tokens[j].tag in (Tag.DETERMINER, Tag.POSSESSIVE)
            and j > start
            and tokens[j - 1].tag is Tag.NOUN
            and not _is_genitive(tokens, j)
        ):
            break
        j += 1
    return j if j > start else None


def _is_apostrophe(tokens: Sequence[Token], j: int) -> bool:
    return tokens[j].text in ("'", "’") and j + 1 < len(tokens) and tokens[j + 1].lower == "s"


def _is_genitive(tokens: Sequence[Token], j: int) -> bool:
    return tokens[j].lower in ("'s", "s")
