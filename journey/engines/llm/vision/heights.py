"""Feelings that a map draws and does not word: how high its curve runs over a step, and the faces in a step's column.

They were found on this machine, in the pixels; a model is not asked how high a line is. Nobody's words say them, so
that they are shown as inferred, beside what is worded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from journey.model import Curve, Emotion, EmotionReading, Journey, Origin, Passage, Source, Step

LEAST_WIDTH, LEAST_HEIGHT = 0.4, 0.03
"""Share of the picture over which a line must run, and by which it must rise and fall, to be a curve of feelings."""
LEAST_STEPS = 3
"""Steps over which it must run."""
BEYOND = 0.2
"""Of the curve's own height, what the scale reaches beyond it: its highest point is rarely the best there can be."""


def with_heights(journey: Journey) -> Journey:
    """Return the journey with the feelings that are drawn in its pictures; a diagram with arrows draws none."""
    if journey.links:
        return journey
    found = {step.id: list(_drawn(step, journey.sources)) for step in journey.steps()}
    if sum(bool(readings) for readings in found.values()) < LEAST_STEPS:
        return journey
    phases = [
        phase.model_copy(update={"steps": tuple(_felt(step, found[step.id]) for step in phase.steps)})
        for phase in journey.phases
    ]
    return journey.model_copy(update={"phases": tuple(phases)})


def height_over(curve: Curve, x: float) -> float | None:
    """Return how high a curve runs over a place, -2 to 2, or None where it does not run.

    >>> from journey.model import Point
    >>> rising = Curve(points=(Point(x=0.1, y=0.8), Point(x=0.9, y=0.2)))
    >>> height_over(rising, 0.1), height_over(rising, 0.5), height_over(rising, 0.95)
    (-1.43, 0.0, None)
    """
    ys = [point.y for point in curve.points]
    reach = (max(ys) - min(ys)) * BEYOND
    top, bottom = min(ys) - reach, max(ys) + reach
    for before, after in pairwise(curve.points):
        if before.x <= x <= after.x:
            share = (x - before.x) / (after.x - before.x) if after.x > before.x else 0.0
            y = before.y + share * (after.y - before.y)
            return round(2 - 4 * (y - top) / (bottom - top), 2)
    return None


def _drawn(step: Step, sources: Sequence[Source]) -> Iterator[EmotionReading]:
    """Yield what is drawn over the words of a step, the main curve first."""
    blocks = {(source.id, passage.id): passage for source in sources for passage in source.passages}
    for source in sources:
        cited = [blocks[piece.source, piece.passage] for piece in step.evidence if piece.source == source.id]
        column = _column(cited)
        if source.image is None or column is None:
            continue
        left, right = column
        for curve in sorted(filter(_is_curve, source.image.curves), key=_width, reverse=True):
            score = height_over(curve, (left + right) / 2)
            if score is not None:
                yield EmotionReading(score=score, label=_label(score), read_from="the curve")
        for face in source.image.faces:
            if left <= face.box.x + face.box.w / 2 <= right:
                yield EmotionReading(score=face.score, label=_label(face.score), read_from="a face")


def _felt(step: Step, readings: Sequence[EmotionReading]) -> Step:
    if not readings:
        return step
    if step.emotion is not None:
        beside = (*step.emotion.other_readings, *readings)
        return step.model_copy(update={"emotion": step.emotion.model_copy(update={"other_readings": beside})})
    first, *others = readings
    felt = Emotion(score=first.score, label=first.label, origin=Origin.INFERRED, other_readings=tuple(others))
    return step.model_copy(update={"emotion": felt})


def _column(blocks: Sequence[Passage]) -> tuple[float, float] | None:
    boxes = [block.box for block in blocks if block.box]
    return (min(box.x for box in boxes), max(box.x + box.w for box in boxes)) if boxes else None


def _is_curve(curve: Curve) -> bool:
    ys = [point.y for point in curve.points]
    return len(ys) > 1 and _width(curve) >= LEAST_WIDTH and max(ys) - min(ys) >= LEAST_HEIGHT


def _width(curve: Curve) -> float:
    xs = [point.x for point in curve.points]
    return max(xs) - min(xs)


def _label(score: float) -> str:
    """Say how a height or a face looks.

    >>> _label(1.2), _label(0.1), _label(-2.0)
    ('good', 'neutral', 'bad')
    """
    return "good" if score > 0.5 else "bad" if score < -0.5 else "neutral"
