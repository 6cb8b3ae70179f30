"""Cuts between titles: rulings first, then the widest gap, then the least damage; pure geometry."""

from __future__ import annotations

from journey.sources.layout.grid import Obstacles, cut_between, cuts_between, gaps, place_of, places_of


def test_a_ruling_between_two_titles_is_where_their_rows_part() -> None:
    assert cut_between((0, 10), (50, 60), Obstacles(((0, 40),), rulings=(44,))) == 44


def test_a_ruling_that_runs_through_a_text_parts_nothing() -> None:
    assert cut_between((0, 10), (50, 60), Obstacles(((0, 10), (12, 30), (50, 60)), rulings=(20,))) == 40


def test_titles_in_the_middle_of_their_rows_are_parted_at_the_widest_gap() -> None:
    assert cuts_between([(20, 30), (70, 80)], Obstacles(((0, 45), (55, 95)))) == [50]


def test_where_no_gap_is_free_the_cut_runs_through_as_little_as_possible() -> None:
    obstacles = Obstacles(((0, 30), (25, 60), (0, 60)))
    assert obstacles.crossed(cut_between((0, 10), (50, 60), obstacles)) == 2


def test_titles_that_overlap_are_parted_between_them() -> None:
    assert cut_between((0, 30), (5, 25), Obstacles(((0, 40),))) == 17.5


def test_gaps_of_an_empty_stretch_are_all_of_it() -> None:
    assert gaps([], 0, 5) == [(0, 5)]


def test_a_merged_cell_reaches_over_all_its_columns_and_a_text_that_hangs_over_does_not() -> None:
    cuts = [100, 200]
    assert places_of((5, 295), cuts) == range(3)
    assert places_of((105, 215), cuts) == range(1, 2)
    assert place_of((90, 130), cuts) == 1
