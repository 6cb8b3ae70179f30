"""Which way up a page is: told by how its lines run, then by which way they read better.

Lines are looked for once. When most of them run up or down, the page lies on its side. Whether it stands on its head
shows in the reading alone, and is only tried when it does not read well as it is: a sample of the longest lines is read
both ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from journey.sources.blocks import Block, Line, group
from journey.sources.geometry import Quad, Rect, is_tall, length, quarter_turned
from journey.sources.ocr import find_lines, read_again, read_lines
from journey.sources.tiles import enlargement

_SURE = 0.8
"""Confidence of a line that reads well, and the share of such letters on a page that does."""
_ON_ITS_SIDE = 0.6
"""Share of the lines, by their length, that run up or down on a page that lies on its side."""
_SAMPLE = 12


@dataclass(frozen=True, slots=True)
class Upright:
    """A page the right way up: its pixels, perhaps enlarged, by how many degrees it was turned clockwise, its words."""

    pixels: NDArray[np.uint8]
    turned: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """A page turned so far, and where its lines stand."""

    pixels: NDArray[np.uint8]
    turned: int
    quads: list[Quad]

    def turn(self) -> _Page:
        """Return it turned clockwise by 90 degrees more."""
        height, width = self.pixels.shape[:2]
        quads = [quarter_turned(quad, width, height) for quad in self.quads]
        return _Page(np.ascontiguousarray(np.rot90(self.pixels, -1)), (self.turned + 90) % 360, quads)


def read_upright(pixels: NDArray[np.uint8]) -> Upright:
    """Turn a page by quarters until it can be read, and read it; a page of small print is enlarged.

    Args:
        pixels: (height, width, 3), red, green, blue, 0 to 255.
    """
    page = _looked_at(pixels)
    if _lies_on_its_side(page.quads):
        page = page.turn()
    lines = read_lines(page.pixels, page.quads)
    if not _reads_well(lines):
        over = page.turn().turn()
        if _reads_better(over, page, lines):
            page, lines = over, read_lines(over.pixels, over.quads)
    return Upright(page.pixels, page.turned, group(read_again(page.pixels, lines), page.pixels))


def _looked_at(pixels: NDArray[np.uint8]) -> _Page:
    """Find the lines of a page; where they are of small print, enlarge it and look again."""
    quads = find_lines(pixels)
    height, width = pixels.shape[:2]
    scale = enlargement(quads, width, height)
    if scale == 1:
        return _Page(pixels, 0, quads)
    larger = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)
    return _Page(larger, 0, find_lines(larger))


def _lies_on_its_side(quads: Sequence[Quad]) -> bool:
    tall = sum(length(quad) for quad in quads if is_tall(Rect.around(quad).width, Rect.around(quad).height))
    return tall > _ON_ITS_SIDE * sum(map(length, quads))


def _reads_well(lines: Sequence[Line]) -> bool:
    letters = sum(len(line.words) or 1 for line in lines)
    return sum(len(line.words) for line in lines if line.confidence >= _SURE) >= _SURE * letters


def _reads_better(over: _Page, page: _Page, lines: Sequence[Line]) -> bool:
    """Whether the longest lines, read upside down, are surer than as they are."""
    longest = sorted(range(len(lines)), key=lambda index: -length(page.quads[index]))[:_SAMPLE]
    turned = read_lines(over.pixels, [over.quads[index] for index in longest])
    return _mean(turned) > _mean([lines[index] for index in longest]) + 0.05


def _mean(lines: Sequence[Line]) -> float:
    return sum(line.confidence for line in lines) / max(1, len(lines))
