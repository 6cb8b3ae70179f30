"""Rules of journey.engines.local.engine: what the embedded engine promises of every journey it draws."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from journey import grounding
from journey.engines.local import LocalEngine
from journey.engines.local.embeddings import MiniLm
from journey.errors import JobCancelled
from journey.model import Evidence, Journey, Origin, Outcome, Role, Source, Step
from tests.local_sources import BANK, CHAT, ROUTER, CountingWork, prose, transcript

VOICED = ("thoughts", "pains", "gains", "needs")


@pytest.fixture(scope="module")
def engine() -> LocalEngine:
    return LocalEngine()


@pytest.fixture(scope="module")
def router(engine: LocalEngine) -> Journey:
    return engine.extract([transcript(ROUTER)], CountingWork())


def lane(journey: Journey, name: str) -> list[str]:
    """Return the texts of one lane over all steps."""
    return [item.text for step in journey.steps() for kind, item in step.items() if kind == name]


def voices(step: Step) -> Iterator[Evidence]:
    """Yield the evidence of what only a participant may show."""
    for name, item in step.items():
        if name in VOICED:
            yield from item.evidence
    if step.emotion is not None:
        yield from step.emotion.evidence


def role_of(source: Source, evidence: Evidence) -> Role:
    return next(passage.role for passage in source.passages if passage.id == evidence.passage)


@pytest.mark.parametrize("text", [ROUTER, BANK, CHAT])
def test_every_quote_is_the_slice_its_offsets_name(engine: LocalEngine, text: str) -> None:
    journey = engine.extract([transcript(text)], CountingWork())
    assert journey.outcome is Outcome.COMPLETE
    assert grounding.verify(journey) == ()


@pytest.mark.parametrize("text", [ROUTER, BANK, CHAT])
def test_only_participants_feel_think_complain_and_need(engine: LocalEngine, text: str) -> None:
    source = transcript(text)
    journey = engine.extract([source], CountingWork())
    assert all(role_of(source, found) is Role.PARTICIPANT for step in journey.steps() for found in voices(step))
    every = [found for step in journey.steps() for _, item in step.items() for found in item.evidence]
    assert all(role_of(source, found) is not Role.INTERVIEWER for found in every)


def test_every_step_and_item_but_an_opportunity_is_quoted(router: Journey) -> None:
    assert all(step.origin is Origin.QUOTED and step.evidence for step in router.steps())
    origins = {(name, item.origin) for step in router.steps() for name, item in step.items()}
    assert {name for name, origin in origins if origin is Origin.INFERRED} <= {"opportunities"}


def test_a_short_interview_has_a_few_phases_with_short_names(router: Journey) -> None:
    assert 2 <= len(router.phases) <= 5
    assert all(2 <= len(phase.name.split()) <= 5 and phase.steps for phase in router.phases)
    assert len({phase.name for phase in router.phases}) == len(router.phases)


def test_what_the_participant_says_fills_the_lanes(router: Journey) -> None:
    assert "I couldn't find one anywhere" in lane(router, "pains")
    assert "That was easy" in lane(router, "gains")
    assert "I need a stable connection" in lane(router, "needs")
    assert "I thought it was the weather" in lane(router, "thoughts")
    channels = {touchpoint.channel for step in router.steps() for touchpoint in step.touchpoints}
    assert {"web", "phone", "e-mail", "app"} <= channels


def test_an_opportunity_is_built_on_a_pain_and_cites_it(router: Journey) -> None:
    found = [item for step in router.steps() for item in step.opportunities]
    quotes = {evidence.quote for step in router.steps() for pain in step.pains for evidence in pain.evidence}
    assert found
    assert all(item.text.startswith("How might we") and item.evidence[0].quote in quotes for item in found)


def test_what_is_asked_or_supposed_is_no_feeling(router: Journey) -> None:
    labels = {step.emotion.label for step in router.steps() if step.emotion}
    assert "frustrating" in labels
    assert "relieved" in labels
    assert not labels & {"angry", "upset", "furious"}


def test_a_text_in_which_nobody_speaks_has_no_feeling(engine: LocalEngine) -> None:
    text = (
        "The clerk receives the claim. The clerk checks the claim and finds terrible errors. The customer is informed. "
        "The customer is angry and sends a new form. Finally, the clerk pays the claim and files the form."
    )
    journey = engine.extract([prose(text)], CountingWork())
    assert all(step.emotion is None and not step.pains for step in journey.steps())
    assert 1 <= len(journey.phases) <= 3


def test_a_text_without_a_journey_keeps_its_sources_and_says_why(engine: LocalEngine) -> None:
    journey = engine.extract([prose("Lovely weather.")], CountingWork())
    assert journey.outcome is Outcome.NOT_ENOUGH
    assert journey.reason
    assert journey.phases == ()
    assert journey.sources


def test_no_sources_are_not_enough(engine: LocalEngine) -> None:
    empty = Source(id="s1", kind="transcript", name="x", sha256="0" * 64, text="")
    assert engine.extract([empty], CountingWork()).outcome is Outcome.NOT_ENOUGH


def test_without_the_weights_the_engine_works_and_says_so(tmp_path: Path) -> None:
    journey = LocalEngine(MiniLm(tmp_path / "absent.onnx")).extract([transcript(ROUTER)], CountingWork())
    assert grounding.verify(journey) == ()
    assert len(list(journey.steps())) > 5
    assert "I couldn't find one anywhere" in lane(journey, "pains")
    assert any("not installed" in warning for warning in journey.run.warnings)


def test_another_language_is_drawn_in_the_words_said_and_says_so(engine: LocalEngine) -> None:
    text = (
        "Interviewer: Wie haben Sie den Vertrag gekündigt?\n"
        "Anna: Zuerst habe ich die Hotline angerufen und lange gewartet. Das war sehr ärgerlich.\n"
        "Anna: Dann habe ich einen Brief geschrieben und ihn zur Post gebracht.\n"
        "Interviewer: Und was ist danach passiert?\n"
        "Anna: Nach zwei Wochen kam die Bestätigung. Ich habe das Geld auf mein Konto bekommen.\n"
    )
    journey = engine.extract([transcript(text, language="de")], CountingWork())
    assert grounding.verify(journey) == ()
    assert list(journey.steps())
    assert [step.emotion.label for step in journey.steps() if step.emotion] == ["ärgerlich"]
    assert "Das war sehr ärgerlich" in lane(journey, "pains")
    assert any("by frequent words only" in warning for warning in journey.run.warnings)


def test_the_instructed_actor_is_the_actor(engine: LocalEngine) -> None:
    journey = engine.extract([transcript(ROUTER)], CountingWork(), instructions="The actor is the home worker")
    assert journey.actor is not None
    assert journey.actor.name == "Home worker"


def test_an_ignored_subject_is_left_out_and_an_unread_wish_is_said(engine: LocalEngine) -> None:
    journey = engine.extract(
        [transcript(ROUTER)], CountingWork(), instructions="Ignore the technician. Write it as a poem."
    )
    assert not any("technician" in step.title.casefold() for step in journey.steps())
    assert any("Write it as a poem" in warning for warning in journey.run.warnings)


def test_several_participants_share_one_set_of_phases(engine: LocalEngine) -> None:
    sources = [transcript(ROUTER), transcript(BANK, source_id="s2")]
    journey = engine.extract(sources, CountingWork())
    assert grounding.verify(journey) == ()
    assert {found.source for step in journey.steps() for found in step.evidence} == {"s1", "s2"}
    assert len(journey.phases) <= 6
    order = {step.id: found.source for step in journey.steps() for found in step.evidence}
    assert journey.links
    assert all(order[link.before] == order[link.after] for link in journey.links)


def test_a_cancel_is_noticed(engine: LocalEngine) -> None:
    work = CountingWork()
    engine.extract([transcript(ROUTER)], work)
    for stop_at in range(1, work.checks + 1, 8):
        with pytest.raises(JobCancelled):
            engine.extract([transcript(ROUTER)], CountingWork(stop_at=stop_at))


def test_one_engine_serves_many_threads_with_the_same_answer(engine: LocalEngine, router: Journey) -> None:
    answers: list[Journey] = []
    threads = [
        threading.Thread(target=lambda: answers.append(engine.extract([transcript(ROUTER)], CountingWork())))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.phases for answer in answers] == [router.phases] * 3


def test_titles_are_shown_while_the_work_goes_on(engine: LocalEngine) -> None:
    work = CountingWork()
    journey = engine.extract([transcript(ROUTER)], work)
    assert {step.title for step in journey.steps()} == set(work.titles)


def test_the_run_names_engine_versions_and_time(router: Journey) -> None:
    assert router.run.engine == "local"
    assert "sentencex" in router.run.versions
    assert router.run.seconds > 0
