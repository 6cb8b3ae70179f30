"""The scripted engine is a citizen: same protocol, same promises."""

from __future__ import annotations

import pytest

from journey import grounding
from journey.engines.scripted import ScriptedEngine
from journey.errors import EngineUnavailable
from journey.model import Outcome, Passage, Role, Source
from tests.plain_work import PlainWork

SAID = ("How was it?", "I called the bank.", "They never answered.")
TEXT = "\n".join(SAID)


def _source(*roles: Role) -> Source:
    passages = tuple(
        Passage(id=f"t{n}", start=TEXT.index(words), end=TEXT.index(words) + len(words), role=role)
        for n, (words, role) in enumerate(zip(SAID, roles, strict=False), start=1)
    )
    return Source(id="s1", kind="transcript", name="a.txt", sha256="0" * 64, text=TEXT, passages=passages)


def test_every_passage_but_the_interviewers_becomes_a_quoted_step() -> None:
    engine = ScriptedEngine()
    journey = engine.extract(
        [_source(Role.INTERVIEWER, Role.PARTICIPANT, Role.PARTICIPANT)], PlainWork(), instructions="be kind"
    )
    assert [step.title for step in journey.steps()] == ["I called the bank.", "They never answered."]
    assert journey.scenario == "be kind"
    assert grounding.verify(journey) == ()


def test_a_source_without_a_voice_is_not_enough() -> None:
    journey = ScriptedEngine().extract([_source(Role.INTERVIEWER)], PlainWork())
    assert journey.outcome is Outcome.NOT_ENOUGH
    assert journey.reason


def test_a_finished_call_is_not_made_again() -> None:
    engine, work = ScriptedEngine(), PlainWork()
    engine.extract([_source(Role.PARTICIPANT)], work)
    engine.extract([_source(Role.PARTICIPANT)], work)
    assert engine.calls == 1


def test_failures_are_raised_in_order_and_then_it_works() -> None:
    engine = ScriptedEngine(failures=[EngineUnavailable("busy")])
    work = PlainWork()
    with pytest.raises(EngineUnavailable, match="busy"):
        engine.extract([_source(Role.PARTICIPANT)], work)
    assert list(engine.extract([_source(Role.PARTICIPANT)], work).steps())
