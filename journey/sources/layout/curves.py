"""Curves drawn across an image, such as the emotion line of a journey map: thin, open, from left to right.

The ink is parted by colour, freed of long straight rulings and of words, and cut into connected strokes. A stroke is
followed column by column; strokes of one colour whose ends face each other over a dot or a face are one curve.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from journey.model.picture import Curve, Point
from journey.model.source import Passage
from journey.sources.layout.colours import to_hex

Pixels = NDArray[np.uint8]
Mask = NDArray[np.uint8]

LONGEST = 1600
"""Pixels of the longer side at which curves are sought."""
INK = 22.0
"""Difference in CIELAB from the ground, from which a pixel is drawn on."""
ONE_COLOUR = 26.0
"""Difference in CIELAB up to which two inks are one, thinned by smoothing at their edges."""
MOST_COLOURS = 8
LEAST_PIECE = 0.02
"""Of the image's width, that a piece of a curve spans."""
LEAST_CURVE = 0.28
"""The same of a whole curve."""
GAP = 0.06
"""Of the image's width, that a dot or a face may hide of a curve."""
THICK = 0.02
"""Of the image's height, that a curve is thick at most."""
SLOPING = 0.15
"""Share of a curve that must rise or fall: what is level all along is a ruling."""
STEEPEST = 4.0
"""Most pixels a curve rises or falls per pixel to the right, over most of it."""
POINTS = 48


@dataclass(frozen=True, slots=True)
class Stroke:
    """A piece of a curve: its heights, one for each column of pixels from the first on; and its colour, CIELAB."""

    first: int
    heights: NDArray[np.float64]
    lab: NDArray[np.float32]

    @property
    def last(self) -> int:
        """The last column of pixels."""
        return self.first + len(self.heights) - 1


@dataclass(frozen=True, slots=True)
class Pieces:
    """The connected pieces of one ink: which one each pixel is of, their boxes and sizes, and which may be curves.

    Attributes:
        stats: left, top, width, height and size, a row a piece.
    """

    labels: NDArray[np.int32]
    stats: NDArray[np.int32]
    kept: list[int]


