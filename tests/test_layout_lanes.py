"""Lanes and pools: bands with a title at their head, sideways or on top."""

from __future__ import annotations

from journey.model import Source
from tests.drawn_diagrams import Easel, words_of


def _homes(source: Source) -> dict[str, str]:
    """Return, for each box, what the band around it is called."""
    assert source.image is not None
    named = [shape for shape in source.image.shapes if shape.passages]
    return {words_of(source, s.id): words_of(source, s.parent) for s in named if s.parent}


def _lying_lanes() -> Easel:
    easel = Easel(900, 520)
    easel.frame(20, 20, 880, 500)
    easel.pen.line((60, 20, 60, 500), fill="black", width=2)
    easel.pen.line((60, 260, 880, 260), fill="black", width=2)
    easel.pen.line((100, 20, 100, 500), fill="black", width=2)
    easel.write("Bakery", (40, 260), sideways=True)
    easel.write("Customer", (80, 140), sideways=True)
    easel.write("Baker", (80, 380), sideways=True)
    easel.box("Order bread", (250, 140))
    easel.box("Bake bread", (520, 380))
    easel.arrow((320, 140), (520, 140), (520, 350))
    return easel


def test_sideways_titles_name_lanes_and_the_pool_around_them() -> None:
    homes = _homes(_lying_lanes().read())
    assert homes == {"Order bread": "Customer", "Bake bread": "Baker", "Customer": "Bakery", "Baker": "Bakery"}


def test_lanes_that_run_down_have_their_titles_on_top() -> None:
    easel = Easel(700, 700)
    for left, right, title in ((20, 350, "Patient"), (350, 680, "Surgery")):
        easel.frame(left, 20, right, 680)
        easel.write(title, ((left + right) / 2, 40))
    easel.pen.line((20, 60, 680, 60), fill="black", width=2)
    easel.box("Ring up", (180, 160))
    easel.box("Offer a date", (520, 420))
    easel.arrow((250, 160), (520, 160), (520, 390))
    assert _homes(easel.read()) == {"Ring up": "Patient", "Offer a date": "Surgery"}


def test_long_arrows_are_no_lanes() -> None:
    easel = Easel(1000, 300)
    easel.box("Far left", (100, 100))
    easel.box("Far right", (900, 100))
    easel.arrow((170, 100), (830, 100))
    easel.box("Lower left", (100, 220))
    easel.box("Lower right", (900, 220))
    easel.arrow((170, 220), (830, 220))
    source = easel.read()
    assert source.image is not None
    assert len(source.image.shapes) == 4
