"""Words of an English sentence with the part each plays: closed classes by list, the rest by what stands around.

The rules are ordered by how sure they are, in the manner of Brill (1992), "A simple rule-based part of speech tagger",
but written by hand: they need no training text, and only the questions "where are the verbs?" and "where do noun
phrases end?" must come out right. Verb or noun ("reports", "order") is settled by the word before, then by whether
the clause has another verb to come.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from journey.engines.local.lexicon import Form, forms, kinds, lemma, words


class Tag(StrEnum):
    """The part a word plays in its sentence."""

    DETERMINER = "det"
    POSSESSIVE = "poss"
    PRONOUN = "pron"
    PREPOSITION = "prep"
    PARTICLE = "part"
    CONJUNCTION = "cc"
    MARKER = "mark"  # opens a clause: if, when, because, that
    RELATIVE = "rel"  # who, which, where
    MODAL = "modal"
    BE = "be"
    HAVE = "have"
    DO = "do"
    NEGATION = "neg"
    TO = "to"
    NUMBER = "num"
    ADVERB = "adv"
    ADJECTIVE = "adj"
    NOUN = "noun"
    VERB = "verb"
    INTERJECTION = "intj"
    POINT = "point"


AUXILIARIES = frozenset({Tag.MODAL, Tag.BE, Tag.HAVE, Tag.DO})
NOMINAL = frozenset({Tag.NOUN, Tag.PRONOUN})
_BEFORE_NOUN = frozenset({Tag.DETERMINER, Tag.POSSESSIVE, Tag.ADJECTIVE, Tag.NUMBER})
_CLAUSE_ENDS = frozenset({Tag.POINT, Tag.MARKER, Tag.RELATIVE, Tag.CONJUNCTION})


@dataclass(frozen=True)
class Token:
    """A word or a mark; `start` and `end` count from the start of the sentence."""

    text: str
    start: int
    end: int
    tag: Tag
    forms: frozenset[Form] = frozenset()

    @property
    def lower(self) -> str:
        """The word in lower case, with a straight apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def lemma(self) -> str:
        """The base form of a verb."""
        return lemma(self.lower)


_TOKEN = re.compile(
    r"(?P<short>n['’]t\b|['’](?:s|m|re|ve|ll|d|t)\b)"
    r"|[$€£]?\d+(?:[.,:]\d+)*(?![^\W_])"
    r"|[^\W_](?:(?!n['’]t\b)[^\W_]|[-./@&_+](?=[^\W_]))*"
    r"|[^\w\s]|_",
    re.IGNORECASE,
)
_SHORTENED = {
    "'m": Tag.BE,
    "'re": Tag.BE,
    "'ve": Tag.HAVE,
    "'ll": Tag.MODAL,
    "'d": Tag.MODAL,
    "n't": Tag.NEGATION,
    "'t": Tag.NEGATION,
}
_CLOSED: tuple[tuple[str, Tag], ...] = (
    ("negation", Tag.NEGATION),
    ("modal", Tag.MODAL),
    ("be", Tag.BE),
    ("have", Tag.HAVE),
    ("do", Tag.DO),
    ("condition", Tag.MARKER),
    ("time", Tag.MARKER),
    ("reason", Tag.MARKER),
    ("relative", Tag.RELATIVE),
    ("possessive", Tag.POSSESSIVE),
    ("determiner", Tag.DETERMINER),
    ("object", Tag.PRONOUN),
    ("subject", Tag.PRONOUN),
    ("conjunction", Tag.CONJUNCTION),
    ("number", Tag.NUMBER),
    ("preposition", Tag.PREPOSITION),
    ("adverb", Tag.ADVERB),
    ("particle", Tag.PARTICLE),
    ("interjection", Tag.INTERJECTION),
)
_LOOSE = frozenset(["up", "down", "out", "off", "back", "away", "apart", "aside", "together"])
"""Particles that hold to their verb even before a noun ("takes down the order")."""


