"""Steps told by a text: which clauses say that something was done, in which order, by whom and under what condition.

Two registers are told apart. A *prescribed* text says how things go ("the clerk checks the form"), see
`prescribed.py`; a *told* text says what happened ("so I called the hotline"), see `told.py`. The rules are for
English. In other languages each narrating sentence of a participant gives a step in its own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from journey.engines.local import prescribed, told
from journey.engines.local.clauses import Clause
from journey.engines.local.conditions import condition
from journey.engines.local.doers import doer
from journey.engines.local.lexicon import words
from journey.engines.local.order import Event, story_order
from journey.engines.local.parties import Party, find_parties
from journey.engines.local.plain import narrated
from journey.engines.local.readings import Reading, read_sentences
from journey.engines.local.registers import Register, register_of
from journey.engines.local.sentences import Sentence
from journey.engines.local.titles import line_title, title
from journey.engines.local.tokens import Tag, Token
from journey.model import Role

FEW = 3
"""Events below which a conversation is read for what its speakers say of themselves as well."""


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
    is_others: bool = False
    """It is told of somebody or something else than the teller."""
    is_order: bool = False
    """It tells the reader to do it ("Mix the flour"); nobody is said to do it."""


def find_steps(
    sentences: Sequence[Sentence], *, language: str | None, check: Callable[[], None] = lambda: None
) -> list[FoundStep]:
    """Return the steps that the sentences tell, in story order.

    Args:
        language: ISO 639-1 code; unknown counts as English.
        check: called between sentences; may raise to stop.
    """
    if language not in (None, "en"):
        return list(_plain_steps(sentences, language))
    readings = list(_readings(sentences, check))
    register = register_of(readings, sentences)
    events = [event for reading in readings for event in _events(reading, register)]
    if len(events) < FEW and any(reading.sentence.speaker for reading in readings):
        events = [event for reading in readings for event in _events(reading, register, states=True)]
    starts = _starts(events)
    parties = find_parties(readings) if register.tells else {}
    ordered = story_order(events, tells=register.tells)
    return [_found(event, rank, starts[event.reading.index], register, parties) for rank, event in enumerate(ordered)]


def _readings(sentences: Sequence[Sentence], check: Callable[[], None]) -> Iterator[Reading]:
    for reading in read_sentences(sentences):
        check()
        if _may_tell(reading.sentence):
            yield reading


def _starts(events: Sequence[Event]) -> dict[int, list[int]]:
    """Where the steps of each sentence begin, in tokens."""
    starts: dict[int, list[int]] = {}
    for event in events:
        starts.setdefault(event.reading.index, []).append(_clause_start(event.clause) if event.clause else 0)
    return starts


def _may_tell(sentence: Sentence) -> bool:
    return sentence.role is not Role.INTERVIEWER and not sentence.is_question


def _events(reading: Reading, register: Register, *, states: bool = False) -> Iterator[Event]:
    """Yield what a sentence tells; with `states`, what its speaker says of themselves as well."""
    if is_machine(reading.sentence):
        yield Event(reading, None)
        return
    for clause in reading.clauses:
        if _is_step(reading, clause, register) or (states and told.is_state_of_teller(reading, clause)):
            yield Event(reading, clause)


def is_machine(sentence: Sentence) -> bool:
    """Whether a machine writes what it did: every line of it is an event, verb or not."""
    return sentence.role is Role.OTHER and (sentence.speaker or "").casefold() in words("nouns", "machine")


def _is_step(reading: Reading, clause: Clause, register: Register) -> bool:
    if not register.tells:
        return prescribed.is_step(reading, clause)
    habitual = reading.sentence.turn in register.habits
    return told.is_step(reading, clause, habitual=habitual, in_chat=register.in_chat)


def _found(
    event: Event, rank: int, starts: Sequence[int], register: Register, parties: Mapping[tuple[int, int], Party]
) -> FoundStep:
    reading, clause, tells = event.reading, event.clause, register.tells
    first, last = _slice(event, starts)
    party = parties.get((reading.index, clause.head), ()) if clause else ()
    named = title(reading.tokens, clause, tells=tells, party=party) if clause else line_title(reading.sentence.text)
    return FoundStep(
        title=named,
        kind="decision" if clause and _is_decision(reading, clause) else "action",
        sentence=reading.index,
        start=reading.sentence.start + first,
        end=reading.sentence.start + last,
        role=doer(reading, clause, tells=tells, party=party),
        rank=float(rank),
        condition=condition(reading, clause) if clause else None,
        is_others=bool(clause and clause.subject) and not (clause and reading.is_mine(clause)),
        is_order=_is_order(reading, clause),
    )


def _is_order(reading: Reading, clause: Clause | None) -> bool:
    unsaid = clause is not None and clause.subject is None and clause.kind == "finite"
    return unsaid and clause is not None and not reading.is_mine(clause)


def _is_decision(reading: Reading, clause: Clause) -> bool:
    """Whether something is decided or found out by which the way may part."""
    following = reading.tokens[clause.last + 1].lower if clause.last + 1 < len(reading.tokens) else ""
    return following == "whether" or "decide" in (reading.tokens[clause.head].lemma, clause.over)


def _slice(event: Event, starts: Sequence[int]) -> tuple[int, int]:
    """Where a step is said: from its clause to the next step of the sentence, marks and joints at the end left out."""
    reading, clause = event.reading, event.clause
    if clause is None:
        return 0, len(reading.sentence.text)
    first = _clause_start(clause)
    last = max(min((start for start in starts if start > first), default=len(reading.tokens)), clause.last + 1)
    last = next((at for at in range(clause.last + 1, last) if _turns(reading, at)), last)
    while last - 1 > clause.last and _trails(reading.tokens[last - 1]):
        last -= 1
    return reading.tokens[first].start, reading.tokens[last - 1].end


def _clause_start(clause: Clause) -> int:
    return min(clause.start, clause.first)


def _turns(reading: Reading, at: int) -> bool:
    """Whether ", and if" leads over to what comes next."""
    return reading.tokens[at].tag is Tag.MARKER and reading.tokens[at - 1].tag is Tag.CONJUNCTION


def _trails(token: Token) -> bool:
    return token.tag in (Tag.POINT, Tag.CONJUNCTION) or token.lower in ("so", "then", "also", "because", "when")


def _plain_steps(sentences: Sequence[Sentence], language: str) -> Iterator[FoundStep]:
    for index, named in narrated(sentences, language):
        sentence = sentences[index]
        yield FoundStep(
            title=named,
            kind="action",
            sentence=index,
            start=sentence.start,
            end=sentence.end,
            role=None,
            rank=float(index),
            condition=None,
        )
