"""Steps told by a text: which clauses say that something was done, and by whom.

Two registers are told apart. A *prescribed* text says how things go ("the clerk checks the form"): its steps are in
the present or under "must" and "will". A *told* text says what happened ("so I called the hotline"): its steps are in
the past, and what is merely thought, wished, asked or denied is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from journey.engines.local.clauses import Clause, find_clauses
from journey.engines.local.grammar import Tag, Token, read
from journey.engines.local.lexicon import words
from journey.engines.local.sentences import Sentence
from journey.engines.local.titles import title
from journey.model import Role

_HAPPENS_ONCE = frozenset("when whenever once after".split())


@dataclass(frozen=True)
class FoundStep:
    """One thing done, with the slice of its source that says so."""

    title: str
    kind: Literal["action", "decision"]
    sentence: int
    """Index into the sentences."""
    start: int
    end: int
    """Half-open code-point offsets into the source of that sentence."""
    role: str | None
    """Who does it, when it is not the actor."""
    rank: float
    """Place in story order."""
    condition: str | None
    """The words under which alone it happens."""


@dataclass(frozen=True)
class Reading:
    """A sentence with its words and clauses."""

    index: int
    sentence: Sentence
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]


def find_steps(sentences: Sequence[Sentence], *, language: str | None) -> list[FoundStep]:
    """Return the steps that the sentences tell, in story order."""
    readings = [_reading(index, sentence) for index, sentence in enumerate(sentences) if _may_tell(sentence)]
    found: list[FoundStep] = []
    for reading in readings:
        found += _steps_of(reading)
    return [replace(step, rank=float(rank)) for rank, step in enumerate(found)]


def _may_tell(sentence: Sentence) -> bool:
    return sentence.role is not Role.INTERVIEWER and not sentence.is_question


def _reading(index: int, sentence: Sentence) -> Reading:
    tokens = read(sentence.text)
    return Reading(index, sentence, tuple(tokens), tuple(find_clauses(tokens)))


def _steps_of(reading: Reading) -> Iterator[FoundStep]:
    chosen = [clause for clause in reading.clauses if _is_step(reading.tokens, clause)]
    for number, clause in enumerate(chosen):
        until = _clause_start(chosen[number + 1]) if number + 1 < len(chosen) else len(reading.tokens)
        yield _found(reading, clause, until)


def _clause_start(clause: Clause) -> int:
    return min(clause.start, clause.first)


def _found(reading: Reading, clause: Clause, until: int) -> FoundStep:
    tokens = reading.tokens
    first, last = _clause_start(clause), max(until, clause.last + 1)
    while last - 1 > clause.last and tokens[last - 1].tag in (Tag.POINT, Tag.CONJUNCTION, Tag.ADVERB):
        last -= 1
    base = reading.sentence.start
    return FoundStep(
        title=title(tokens, clause),
        kind="action",
        sentence=reading.index,
        start=base + tokens[first].start,
        end=base + tokens[last - 1].end,
        role=None,
        rank=0.0,
        condition=None,
    )


def _is_step(tokens: Sequence[Token], clause: Clause) -> bool:
    head = tokens[clause.head]
    if head.tag is not Tag.VERB or clause.kind in ("infinitive", "participle"):
        return False
    if clause.negated:
        return False
    if clause.kind == "gerund":
        return _is_event_gerund(tokens, clause)
    if not _opener_allows(clause):
        return False
    return not _is_state(tokens, clause)


def _is_event_gerund(tokens: Sequence[Token], clause: Clause) -> bool:
    return clause.first > 0 and tokens[clause.first - 1].lower in ("after",)


def _opener_allows(clause: Clause) -> bool:
    if clause.opener is None:
        return True
    if clause.opener in _HAPPENS_ONCE or clause.opener in ("while", "whereas"):
        return clause.modal is None
    if clause.opener in ("who", "which"):
        return True
    return False


def _is_state(tokens: Sequence[Token], clause: Clause) -> bool:
    head = tokens[clause.head]
    base = head.lemma
    if base in words("verbs", "state") and not clause.passive:
        return True
    if clause.passive and head.lower in words("verbs", "adjectival"):
        return True
    return base in words("verbs", "frame") and clause.object is None and not clause.passive
