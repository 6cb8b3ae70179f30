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

from journey.engines.local.embeddings import Checking, Vectors
from journey.engines.local.phases import cut
from journey.engines.local.sentences import Sentence
from journey.engines.local.steps import FoundStep

STEPS_PER_PHASE = 3
"""A phase has about this many steps at least, else there are fewer phases."""
OUT_OF_PLACE = 0.5
"""What lies between the same place and the other end of the journey costs, in cosine."""


@dataclass(frozen=True)
class Stretch:
    """Neighbouring sentences of one source that belong to one phase; `first` and `last` are both inside."""

    first: int
    last: int
    phase: int


def find_stretches(
    sentences: Sequence[Sentence], vectors: Vectors, steps: Sequence[FoundStep], *, work: Checking
) -> list[Stretch]:
    """Cut every source into stretches that hold steps, and number the phases that they form together."""
    by_source = [_cut_source(span, sentences, vectors, steps, work) for span in _source_spans(sentences)]
    told = [spans for spans in by_source if spans]
    if not told:
        return []
    guide = max(told, key=len)
    found = []
    for spans in told:
        places = range(len(guide)) if spans is guide else _align(spans, guide, vectors)
        found += [Stretch(first, last, phase) for (first, last), phase in zip(spans, places, strict=True)]
    return found


def phases_of_steps(steps: Sequence[FoundStep], stretches: Sequence[Stretch]) -> list[int]:
    """Return the phase of each step, so that phases follow each other along the story.

    Steps that keep the order of the phases (a longest such series) stay; the others go with the one before them.
    """
    firsts = [stretch.first for stretch in stretches]
    placed = [stretches[bisect_right(firsts, step.sentence) - 1].phase for step in steps]
    anchors = _longest_rising(placed)
    phases, at = [], next((placed[index] for index in range(len(placed)) if index in anchors), 0)
    for index, phase in enumerate(placed):
        at = phase if index in anchors else at
        phases.append(at)
    return phases


def nearest_step(sentences: Sequence[Sentence], steps: Sequence[FoundStep], *, sentence: int, start: int) -> int:
    """Return the index of the step that a finding belongs to: of its sentence, else its turn, else its source."""
    here = sentences[sentence]

    def distance(index: int) -> tuple[bool, bool, int, bool, int]:
        step = steps[index]
        there = sentences[step.sentence]
        apart = abs(step.sentence - sentence)
        return (
            there.source != here.source,
            there.turn != here.turn,
            apart,
            step.sentence > sentence,
            abs(step.start - start),
        )

    return min(range(len(steps)), key=distance)


def _source_spans(sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    starts = [index for index, one in enumerate(sentences) if index == 0 or one.source != sentences[index - 1].source]
    return list(zip(starts, [*(start - 1 for start in starts[1:]), len(sentences) - 1], strict=True))


def _cut_source(
    span: tuple[int, int], sentences: Sequence[Sentence], vectors: Vectors, steps: Sequence[FoundStep], work: Checking
) -> list[tuple[int, int]]:
    """Return the stretches of one source; one without a step joins the one before it, or the next."""
    first, last = span
    told = sorted(step.sentence for step in steps if first <= step.sentence <= last)
    if not told:
        return []
    most = max(1, round(len(told) / STEPS_PER_PHASE))
    starts = [
        first + start for start in cut(sentences[first : last + 1], vectors[first : last + 1], most=most, work=work)
    ]
    ends = [*starts[1:], last + 1]
    kept = [start for start, end in zip(starts, ends, strict=True) if any(start <= step < end for step in told)]
    kept[0] = first
    return list(zip(kept, [*(start - 1 for start in kept[1:]), last], strict=True))


def _align(spans: Sequence[tuple[int, int]], guide: Sequence[tuple[int, int]], vectors: Vectors) -> list[int]:
    """Lay stretches along the guide's, never going back, where meaning and place fit best (dynamic programming)."""
    likeness = _centres(spans, vectors) @ _centres(guide, vectors).T
    here, there = np.arange(len(spans)) / len(spans), np.arange(len(guide)) / len(guide)
    gain = likeness - OUT_OF_PLACE * np.abs(here[:, None] - there[None, :])
    best = gain.copy()
    came = np.zeros(gain.shape, dtype=np.int64)
    for row in range(1, len(spans)):
        for column in range(len(guide)):
            came[row, column] = int(best[row - 1, : column + 1].argmax())
            best[row, column] += best[row - 1, came[row, column]]
    at = int(best[-1].argmax())
    places = [at]
    for row in range(len(spans) - 1, 0, -1):
        at = int(came[row, at])
        places.append(at)
    return places[::-1]


def _centres(spans: Sequence[tuple[int, int]], vectors: Vectors) -> NDArray[np.float64]:
    rows = np.array([vectors[first : last + 1].mean(axis=0) for first, last in spans], dtype=np.float64)
    rows -= rows.mean(axis=0) if len(rows) > 1 else 0
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
