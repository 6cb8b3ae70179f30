"""Where one stretch of the story ends and the next begins.

The text is cut into blocks, and the blocks into the given number of segments that are most alike inside: an optimal
partition by dynamic programming (Utiyama and Isahara 2001; Fragkou, Petridis and Kehagias 2004), over embeddings of
the blocks instead of words (Alemi and Ginsparg 2015). A cut is cheaper where the text itself says that something new
begins: a question of the interviewer, "moving on", "the next day".
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journey.engines.local.embeddings import Vectors
from journey.engines.local.sentences import Sentence
from journey.engines.local.stopping import Checking
from journey.engines.local.vocabulary import pattern
from journey.model import Role

BLOCK_WORDS = 40
MOST_BLOCKS = 160
FEWEST_BLOCKS = 12
"""Of a text in one piece, where it is long enough."""
SHORTEST = 0.25
"""A segment is at least this part of the mean length, unless the whole is too short for that."""

TURNS_TO_ASK = 0.6
"""How much of a mean block's spread a cut costs less where the interviewer asks about something new."""
OPENING = 80
"""Characters of a sentence in which such words count."""

STEPS_A_PHASE = 4
MOST_BY_STEPS = 9

_CUES = (("topics", 1.5), ("time", 0.25))


@dataclass(frozen=True)
class Block:
    """Neighbouring sentences that stay together; `first` and `last` are indexes of sentences, both inside."""

    first: int
    last: int
    words: int
    cue: float
    """How strongly its beginning says that something new begins, 0 to about 2."""


def cut(blocks: Sequence[Block], vectors: Vectors, *, count: int, work: Checking) -> list[int]:
    """Return where each of at most `count` segments begins, as indexes of blocks; the first is 0.

    Args:
        vectors: a row per block.
    """
    if min(count, len(blocks)) <= 1:
        return [0]
    rows, weights = _weighed(blocks, vectors)
    cues = np.array([block.cue for block in blocks])
    return _partition(rows, weights, cues, count=min(count, len(blocks)), work=work)


def wanted_phases(words: int, steps: int) -> int:
    """How many phases suit a text: one more with every doubling of its words, and enough for its steps.

    >>> [wanted_phases(words, 5) for words in (100, 500, 2_000, 10_000, 100_000)], wanted_phases(300, 20)
    ([1, 3, 5, 8, 11], 5)
    """
    by_words = round(1 + math.log2(max(words, 1) / 100))
    return max(1, by_words, min(MOST_BY_STEPS, round(steps / STEPS_A_PHASE)))


def find_blocks(sentences: Sequence[Sentence]) -> list[Block]:
    """Group the sentences of one source; blocks are longer where there are very many."""
    sizes = [len(one.text.split()) for one in sentences]
    goal = max(BLOCK_WORDS, sum(sizes) // MOST_BLOCKS)
    if len({one.turn for one in sentences}) == 1:
        goal = max(1, min(goal, sum(sizes) // FEWEST_BLOCKS))
    starts = [0]
    for index in range(1, len(sentences)):
        if _begins_block(sentences, index, sum(sizes[starts[-1] : index]), goal=goal):
            starts.append(index)
    return [
        Block(first, last, sum(sizes[first : last + 1]), _cue(sentences, first))
        for first, last in zip(starts, [*(start - 1 for start in starts[1:]), len(sentences) - 1], strict=True)
    ]


def _begins_block(sentences: Sequence[Sentence], index: int, words: int, *, goal: int) -> bool:
    """Whether a block ends before this sentence: it is long enough, or the next turn begins something new."""
    if words >= goal:
        return True
    return sentences[index].turn != sentences[index - 1].turn and words >= goal // 3 and _cue(sentences, index) > 0


def _cue(sentences: Sequence[Sentence], first: int) -> float:
    """How strongly the first sentences of a block say that something new begins."""
    opening = sentences[first]
    turn = [one for one in sentences[first : first + 4] if one.turn == opening.turn]
    found = max(
        (weight for name, weight in _CUES for one in turn[:2] if pattern(name).search(one.text[:OPENING])), default=0.0
    )
    asks = opening.role is Role.INTERVIEWER and any(_asks_anew(one) for one in turn)
    return found + TURNS_TO_ASK * asks


def _asks_anew(one: Sentence) -> bool:
    """Whether a question opens a subject: long enough, and not "and what did you do then?"."""
    return one.is_question and len(one.text.split()) >= 6 and not re.match(r"(and|so|but|because)\b", one.text, re.I)


def _weighed(blocks: Sequence[Block], vectors: Vectors) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the blocks' directions from the mean of all, and their weights."""
    rows = vectors.astype(np.float64)
    rows -= rows.mean(axis=0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    weights = np.sqrt(np.array([block.words for block in blocks], dtype=np.float64))
    return rows / np.where(lengths == 0, 1, lengths), weights


def _partition(
    rows: NDArray[np.float64], weights: NDArray[np.float64], cues: NDArray[np.float64], *, count: int, work: Checking
) -> list[int]:
    """Return the first blocks of the `count` segments with the least spread, less what the cues give."""
    size = len(rows)
    spread = _spreads(rows, weights, least=int(size / count * SHORTEST), work=work)
    bonus = cues * weights.mean()
    best = np.full((count + 1, size + 1), np.inf)
    came = np.zeros((count + 1, size + 1), dtype=np.int64)
    best[0, 0] = 0
    for segments in range(1, count + 1):
        for end in range(1, size + 1):
            through = best[segments - 1, :end] + spread[:end, end] - np.where(np.arange(end) > 0, bonus[:end], 0)
            came[segments, end] = through.argmin()
            best[segments, end] = through[came[segments, end]]
    return _walk_back(came, count, size)


def _spreads(
    rows: NDArray[np.float64], weights: NDArray[np.float64], *, least: int, work: Checking
) -> NDArray[np.float64]:
    """Return [start, end) -> weighted squared distance to the mean; infinite where a segment would be too short."""
    size = len(rows)
    sums = np.vstack([np.zeros(rows.shape[1]), np.cumsum(rows * weights[:, None], axis=0)])
    totals = np.concatenate([[0.0], np.cumsum(weights)])
    spread = np.full((size + 1, size + 1), np.inf)
    for start in range(size):
        if start % 50 == 0:
            work.check()
        ends = np.arange(start + max(least, 1), size + 1)
        weight = totals[ends] - totals[start]
        spread[start, ends] = weight - np.square(sums[ends] - sums[start]).sum(axis=1) / np.where(
            weight == 0, 1, weight
        )
    return spread


def _walk_back(came: NDArray[np.int64], count: int, size: int) -> list[int]:
    starts, end = [], size
    for segments in range(count, 0, -1):
        end = int(came[segments, end])
        starts.append(end)
    return sorted(set(starts))
