"""Nouns, verbs, adjectives and adverbs told apart by what stands around them.

The hard question is verb or noun ("reports", "order"). The word before settles most; after a noun it is whether the
clause has a verb already, or one to come, and whether the two agree.
"""

from __future__ import annotations

from journey.engines.local.context import Context
from journey.engines.local.lexicon import forms, kinds, words
from journey.engines.local.phrases import SUBJECT_ONLY
from journey.engines.local.tokens import BEFORE_NOUN, LED_BY, Tag

_BARE = frozenset({"let", "help", "make", "made", "go"})
"""Verbs that another verb follows without "to"."""


def open_word(context: Context, i: int) -> Tag:
    """Return the tag of a word of the open classes."""
    word = context.words[i]
    if i and context.spelt[i][0].isupper() and not _is_spelt_verb(context, i):
        return Tag.NOUN
    if _is_second_quality(context, i):
        return Tag.ADJECTIVE
    verb = _verb_or_not(context, i) if forms(word) else None
    return verb or _noun_or_not(context, i)


def _is_spelt_verb(context: Context, i: int) -> bool:
    """Whether a word with a capital is a verb all the same, and no name."""
    if context.before(i) in (Tag.MODAL, Tag.TO, Tag.PRONOUN):
        return True
    sure = context.can_only_be_verb(i) and not context.spelt[i].isupper()
    return sure and context.before(i) is not Tag.DETERMINER


def _is_second_quality(context: Context, i: int) -> bool:
    """'The line is fast and stable': both words after "is" describe."""
    if context.tag(i - 1) is not Tag.CONJUNCTION or "adjective" not in kinds(context.words[i]):
        return False
    both = "adjective" in kinds(context.word(i - 2)) and forms(context.words[i]) <= {"base"}
    return both and context.before(i - 2) is Tag.BE and not context.opens_noun(i + 1)


def _noun_or_not(context: Context, i: int) -> Tag:
    possible = kinds(context.words[i])
    describes = "adjective" in possible and context.opens_noun(i + 1)
    if "noun" in possible and not (describes and not context.is_verb_rather_than_noun(i + 1)):
        return Tag.NOUN
    if "adjective" in possible:
        return Tag.ADJECTIVE
    return Tag.ADVERB if "adverb" in possible else Tag.NOUN


def _verb_or_not(context: Context, i: int) -> Tag | None:
    """Decide a word that can be a verb by the word before; None leaves it to the noun-or-adjective rules."""
    before = context.before(i)
    if before in BEFORE_NOUN:
        return _after_determiner(context, i)
    if before in (Tag.TO, Tag.MODAL, Tag.DO, Tag.BE, Tag.HAVE):
        return _after_helper(context, i, before)
    if before is Tag.PREPOSITION:
        return _after_preposition(context, i)
    if before in (Tag.PRONOUN, Tag.RELATIVE):
        can_be = forms(context.words[i]) - {"ing"} or "noun" not in kinds(context.words[i])
        return Tag.VERB if can_be else None
    if before in (Tag.NOUN, Tag.PARTICLE):
        return _after_noun(context, i)
    return _after_verb(context, i) if before is Tag.VERB else _at_clause_start(context, i)


def _after_helper(context: Context, i: int, before: Tag | None) -> Tag | None:
    """'will send', "is sent", "has sent": the helper says which form the verb must have."""
    shapes = forms(context.words[i])
    if before is Tag.BE:
        return Tag.VERB if shapes & {"ing", "part"} else None
    if before is Tag.HAVE:
        return Tag.VERB if "part" in shapes else None
    return Tag.VERB if "base" in shapes or context.can_only_be_verb(i) else None


def _after_determiner(context: Context, i: int) -> Tag | None:
    """'the received request', "a meeting", "the old forms": hardly ever a verb."""
    word, shapes = context.words[i], forms(context.words[i])
    if "noun" in kinds(word):
        if not context.is_nounlike(i + 1) or "base" in shapes:
            return Tag.NOUN
        return Tag.ADJECTIVE if shapes & {"ing", "part"} else None
    described = context.tag(i - 1) is Tag.ADVERB and context.opens_noun(i + 1) and "ing" not in shapes
    if not described and context.tag(i - 1) in (Tag.ADJECTIVE, Tag.NUMBER) and context.clause_verb(i) is None:
        return Tag.VERB
    return Tag.ADJECTIVE if described or shapes & {"ing", "part"} else None


