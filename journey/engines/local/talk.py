"""A stretch of talk in which nobody does anything, shown by the statement that says most of what it is about.

Meetings and interviews hold stretches of opinion between the events. They belong to the story and hold its pains, so
each shows one thing said there, by its own words, instead of being hidden behind the events around it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from journey.engines.local.names import content_words, is_small
from journey.engines.local.sentences import Sentence
from journey.engines.local.statements import Statement, statements
from journey.engines.local.steps import FoundStep
from journey.engines.local.stopping import Checking
from journey.engines.local.vocabulary import pattern
from journey.model import Role

FEWEST, MOST = 4, 24
"""Words of a statement that may stand for a stretch."""
LEAST_SAID = 40
"""Words stated in a stretch that is worth showing."""
TITLE_WORDS = 9


def is_conversation(sentences: Sequence[Sentence]) -> bool:
    """Whether somebody is said to speak."""
    return any(one.speaker or one.role is not Role.UNKNOWN for one in sentences)


def tell(sentences: Sequence[Sentence], first: int, last: int, work: Checking) -> FoundStep | None:
    """Return what was said between two sentences, both inside, as a step; None where nothing telling was said."""
    said = sentences[first : last + 1]
    counts = Counter(word for one in said for word in set(content_words(one.text)))
    made = statements(said, work)
    if sum(len(statement.said.split()) for statement in made) < LEAST_SAID:
        return None
    fitting = [
        one for one in made if FEWEST <= len(one.text.split()) <= MOST and not pattern("denial").search(one.said)
    ]
    best = max(fitting, key=lambda statement: _weight(statement, counts), default=None)
    title = _title(best.text) if best else ""
    if best is None or not title:
        return None
    return FoundStep(
        title=title,
        kind="action",
        sentence=first + best.sentence,
        start=best.start,
        end=best.end,
        role=None,
        rank=0.0,
        condition=None,
    )


def _weight(statement: Statement, counts: Counter[str]) -> float:
    """How much of what the stretch repeats a statement says, for its length."""
    words = list(content_words(statement.text))
    return sum(math.log(counts[word]) for word in set(words) if counts[word] > 1) / math.sqrt(len(words) + 1)


def _title(text: str) -> str:
    """Return the first words, not ending on a small one.

    >>> _title("The price of the remote control is too high for the people who buy it")
    'The price of the remote control'
    """
    words = text.removesuffix(" …").split()
    if len(words) > TITLE_WORDS:
        words = words[:TITLE_WORDS]
        joint = max((at for at, word in enumerate(words) if at >= FEWEST and is_small(word)), default=TITLE_WORDS)
        words = words[:joint]
    while words and is_small(words[-1].strip(",.;:")):
        words.pop()
    return " ".join(words).rstrip(" ,;:")
