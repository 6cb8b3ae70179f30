"""Which phase each step stands in, and which step each finding belongs to.

Phases are stretches of the text; steps may be told out of order ("before that, I had ..."), and several participants
tell one journey. So each source is cut by itself, the others' stretches are laid along those of the source that tells
most, in order, and a step told out of order joins the phase of its neighbour in the story.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journey.engines.local.embeddings import Embedder
from journey.engines.local.phases import Block, cut, find_blocks, wanted_phases
from journey.engines.local.sentences import Sentence
from journey.engines.local.steps import FoundStep
from journey.engines.local.stopping import Checking
from journey.engines.local.talk import is_conversation, tell

FEWEST_STEPS = 2
"""A phase of a text without speakers has this many steps on average at least, else there are fewer phases."""
OUT_OF_PLACE = 0.5
"""What lies between the same place and the other end of the journey costs, in cosine."""


@dataclass(frozen=True)
class Stretch:
    """Neighbouring sentences of one source that belong to one phase; `first` and `last` are both inside."""

    first: int
    last: int
    phase: int


def find_stretches(
    sentences: Sequence[Sentence], steps: Sequence[FoundStep], embedder: Embedder, *, work: Checking
) -> tuple[list[Stretch], list[FoundStep]]:
    """Cut every source into stretches that hold steps, and number the phases that they form together.

    Returns:
        The stretches, and the steps with those added that show a stretch of mere talk.
    """
    told = [_cut_source(span, sentences, steps, embedder, work) for span in _source_spans(sentences, steps)]
    guide = max(told, key=lambda one: len(one.spans))
    found = []
    for one in told:
        places = range(len(guide.spans)) if one is guide else _align(one.centres, guide.centres)
        found += [Stretch(first, last, phase) for (first, last), phase in zip(one.spans, places, strict=True)]
    return found, _inserted(steps, [step for one in told for step in one.talk])


def _inserted(steps: Sequence[FoundStep], talk: Sequence[FoundStep]) -> list[FoundStep]:
    """Put steps of talk before the first step that is told after them."""
    merged = list(steps)
    for step in talk:
        at = next((at for at, other in enumerate(merged) if other.sentence > step.sentence), len(merged))
        merged.insert(at, step)
    return merged


def phases_of_steps(
    sentences: Sequence[Sentence], steps: Sequence[FoundStep], stretches: Sequence[Stretch]
) -> list[int]:
    """Return the phase of each step, so that phases follow each other along every participant's story.

    Steps that keep the order of the phases (a longest such series) stay; the others go with the one before them.
    """
    firsts = [stretch.first for stretch in stretches]
    phases = [stretches[bisect_right(firsts, step.sentence) - 1].phase for step in steps]
    by_source: dict[str, list[int]] = {}
    for index, step in enumerate(steps):
        by_source.setdefault(sentences[step.sentence].source, []).append(index)
    for inside in by_source.values():
        anchors = {inside[place] for place in _longest_rising([phases[index] for index in inside])}
        at = phases[min(anchors)]
        for index in inside:
            at = phases[index] if index in anchors else at
            phases[index] = at
    return phases


def nearest_step(
    sentences: Sequence[Sentence], steps: Sequence[FoundStep], candidates: Sequence[int], *, sentence: int, start: int
) -> int:
    """Return which of the candidates a finding belongs to: of its sentence, else its turn; what was told before counts.

    Args:
        candidates: indexes of steps.
        sentence: index of the finding's sentence.
        start: where the finding begins in its source.
    """
    turn = sentences[sentence].turn

    def distance(index: int) -> tuple[bool, int, bool, int]:
        step = steps[index]
        apart = abs(step.sentence - sentence)
        return sentences[step.sentence].turn != turn, apart, step.sentence > sentence, abs(step.start - start)

    return min(candidates, key=distance)


def steps_by_stretch(steps: Sequence[FoundStep], stretches: Sequence[Stretch]) -> list[list[int]]:
    """Return the indexes of the steps told in each stretch."""
    firsts = [stretch.first for stretch in stretches]
    told: list[list[int]] = [[] for _ in stretches]
    for index, step in enumerate(steps):
        told[bisect_right(firsts, step.sentence) - 1].append(index)
    return told


def _source_spans(sentences: Sequence[Sentence], steps: Sequence[FoundStep]) -> list[tuple[int, int]]:
    """Return the first and last sentence of each source in which something is done."""
    starts = [index for index, one in enumerate(sentences) if index == 0 or one.source != sentences[index - 1].source]
    told = {sentences[step.sentence].source for step in steps}
    spans = zip(starts, [*(start - 1 for start in starts[1:]), len(sentences) - 1], strict=True)
    return [(first, last) for first, last in spans if sentences[first].source in told]


@dataclass(frozen=True)
class _CutSource:
    """The stretches of one source, a row per stretch that tells its subject, and the steps that show mere talk."""

    spans: list[tuple[int, int]]
    centres: NDArray[np.float64]
    talk: list[FoundStep]


def _cut_source(
    span: tuple[int, int],
    sentences: Sequence[Sentence],
    steps: Sequence[FoundStep],
    embedder: Embedder,
    work: Checking,
) -> _CutSource:
    """Cut one source; a stretch without a step shows what was said there, or joins the one before it."""
    first, last = span
    said = sentences[first : last + 1]
    told = [step.sentence - first for step in steps if first <= step.sentence <= last]
    blocks = find_blocks(said)
    rows = embedder.embed([" ".join(one.text for one in said[block.first : block.last + 1]) for block in blocks], work)
    talks = is_conversation(said)
    wanted = wanted_phases(sum(block.words for block in blocks), len(told))
    count = wanted if talks else min(wanted, max(1, len(told) // FEWEST_STEPS))
    starts = cut(blocks, rows, count=count, work=work)
    segments = [(blocks[start].first, blocks[end - 1].last) for start, end in _pairs(starts, len(blocks))]
    talk = _talk(sentences, [(first + a, first + b) for a, b in segments], steps, work) if talks else []
    kept = _with_steps(starts, [_block_of(blocks, at) for at in [*told, *(step.sentence - first for step in talk)]])
    bounds = _pairs(kept, len(blocks))
    return _CutSource(
        [(first + blocks[start].first, first + blocks[end - 1].last) for start, end in bounds],
        _centred(np.array([rows[start:end].mean(axis=0) for start, end in bounds], dtype=np.float64)),
        talk,
    )


def _pairs(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    """Return half-open spans from where they start."""
    return list(zip(starts, [*starts[1:], end], strict=True))


def _talk(
    sentences: Sequence[Sentence], segments: Sequence[tuple[int, int]], steps: Sequence[FoundStep], work: Checking
) -> list[FoundStep]:
    """Show what was said in the segments in which nothing is done."""
    empty = [(a, b) for a, b in segments if not any(a <= step.sentence <= b for step in steps)]
    return [shown for a, b in empty if (shown := tell(sentences, a, b, work)) is not None]


def _with_steps(starts: Sequence[int], told: Sequence[int]) -> list[int]:
    """Keep the starts of segments in which a step stands; the first segment begins at the beginning.

    >>> _with_steps([0, 4, 8], [5, 6, 9])
    [0, 8]
    """
    used = sorted({bisect_right(starts, block) - 1 for block in told})
    return [0, *(starts[index] for index in used[1:])]


def _block_of(blocks: Sequence[Block], sentence: int) -> int:
    return bisect_right([block.first for block in blocks], sentence) - 1


def _align(centres: NDArray[np.float64], guide: NDArray[np.float64]) -> list[int]:
    """Lay stretches along the guide's, never going back, where meaning and place fit best (dynamic programming)."""
    here, there = np.arange(len(centres)) / len(centres), np.arange(len(guide)) / len(guide)
    gain = centres @ guide.T - OUT_OF_PLACE * np.abs(here[:, None] - there[None, :])
    best = gain.copy()
    came = np.zeros(gain.shape, dtype=np.int64)
    for row in range(1, len(centres)):
        for column in range(len(guide)):
            came[row, column] = int(best[row - 1, : column + 1].argmax())
            best[row, column] += best[row - 1, came[row, column]]
    places = [int(best[-1].argmax())]
    for row in range(len(centres) - 1, 0, -1):
        places.append(int(came[row, places[-1]]))
    return places[::-1]


def _centred(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the directions of rows from their mean; one row alone keeps its own."""
    rows = rows - rows.mean(axis=0) if len(rows) > 1 else rows
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float64] = rows / np.where(lengths == 0, 1, lengths)
    return unit


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return the places of a longest series that never falls (patience sorting).

    >>> sorted(_longest_rising([0, 0, 3, 1, 1, 2]))
    [0, 1, 3, 4, 5]
    """
    tails: list[int] = []
    ends: list[int] = []
    came: dict[int, int | None] = {}
    for index, number in enumerate(numbers):
        at = bisect_right(tails, number)
        came[index] = ends[at - 1] if at else None
        tails[at : at + 1], ends[at : at + 1] = [number], [index]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = came[last]
    return found
