"""Whether a text holds a journey at all; if not, the plain reason.

A journey needs somebody who does several things, or to whom they happen. So these do not make one: a few words; a
description in which nothing is done; a list of orders to the reader (a recipe: every step is an imperative, and no
sentence has a person); a notice of rights and duties (it names liability, warranty and the like, and nobody tells
what they did). A conversation is taken at its word: people who talk about what they do are enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from journey.engines.local.lexicon import words
from journey.engines.local.sentences import Sentence
from journey.engines.local.steps import FoundStep
from journey.model import Role

LEAST_WORDS = 12
LEAST_STEPS = 3
MOSTLY = 0.75
"""Share of the steps that must be orders for the text to be a list of orders."""
LEGAL_TERMS = 3
"""Different words of the law that make a text a notice, where every other sentence has one."""

_WORD = re.compile(r"\w+")


def why_not(sentences: Sequence[Sentence], steps: Sequence[FoundStep]) -> str | None:
    """Return why no journey can be drawn from these sentences and their steps, or None when one can."""
    told = [sentence for sentence in sentences if sentence.role is not Role.INTERVIEWER]
    count = sum(len(_WORD.findall(sentence.text)) for sentence in told)
    if count < LEAST_WORDS:
        return f"There are only {count} words to go by; a journey needs a few sentences about what somebody did."
    if not steps:
        return (
            "Nobody in the text does anything, step by step: it describes or explains, but tells no course of events."
        )
    if _is_conversation(told):
        return None
    if _is_notice(told):
        return "The text states rights and duties, like a legal notice; it does not tell what somebody did."
    if len({step.title.casefold() for step in steps}) < LEAST_STEPS:
        return (
            f"Only {len(steps)} of its sentences tell of something done; a journey needs at least {LEAST_STEPS} steps."
        )
    if _is_orders(steps):
        return "The text is a list of instructions, like a recipe: it says what to do, but nobody does it."
    return None


def _is_conversation(told: Sequence[Sentence]) -> bool:
    return any(sentence.speaker or sentence.role in (Role.PARTICIPANT, Role.OTHER) for sentence in told)


def _is_notice(told: Sequence[Sentence]) -> bool:
    said = [word.lower() for sentence in told for word in _WORD.findall(sentence.text)]
    legal = [word for word in said if word in words("nouns", "law")]
    is_dense = 2 * len(legal) >= len(told)
    return len(set(legal)) >= LEGAL_TERMS and is_dense and not {"i", "my", "me"} & set(said)


def _is_orders(steps: Sequence[FoundStep]) -> bool:
    """Whether nearly every step is an order to the reader."""
    return sum(step.is_order for step in steps) >= MOSTLY * len(steps)
