"""Clauses of an English sentence: each verb with its subject, its object and what makes it depend on another.

A clause here is one verb that could tell of something done; "checks and repairs the hardware" gives two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from journey.engines.local.lexicon import words
from journey.engines.local.phrases import OBJECT_ONLY, Span, object_after, passed_over, phrase_ending, subject_before
from journey.engines.local.tokens import AUXILIARIES, PASSED_OVER, Tag, Token
from journey.engines.local.verb_groups import VerbGroup, verb_groups

_BREAKS = frozenset({Tag.POINT, Tag.CONJUNCTION, Tag.MARKER, Tag.RELATIVE})
_ALL_THAT = frozenset({"something", "anything", "everything", "nothing", "all"})
"""What such a word touches describes it, without a "that" ("there's something | I left out")."""
_NAMING = frozenset({"called", "named"})
_SPEAKERS = frozenset({"i", "we", "they", "he", "she", "it", "you"})
_NEEDS = frozenset({"so", "necessary", "possible", "any"})


@dataclass(frozen=True)
class Clause(VerbGroup):
    """A verb group with what belongs to it."""

    subject: Span | None = None
    object: Span | None = None
    opener: str | None = None
    """The word that makes the clause depend on another: if, when, because, that, who."""
    start: int = 0
    """Where the clause begins, its opener and subject included."""
    joined: bool = False
    """Whether it shares subject and opener with the clause before ("and hands out")."""
    inside: bool = False
    """Whether it only describes a noun of the clause around it ("the slot | I want | is gone")."""


def find_clauses(tokens: Sequence[Token]) -> list[Clause]:
    """Return the clauses of one sentence, in the order of their verbs.

    >>> from journey.engines.local.grammar import read
    >>> tokens = read("If it is late, the clerk checks the form and calls you.")
    >>> [(tokens[clause.head].text, clause.opener, clause.joined) for clause in find_clauses(tokens)]
    [('is', 'if', False), ('checks', None, False), ('calls', None, True)]
    """
    found: list[Clause] = []
    for group in verb_groups(tokens):
        clause = Clause(**vars(group), start=group.first)
        found.append(_complete(tokens, replace(clause, object=object_after(tokens, group.head, group.last)), found))
    return found


def _complete(tokens: Sequence[Token], clause: Clause, earlier: Sequence[Clause]) -> Clause:
    """Find the opener and the subject of a clause, and how it hangs on those before."""
    around = [before for before in earlier if not before.inside]
    left = around[-1].last + 1 if around else 0
    opener_at = _opener(tokens, left, clause.first)
    subject = subject_before(tokens, left if opener_at is None else opener_at, clause.first)
    if subject is None and earlier and earlier[-1].inside:
        subject = phrase_ending(tokens, left, earlier[-1].start)
    if subject and subject[1] - subject[0] == 1 and tokens[subject[0]].lower in OBJECT_ONLY:
        return replace(clause, kind="infinitive")
    if subject and _is_contact(tokens, clause, subject, governed=bool(around)):
        return replace(clause, subject=subject, opener="that", start=subject[0], inside=True)
    if clause.kind == "finite" and opener_at is None and _is_joined(tokens, clause, around, subject):
        return _like_before(tokens, clause, _joined_to(tokens, clause, around))
    return _placed(tokens, _described(tokens, clause, subject, around), subject, earlier=around, opener_at=opener_at)


def _placed(
    tokens: Sequence[Token], clause: Clause, subject: Span | None, *, earlier: Sequence[Clause], opener_at: int | None
) -> Clause:
    """Give a clause that stands by itself its true subject, its opener and its start."""
    subject = _true_subject(tokens, clause, subject, earlier=earlier, opener_at=opener_at)
    if opener_at is not None:
        return replace(clause, subject=subject, opener=tokens[opener_at].lower, start=opener_at)
    opener = earlier[-1].opener if earlier and _is_still_open(tokens, earlier[-1], clause) else None
    if _is_content(tokens, subject, earlier):
        opener = "that"
    return replace(clause, subject=subject, opener=opener, start=subject[0] if subject else clause.first)


def _opener(tokens: Sequence[Token], left: int, right: int) -> int | None:
    """The last clause-opening word between two places."""
    for j in range(right - 1, left - 1, -1):
        if tokens[j].tag in (Tag.MARKER, Tag.RELATIVE):
            if _is_elliptic(tokens, j):
                return None
            while j > left and tokens[j - 1].tag is Tag.MARKER:
                j -= 1
            return j
        if tokens[j].text in (";", ":"):
            return None
    return None


def _is_elliptic(tokens: Sequence[Token], opener: int) -> bool:
    """'If not, ...', "if necessary, ...": a condition without a verb, closed by its comma."""
    comma = next((j for j in range(opener + 1, min(opener + 4, len(tokens))) if tokens[j].text == ","), opener + 1)
    said = tokens[opener + 1 : comma]
    verbless = all(token.tag in (*PASSED_OVER, Tag.ADJECTIVE) or token.lower in _NEEDS for token in said)
    return bool(said) and verbless


def _true_subject(
    tokens: Sequence[Token], clause: Clause, subject: Span | None, *, earlier: Sequence[Clause], opener_at: int | None
) -> Span | None:
    """Look past what describes the subject ("a list explaining why is sent"), and behind "who" and "which"."""
    if opener_at is not None and tokens[opener_at].tag is Tag.RELATIVE and subject is None:
        return phrase_ending(tokens, 0, opener_at - (tokens[opener_at - 1].text == ","))
    if subject is None or not earlier or opener_at is not None or clause.kind != "finite":
        return subject
    before = earlier[-1]
    describes = before.kind in ("gerund", "participle") and before.subject is not None and not before.opener
    if describes and before.subject is not None and _is_naming(tokens, before):
        return before.subject[0], subject[1]
    unbroken = not any(token.tag in (Tag.POINT, Tag.CONJUNCTION) for token in tokens[before.first : clause.first])
    return before.subject if describes and unbroken else subject


def _is_content(tokens: Sequence[Token], subject: Span | None, earlier: Sequence[Clause]) -> bool:
    """Whether the clause is what the verb before says or thinks, its "that" left out ("ensures all is well")."""
    if subject is None or not earlier:
        return False
    takers = [words("verbs", name) for name in ("takes_content", "say", "mental", "discovery")]
    at = passed_over(tokens, earlier[-1].last + 1)
    to_somebody = at < len(tokens) and tokens[at].lower in OBJECT_ONLY
    return at + to_somebody == subject[0] and any(tokens[earlier[-1].head].lemma in verbs for verbs in takers)


def _is_contact(tokens: Sequence[Token], clause: Clause, subject: Span, *, governed: bool) -> bool:
    """Whether the clause describes the noun it touches: "the password | he gave me", "the slot | I want".

    Without a verb before it, such a noun needs one behind ("the next day | I came" has none).
    """
    if clause.kind != "finite" or subject[0] == 0 or tokens[subject[0]].lower not in words("closed", "subject"):
        return False
    if tokens[subject[0] - 1].lower in _ALL_THAT and clause.object is None:
        return True
    if tokens[subject[0] - 1].tag is not Tag.NOUN or clause.last + 1 >= len(tokens):
        return False
    after = clause.object[1] if clause.object else clause.last + 1
    if after < len(tokens) and tokens[after].tag in (Tag.DETERMINER, Tag.POSSESSIVE):
        return False
    if not governed and not _verb_without_subject(tokens, clause.last + 1):
        return False
    whom_only = clause.object is not None and clause.object[1] - clause.object[0] == 1
    gap = clause.object is None or (whom_only and tokens[clause.head].lemma in words("verbs", "gives"))
    return gap and tokens[clause.last + 1].tag is not Tag.PREPOSITION


def _is_joined(tokens: Sequence[Token], clause: Clause, earlier: Sequence[Clause], subject: Span | None) -> bool:
    """Whether "and" or a comma ties the verb to the one before, without a subject of its own."""
    if not earlier or earlier[-1].kind == "gerund" or clause.first == 0:
        return False
    if subject is None and _is_rattled_off(tokens, clause, earlier[-1]):
        return True
    j = clause.first - 1
    while j > 0 and (tokens[j].tag in PASSED_OVER or tokens[j].text == ","):
        j -= 1
    goes_on = any(token.tag is Tag.CONJUNCTION for token in tokens[clause.last + 1 :])
    listed = subject is None and tokens[clause.first - 1].text == "," and earlier[-1].opener is None and goes_on
    return listed or tokens[j].tag is Tag.CONJUNCTION


def _joined_to(tokens: Sequence[Token], clause: Clause, around: Sequence[Clause]) -> Clause:
    """'They told us | it was full | and asked for help': who says one thing says the other, too."""
    before = around[-1]
    says = tokens[clause.head].lemma in words("verbs", "say") and tokens[before.head].tag is Tag.BE
    told = len(around) > 1 and tokens[around[-2].head].lemma in words("verbs", "say")
    return around[-2] if says and told and before.opener == "that" else before


def _is_rattled_off(tokens: Sequence[Token], clause: Clause, before: Clause) -> bool:
    """'I opened the app, scanned my passport, took a picture': told without an "and"."""
    told = before.subject is not None and tokens[before.subject[1] - 1].lower in _SPEAKERS
    alike = all("past" in tokens[one.head].forms and one.first == one.head for one in (before, clause))
    return told and alike and before.opener is None and tokens[clause.first - 1].text == ","


def _like_before(tokens: Sequence[Token], clause: Clause, before: Clause) -> Clause:
    """A coordinated verb takes subject, opener, voice and tense from the verb before it."""
    bare = all(token.tag in PASSED_OVER for token in tokens[clause.first : clause.head])
    shapes = tokens[clause.head].forms
    shares_voice = bare and before.passive and "part" in shapes
    return replace(
        clause,
        subject=before.subject,
        passive=clause.passive or shares_voice,
        modal=before.modal if bare and "base" in shapes else clause.modal,
        kind=before.kind,
        tense=before.tense if shares_voice or (bare and not clause.past) else clause.tense,
        opener=before.opener,
        start=clause.first,
        joined=True,
        over=clause.over or before.over,
    )


def _is_still_open(tokens: Sequence[Token], before: Clause, clause: Clause) -> bool:
    """Whether "and" carries the condition on: "if A happens and B happens, ..."."""
    between = tokens[before.last + 1 : clause.first]
    parted = any(token.text in (",", ":", ";") for token in between)
    joined = any(token.tag is Tag.CONJUNCTION for token in between)
    return before.opener is not None and clause.kind == "finite" and joined and not parted


def _described(tokens: Sequence[Token], clause: Clause, subject: Span | None, earlier: Sequence[Clause]) -> Clause:
    """A bare "-ed" after a noun describes it when another verb follows without a subject, or "by" does."""
    bare = clause.first == clause.head and "part" in tokens[clause.head].forms and clause.kind == "finite"
    if not bare or subject is None or tokens[subject[1] - 1].lower in _SPEAKERS:
        return clause
    if clause.last + 1 < len(tokens) and tokens[clause.last + 1].lower in OBJECT_ONLY:
        return clause
    if _is_naming(tokens, clause):
        return replace(clause, kind="participle")
    by = clause.last + 1 < len(tokens) and tokens[clause.last + 1].lower == "by"
    if by or _is_taken(tokens, subject, earlier) or _verb_without_subject(tokens, clause.last + 1):
        return replace(clause, kind="participle")
    return clause


def _is_naming(tokens: Sequence[Token], clause: VerbGroup) -> bool:
    """'A man called Marek ...': a name after "called", and a verb after the name unless "a" or "this" leads in."""
    if tokens[clause.head].lower not in _NAMING or clause.first != clause.head or clause.passive:
        return False
    end = clause.last + 1
    while end < len(tokens) and tokens[end].text[:1].isupper():
        end += 1
    verb = passed_over(tokens, end)
    goes_on = verb < len(tokens) and tokens[verb].tag in (Tag.VERB, *AUXILIARIES)
    led = any(token.lower in ("a", "an", "this", "some") for token in tokens[max(clause.first - 4, 0) : clause.first])
    return end > clause.last + 1 and (goes_on or led)


def _is_taken(tokens: Sequence[Token], subject: Span, earlier: Sequence[Clause]) -> bool:
    """Whether the noun before the verb belongs to the clause before: "moved to a studio | called Lucky Cat"."""
    if not earlier or tokens[subject[0]].lower in words("closed", "subject") or _is_naming(tokens, earlier[-1]):
        return False
    between = tokens[earlier[-1].last + 1 : subject[1]]
    return bool(between) and not any(token.tag in _BREAKS for token in between)


def _verb_without_subject(tokens: Sequence[Token], start: int) -> bool:
    for j in range(start, len(tokens)):
        if tokens[j].tag in AUXILIARIES or (tokens[j].tag is Tag.VERB and "s" in tokens[j].forms):
            return tokens[j - 1].tag in (Tag.NOUN, Tag.PARTICLE, Tag.ADVERB)
        ends = tokens[j].tag in (*_BREAKS, Tag.VERB, Tag.TO)
        if ends or tokens[j].lower in words("closed", "subject"):
            return False
    return False
