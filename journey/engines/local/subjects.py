"""Which sentences speak of a subject the user named, so that it can be left out or kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journey.engines.local.embeddings import Checking, Embedder, MiniLm, Vectors
from journey.engines.local.lanes import is_courtesy, prototypes
from journey.engines.local.names import content_words
from journey.engines.local.sentences import Sentence
from journey.engines.local.wishes import Wishes

NEAR = 0.35
"""Cosine from which a sentence speaks of a subject; a word in common is enough."""
NEAR_SMALL_TALK = 0.5
STEM = 5
"""Letters that two words share when they are taken for one."""

_SMALL_TALK = frozenset({"small talk", "smalltalk", "chit-chat", "chitchat", "chit chat", "pleasantries", "greetings"})


def unwanted(
    wishes: Wishes, sentences: Sequence[Sentence], embedder: Embedder, *, minilm: MiniLm | None, work: Checking
) -> set[int]:
    """Return the indexes of the sentences that the instructions leave out."""
    if not wishes.ignore and not wishes.focus:
        return set()
    vectors = embedder.embed([one.text for one in sentences], work)
    left_out: set[int] = set()
    for subject in wishes.ignore:
        left_out |= about(subject, sentences, vectors, minilm, work=work)
    if wishes.focus:
        kept = (about(subject, sentences, vectors, minilm, work=work) for subject in wishes.focus)
        turns = {sentences[index].turn for found in kept for index in found}
        left_out |= {index for index, one in enumerate(sentences) if one.turn not in turns}
    return left_out


def about(
    subject: str, sentences: Sequence[Sentence], vectors: Vectors, minilm: MiniLm | None, *, work: Checking
) -> set[int]:
    """Return the indexes of the sentences that speak of a subject, by its words or by meaning."""
    if subject.casefold() in _SMALL_TALK:
        found = {index for index, one in enumerate(sentences) if is_courtesy(one.text)}
        return found | _near(prototypes()["small_talk"], vectors, minilm, least=NEAR_SMALL_TALK, work=work)
    stems = {word[:STEM] for word in content_words(subject)}
    found = {index for index, one in enumerate(sentences) if stems & {word[:STEM] for word in content_words(one.text)}}
    return found | _near([subject], vectors, minilm, least=NEAR, work=work)


def _near(texts: Sequence[str], vectors: Vectors, minilm: MiniLm | None, *, least: float, work: Checking) -> set[int]:
    if minilm is None:
        return set()
    nearest = (vectors @ minilm.embed(texts, work).T).max(axis=1, initial=-1)
    return set(np.flatnonzero(nearest >= least).tolist())
