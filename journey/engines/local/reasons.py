"""What a voiced feeling is about: "The lift was broken. I was furious." has its pain in the first sentence.

A statement that only says how it felt is an emotion of its step, and no pain or gain: the fact told right before it in
the same turn is. Where nothing was told before, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from journey.engines.local.emotion import Feeling
from journey.engines.local.lanes import ENOUGH, FEWEST_WORDS, Finding, is_courtesy, is_repair, is_supposed
from journey.engines.local.lexicon import words
from journey.engines.local.sentences import Sentence
from journey.engines.local.statements import Statement
from journey.engines.local.vocabulary import pattern, phrases

STRONG = 1.0
"""From this score on, what was felt is a pain or a gain."""
BACK = 3
"""Statements before a feeling in which to look for what it is about."""

_WORD = re.compile(r"[\w'’-]+")


def grounded(found: Sequence[Finding], statements: Sequence[Statement], sentences: Sequence[Sentence]) -> list[Finding]:
    """Return the findings with every mere feeling replaced by the fact it is about, where there is one."""
    places = {id(statement): place for place, statement in enumerate(statements)}
    known = {(finding.statement.sentence, finding.statement.start) for finding in found}
    kept: list[Finding] = []
    for finding in found:
        if finding.lane not in ("pains", "gains") or not is_mere_feeling(finding.statement.said):
            kept.append(finding)
            continue
        fact = _fact(statements, places[id(finding.statement)], sentences)
        if fact is not None and (fact.sentence, fact.start) not in known and _agrees(fact, finding):
            known.add((fact.sentence, fact.start))
            kept.append(replace(finding, statement=fact))
    return kept


def felt(feelings: Sequence[Feeling], found: Sequence[Finding]) -> list[Finding]:
    """Return a pain or a gain for each strong mere feeling that is none yet, in the order said."""
    known = {(finding.statement.sentence, finding.statement.start) for finding in found}
    more = [
        Finding(one.statement, "pains" if one.score < 0 else "gains", ENOUGH)
        for one in feelings
        if abs(one.score) >= STRONG
        and (one.statement.sentence, one.statement.start) not in known
        and is_mere_feeling(one.statement.said)
    ]
    return sorted([*found, *more], key=lambda finding: (finding.statement.sentence, finding.statement.start))


def is_mere_feeling(said: str) -> bool:
    """Whether a statement says how something felt and nothing else.

    >>> [is_mere_feeling(said) for said in ("I was really furious", "That annoyed me", "I was furious about the price")]
    [True, True, False]
    """
    spoken = [word.lower().replace("’", "'") for word in _WORD.findall(said)]
    rest = [word for word in spoken if word not in words("speech", "around")]
    return bool(rest) and all(word in _feeling_words() for word in rest)


def _fact(statements: Sequence[Statement], place: int, sentences: Sequence[Sentence]) -> Statement | None:
    """The last thing told before, in the same turn."""
    turn = sentences[statements[place].sentence].turn
    for statement in reversed(statements[max(place - BACK, 0) : place]):
        if sentences[statement.sentence].turn != turn:
            return None
        if _tells(statement.said):
            return statement
    return None


def _tells(said: str) -> bool:
    """Whether something is said to be so, and not merely felt, wished or supposed."""
    if len(_WORD.findall(said)) <= FEWEST_WORDS or is_mere_feeling(said) or is_supposed(said) or is_courtesy(said):
        return False
    return not pattern("need").search(said) and not pattern("thought").search(said)


def _agrees(fact: Statement, feeling: Finding) -> bool:
    """Whether the fact can be what the feeling says of it: what was put right is no pain."""
    return feeling.lane == "gains" or not is_repair(fact.said)


@cache
def _feeling_words() -> frozenset[str]:
    listed = (*phrases("felt"), *phrases("judged"))
    return frozenset(word for phrase in listed for word in phrase.split()) | words("verbs", "feels")
