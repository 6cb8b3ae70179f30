"""Pictures in the local engine: beside transcripts, several of different kinds, and what a run says of itself."""

from __future__ import annotations

from itertools import pairwise

from journey import grounding
from journey.engines.local import LocalEngine
from journey.engines.local.pictures.draw import draw_pictures
from journey.model import Outcome, Run
from tests.drawn_sheets import Board, table
from tests.local_sources import ROUTER, CountingWork, transcript

MAP = table(("Discover", "Buy"), (("Actions", ("Reads", "Pays")), ("Pain points", ("Slow", ""))))


def flow() -> Board:
    board = Board(source_id="s2", name="flow.png")
    boxes = [board.card(100 + 220 * at, 100, words) for at, words in enumerate(("Receive", "Check", "Ship"))]
    for before, after in pairwise(boxes):
        board.arrow(before, after)
    return board


def test_a_picture_beside_a_transcript_follows_what_is_told_in_one_journey() -> None:
    picture = MAP.source().model_copy(update={"id": "s2"})
    journey = LocalEngine().extract([transcript(ROUTER), picture], CountingWork())
    assert not grounding.verify(journey)
    assert [step.title for step in journey.steps()][-2:] == ["Reads", "Pays"]
    assert [source.id for source in journey.sources] == ["s1", "s2"]
    ids = [step.id for step in journey.steps()] + [phase.id for phase in journey.phases]
    assert len(ids) == len(set(ids))


def test_a_map_and_a_flow_are_one_journey_with_the_arrows_of_the_flow() -> None:
    journey = draw_pictures([MAP.source(), flow().source()], CountingWork(), run=Run(engine="local"))
    assert not grounding.verify(journey)
    assert [step.title for step in journey.steps()] == ["Reads", "Pays", "Receive", "Check", "Ship"]
    steps = {step.id for step in journey.steps()}
    assert len(journey.links) >= 2
    assert all({link.before, link.after} <= steps for link in journey.links)
    assert len({phase.id for phase in journey.phases}) == len(journey.phases)


def test_a_picture_that_shows_nothing_beside_one_that_does_is_named_in_a_warning() -> None:
    poster = Board(source_id="s2", name="poster.png")
    poster.write(100, 100, "STAY CURIOUS", size=4)
    journey = draw_pictures([MAP.source(), poster.source()], CountingWork(), run=Run(engine="local"))
    assert journey.outcome is Outcome.COMPLETE
    assert any(warning.startswith("poster.png: ") for warning in journey.run.warnings)