def read(text: str) -> list[Token]:
    """Return the tagged tokens of one sentence.

    >>> [str(token.tag) for token in read("The sales department reports the order.")]
    ['det', 'noun', 'noun', 'verb', 'det', 'noun', 'point']
    >>> [token.text for token in read("They couldn't check orders.") if token.tag is Tag.VERB]
    ['check']
    """
    spans = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    lowers = [word.lower().replace("’", "'") for word, _, _ in spans]
    tags = _Tagger(lowers, [word for word, _, _ in spans]).tags()
    return [
        Token(word, start, end, tag, forms(low) if tag is Tag.VERB or tag in AUXILIARIES else frozenset())
        for (word, start, end), low, tag in zip(spans, lowers, tags, strict=True)
    ]


class _Tagger:
    """Tags one sentence from left to right; a rule sees the tags given so far and the words to come."""

    def __init__(self, lowers: Sequence[str], spelt: Sequence[str]) -> None:
        self.words = lowers
        self.spelt = spelt
        self.given: list[Tag] = []

    def tags(self) -> list[Tag]:
        for index in range(len(self.words)):
            self.given.append(self._tag(index))
        return self.given

    def _tag(self, i: int) -> Tag:
        word = self.words[i]
        if not word[0].isalnum() and word[0] not in "'’$€£":
            return Tag.CONJUNCTION if word == "&" else Tag.POINT
        if word[-1].isdigit():
            return Tag.NUMBER
        special = self._special(i)
        if special is not None:
            return special
        closed = _closed(word)
        if closed is not None and not self._is_name(i):
            return closed
        return self._open(i)

    def _is_name(self, i: int) -> bool:
        """Whether a closed-class spelling is a code such as "IT" or "US"."""
        return (
            len(self.words[i]) > 1
            and self.spelt[i].isupper()
            and not all(w.isupper() for w in self.spelt if len(w) > 1)
        )

    def _special(self, i: int) -> Tag | None:
        """Words whose part turns on a neighbour."""
        word, after = self.words[i], self._word(i + 1)
        before = self.given[i - 1] if i else None
        if word in _SHORTENED:
            return self._had_or_would(i) if word == "'d" else _SHORTENED[word]
        if (word in ("'s", "s") and i and self.words[i - 1] in ("'", "’", "'s")) or word == "'s":
            return self._is_or_of(i)
        if word == "to":
            return (
                Tag.TO
                if ("base" in forms(after) and not self._noun_after_to(i)) or after in ("be", "have", "do")
                else Tag.PREPOSITION
            )
        if word == "that":
            return self._that(i)
        if word == "like":
            return (
                Tag.VERB
                if before is Tag.MODAL or (before is Tag.PRONOUN and not self._be_before(i))
                else Tag.PREPOSITION
            )
        if word in ("her", "his") and not self._opens_noun(i + 1):
            return Tag.PRONOUN
        if word in ("this", "these", "those") and (self._is_auxiliary(i + 1) or not self._opens_noun(i + 1)):
            return Tag.PRONOUN
        return self._small_word(i)

    def _small_word(self, i: int) -> Tag | None:
        word, after = self.words[i], self._word(i + 1)
        before = self.given[i - 1] if i else None
        if word in ("before", "after", "since", "until", "till", "as", "while", "once"):
            return self._time_word(i)
        if word == "in" and after in ("case", "order") and self._word(i + 2) != "of":
            return Tag.MARKER
        if word == "case" and before is Tag.MARKER:
            return Tag.MARKER
        if word in ("first", "next", "last", "second", "third", "former", "latter") and before in (
            Tag.DETERMINER,
            Tag.POSSESSIVE,
        ):
            return Tag.ADJECTIVE
        if word in ("will", "can", "may", "might", "must") and before in (Tag.DETERMINER, Tag.POSSESSIVE):
            return Tag.NOUN
        if word in ("back", "well", "right", "second", "pretty", "still", "even") and before in _BEFORE_NOUN:
            return Tag.NOUN if self._ends_noun(i) else Tag.ADJECTIVE
        if word == "provided":
            return Tag.MARKER if after == "that" and before is not Tag.BE else Tag.VERB
        if word == "so" and after == "that":
            return Tag.MARKER
        if word in words("closed", "particle") and before is Tag.VERB:
            return Tag.PARTICLE if word in _LOOSE or not self._opens_noun(i + 1) else Tag.PREPOSITION
        if word == "one" and before in (Tag.DETERMINER, Tag.ADJECTIVE):
            return Tag.NOUN
        if word == "let":
            return Tag.VERB
        return None

    def _that(self, i: int) -> Tag:
        before = self.given[i - 1] if i else None
        if before is Tag.NOUN and (self._verb_at(i + 1) or self._is_auxiliary(i + 1)):
            return Tag.RELATIVE
        if self._is_auxiliary(i + 1) or self._word(i + 1) in ("", ",", ".", ";"):
            return Tag.PRONOUN
        if before in (Tag.VERB, Tag.NOUN, Tag.ADJECTIVE, Tag.PRONOUN):
            return Tag.MARKER
        if self._opens_noun(i + 1) and not self._closed_is(i + 1, Tag.DETERMINER, Tag.PRONOUN, Tag.POSSESSIVE):
            return Tag.DETERMINER
        return Tag.PRONOUN if before is Tag.PREPOSITION or i == 0 else Tag.MARKER

    def _time_word(self, i: int) -> Tag:
        """A clause opener when a verb comes before the clause ends, else a preposition or an adverb."""
        word = self.words[i]
        if word == "once" and (i + 1 >= len(self.words) or self._word(i + 1) in (",", ".", "a", "per")):
            return Tag.ADVERB
        if word in ("before", "after", "since") and self._word(i + 1) in (",", ".", "that", "this", ""):
            return Tag.ADVERB if self._word(i + 1) in (",", ".", "") else Tag.PREPOSITION
        if word == "as" and self._word(i + 1) in ("well", "soon", "part", "a", "an"):
            return Tag.MARKER if self._word(i + 1) == "soon" else Tag.PREPOSITION
        return Tag.MARKER if word == "once" or self._verb_before_end(i + 1) else Tag.PREPOSITION

    def _open(self, i: int) -> Tag:
        word = self.words[i]
        possible, shapes = kinds(word), forms(word)
        if i and self.spelt[i][0].isupper() and not self._only_verb_fits(i):
            return Tag.NOUN
        if shapes:
            verb = self._verb_or_not(i)
            if verb is not None:
                return verb
        if "noun" in possible and not (
            "adjective" in possible and self._opens_noun(i + 1) and not self._verb_at(i + 1)
        ):
            return Tag.NOUN
        if "adjective" in possible:
            return Tag.ADJECTIVE
        return Tag.ADVERB if "adverb" in possible else Tag.NOUN

    def _verb_or_not(self, i: int) -> Tag | None:
        """Decide a word that can be a verb; None leaves it to the noun-or-adjective rules."""
        word = self.words[i]
        shapes = forms(word)
        before = self._before(i)
        if before in _BEFORE_NOUN and before is not None:
            return self._after_determiner(i)
        if before is Tag.TO or before is Tag.MODAL or before is Tag.DO:
            return Tag.VERB if "base" in shapes else self._modified(i)
        if before is Tag.BE:
            return Tag.VERB if shapes & {"ing", "part"} else None
        if before is Tag.HAVE:
            return Tag.VERB if "part" in shapes else None
        if before is Tag.PREPOSITION:
            return self._after_preposition(i)
        if before in (Tag.PRONOUN, Tag.RELATIVE):
            return Tag.VERB if shapes - {"ing"} or "noun" not in kinds(word) else None
        if before is Tag.NOUN or before is Tag.PARTICLE:
            return self._after_noun(i)
        if before is Tag.VERB:
            return self._after_verb(i)
        return self._at_clause_start(i)

    def _after_determiner(self, i: int) -> Tag | None:
        """'the received request', 'a meeting', 'the old forms': never a verb, save after a bare "this" or "all"."""
        word = self.words[i]
        if (
            self.given[i - 1] is Tag.ADVERB
            and "noun" not in kinds(word)
            and self._opens_noun(i + 1)
            and "ing" not in forms(word)
        ):
            return Tag.ADJECTIVE
        if "noun" in kinds(word) and self._ends_noun(i):
            return Tag.NOUN
        if "noun" in kinds(word) and "base" in forms(word):
            return Tag.NOUN
        if (
            self.given[i - 1] in (Tag.ADJECTIVE, Tag.NUMBER)
            and self._clause_verb(i) is None
            and "noun" not in kinds(word)
        ):
            return Tag.VERB
        return Tag.ADJECTIVE if forms(word) & {"ing", "part"} else None

    def _modified(self, i: int) -> Tag | None:
        return None if kinds(self.words[i]) - {"verb"} else Tag.VERB

    def _after_preposition(self, i: int) -> Tag | None:
        """'after returning to': a gerund is a verb when it takes an object; all else is a noun phrase."""
        word = self.words[i]
        led = self._closed_is(i + 1, Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN)
        if "ing" in forms(word) and ("noun" not in kinds(word) or led):
            return Tag.VERB
        if self._mean_only_verb(i) and self._clause_verb(i) is None:
            return Tag.VERB
        return Tag.ADJECTIVE if "noun" not in kinds(word) else None

    def _mean_only_verb(self, i: int) -> bool:
        return kinds(self.words[i]) == {"verb"} and "ing" not in forms(self.words[i])

    def _after_noun(self, i: int) -> Tag | None:
        """After a noun: the clause's verb, unless the clause has one already or another is still to come."""
        word = self.words[i]
        shapes = forms(word)
        if kinds(word) == {"verb"} or shapes & {"past", "part"}:
            return Tag.VERB
        if self._clause_verb(i) is not None:
            return None
        if shapes == {"s"} and self._closed_is(i + 1, Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN):
            return Tag.VERB
        if self._verb_before_end(i + 1, over_and="s" not in shapes) or not self._agrees(i):
            return None
        if "ing" in shapes:
            return Tag.VERB if self._opens_noun(i + 1) and "noun" not in kinds(word) else None
        if word in words("verbs", "rarely"):
            return Tag.VERB if self._opens_noun(i + 1) and not self._noun_at(i + 1) else None
        return Tag.VERB

    def _agrees(self, i: int) -> bool:
        """Whether the noun before fits a word that can be a noun as well: "agents check", not "age check"."""
        word, noun = self.words[i], self.words[i - 1]
        if "s" in forms(word):
            bare = i < 2 or self.given[i - 2] not in _BEFORE_NOUN | {Tag.NOUN}
            return not (bare and self._word(i + 1) in ("and", "or", ",", ".", ""))
        plural = (noun.endswith("s") and not noun.endswith("ss")) or noun in (
            "people",
            "children",
            "men",
            "women",
            "staff",
            "police",
        )
        return plural or any(tag is Tag.CONJUNCTION or self.words[j] == "/" for j, tag in enumerate(self.given[:i]))

    def _after_verb(self, i: int) -> Tag | None:
        """After a verb comes its object, or a second verb form ("start calling", "get checked")."""
        word = self.words[i]
        if "ing" in forms(word):
            return Tag.VERB if "noun" not in kinds(word) or self._opens_noun(i + 1) else None
        if kinds(word) == {"verb"} and not (forms(word) & {"part"} and self._noun_at(i + 1)):
            return Tag.VERB
        if self.words[i - 1] in ("let", "help", "make", "made", "go"):
            return Tag.VERB
        return Tag.ADJECTIVE if "noun" not in kinds(word) else None

    def _at_clause_start(self, i: int) -> Tag | None:
        """At the start, after a comma, after "and": a verb that matches a verb before, or an order to do."""
        word, shapes = self.words[i], forms(self.words[i])
        verb_alone = kinds(word) == {"verb"}
        if "ing" in shapes:
            return Tag.VERB if verb_alone or self._takes_object(i) else None
        earlier = self._matching_verb(i)
        if earlier is not None and self.given[i - 1] in (Tag.CONJUNCTION, Tag.POINT, Tag.ADVERB):
            joined = self._takes_object(i) or self._word(i + 1) in ("and", "or", ",", ".", "")
            return Tag.VERB if verb_alone or (joined and not self._noun_list(i, earlier)) else None
        if verb_alone:
            return Tag.ADJECTIVE if "part" in shapes and self._noun_at(i + 1) else Tag.VERB
        if "base" in shapes and self._closed_is(i + 1, Tag.DETERMINER, Tag.POSSESSIVE):
            return Tag.VERB
        if "base" in shapes and self._takes_object(i) and word not in words("verbs", "rarely"):
            return Tag.VERB if not self._verb_before_end(i + 1) else None
        return None

    def _takes_object(self, i: int) -> bool:
        return self._opens_noun(i + 1) or self._closed_is(
            i + 1, Tag.PREPOSITION, Tag.PARTICLE, Tag.TO, Tag.ADVERB, Tag.PRONOUN
        )

    def _matching_verb(self, i: int) -> int | None:
        """An earlier verb of the sentence that has a form in common with the word at `i`."""
        shapes = forms(self.words[i])
        verbs = (j for j in range(i - 1, -1, -1) if self.given[j] is Tag.VERB)
        return next((j for j in verbs if shapes & self._shapes_of(j)), None)

    def _noun_list(self, i: int, earlier: int) -> bool:
        """Whether "parts and quantities" rather than "checks it and sends" is the more likely reading."""
        return (
            self._word(i + 1) in ("and", "or", ",", "of")
            and "noun" in kinds(self.words[i])
            and self.given[i - 2] is Tag.NOUN
            and earlier < i - 2
        )

    def _shapes_of(self, i: int) -> frozenset[Form]:
        """The forms a coordinated verb may have: an auxiliary lends its own."""
        for j in range(i - 1, max(i - 4, -1), -1):
            if self.given[j] in (Tag.MODAL, Tag.TO, Tag.DO):
                return frozenset({"base"})
            if self.given[j] in (Tag.BE, Tag.HAVE):
                return forms(self.words[i]) | {"part"}
            if self.given[j] not in (Tag.ADVERB, Tag.NEGATION):
                break
        return forms(self.words[i])

    def _clause_verb(self, i: int, *, across: bool = False) -> int | None:
        """The last finite verb before `i` in its clause; `across` looks beyond commas and "and"."""
        for j in range(i - 1, -1, -1):
            if self.given[j] is Tag.VERB or self.given[j] in AUXILIARIES:
                return j
            if self.given[j] in _CLAUSE_ENDS and not (across and self.given[j] in (Tag.POINT, Tag.CONJUNCTION)):
                return None
        return None

    def _before(self, i: int) -> Tag | None:
        """The tag before, adverbs and "not" skipped."""
        for j in range(i - 1, -1, -1):
            if self.given[j] not in (Tag.ADVERB, Tag.NEGATION, Tag.INTERJECTION):
                return self.given[j]
        return None

    def _be_before(self, i: int) -> bool:
        return any(tag is Tag.BE for tag in self.given[max(i - 2, 0) : i])

    def _verb_before_end(self, i: int, *, over_and: bool = True) -> bool:
        """Whether a sure verb stands at or after `i`, before the clause ends."""
        for j in range(i, len(self.words)):
            tag = _closed(self.words[j]) if self.words[j][0].isalpha() else None
            if not self.words[j][0].isalnum() and self.words[j] not in ("'", "’", "'s", "(", ")", "/", "-"):
                return False
            if tag in AUXILIARIES or self.words[j] in ("'re", "'ve", "'ll", "'d", "'m"):
                return True
            if tag in (Tag.MARKER, Tag.RELATIVE) or (tag is Tag.CONJUNCTION and not over_and):
                return False
            if self.words[j] == "to" and "base" in forms(self._word(j + 1)):
                return False
            if tag is None and self._sure_verb(j):
                return True
        return False

    def _sure_verb(self, j: int) -> bool:
        word, before = self.words[j], self._word(j - 1)
        shapes = forms(word)
        if not shapes or shapes == {"ing"} or _closed(before) in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.PREPOSITION):
            return False
        if self.spelt[j][0].isupper():
            return False
        if _closed(before) is Tag.PRONOUN and before in words("closed", "subject"):
            return True
        if kinds(word) == {"verb"}:
            return "s" in shapes or ("past" in shapes and not self._noun_at(j + 1))
        return (
            "s" in shapes
            and word not in words("verbs", "rarely")
            and self._closed_is(j + 1, Tag.DETERMINER, Tag.POSSESSIVE)
        )

    def _only_verb_fits(self, i: int) -> bool:
        return self._before(i) in (Tag.MODAL, Tag.TO, Tag.PRONOUN) or (
            kinds(self.words[i]) == {"verb"}
            and self.spelt[i].isupper() is False
            and self._before(i) is not Tag.DETERMINER
        )

    def _verb_at(self, i: int) -> bool:
        return bool(forms(self._word(i))) and "noun" not in kinds(self._word(i))

    def _noun_at(self, i: int) -> bool:
        word = self._word(i)
        return bool(word) and word[0].isalpha() and _closed(word) is None and bool(kinds(word) & {"noun", "adjective"})

    def _opens_noun(self, i: int) -> bool:
        """Whether a noun phrase can begin at `i`."""
        word = self._word(i)
        if not word or not word[0].isalnum():
            return False
        closed = _closed(word)
        if closed is not None:
            return closed in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN, Tag.NUMBER) or (word == "back" and False)
        return bool(kinds(word) & {"noun", "adjective"}) or "part" in forms(word)

    def _ends_noun(self, i: int) -> bool:
        return not self._noun_at(i + 1)

    def _noun_after_to(self, i: int) -> bool:
        """'back to work', 'sent to account management': a base form that is a noun here."""
        if self._word(i + 1) not in words("verbs", "rarely") or self._closed_is(i + 2, *_BEFORE_NOUN, Tag.PRONOUN):
            return False
        led = next((self.words[j] for j in range(i - 1, -1, -1) if self.given[j] is not Tag.PARTICLE), "")
        return lemma(led) in words("verbs", "moves") and (led != "going" or self._word(i + 1) in ("work", "school"))

    def _is_auxiliary(self, i: int) -> bool:
        return _closed(self._word(i)) in AUXILIARIES or self._word(i) in ("'s", "'d", "'ll")

    def _closed_is(self, i: int, *tags: Tag) -> bool:
        return _closed(self._word(i)) in tags or (self._word(i) == "to" and Tag.TO in tags)

    def _is_or_of(self, i: int) -> Tag:
        """'it's' is a verb, "the guest's" a possessive."""
        j = i - 1 if self.words[i] == "'s" else i - 2
        before = self.given[j] if j >= 0 else None
        if before in (Tag.PRONOUN, Tag.RELATIVE) or self._word(j) in ("let", "there", "here", "what", "that"):
            return Tag.BE
        return Tag.POSSESSIVE

    def _had_or_would(self, i: int) -> Tag:
        after = self._word(i + 1) if _closed(self._word(i + 1)) is not Tag.ADVERB else self._word(i + 2)
        return Tag.HAVE if ("part" in forms(after) and "base" not in forms(after)) or after == "been" else Tag.MODAL

    def _word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""


def _closed(word: str) -> Tag | None:
    """The closed class of a word."""
    for name, tag in _CLOSED:
        if word in words("closed", name):
            return tag
    return None
