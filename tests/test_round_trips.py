"""Out and in again: JSON loses nothing, every other format only what it says beside its button."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journey import grounding
from journey.exports import FORMATS
from journey.exports.citations import lanes
from journey.imports import read_journey
from journey.model import (
    LANES,
    Actor,
    Emotion,
    Evidence,
    Item,
    Journey,
    Lane,
    Link,
    Note,
    Origin,
    Passage,
    Phase,
    Role,
    Run,
    Source,
    Step,
    Touchpoint,
)
from tests.journeys import full_journey
from tests.sample_journeys import hostile_journey, long_journey, rich_journey

characters = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp"])
words = st.text(characters, min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
letters = st.text("abcdefgh äöüжш漢字", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
few = st.integers(0, 2)


ItemKind = TypeVar("ItemKind", bound=Item)


class Drafting:
    """Draws a journey; every quote is cut out of one source, a turn for each."""

    def __init__(self, draw: st.DrawFn, texts: st.SearchStrategy[str]) -> None:
        self._draw, self._texts = draw, texts
        self._text, self._passages, self._items = "", list[Passage](), 0

    def journey(self) -> Journey:
        phases = tuple(self._phase(number) for number in range(1, self._draw(st.integers(1, 3)) + 1))
        ids = [step.id for phase in phases for step in phase.steps]
        return Journey(
            title=self._draw(self._texts),
            actor=Actor(name=self._draw(self._texts)),
            goal=self._draw(st.none() | self._texts),
            phases=phases,
            links=tuple(self._link(ids) for _ in range(self._draw(few))),
            sources=(self._source(),),
            run=Run(engine="local"),
        )

    def _phase(self, number: int) -> Phase:
        name = f"{self._draw(self._texts)} {'abc'[number - 1]}"
        steps = tuple(self._step() for _ in range(self._draw(st.integers(1, 3))))
        return Phase(id=f"f{number}", name=name, origin=Origin.USER, goal=None, steps=steps)

    def _step(self) -> Step:
        self._items += 1
        claimed = self._claim()
        return Step(
            id=f"p{self._items}",
            title=self._draw(self._texts),
            origin=claimed[0],
            evidence=claimed[1],
            kind=self._draw(st.sampled_from(["action", "start", "end", "decision"])),
            moment_of_truth=self._draw(st.booleans()),
            emotion=self._emotion() if self._draw(st.booleans()) else None,
            touchpoints=tuple(self._item(Touchpoint) for _ in range(self._draw(few))),
            pains=tuple(self._item(Item) for _ in range(self._draw(few))),
            opportunities=tuple(self._item(Item) for _ in range(self._draw(few))),
            notes=tuple(self._item(Note) for _ in range(self._draw(few))),
            lanes=(Lane(title="Backstage", items=(self._item(Item),)),) if self._draw(st.booleans()) else (),
        )

    def _item(self, kind: type[ItemKind]) -> ItemKind:
        self._items += 1
        origin, evidence = self._claim()
        return kind(id=f"i{self._items}", text=self._draw(self._texts), origin=origin, evidence=evidence)

    def _emotion(self) -> Emotion:
        origin, evidence = self._claim()
        score = self._draw(st.integers(-8, 8)) / 4
        return Emotion(score=score, label=self._draw(self._texts), origin=origin, evidence=evidence)

    def _claim(self) -> tuple[Origin, tuple[Evidence, ...]]:
        origin = self._draw(st.sampled_from(Origin))
        return origin, (self._quote(),) if origin is Origin.QUOTED else ()

    def _quote(self) -> Evidence:
        said, number, start = self._draw(self._texts), len(self._passages) + 1, len(self._text)
        self._text += f"{said}\n"
        passage = Passage(
            id=f"t{number}",
            start=start,
            end=start + len(said),
            speaker="Anna",
            role=Role.PARTICIPANT,
            time=float(number),
        )
        self._passages.append(passage)
        return Evidence(source="s1", passage=passage.id, start=start, end=start + len(said), quote=said)

    def _link(self, ids: list[str]) -> Link:
        ends = st.sampled_from(ids)
        kind = self._draw(st.sampled_from(["next", "branch", "loop"]))
        label = self._draw(st.none() | self._texts)
        return Link(before=self._draw(ends), after=self._draw(ends), kind=kind, label=label)

    def _source(self) -> Source:
        return Source(
            id="s1", kind="transcript", name="a.txt", sha256="0" * 64, text=self._text, passages=tuple(self._passages)
        )


@st.composite
def drafts(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> Journey:
    return Drafting(draw, texts).journey()


def quotes(evidence: tuple[Evidence, ...]) -> list[str]:
    return [quote.quote for quote in evidence]


def claims(journey: Journey) -> list[object]:
    """Everything that the tidy formats keep: claims with their lane, words, origin, channel and quotes."""
    return [
        (
            phase.name,
            step.title,
            step.kind,
            step.moment_of_truth,
            step.origin,
            quotes(step.evidence),
            step.emotion
            and (step.emotion.score, step.emotion.label, step.emotion.origin, quotes(step.emotion.evidence)),
            [
                (lane, item.text, item.origin, getattr(item, "channel", None), quotes(item.evidence))
                for lane, found in lanes(step)
                for item in found
            ],
        )
        for phase in journey.phases
        for step in phase.steps
    ]


def felt(emotion: Emotion) -> object:
    return (emotion.score, emotion.label, emotion.origin, quotes(emotion.evidence))


def shape(journey: Journey) -> list[object]:
    """Phases and steps alone."""
    return [(phase.name, [step.title for step in phase.steps]) for phase in journey.phases]


def lane_words(journey: Journey) -> list[object]:
    return [sorted((lane, item.text) for lane, found in lanes(step) for item in found) for step in journey.steps()]


def links(journey: Journey) -> list[object]:
    numbers = {step.id: number for number, step in enumerate(journey.steps())}
    return [(numbers[one.before], numbers[one.after], one.kind, one.label) for one in journey.links]


def rounded(journey: Journey) -> list[float | None]:
    return [math.floor(step.emotion.score + 0.5) if step.emotion else None for step in journey.steps()]


def again(journey: Journey, name: str) -> Journey:
    taken = read_journey("file", FORMATS[name].to_bytes(journey))
    assert grounding.verify(taken) == ()
    return taken


relaxed = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(journey=drafts(words))
@relaxed
def test_json_loses_nothing(journey: Journey) -> None:
    assert again(journey, "json") == journey


@given(journey=drafts(words))
@relaxed
def test_csv_keeps_every_claim_with_its_quotes(journey: Journey) -> None:
    assert claims(again(journey, "csv")) == claims(journey)


@given(journey=drafts(words))
@settings(relaxed, max_examples=12)
def test_a_workbook_keeps_links_title_actor_and_goal_too(journey: Journey) -> None:
    taken = again(journey, "xlsx")
    assert (claims(taken), links(taken)) == (claims(journey), links(journey))
    assert (taken.title, taken.actor, taken.goal) == (journey.title, journey.actor, journey.goal)


@given(journey=drafts(letters))
@relaxed
def test_the_matrix_keeps_the_words_of_every_lane_and_the_feelings(journey: Journey) -> None:
    taken = again(journey, "csv-matrix")
    assert (shape(taken), lane_words(taken)) == (shape(journey), lane_words(journey))
    assert [step.emotion and step.emotion.score for step in taken.steps()] == [
        step.emotion and step.emotion.score for step in journey.steps()
    ]


@given(journey=drafts(words))
@relaxed
def test_mermaid_keeps_phases_steps_and_rounded_scores(journey: Journey) -> None:
    taken = again(journey, "mermaid")
    assert (taken.title, shape(taken), rounded(taken)) == (journey.title, shape(journey), rounded(journey))


@given(journey=drafts(letters))
@relaxed
def test_cjml_keeps_the_words_of_every_lane_and_rounded_ratings(journey: Journey) -> None:
    taken = again(journey, "cjml")
    assert (taken.title, shape(taken), rounded(taken)) == (journey.title, shape(journey), rounded(journey))
    assert lane_words(taken) == lane_words(journey)


@pytest.mark.parametrize(
    "make", [full_journey, rich_journey, hostile_journey, long_journey], ids=["full", "rich", "hostile", "long"]
)
@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_journeys_as_they_are_drawn_come_back(make: Callable[[], Journey], name: str) -> None:
    taken = again(make(), name)
    assert [len(list(step.items())) for step in taken.steps()] == [len(list(step.items())) for step in make().steps()]
    assert _counted(taken) == _counted(make())


def _counted(journey: Journey) -> list[int]:
    return [sum(len(item.evidence) + len(item.counter) for _, item in step.items()) for step in journey.steps()]


def test_every_lane_of_the_model_has_a_way_back() -> None:
    step = next(full_journey().steps())
    every = {lane: (_of_lane(lane),) for lane in LANES}
    journey = full_journey().model_copy(
        update={"phases": (full_journey().phases[0].model_copy(update={"steps": (step.model_copy(update=every),)}),)}
    )
    (taken,) = again(journey, "csv").steps()
    assert [lane for lane, _ in taken.items()] == list(LANES)


def _of_lane(lane: str) -> Item:
    kinds: dict[str, type[Item]] = {"touchpoints": Touchpoint, "notes": Note}
    kind = kinds.get(lane, Item)
    return kind(id=f"x-{lane}", text=lane, origin=Origin.USER)
