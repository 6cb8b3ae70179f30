"""A large image is covered by windows that overlap, and a line that two of them see is one line."""

from __future__ import annotations

from itertools import pairwise

import pytest

from journey.sources.geometry import Quad
from journey.sources.tiles import SIDE, join, windows


def quad(left: float, top: float, right: float, bottom: float) -> Quad:
    return (left, top), (right, top), (right, bottom), (left, bottom)


@pytest.mark.parametrize("extent", [(12_000, 3_000), (4_001, 4_001), (30_000, 1_300), (500, 9_000)])
def test_windows_cover_a_large_image_and_overlap(extent: tuple[int, int]) -> None:
    found = windows(*extent)
    for length, spans in (
        (extent[0], sorted({(window.left, window.right) for window in found})),
        (extent[1], sorted({(window.top, window.bottom) for window in found})),
    ):
        assert spans[0][0] == 0
        assert spans[-1][1] == length
        assert all(after[0] <= before[1] - 150 for before, after in pairwise(spans))
    assert all(max(w.right - w.left, w.bottom - w.top) * w.scale <= SIDE for w in found)


@pytest.mark.parametrize("extent", [(1, 1), (500, 300), (1600, 1200), (4000, 3000), (30, 3000)])
def test_any_other_image_is_looked_at_whole(extent: tuple[int, int]) -> None:
    (whole,) = windows(*extent)
    assert (whole.right, whole.bottom) == extent
    assert max(extent) * whole.scale <= SIDE
    assert whole.scale >= 0.5


def seen(*lines: list[Quad]) -> list[Quad]:
    window = windows(100, 100)[0]
    return join([(window, each) for each in lines])


def test_pieces_of_one_line_are_joined() -> None:
    assert seen([quad(100, 10, 320, 40)], [quad(300, 11, 500, 40)]) == [quad(100, 10, 500, 40)]
    assert seen([quad(10, 100, 40, 320)], [quad(10, 300, 40, 500)]) == [quad(10, 100, 40, 500)]


def test_a_line_seen_twice_or_in_half_its_height_is_one() -> None:
    assert seen([quad(100, 10, 320, 40)], [quad(101, 10, 320, 40)]) == [quad(100, 10, 320, 40)]
    assert seen([quad(100, 10, 320, 24)], [quad(100, 10, 320, 40)]) == [quad(100, 10, 320, 40)]


def test_neighbours_stay_apart() -> None:
    apart = [quad(100, 10, 320, 40), quad(340, 10, 500, 40), quad(100, 42, 320, 72)]
    assert seen(apart[:1], apart[1:]) == apart
