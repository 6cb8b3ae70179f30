"""Verbs with their helpers: "has not been sent back", "tries to negotiate", "got charged"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from journey.engines.local.lexicon import words
from journey.engines.local.phrases import passed_over, with_particle
from journey.engines.local.tokens import AUXILIARIES, PASSED_OVER, Tag, Token

Kind = Literal["finite", "infinitive", "gerund", "participle"]
Tense = Literal["present", "past", "perfect", "pluperfect"]

_LEADING = frozenset({"able", "going", "supposed", "required", "allowed", "due", "about", "ready"})
"""Stands between "be" and the verb it leaves the action to."""


@dataclass(frozen=True)
class VerbGroup:
    """One verb with its helpers; every number counts tokens of its sentence."""

    first: int
    """Where it begins ("is then sent" begins at "is")."""
    head: int
    """The verb that says what is done."""
    last: int
    """The head, or the particle that belongs to it ("backed up")."""
    kind: Kind
    passive: bool = False
    negated: bool = False
    modal: str | None = None
    tense: Tense = "present"
    over: str | None = None
    """The verb that leads to this one: "tried to pay" has over "try"."""

    @property
    def past(self) -> bool:
        """Whether it tells of something over."""
        return self.tense != "present"


def verb_groups(tokens: Sequence[Token]) -> Iterator[VerbGroup]:
    """Yield the verb groups of one sentence in order."""
    i = 0
    while i < len(tokens):
        if tokens[i].tag in AUXILIARIES or tokens[i].tag in (Tag.VERB, Tag.TO):
            group = _denied(tokens, _group(tokens, i))
            i = group.last + 1
            yield group
        else:
            i += 1


def _denied(tokens: Sequence[Token], group: VerbGroup) -> VerbGroup:
    """'They never answered': a denial before the verb belongs to it."""
    at = group.first - 1
    while at >= 0 and tokens[at].tag in (Tag.ADVERB, Tag.INTERJECTION):
        at -= 1
    denied = at >= 0 and tokens[at].tag is Tag.NEGATION
    return replace(group, first=at, negated=True) if denied else group


def _group(tokens: Sequence[Token], first: int) -> VerbGroup:
    """Read the group that begins at `first`, on through verbs that leave the action to the next."""
    head = first
    while _is_helper(tokens[head]):
        following = passed_over(tokens, head + 1)
        if not _goes_on(tokens, head, following):
            break
        head = following
    return _opened(tokens, _built(tokens, first, head))


def _is_helper(token: Token) -> bool:
    return token.tag in AUXILIARIES or token.tag is Tag.TO


def _goes_on(tokens: Sequence[Token], at: int, following: int) -> bool:
    """Whether the group continues: the next word but adverbs is a fitting verb."""
    if following >= len(tokens):
        return False
    if tokens[following].tag in AUXILIARIES:
        return tokens[at].tag is not Tag.DO
    return tokens[following].tag is Tag.VERB


def _built(tokens: Sequence[Token], first: int, head: int) -> VerbGroup:
    helpers = [token for token in tokens[first:head] if token.tag not in PASSED_OVER]
    is_done_to = bool(helpers) and helpers[-1].tag is Tag.BE and tokens[head].tag is Tag.VERB
    return VerbGroup(
        first=first,
        head=head,
        last=with_particle(tokens, head),
        kind=_kind(tokens, first, head),
        passive=is_done_to and "part" in tokens[head].forms,
        negated=any(token.tag is Tag.NEGATION for token in tokens[first : passed_over(tokens, head + 1)]),
        modal=next((token.lower for token in helpers if token.tag is Tag.MODAL), None),
        tense=_tense(helpers, tokens[head]),
    )


def _kind(tokens: Sequence[Token], first: int, head: int) -> Kind:
    if tokens[first].tag is Tag.TO:
        return "infinitive"
    if tokens[first].lower in ("being", "having"):
        return "gerund"
    alone = first == head and tokens[head].tag is Tag.VERB
    if alone and tokens[head].forms == {"ing"}:
        return "gerund"
    return "participle" if alone and tokens[head].forms == {"part"} else "finite"


def _tense(helpers: Sequence[Token], head: Token) -> Tense:
    first = helpers[0] if helpers else head
    if helpers and first.tag is Tag.HAVE:
        return "pluperfect" if first.lower in ("had", "'d") else "perfect"
    if first.tag is Tag.MODAL:
        return "present"
    # "put" and "reset" can be either; without a helper they are more often told than prescribed
    is_past = first.lower in ("was", "were", "did", "had") or "past" in first.forms
    return "past" if is_past else "present"


def _opened(tokens: Sequence[Token], group: VerbGroup) -> VerbGroup:
    """Move on to the verb that the head merely opens: "tries to negotiate", "is able to see", "got charged"."""
    got = _got(tokens, group)
    if got is not None:
        return got
    following = _next_verb(tokens, group)
    is_verb = tokens[group.head].tag is Tag.VERB
    if following is None or (is_verb and tokens[group.head].lemma not in words("verbs", "opens")):
        return group
    inner = _group(tokens, following)
    leading = tokens[following - 1].lower
    return replace(
        inner,
        first=group.first,
        kind=group.kind,
        negated=group.negated or inner.negated,
        modal=group.modal,
        tense=group.tense,
        over=inner.over or (leading if leading in _LEADING else tokens[group.head].lemma),
    )


def _got(tokens: Sequence[Token], group: VerbGroup) -> VerbGroup | None:
    """'got charged', "get hired": a passive whose helper is "get"."""
    j = passed_over(tokens, group.last + 1)
    if tokens[group.head].tag is not Tag.VERB or tokens[group.head].lemma != "get" or j >= len(tokens):
        return None
    if tokens[j].tag is not Tag.VERB or "part" not in tokens[j].forms:
        return None
    return replace(group, head=j, last=with_particle(tokens, j), passive=True, over=group.over or "get")


def _next_verb(tokens: Sequence[Token], group: VerbGroup) -> int | None:
    """Where the group begins that the head of this one opens."""
    j = group.last + 1
    while j < len(tokens) and (tokens[j].tag in PASSED_OVER or tokens[j].lower in _LEADING):
        j += 1
    if j >= len(tokens) or group.passive:
        return None
    if tokens[j].tag is Tag.TO:
        return j
    is_ing = tokens[j].tag is Tag.VERB and "ing" in tokens[j].forms
    return j if is_ing and tokens[group.head].tag is Tag.VERB else None
