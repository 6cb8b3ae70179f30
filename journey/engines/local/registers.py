"""Which register a text keeps: it prescribes how things go, or it tells what happened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from journey.engines.local.clauses import Clause
from journey.engines.local.lexicon import words
from journey.engines.local.readings import Reading
from journey.engines.local.sentences import Sentence
from journey.engines.local.tokens import Tag
from journey.model import Role

_USUAL = re.compile(
    r"\b(?:usually|normally|typically|generally|always|whenever|each time|how do you"
    r"|every (?:day|time|week|month|morning|evening))\b",
    re.IGNORECASE,
)
MOSTLY = 0.4
"""Share of past actions from which unlabelled prose tells rather than prescribes."""
OFTEN = 0.2
"""Share of the writer's own past actions from which it does so too."""


@dataclass(frozen=True)
class Register:
    """How a text speaks of what is done."""

    tells: bool
    """It says what happened, rather than how things go."""
    habits: frozenset[int] = frozenset()
    """The turns that tell in the present what their speaker does each time."""
    in_chat: bool = False
    """Its speakers act while they speak: a customer and an agent or a machine."""


def register_of(readings: Sequence[Reading], sentences: Sequence[Sentence]) -> Register:
    """Tell the register by who speaks and by the tense of what is done.

    People who speak tell; text without speakers prescribes unless it is in the past.
    """
    done = [(reading, clause) for reading in readings for clause in reading.clauses if _is_action(reading, clause)]
    if not any(reading.sentence.speaker or reading.sentence.role is not Role.UNKNOWN for reading in readings):
        return Register(tells=_is_past(done))
    roles = {sentence.role for sentence in sentences}
    if Role.OTHER in roles and Role.INTERVIEWER not in roles:
        return Register(tells=True, in_chat=True)
    return Register(tells=True, habits=_habits(done) & _about_habits(sentences))


def _is_action(reading: Reading, clause: Clause) -> bool:
    head = reading.tokens[clause.head]
    has_subject = clause.subject is not None or reading.leaves_me_out(clause)
    if head.tag is not Tag.VERB or clause.kind != "finite" or not has_subject or clause.opener is not None:
        return False
    return head.lemma not in words("verbs", "state") | words("verbs", "mental")


def _is_past(done: Sequence[tuple[Reading, Clause]]) -> bool:
    past = sum(clause.tense == "past" for _, clause in done)
    mine = sum(reading.is_mine(clause) for reading, clause in done if clause.past)
    return past > MOSTLY * len(done) or mine > OFTEN * len(done)


def _habits(done: Sequence[tuple[Reading, Clause]]) -> frozenset[int]:
    """Turns in which somebody says, in the present, two things or more that they do, and rarely what they did."""
    own = [(reading.sentence.turn, clause.past) for reading, clause in done if _is_own(reading, clause)]
    present = Counter(turn for turn, past in own if not past)
    past = Counter(turn for turn, past in own if past)
    return frozenset(turn for turn, count in present.items() if count >= 2 and count > past[turn])


def _is_own(reading: Reading, clause: Clause) -> bool:
    """Whether the speaker does it, or says "you" for it."""
    return reading.is_mine(clause) or reading.subject(clause) == "you"


def _about_habits(sentences: Sequence[Sentence]) -> frozenset[int]:
    """Turns that speak of what is usual, or answer a question about it."""
    usual = {sentence.turn for sentence in sentences if _USUAL.search(sentence.text)}
    asked = {
        sentence.turn + 1 for sentence in sentences if sentence.turn in usual and sentence.role is Role.INTERVIEWER
    }
    return frozenset(usual | asked)
