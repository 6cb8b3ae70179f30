"""A picture looked at thoroughly: once more for what was missed, held to the pixels like the first time, paid once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from journey.engines.llm import LlmEngine
from journey.errors import EngineRefused
from journey.grounding import verify
from journey.model import Journey, Outcome
from tests.faults.server import Answer, Asked, ModelServer, fails, says
from tests.faults.talk import settings
from tests.plain_work import PlainWork
from tests.vision.drawings import SCRAWL, png, source
from tests.vision.seeing import blind, blocks, model, node, shown, wanted

CONTENT = png()
SCRAWLED = {"id": 50, "text": SCRAWL, "x": 375, "y": 400, "w": 187, "h": 100}
NOWHERE = {"id": 51, "text": "Pay the bill", "x": 100, "y": 750, "w": 300, "h": 100}
FIRST = [node(1, 1), node(2, 2)]


def is_second(asked: Asked) -> bool:
    return wanted(asked) == "nodes" and "\nFOUND\n" in asked.text


def missing(*nodes: dict[str, Any], added: tuple[dict[str, Any], ...] = ()) -> Answer:
    """A model that sees two nodes at first, and so much more when it is asked what it missed."""

    def spoil(asked: Asked) -> str | None:
        if wanted(asked) != "nodes":
            return None
        return json.dumps({"added": added, "nodes": nodes} if is_second(asked) else {"added": [], "nodes": FIRST})

    return model(spoil)


def extract(server: ModelServer, work: PlainWork | None = None, *, thorough: bool = True) -> Journey:
    work, picture = work or PlainWork(), source(CONTENT)
    work.kept[picture.sha256] = CONTENT
    journey = LlmEngine(settings(server.url)).extract([picture], work, thorough=thorough)
    assert verify(journey) == ()
    return journey


def quotes(journey: Journey) -> list[str]:
    return [one.evidence[0].quote for one in journey.steps()]


def test_it_is_shown_again_with_what_was_found_and_the_blocks_that_nothing_cites() -> None:
    with ModelServer(missing(), is_known=False) as server:
        extract(server)
    assert [wanted(asked) for asked in server.requests] == ["sight", "nodes", "nodes", "edges", "drawing"]
    (second,) = filter(is_second, server.requests)
    assert len(shown(second)) == 1
    assert "FOUND\n1 step (156,150): Order by phone\n2 step (469,150): Is it in stock?\n" in second.text
    assert blocks(second) == {3: "Wait for weeks", 4: "no", 5: "Nobody calls back", 6: "(unread)"}


def test_what_was_missed_is_in_the_map_and_what_the_model_reads_is_marked_so() -> None:
    more = (node(1, 3), node(2, 50), node(3, 5, kind="pain"))
    with ModelServer(missing(*more, added=(SCRAWLED,)), is_known=False) as server:
        journey = extract(server)
    assert quotes(journey) == ["Order by phone", "Is it in stock?", "Wait for weeks", SCRAWL]
    (read,) = [one for one in journey.sources[0].passages if one.read_by == "model"]
    assert (read.id, journey.sources[0].slice(read)) == ("b6", SCRAWL)
    assert any("read by the model and not on this machine" in sentence for sentence in journey.run.warnings)


def test_it_is_held_to_the_picture_like_the_first_time() -> None:
    orders = (node(1, 51), node(2, 99), node(3))
    with ModelServer(missing(*orders, added=(NOWHERE,)), is_known=False) as server:
        journey = extract(server)
    assert len(quotes(journey)) == 2
    assert journey.run.dropped == 4
    assert not any(one.read_by == "model" for one in journey.sources[0].passages)


def test_what_was_noted_before_is_not_noted_twice() -> None:
    with ModelServer(missing(node(1, 1), node(2, 2, 1), node(3, 3)), is_known=False) as server:
        journey = extract(server)
    assert quotes(journey) == ["Order by phone", "Is it in stock?", "Wait for weeks"]
    assert journey.run.dropped == 0


def test_it_is_a_checkpoint_of_its_own() -> None:
    work = PlainWork()
    refuses = model(lambda asked: fails(400) if wanted(asked) == "drawing" else None)
    with ModelServer(refuses, is_known=False) as server, pytest.raises(EngineRefused):
        extract(server, work)
    with ModelServer(model(), is_known=False) as server:
        extract(server, work)
        extract(server, work, thorough=False)
    assert [wanted(asked) for asked in server.requests].count("nodes") == 0


@pytest.mark.parametrize("answer", [says(None, refusal="no"), says("no"), says("{", finish="length")])
def test_one_that_cannot_be_had_costs_nothing_that_was_found_and_is_said(answer: Answer) -> None:
    with ModelServer(model(lambda asked: answer if is_second(asked) else None), is_known=False) as server:
        journey = extract(server)
    assert len(quotes(journey)) == 3
    assert journey.outcome is Outcome.COMPLETE
    assert any(sentence.startswith("1 picture(s) were looked at once only") for sentence in journey.run.warnings)


def test_without_sight_only_words_that_nothing_cites_are_worth_another_question() -> None:
    every = [node(number, number) for number in range(1, 6)]

    def cites_all(asked: Asked) -> Answer | str | None:
        return json.dumps({"added": [], "nodes": every}) if wanted(asked) == "nodes" else blind(asked)

    for answer, looks in ((model(cites_all), 1), (model(blind), 2)):
        with ModelServer(answer, is_known=False) as server:
            extract(server)
        assert [wanted(asked) for asked in server.requests].count("nodes") == looks