def find_curves(pixels: Pixels, passages: Sequence[Passage]) -> tuple[Curve, ...]:
    """Find the curves of an image, the longest first.

    Args:
        passages: its text blocks, whose ink is no curve.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, LONGEST / max(height, width))
    small = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    spoken = _spoken(passages, small.shape[1], small.shape[0])
    strokes = [stroke for mask, lab in _inks(small) for stroke in _strokes(_pieces(mask, spoken), lab)]
    curves = [chain for chain in _chained(strokes, small.shape[1]) if _is_curve(chain, small.shape)]
    curves.sort(key=lambda chain: -_strength(chain))
    kept: list[list[Stroke]] = []
    for chain in curves:
        if not any(_along(chain, other, small.shape[0]) for other in kept):
            kept.append(chain)
    kept.sort(key=lambda chain: chain[0].first - chain[-1].last)
    return tuple(_curve(chain, small.shape) for chain in kept)


def _strength(chain: Sequence[Stroke]) -> float:
    """Return how colourful or dark an ink is: the edges of a stroke, smoothed into the ground, are less so."""
    lightness, red, blue = (float(value) for value in chain[0].lab)
    return float(np.hypot(red, blue)) + 0.5 * (100 - lightness)


def _along(one: Sequence[Stroke], other: Sequence[Stroke], height: int) -> bool:
    """Whether two chains run along each other, being the two edges of one line."""
    first, last = max(one[0].first, other[0].first), min(one[-1].last, other[-1].last)
    if last - first < 0.5 * min(one[-1].last - one[0].first, other[-1].last - other[0].first):
        return False
    places = np.linspace(first, last, POINTS)
    apart = np.abs(_heights_at(one, places) - _heights_at(other, places))
    return float(np.median(apart)) < 0.5 * THICK * height


def _heights_at(chain: Sequence[Stroke], places: NDArray[np.float64]) -> NDArray[np.float64]:
    xs = np.concatenate([np.arange(stroke.first, stroke.last + 1) for stroke in chain])
    order = np.argsort(xs, kind="stable")
    ys = np.concatenate([stroke.heights for stroke in chain])
    return np.asarray(np.interp(places, xs[order], ys[order]), np.float64)


def _inks(small: Pixels) -> Iterator[tuple[Mask, NDArray[np.float32]]]:
    """Yield a mask for each colour that is drawn thinly, the most frequent first."""
    lab = np.asarray(cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
    apart = lab - _ground(small)
    thin = np.einsum("ijk,ijk->ij", apart, apart) > INK**2
    places = np.flatnonzero(thin)
    colours = lab.reshape(-1, 3)[places]
    left = np.ones(len(places), np.bool_)
    for _ in range(MOST_COLOURS):
        if left.sum() < LEAST_CURVE * small.shape[1]:
            return
        centre = _commonest(colours[left])
        near = np.linalg.norm(colours - centre, axis=1) < ONE_COLOUR
        mask = np.zeros(thin.size, np.uint8)
        mask[places[near]] = 1
        yield mask.reshape(thin.shape), centre
        left &= ~near


def _ground(small: Pixels) -> NDArray[np.float32]:
    """Return what lies behind thin strokes, CIELAB: the median of a neighbourhood wider than they are."""
    half = cv2.resize(small, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    reach = max(5, int(0.4 * THICK * small.shape[0]) | 1)
    blurred = cv2.resize(cv2.medianBlur(half, reach), (small.shape[1], small.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.cvtColor(blurred.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)


def _commonest(colours: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the commonest of many colours in CIELAB."""
    coarse = np.floor(colours / 12).astype(np.int64) + 40
    keys = coarse @ np.array([10_000, 100, 1])
    values, counts = np.unique(keys, return_counts=True)
    chosen: NDArray[np.float32] = np.median(colours[keys == values[counts.argmax()]], axis=0).astype(np.float32)
    return chosen


def _spoken(passages: Sequence[Passage], width: int, height: int) -> NDArray[np.bool_]:
    """Return a mask of the text blocks in an image of this extent."""
    spoken = np.zeros((height, width), np.bool_)
    for box in (passage.box for passage in passages if passage.box is not None):
        left, top = int(box.x * width), int(box.y * height)
        spoken[top : int((box.y + box.h) * height) + 1, left : int((box.x + box.w) * width) + 1] = True
    return spoken


