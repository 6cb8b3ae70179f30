"""Steps told by a text: which clauses say that something was done, and by whom.

Two registers are told apart. A *prescribed* text says how things go ("the clerk checks the form"): its steps are in
the present or under "must" and "will". A *told* text says what happened ("so I called the hotline"): its steps are in
the past, and what is merely thought, wished, asked or denied is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from journey.engines.local import prescribed, told
from journey.engines.local.clauses import Clause
from journey.engines.local.grammar import Tag
from journey.engines.local.lexicon import words
from journey.engines.local.readings import Reading, read_sentences
from journey.engines.local.sentences import Sentence
from journey.engines.local.titles import line_title, title
from journey.model import Role


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
class Register:
    """How a text speaks of what is done."""

    tells: bool
    """It says what happened, rather than how things go."""
    habitual: bool = False
    """It tells in the present what its speakers do each time."""
    in_chat: bool = False
    """Its speakers act while they speak: a customer and an agent or a machine."""


def find_steps(sentences: Sequence[Sentence], *, language: str | None) -> list[FoundStep]:
    """Return the steps that the sentences tell, in story order."""
    readings = [reading for reading in read_sentences(sentences) if _may_tell(reading.sentence)]
    is_interview = any(sentence.role is Role.INTERVIEWER for sentence in sentences)
    register = _register(readings, is_interview=is_interview)
    found = [step for reading in readings for step in _steps_of(reading, register)]
    return [replace(step, rank=float(rank)) for rank, step in enumerate(found)]


def _may_tell(sentence: Sentence) -> bool:
    return sentence.role is not Role.INTERVIEWER and not sentence.is_question


def _register(readings: Sequence[Reading], *, is_interview: bool) -> Register:
    """Tell the register by who speaks and by the tense of what the speakers say they do."""
    done = [(r, c) for r in readings for c in r.clauses if _is_action(r, c)]
    past = sum(clause.tense == "past" for _, clause in done)
    if not any(reading.sentence.speaker or reading.sentence.role is not Role.UNKNOWN for reading in readings):
        mine = sum(reading.is_mine(clause) for reading, clause in done if clause.past)
        return Register(tells=past > 0.4 * len(done) or mine > 0.2 * len(done))
    own = [clause for reading, clause in done if reading.is_mine(clause)]
    habitual = bool(own) and sum(clause.past for clause in own) < 0.3 * len(own)
    in_chat = not is_interview and any(reading.sentence.role is Role.OTHER for reading in readings)
    return Register(tells=True, habitual=habitual and not in_chat, in_chat=in_chat)


def _is_action(reading: Reading, clause: Clause) -> bool:
    head = reading.tokens[clause.head]
    stative = words("verbs", "state") | words("verbs", "mental")
    if head.tag is not Tag.VERB or clause.kind != "finite" or clause.subject is None or clause.opener is not None:
        return False
    return head.lemma not in stative


def _steps_of(reading: Reading, register: Register) -> Iterator[FoundStep]:
    if _is_machine(reading.sentence):
        yield _line(reading)
        return
    chosen = [clause for clause in reading.clauses if _is_step(reading, clause, register)]
    for number, clause in enumerate(chosen):
        until = _clause_start(chosen[number + 1]) if number + 1 < len(chosen) else len(reading.tokens)
        yield _found(reading, clause, until, register)


def _is_step(reading: Reading, clause: Clause, register: Register) -> bool:
    if not register.tells:
        return prescribed.is_step(reading, clause)
    return told.is_step(reading, clause, habitual=register.habitual, in_chat=register.in_chat)


def _is_machine(sentence: Sentence) -> bool:
    """Whether a machine writes what it did: every line of it is an event, verb or not."""
    return sentence.role is Role.OTHER and (sentence.speaker or "").casefold() in words("nouns", "machine")


def _line(reading: Reading) -> FoundStep:
    sentence = reading.sentence
    return FoundStep(
        title=line_title(reading.tokens),
        kind="action",
        sentence=reading.index,
        start=sentence.start,
        end=sentence.end,
        role=sentence.speaker,
        rank=0.0,
        condition=None,
    )


def _clause_start(clause: Clause) -> int:
    return min(clause.start, clause.first)


def _found(reading: Reading, clause: Clause, until: int, register: Register) -> FoundStep:
    tokens = reading.tokens
    first, last = _clause_start(clause), max(until, clause.last + 1)
    while last - 1 > clause.last and tokens[last - 1].tag in (Tag.POINT, Tag.CONJUNCTION, Tag.ADVERB):
        last -= 1
    base = reading.sentence.start
    return FoundStep(
        title=title(tokens, clause, tells=register.tells),
        kind="action",
        sentence=reading.index,
        start=base + tokens[first].start,
        end=base + tokens[last - 1].end,
        role=_role(reading, clause),
        rank=0.0,
        condition=None,
    )


def _role(reading: Reading, clause: Clause) -> str | None:
    return None
