"""Which sentences speak of a subject the user named, so that it can be left out or kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journey.engines.local.embeddings import Checking, MiniLm, Vectors
from journey.engines.local.lanes import is_courtesy, prototypes
from journey.engines.local.names import content_words
from journey.engines.local.sentences import Sentence

NEAR = 0.35
"""Cosine from which a sentence speaks of a subject; a word in common is enough."""
NEAR_SMALL_TALK = 0.5


def about(
    subject: str, sentences: Sequence[Sentence], vectors: Vectors, minilm: MiniLm | None, *, work: Checking
) -> set[int]:
    """Return the indexes of the sentences that speak of a subject, by its words or by meaning."""
    stems = {word[:5] for word in content_words(subject)}
    found = {index for index, one in enumerate(sentences) if stems & {word[:5] for word in content_words(one.text)}}
    if minilm is not None:
        near = vectors @ minilm.embed([subject], work)[0]
        found |= set(np.flatnonzero(near >= NEAR).tolist())
    return found


def is_small_talk(subject: str) -> bool:
    """Whether a subject is the talk around the talk.

    >>> is_small_talk("small talk"), is_small_talk("the small print")
    (True, False)
    """
    return subject.casefold() in {
        "small talk",
        "smalltalk",
        "chit-chat",
        "chitchat",
        "chit chat",
        "pleasantries",
        "greetings",
    }


def small_talk(sentences: Sequence[Sentence], vectors: Vectors, minilm: MiniLm | None, *, work: Checking) -> set[int]:
    """Return the indexes of greetings, thanks and talk about the weather."""
    found = {index for index, one in enumerate(sentences) if is_courtesy(one.text)}
    if minilm is not None:
        near = (vectors @ minilm.embed(prototypes()["small_talk"], work).T).max(axis=1, initial=0)
        found |= set(np.flatnonzero(near >= NEAR_SMALL_TALK).tolist())
    return found
