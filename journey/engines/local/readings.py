"""Sentences with their words and clauses, and which words stand inside quotation marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journey.engines.local.clauses import Clause, find_clauses
from journey.engines.local.grammar import read
from journey.engines.local.lexicon import words
from journey.engines.local.phrases import Span
from journey.engines.local.sentences import Sentence
from journey.engines.local.tokens import Tag, Token
from journey.model import Role

LONGEST = 3000
"""Characters. What runs on beyond them without a mark or a joint is no sentence, and has no grammar to read."""
FIRST_PERSON = frozenset({"i", "we"})
_NOBODY = frozenset({"no", "nobody", "nothing", "neither", "none"})
_JOINTS = frozenset({Tag.CONJUNCTION, Tag.POINT, Tag.ADVERB})
_OPENING_TAGS = frozenset({Tag.ADVERB, Tag.POINT, Tag.NUMBER, Tag.INTERJECTION, Tag.CONJUNCTION})
_OPENING, _CLOSING, _EITHER = "“«„", "”»", '"'


@dataclass(frozen=True)
class Reading:
    """One sentence as grammar sees it; `index` is its place among all sentences."""

    index: int
    sentence: Sentence
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]
    opens_quoted: bool = False
    """Whether the sentence begins inside quotation marks."""

    def is_quoted(self, clause: Clause) -> bool:
        """Whether the clause repeats what somebody said."""
        return _depth(self.tokens[: clause.head], 1 if self.opens_quoted else 0) > 0

    def subject(self, clause: Clause) -> str:
        """The last word of the subject in lower case; nothing when there is none."""
        return self.tokens[clause.subject[1] - 1].lower if clause.subject else ""

    def is_mine(self, clause: Clause) -> bool:
        """Whether the speaker is the subject, alone or with others, said or left out."""
        said = bool(clause.subject) and any(token.lower in FIRST_PERSON for token in self.span(clause.subject))
        return said or self.leaves_me_out(clause)

    def leaves_me_out(self, clause: Clause) -> bool:
        """Whether "I" goes unsaid, as it does in a diary and in notes: "Called the hotline and waited"."""
        head = self.tokens[clause.head]
        if self.sentence.speaker or clause.subject or clause.kind != "finite" or clause.opener or clause.passive:
            return False
        is_past = "past" in head.forms and "base" not in head.forms
        if not (is_past or clause.modal == "could") or _is_about_time(self.tokens, clause):
            return False
        before = [one for one in self.clauses if one.last < clause.first]
        if before:
            return self.leaves_me_out(before[-1]) and self.tokens[clause.first - 1].tag in _JOINTS
        return all(token.tag in _OPENING_TAGS for token in _from_last_stop(self.tokens[: clause.first])) and not (
            "part" in head.forms and self._describes_what_follows(clause)
        )

    def _describes_what_follows(self, clause: Clause) -> bool:
        """'Booked by phone, the trip was great': a participle in front of another subject."""
        after = next((one for one in self.clauses if one.first > clause.last), None)
        if after is None or after.subject is None:
            return False
        return self.tokens[after.start - 1].text == ","

    def denies_subject(self, clause: Clause) -> bool:
        """Whether the subject is nobody or nothing: "no part may be copied"."""
        return any(token.lower in _NOBODY for token in self.span(clause.subject)[:1])

    def span(self, span: Span | None) -> tuple[Token, ...]:
        """The tokens of a span."""
        return self.tokens[slice(*span)] if span else ()

    def has(self, words: frozenset[str]) -> bool:
        """Whether the sentence contains one of these words or phrases, in lower case."""
        text = " ".join(token.lower for token in self.tokens)
        return any(f" {phrase} " in f" {text} " for phrase in words)


def _is_about_time(tokens: Sequence[Token], clause: Clause) -> bool:
    """'Took forever': it did, and not I."""
    if tokens[clause.head].lemma not in ("take", "last"):
        return False
    named = {token.lower for token in tokens[clause.last + 1 : clause.last + 4]}
    return bool(named & (words("nouns", "stretch") | {"forever", "ages", "long", "so", "too", "about"}))


def _from_last_stop(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return what stands after a number or a date that opens a line: "Day 6. | Then filled in the form"."""
    stops = [at for at, token in enumerate(tokens) if token.text in (".", ":", ")", "-", "–")]
    return tokens[stops[-1] + 1 :] if stops else tokens


def reading_of(text: str) -> Reading:
    """Read one sentence that stands alone and belongs to nobody."""
    alone = Sentence("", "", 0, 0, len(text), text, Role.UNKNOWN, None, is_question=False)
    return next(read_sentences([alone]))


def read_sentences(sentences: Sequence[Sentence]) -> Iterator[Reading]:
    """Yield the reading of every sentence; quotation marks may stay open from one to the next of a turn."""
    passage, depth = "", 0
    for index, sentence in enumerate(sentences):
        if sentence.source + sentence.passage != passage:
            passage, depth = sentence.source + sentence.passage, 0
        tokens = tuple(read(sentence.text)) if len(sentence.text) <= LONGEST else ()
        yield Reading(index, sentence, tokens, tuple(find_clauses(tokens)), opens_quoted=depth > 0)
        depth = _depth(tokens, depth)


def _depth(tokens: Sequence[Token], depth: int) -> int:
    """How many quotations are open after these tokens."""
    for token in tokens:
        if token.tag is not Tag.POINT:
            continue
        if token.text in _OPENING:
            depth += 1
        elif token.text in _CLOSING:
            depth = max(depth - 1, 0)
        elif token.text in _EITHER:
            depth = 0 if depth else 1
    return depth
