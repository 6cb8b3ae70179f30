"""Which sentences speak of a subject the user named, so that it can be left out or kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journey.engines.local.embeddings import MiniLm
from journey.engines.local.lanes import is_courtesy, prototypes
from journey.engines.local.names import content_words
from journey.engines.local.sentences import Sentence
from journey.engines.local.stopping import Checking
from journey.engines.local.wishes import Wishes

NEAR = 0.35
"""Cosine from which a sentence speaks of a subject; a word in common is enough."""
NEAR_SMALL_TALK = 0.5
STEM = 5
"""Letters that two words share when they are taken for one."""

_SMALL_TALK = frozenset({"small talk", "smalltalk", "chit-chat", "chitchat", "chit chat", "pleasantries", "greetings"})


def unwanted(wishes: Wishes, sentences: Sequence[Sentence], minilm: MiniLm | None, *, work: Checking) -> set[int]:
    """Return the indexes of the sentences that the instructions leave out; without MiniLM by words alone."""
    if not wishes.ignore and not wishes.focus:
        return set()
    vectors = minilm.embed([one.text for one in sentences], work) if minilm is not None else None

    def about(subject: str) -> set[int]:
        models, least = (prototypes()["small_talk"], NEAR_SMALL_TALK) if _is_small_talk(subject) else ([subject], NEAR)
        found = _by_words(subject, sentences)
        if minilm is not None and vectors is not None:
            nearest = (vectors @ minilm.embed(models, work).T).max(axis=1, initial=-1)
            found |= set(np.flatnonzero(nearest >= least).tolist())
        return found

    left_out = set[int]().union(*map(about, wishes.ignore))
    if wishes.focus:
        turns = {sentences[index].turn for index in set[int]().union(*map(about, wishes.focus))}
        left_out |= {index for index, one in enumerate(sentences) if one.turn not in turns}
    return left_out


def _by_words(subject: str, sentences: Sequence[Sentence]) -> set[int]:
    if _is_small_talk(subject):
        return {index for index, one in enumerate(sentences) if is_courtesy(one.text)}
    stems = {word[:STEM] for word in content_words(subject)}
    return {index for index, one in enumerate(sentences) if stems & {word[:STEM] for word in content_words(one.text)}}


def _is_small_talk(subject: str) -> bool:
    return subject.casefold() in _SMALL_TALK