def _pieces(mask: Mask, spoken: NDArray[np.bool_]) -> Pieces:
    """Part a mask into connected pieces, without long straight rulings and what lies within a text block."""
    height, width = mask.shape
    across = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, max(9, int(0.3 * width))), np.uint8))
    down = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((max(9, int(0.08 * height)), 1), np.uint8))
    ruled = cv2.dilate(np.asarray(np.maximum(across, down), np.uint8), np.ones((3, 3), np.uint8))
    bare = cv2.subtract(mask, np.asarray(ruled, np.uint8))
    joined = cv2.morphologyEx(bare, cv2.MORPH_CLOSE, np.ones((3, 7), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    inside = np.bincount(labels[spoken], minlength=count)
    kept = np.flatnonzero(inside < 0.75 * stats[:, cv2.CC_STAT_AREA])
    return Pieces(np.asarray(labels, np.int32), np.asarray(stats, np.int32), [int(one) for one in kept if one])


def _strokes(pieces: Pieces, lab: NDArray[np.float32]) -> Iterator[Stroke]:
    """Yield the pieces that run from left to right, one line thick."""
    height, width = pieces.labels.shape
    for index in pieces.kept:
        left, top, wide, high, size = (int(value) for value in pieces.stats[index])
        if (
            wide < LEAST_PIECE * width
            or high > 0.6 * height
            or size > wide * THICK * height + 3 * high * THICK * height
        ):
            continue
        part = pieces.labels[top : top + high, left : left + wide] == index
        heights = _followed(part, most=max(4.0, THICK * height))
        if heights is not None:
            yield Stroke(left, heights + top, lab)


def _followed(part: NDArray[np.bool_], *, most: float) -> NDArray[np.float64] | None:
    """Return the height of a stroke in each column, or nothing where it is no single line."""
    rows = np.arange(part.shape[0])[:, None]
    counts = part.sum(axis=0)
    if (counts == 0).any():
        return None
    heights = (part * rows).sum(axis=0) / counts
    extents = part.shape[0] - 1 - part[::-1].argmax(axis=0) - part.argmax(axis=0) + 1
    single = counts >= 0.7 * extents
    steep = extents > most
    if single.mean() < 0.85 or steep.mean() > 0.25:
        return None
    return np.asarray(heights, np.float64)


def _chained(strokes: Sequence[Stroke], width: int) -> list[list[Stroke]]:
    """Join strokes of one colour, each with the nearest that goes on from its end."""
    left = sorted(strokes, key=lambda stroke: stroke.first)
    chains: list[list[Stroke]] = []
    for stroke in left:
        fitting = [chain for chain in chains if _goes_on(chain[-1], stroke, width)]
        if fitting:
            min(fitting, key=lambda chain: _step(chain[-1], stroke)).append(stroke)
        else:
            chains.append([stroke])
    return chains


def _goes_on(one: Stroke, other: Stroke, width: int) -> bool:
    gap = other.first - one.last
    if not -3 <= gap <= GAP * width or np.linalg.norm(one.lab - other.lab) > ONE_COLOUR:
        return False
    return _step(one, other) <= max(6.0, 0.9 * max(gap, 0) + 0.008 * width)


def _step(one: Stroke, other: Stroke) -> float:
    """Return how far the second begins above or below where the first, going on as it ends, would be."""
    tail = one.heights[-min(12, len(one.heights)) :]
    slope = (tail[-1] - tail[0]) / max(1, len(tail) - 1)
    gap = max(0, other.first - one.last)
    held, led = one.heights[-1], one.heights[-1] + float(np.clip(slope, -1.5, 1.5)) * gap
    return float(min(abs(other.heights[0] - held), abs(other.heights[0] - led)))


def _is_curve(chain: Sequence[Stroke], shape: tuple[int, ...]) -> bool:
    """Whether strokes span enough of the image, and rise or fall on enough of their way, but not like a box."""
    height, width = shape[:2]
    if chain[-1].last - chain[0].first < LEAST_CURVE * width:
        return False
    if sum(len(stroke.heights) for stroke in chain) < 0.6 * (chain[-1].last - chain[0].first):
        return False
    heights = np.concatenate([stroke.heights for stroke in chain])
    if np.ptp(heights) < 0.012 * height:
        return False
    slopes = np.abs(np.concatenate([_slopes(stroke.heights) for stroke in chain]))
    return bool((slopes > 0.02).mean() > SLOPING and (slopes > STEEPEST).mean() < 0.15)


def _slopes(heights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much a stroke rises per pixel, over a stretch in which the steps of pixels do not count."""
    reach = min(16, len(heights) - 1)
    if reach < 1:
        return np.zeros(1)
    return np.asarray((heights[reach:] - heights[:-reach]) / reach, np.float64)


def _curve(chain: Sequence[Stroke], shape: tuple[int, ...]) -> Curve:
    """Return the record of a chain, at even places from its first column to its last."""
    height, width = shape[:2]
    places = np.linspace(chain[0].first, chain[-1].last, POINTS)
    found = _heights_at(chain, places)
    rgb = cv2.cvtColor(chain[0].lab.reshape(1, 1, 3), cv2.COLOR_LAB2RGB)[0, 0] * 255
    points = tuple(
        Point(x=float(min(1.0, (x + 0.5) / width)), y=float(min(1.0, (y + 0.5) / height)))
        for x, y in zip(places, found, strict=True)
    )
    return Curve(points=points, colour=to_hex(rgb))
