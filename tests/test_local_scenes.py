"""What makes one step of the map out of the many deeds of a story."""

from __future__ import annotations

import pytest

from journey import sources
from journey.engines.local import LocalEngine
from journey.model import Journey
from tests.plain_work import PlainWork


def _drawn(*answers: str) -> Journey:
    talk = "\n".join(f"Interviewer: And then?\nAna: {answer}" for answer in answers)
    return LocalEngine().extract([sources.read("talk.txt", talk.encode())], PlainWork())


def _steps(journey: Journey) -> list[tuple[str, list[str]]]:
    return [(step.title, [item.text for item in step.actions]) for step in journey.steps()]


FILLER = "I waited for the parcel at home for days.", "I called the hotline about the parcel."


def test_what_is_done_in_one_go_is_one_step_with_its_actions() -> None:
    (title, actions), *_ = _steps(
        _drawn("I opened the website of the shop. I chose a blue pram and paid for it with my card.", *FILLER)
    )
    assert title == "Opened the website of the shop"
    assert len(actions) == 2


def test_every_action_shows_its_own_words() -> None:
    journey = _drawn("I opened the website of the shop. I chose a blue pram.", *FILLER)
    action = next(journey.steps()).actions[0]
    assert action.evidence[0].quote.endswith("chose a blue pram")


@pytest.mark.parametrize(
    "answer",
    [
        "I opened the website of the shop. The next morning I chose a blue pram.",
        "I opened the website of the shop. Two days later I chose a blue pram.",
        "I opened the website of the shop. I called the hotline about a blue pram.",
    ],
    ids=["the next morning", "days later", "another channel"],
)
def test_a_leap_in_time_or_another_channel_begins_another_step(answer: str) -> None:
    assert not next(_drawn(answer, *FILLER).steps()).actions


def test_another_answer_begins_another_step() -> None:
    titles = [title for title, _ in _steps(_drawn("I opened the website of the shop.", *FILLER))]
    assert len(titles) == 3


def test_a_process_without_speakers_stays_deed_by_deed() -> None:
    text = "The clerk receives the form. The clerk checks the form and signs it. The manager files the form."
    journey = LocalEngine().extract([sources.read("process.txt", text.encode())], PlainWork())
    assert len(list(journey.steps())) == 4
    assert not any(step.actions for step in journey.steps())
