"""The one path from a request to a journey, whatever the engine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest

from journey import pipeline
from journey.engines import Engine
from journey.engines.scripted import ScriptedEngine
from journey.errors import EngineRefused, EngineReplyInvalid, JobCancelled, SourceError
from journey.model import Budget, Evidence, Journey, Request, Role, Source, Upload
from journey.work import Stage, Work
from tests.plain_work import PlainWork

TALK = "Interviewer: How did it start?\nAna: I called the bank.\nInterviewer: And then?\nAna: They never answered.\n"


class Liar(ScriptedEngine):
    """Cites words that nobody said, as a model does."""

    def extract(
        self,
        sources: Sequence[Source],
        work: Work,
        *,
        instructions: str = "",
        budget: Budget | None = None,
        thorough: bool = False,
    ) -> Journey:
        journey = super().extract(sources, work, instructions=instructions)
        phase = journey.phases[0]
        step = phase.steps[0]
        true = step.evidence[0]
        false = Evidence(**{**true.model_dump(), "quote": "x" * len(true.quote)})
        lie = step.model_copy(update={"evidence": (false,)})
        phases = (phase.model_copy(update={"steps": (lie, *phase.steps[1:])}),)
        return journey.model_copy(update={"phases": phases})


def _draw(
    files: dict[str, bytes],
    *,
    engine: Engine | None = None,
    work: PlainWork | None = None,
    name: str = "scripted",
    **asked: object,
) -> Journey:
    kept = {hashlib.sha256(content).hexdigest(): content for content in files.values()}
    uploads = tuple(Upload(name=name, sha256=hashlib.sha256(content).hexdigest()) for name, content in files.items())
    request = Request.model_validate({"uploads": uploads, "engine": name, **asked})
    return pipeline.draw(
        request, kept.__getitem__, work or PlainWork(), engines={"scripted": engine or ScriptedEngine()}
    )


def test_a_transcript_becomes_a_journey_of_quotes() -> None:
    journey = _draw({"talk.txt": TALK.encode()})
    assert [step.title for step in journey.steps()] == ["I called the bank.", "They never answered."]
    assert sum(journey.run.coverage) > 0


def test_an_engine_that_invents_a_quote_gets_nothing_stored() -> None:
    with pytest.raises(EngineReplyInvalid, match="do not say"):
        _draw({"talk.txt": TALK.encode()}, engine=Liar())


def test_several_files_are_several_sources_of_one_journey() -> None:
    other = TALK.replace("Ana", "Ben").replace("bank", "shop")
    journey = _draw({"a.txt": TALK.encode(), "b.txt": other.encode()})
    assert [source.id for source in journey.sources] == ["s1", "s2"]
    assert {evidence.source for step in journey.steps() for evidence in step.evidence} == {"s1", "s2"}


def test_the_users_title_instructions_and_roles_reach_the_journey() -> None:
    journey = _draw(
        {"talk.txt": TALK.encode()}, title=" Calling ", instructions="be kind", roles={"Ana": Role.INTERVIEWER}
    )
    assert journey.title == "Calling"
    assert journey.scenario == "be kind"
    assert not any("bank" in step.title for step in journey.steps())


def test_progress_names_each_stage_in_order() -> None:
    work = PlainWork()
    _draw({"talk.txt": TALK.encode()}, work=work)
    assert list(dict.fromkeys(stage for stage, *_ in work.stages)) == [Stage.READ, Stage.FIND, Stage.CHECK]


def test_an_engine_that_is_not_set_up_is_refused_with_the_choice() -> None:
    with pytest.raises(EngineRefused, match="scripted"):
        _draw({"talk.txt": TALK.encode()}, name="openai")


def test_an_unreadable_file_is_refused() -> None:
    with pytest.raises(SourceError):
        _draw({"talk.txt": b""})


def test_a_word_processor_file_is_read_apart_and_its_refusal_comes_back() -> None:
    work = PlainWork()
    with pytest.raises(SourceError):
        _draw({"talk.docx": b"PK\x03\x04 not really"}, work=work)
    assert work.apart_calls == 1


def test_a_stop_is_let_through() -> None:
    with pytest.raises(JobCancelled):
        _draw({"talk.txt": TALK.encode()}, work=PlainWork(stop_after=2, stop=JobCancelled()))


class Away(ScriptedEngine):
    """Keeps what it was given, as a service somewhere else could."""

    destination = "api.example.org"

    def extract(
        self,
        sources: Sequence[Source],
        work: Work,
        *,
        instructions: str = "",
        budget: Budget | None = None,
        thorough: bool = False,
    ) -> Journey:
        self.given = " ".join((instructions, *(source.model_dump_json() for source in sources)))
        return super().extract(sources, work, instructions=instructions)


def test_an_engine_elsewhere_sees_no_names_and_its_map_has_them() -> None:
    engine = Away()
    journey = _draw({"Ana.txt": (TALK + "Ana: I, Ana, wrote.\n").encode()}, engine=engine, instructions="It is Ana's.")
    assert "Ana" not in engine.given
    assert "It is Person_A's." in engine.given
    assert [step.title for step in journey.steps()][-1] == "I, Ana, wrote."
    assert journey.sources[0].name == "Ana.txt"


def test_a_cancel_stops_the_hiding_of_names_at_once() -> None:
    engine = Away()
    with pytest.raises(JobCancelled):
        _draw({"t.txt": TALK.encode()}, engine=engine, work=PlainWork(stop_after=3, stop=JobCancelled()))
    assert not hasattr(engine, "given")


@pytest.mark.parametrize(("engine", "wish"), [(Away(), False), (ScriptedEngine(), True)])
def test_the_words_stay_as_they_are_for_an_engine_on_this_machine_or_at_the_users_wish(
    engine: ScriptedEngine, wish: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "redact", None)
    journey = _draw({"talk.txt": TALK.encode()}, engine=engine, redact=wish)
    assert list(journey.steps())