def _after_preposition(context: Context, i: int) -> Tag | None:
    """'after returning to': a gerund is a verb when it takes an object; all else is a noun phrase."""
    is_noun = "noun" in kinds(context.words[i])
    if "ing" in forms(context.words[i]):
        if not is_noun or context.is_closed(i + 1, *LED_BY):
            return Tag.VERB
    elif context.can_only_be_verb(i) and context.clause_verb(i) is None:
        return Tag.VERB
    return None if is_noun else Tag.ADJECTIVE


def _after_noun(context: Context, i: int) -> Tag | None:
    """After a noun: the clause's verb, unless the clause has one already or another is still to come."""
    word, shapes = context.words[i], forms(context.words[i])
    thinks = "base" in shapes and word in words("verbs", "mental") and context.word(i + 1) in SUBJECT_ONLY
    if context.can_only_be_verb(i) or thinks or shapes & {"past", "part"}:
        return Tag.VERB
    if context.clause_verb(i) is not None:
        return None
    if shapes == {"s"} and context.is_closed(i + 1, *LED_BY):
        return Tag.VERB
    if context.verb_to_come(i + 1, over_and="s" not in shapes) or not context.agrees(i):
        return None
    if "ing" in shapes:
        return Tag.VERB if context.opens_noun(i + 1) and "noun" not in kinds(word) else None
    if word in words("verbs", "rarely"):
        return Tag.VERB if context.opens_noun(i + 1) and not context.is_nounlike(i + 1) else None
    return Tag.VERB


def _after_verb(context: Context, i: int) -> Tag | None:
    """After a verb comes its object, or a second verb form ("start calling", "get checked")."""
    word, shapes = context.words[i], forms(context.words[i])
    is_noun = "noun" in kinds(word)
    if "ing" in shapes:
        return Tag.VERB if not is_noun or context.opens_noun(i + 1) else None
    describes = "part" in shapes and context.is_nounlike(i + 1)
    if (context.can_only_be_verb(i) and not describes) or context.word(i - 1) in _BARE:
        return Tag.VERB
    return None if is_noun else Tag.ADJECTIVE


def _at_clause_start(context: Context, i: int) -> Tag | None:
    """At the start, after a comma, after "and": a verb that matches a verb before, or an order to do."""
    shapes, sure = forms(context.words[i]), context.can_only_be_verb(i)
    if "ing" in shapes:
        return Tag.VERB if sure or context.takes_object(i) else None
    earlier = context.matching_verb(i)
    if earlier is not None and context.tag(i - 1) in (Tag.CONJUNCTION, Tag.POINT, Tag.ADVERB):
        joined = context.takes_object(i) or context.word(i + 1) in ("and", "or", ",", ".", "")
        return Tag.VERB if sure or (joined and not _is_noun_list(context, i, earlier)) else None
    if sure:
        return Tag.ADJECTIVE if "part" in shapes and context.is_nounlike(i + 1) else Tag.VERB
    return _order(context, i) if "base" in shapes else None


def _order(context: Context, i: int) -> Tag | None:
    """'Register all accounts': a base form that opens its clause and has an object."""
    if context.is_closed(i + 1, Tag.DETERMINER, Tag.POSSESSIVE):
        return Tag.VERB
    likely = context.takes_object(i) and context.words[i] not in words("verbs", "rarely")
    return Tag.VERB if likely and not context.verb_to_come(i + 1) else None


def _is_noun_list(context: Context, i: int, earlier: int) -> bool:
    """Whether "parts and quantities", "files, survey data" rather than "checks it and sends" is the likely reading."""
    if "noun" not in kinds(context.words[i]) or context.tag(i - 2) is not Tag.NOUN or earlier >= i - 2:
        return False
    ends = context.word(i + 1) in ("and", "or", ",", "of")
    return ends or ("base" in forms(context.words[i]) and context.is_nounlike(i + 1))
