"""Words of the closed classes whose part turns on a neighbour: "that", "to", "like", "before", "'s"."""

from __future__ import annotations

from journey.engines.local.context import Context
from journey.engines.local.lexicon import forms, lemma, words
from journey.engines.local.tokens import BEFORE_NOUN, LED_BY, SHORTENED, Tag, closed

_LOOSE = frozenset({"up", "down", "out", "off", "back", "away", "apart", "aside", "together"})
"""Particles that hold to their verb even before a noun ("takes down the order")."""
_TIME = frozenset({"before", "after", "since", "until", "till", "as", "while", "once"})
_ORDER = frozenset({"first", "next", "last", "second", "third", "former", "latter"})
_MODAL_NOUNS = frozenset({"will", "can", "may", "might", "must"})
_DESCRIBING = frozenset({"back", "well", "right", "second", "pretty", "still", "even", "long", "early", "late"})
_LEADING = (Tag.DETERMINER, Tag.POSSESSIVE)


def small_word(context: Context, i: int) -> Tag | None:
    """Return the tag of a word that its neighbours decide; None when the lists or the open classes do."""
    word = context.words[i]
    if word in SHORTENED:
        return _had_or_would(context, i) if word == "'d" else SHORTENED[word]
    if word == "'s" or (word == "s" and context.word(i - 1) in ("'", "’")):
        return _is_or_of(context, i)
    if word in _TIME:
        return _time_word(context, i)
    if word in words("closed", "particle") and context.tag(i - 1) is Tag.VERB:
        return Tag.PARTICLE if word in _LOOSE or not context.opens_noun(i + 1) else Tag.PREPOSITION
    return _named_word(context, i) or _after_determiner(context, i) or _pronoun(context, i)


def _named_word(context: Context, i: int) -> Tag | None:
    """Words that follow a rule of their own."""
    match context.words[i]:
        case "to":
            return _to(context, i)
        case "that":
            return _that(context, i)
        case "like":
            return _like(context, i)
        case "because":
            return Tag.PREPOSITION if context.word(i + 1) == "of" else None
        case "let":
            return Tag.VERB
        case "provided":
            is_marker = context.word(i + 1) == "that" and context.tag(i - 1) is not Tag.BE
            return Tag.MARKER if is_marker else Tag.VERB
        case "so":
            return Tag.MARKER if context.word(i + 1) == "that" else None
        case "in":
            return Tag.MARKER if context.word(i + 1) in ("case", "order") and context.word(i + 2) != "of" else None
        case "case":
            return Tag.MARKER if context.tag(i - 1) is Tag.MARKER else None
    return None


def _after_determiner(context: Context, i: int) -> Tag | None:
    """'the first step', "my will", "the back office": behind an article these are nouns or describe one."""
    word, before = context.words[i], context.tag(i - 1)
    if word in _ORDER and before in _LEADING:
        return Tag.ADJECTIVE
    if word in _MODAL_NOUNS and before in _LEADING:
        return Tag.NOUN
    if word in _DESCRIBING and before in BEFORE_NOUN:
        return Tag.ADJECTIVE if context.is_nounlike(i + 1) else Tag.NOUN
    if word == "one" and before in (Tag.DETERMINER, Tag.ADJECTIVE):
        return Tag.NOUN
    return None


def _pronoun(context: Context, i: int) -> Tag | None:
    """'her' and "this" without a noun to lead in."""
    word = context.words[i]
    if word in ("her", "his") and not context.opens_noun(i + 1):
        return Tag.PRONOUN
    stands_alone = context.is_auxiliary(i + 1) or not context.opens_noun(i + 1)
    return Tag.PRONOUN if word in ("this", "these", "those") and stands_alone else None


def _to(context: Context, i: int) -> Tag:
    after = context.word(i + 1)
    leads_verb = "base" in forms(after) and not _is_direction(context, i)
    return Tag.TO if leads_verb or after in ("be", "have", "do") else Tag.PREPOSITION


