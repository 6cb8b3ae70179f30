"""A sentence while it is being tagged: the tags given so far, the words to come, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Sequence

from journey.engines.local.lexicon import Form, forms, kinds, words
from journey.engines.local.tokens import AUXILIARIES, BEFORE_NOUN, LED_BY, PASSED_OVER, Tag, closed

_INSIDE = frozenset({"'", "’", "'s", "(", ")", "/", "-"})
"""Marks that end no clause."""
_CLAUSE_ENDS = frozenset({Tag.POINT, Tag.MARKER, Tag.RELATIVE, Tag.CONJUNCTION})


class Context:
    """One sentence, tagged from left to right; places are indices of its words."""

    def __init__(self, lowers: Sequence[str], spelt: Sequence[str]) -> None:
        self.words = lowers
        self.spelt = spelt
        self.given: list[Tag] = []

    def word(self, i: int) -> str:
        """The word at a place in lower case; nothing beyond either end."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def tag(self, i: int) -> Tag | None:
        """The tag given at a place, if there is one yet."""
        return self.given[i] if 0 <= i < len(self.given) else None

    def before(self, i: int) -> Tag | None:
        """The tag before a place, adverbs and "not" passed over."""
        return next((tag for tag in reversed(self.given[:i]) if tag not in PASSED_OVER), None)

    def is_closed(self, i: int, *tags: Tag) -> bool:
        """Whether the word belongs to one of these closed classes."""
        return closed(self.word(i)) in tags or (self.word(i) == "to" and Tag.TO in tags)

    def is_auxiliary(self, i: int) -> bool:
        """Whether the word can only help a verb."""
        return closed(self.word(i)) in AUXILIARIES or self.word(i) in ("'s", "'d", "'ll")

    def can_only_be_verb(self, i: int) -> bool:
        """Whether the word is a verb in every reading."""
        return kinds(self.word(i)) == {"verb"}

    def is_verb_rather_than_noun(self, i: int) -> bool:
        """Whether the word can be a verb and no noun."""
        return bool(forms(self.word(i))) and "noun" not in kinds(self.word(i))

    def is_nounlike(self, i: int) -> bool:
        """Whether the word can be a noun or describe one, and is no closed-class word."""
        word = self.word(i)
        return bool(word) and word[0].isalpha() and closed(word) is None and bool(kinds(word) & {"noun", "adjective"})

    def opens_noun(self, i: int) -> bool:
        """Whether a noun phrase can begin here."""
        word = self.word(i)
        if not word or not word[0].isalnum():
            return False
        tag = closed(word)
        if tag is not None:
            return tag in LED_BY or tag is Tag.NUMBER
        return bool(kinds(word) & {"noun", "adjective"}) or "part" in forms(word)

    def takes_object(self, i: int) -> bool:
        """Whether what follows can belong to a verb at this place."""
        following = (Tag.PREPOSITION, Tag.PARTICLE, Tag.TO, Tag.ADVERB, Tag.PRONOUN)
        return self.opens_noun(i + 1) or self.is_closed(i + 1, *following)

    def clause_verb(self, i: int) -> int | None:
        """The last verb before a place in its clause."""
        for j in range(i - 1, -1, -1):
            if self.given[j] is Tag.VERB or self.given[j] in AUXILIARIES:
                return j
            if self.given[j] in _CLAUSE_ENDS:
                return None
        return None

    def matching_verb(self, i: int) -> int | None:
        """An earlier verb of the sentence that has a form in common with the word at this place."""
        shapes = forms(self.words[i])
        verbs = (j for j in range(i - 1, -1, -1) if self.given[j] is Tag.VERB)
        return next((j for j in verbs if shapes & self._shapes_beside(j)), None)

    def _shapes_beside(self, i: int) -> frozenset[Form]:
        """The forms that a verb joined to the one at this place may have: its helper lends its own."""
        helper = next((tag for tag in reversed(self.given[max(i - 3, 0) : i]) if tag not in PASSED_OVER), None)
        if helper in (Tag.MODAL, Tag.TO, Tag.DO):
            return frozenset({"base"})
        return forms(self.words[i]) | {"part"} if helper in (Tag.BE, Tag.HAVE) else forms(self.words[i])

    def verb_to_come(self, i: int, *, over_and: bool = True) -> bool:
        """Whether a sure verb stands at or after a place, before the clause ends."""
        for j in range(i, len(self.words)):
            word = self.words[j]
            tag = closed(word)
            if tag in AUXILIARIES or word in ("'re", "'ve", "'ll", "'d", "'m"):
                return True
            if self._ends_clause(j, over_and=over_and):
                return False
            if tag is None and self._is_sure_verb(j):
                return True
        return False

    def _ends_clause(self, j: int, *, over_and: bool) -> bool:
        word, tag = self.words[j], closed(self.words[j])
        if not word[0].isalnum() and word not in _INSIDE and word[0] not in "$€£&":
            return True
        if word == "to":
            return "base" in forms(self.word(j + 1))
        return tag in (Tag.MARKER, Tag.RELATIVE) or (tag is Tag.CONJUNCTION and not over_and)

    def _is_sure_verb(self, j: int) -> bool:
        word, before = self.words[j], self.word(j - 1)
        shapes = forms(word)
        led = closed(before) in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.PREPOSITION)
        if not shapes or shapes == {"ing"} or led or self.spelt[j][0].isupper():
            return False
        if closed(before) is Tag.PRONOUN and before in words("closed", "subject"):
            return True
        if self.can_only_be_verb(j):
            agrees = shapes == {"base"} and before.endswith("s")
            return "s" in shapes or agrees or ("past" in shapes and not self.is_nounlike(j + 1))
        led_on = self.is_closed(j + 1, Tag.DETERMINER, Tag.POSSESSIVE)
        return "s" in shapes and word not in words("verbs", "rarely") and led_on

    def agrees(self, i: int) -> bool:
        """Whether the noun before fits a word that may be its verb: "agents check", not "age check"."""
        noun = self.word(i - 1)
        if "s" in forms(self.words[i]):
            bare = i < 2 or self.given[i - 2] not in BEFORE_NOUN | {Tag.NOUN}
            return not (bare and self.word(i + 1) in ("and", "or", ",", ".", ""))
        plural = (noun.endswith("s") and not noun.endswith("ss")) or noun in words("nouns", "plural")
        return plural or self._is_joint(i - 1)

    def _is_joint(self, i: int) -> bool:
        """Whether the noun phrase that ends here is tied to another by "and" or a slash."""
        while i > 0 and (self.given[i] in BEFORE_NOUN or self.given[i] is Tag.NOUN):
            i -= 1
        return self.given[i] is Tag.CONJUNCTION or self.words[i] == "/"
