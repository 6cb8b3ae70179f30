"""Diaries and notes: whoever writes leaves "I" out, and what is only exclaimed is felt all the same."""

from __future__ import annotations

import pytest

from journey.engines.local.emotion import find_feelings
from journey.engines.local.sentences import split
from journey.engines.local.statements import statements
from journey.engines.local.steps import find_steps
from tests.plain_work import PlainWork
from tests.talks import prose, talk


def steps(text: str) -> list[str]:
    return [step.title for step in find_steps(split([prose(text)]), language="en")]


def test_what_the_writer_did_is_a_step_without_an_i() -> None:
    text = "1. Looked for a car on a website.\n2. Got the keys, but could not find the car.\n3. Then took the bus."
    assert steps(text) == ["Looked for a car on a website", "Got the keys", "Could not find the car", "Took the bus"]


@pytest.mark.parametrize(
    "text",
    [
        "Took forever.",
        "Took twenty minutes.",
        "Booked by phone, the trip was great.",
        "Put the kettle on.",
    ],
    ids=["it took", "it took minutes", "describes what follows", "an order"],
)
def test_what_only_looks_like_it_is_none(text: str) -> None:
    before = "I went to the shop. I paid the bill. I took the bus. "
    assert steps(before + text) == steps(before)


def test_in_a_talk_it_is_as_often_left_out_as_i() -> None:
    said = talk(("P", "I took the bus."), ("P", "Went well."), ("P", "Got me there."))
    assert [step.title for step in find_steps(split([said]), language="en")] == ["Took the bus"]


@pytest.mark.parametrize(
    ("said", "score"), [("So happy!", 1.6), ("Very annoying.", -1.3), ("Really frustrating!", -1.5), ("Happy.", 1.6)]
)
def test_what_is_exclaimed_is_felt(said: str, score: float) -> None:
    diary = split([prose(f"I called them. {said}")])
    assert [one.score for one in find_feelings(statements(diary, PlainWork()), PlainWork())] == [score]