def _is_direction(context: Context, i: int) -> bool:
    """'back to work', "sent to account management": the base form after "to" is a noun here."""
    if context.word(i + 1) not in words("verbs", "rarely") or context.is_closed(i + 2, *BEFORE_NOUN, *LED_BY):
        return False
    led = next((context.words[j] for j in range(i - 1, -1, -1) if context.given[j] is not Tag.PARTICLE), "")
    return lemma(led) in words("verbs", "moves") and (led != "going" or context.word(i + 1) in ("work", "school"))


def _that(context: Context, i: int) -> Tag:
    before = context.tag(i - 1)
    verb_next = context.is_verb_rather_than_noun(i + 1) or context.is_auxiliary(i + 1)
    if before is Tag.NOUN and verb_next:
        return Tag.RELATIVE
    if context.is_auxiliary(i + 1) or _leads_nothing(context, i + 1):
        return Tag.PRONOUN
    if before is Tag.VERB and lemma(context.word(i - 1)) in words("verbs", "handled"):
        return Tag.DETERMINER
    if before in (Tag.VERB, Tag.NOUN, Tag.ADJECTIVE, Tag.PRONOUN):
        return Tag.MARKER
    if context.opens_noun(i + 1) and not context.is_closed(i + 1, *LED_BY):
        return Tag.DETERMINER
    return Tag.PRONOUN if before is Tag.PREPOSITION or i == 0 else Tag.MARKER


def _leads_nothing(context: Context, i: int) -> bool:
    """Whether the clause ends, or goes on without a noun phrase, after any adverbs from here on."""
    while context.is_closed(i, Tag.ADVERB):
        i += 1
    word = context.word(i)
    return not word or not (word[0].isalnum() or word[0] in "$€£'\"“") or context.is_closed(i, Tag.CONJUNCTION)


def _like(context: Context, i: int) -> Tag:
    before = context.tag(i - 1)
    likes = before is Tag.PRONOUN and Tag.BE not in context.given[max(i - 2, 0) : i]
    return Tag.VERB if before is Tag.MODAL or likes else Tag.PREPOSITION


def _time_word(context: Context, i: int) -> Tag:
    """A clause opener when a verb comes before the clause ends, else a preposition or an adverb."""
    word, after = context.words[i], context.word(i + 1)
    if word == "once":
        return Tag.ADVERB if after in ("", ",", ".", "a", "per") else Tag.MARKER
    if word in ("before", "after", "since") and after in (",", ".", "that", "this", ""):
        return Tag.PREPOSITION if after in ("that", "this") else Tag.ADVERB
    if context.is_closed(i + 1, Tag.NUMBER) and _is_length(context, i + 2):
        return Tag.PREPOSITION
    if word == "as" and after in ("well", "soon", "part", "a", "an"):
        return Tag.MARKER if after == "soon" else Tag.PREPOSITION
    return Tag.MARKER if context.verb_to_come(i + 1) else Tag.PREPOSITION


def _is_length(context: Context, i: int) -> bool:
    """Whether a time of some length ends here, and does nothing itself ("after ten minutes | I left")."""
    return context.word(i) in words("nouns", "stretch") and not forms(context.word(i + 1)) & {"past", "s"}


def _is_or_of(context: Context, i: int) -> Tag:
    """'it's' is a verb, "the guest's" a possessive."""
    j = i - 1 if context.words[i] == "'s" else i - 2
    is_verb = context.tag(j) in (Tag.PRONOUN, Tag.RELATIVE) or context.word(j) in ("let", "there", "here", "that")
    return Tag.BE if is_verb else Tag.POSSESSIVE


def _had_or_would(context: Context, i: int) -> Tag:
    after = context.word(i + 2) if closed(context.word(i + 1)) is Tag.ADVERB else context.word(i + 1)
    had = "part" in forms(after) and "base" not in forms(after)
    return Tag.HAVE if had or after == "been" else Tag.MODAL
