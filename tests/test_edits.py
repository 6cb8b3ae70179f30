"""Edits as values: every one can be undone exactly, keeps a sound map sound, and never touches a quote."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import pairwise
from random import Random
from typing import Literal, TypeVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from journey.edits import (
    EXTRA,
    AddItem,
    AddLink,
    AddPhase,
    AddStep,
    ClearEmotion,
    DeleteItem,
    DeleteLink,
    DeletePhase,
    DeleteStep,
    Edit,
    LinkName,
    MergeItems,
    MergePhases,
    MergeSteps,
    MoveItem,
    MovePhase,
    MoveStep,
    PutBack,
    SetChannel,
    SetEmotion,
    SetLink,
    SetText,
    Slice,
    SplitItem,
    SplitPhase,
    SplitStep,
    apply,
    compare,
    fresh_id,
    invert,
    placed_items,
)
from journey.errors import EditRefused
from journey.grounding import verify
from journey.model import (
    LANES,
    Emotion,
    Evidence,
    Item,
    Journey,
    Lane,
    Link,
    Note,
    Origin,
    Phase,
    Role,
    Run,
    Step,
    Touchpoint,
)
from tests.journeys import full_journey, transcript

EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)

TURNS = (
    ("Ada", Role.PARTICIPANT, 0.0, "I looked for a room on the website. It took ages, I was furious."),
    ("Interviewer", Role.INTERVIEWER, 5.0, "And then?"),
    ("Ada", Role.PARTICIPANT, 9.0, "Then I called the hotel, and the man on the phone was lovely 😀."),
    ("Clerk", Role.OTHER, 15.0, "Please hold the line, your call matters to us."),
    ("Ada", Role.PARTICIPANT, 20.0, "In the end I slept near the sea."),
)
SOURCES = (transcript(TURNS), transcript(TURNS[2:], source_id="s2", name="b.vtt"))
OWN_LANES = ("Backstage", "pains", "Systems")
SCORES = (-2.0, -0.5, 0.0, 1.5)

T = TypeVar("T")


class Dice:
    """Sound journeys of every shape (empty phases, loops, twin lanes, several sources) and edits of them, by a seed.

    Drawn by a seed and not by strategies, which take a second for a journey of this depth.
    """

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._last = 0

    def journey(self) -> Journey:
        phases = [
            Phase(id=f"f{number}", name=self.words(), origin=Origin.INFERRED, steps=self.some(self.step, 4))
            for number in range(self.upto(3))
        ]
        known = [step.id for phase in phases for step in phase.steps]
        return Journey(
            title=self.words(),
            scenario=self.one_of(None, self.words()),
            expectations=self.some(lambda: self.item("needs"), 2),
            phases=tuple(phases),
            links=self.some(lambda: self.link(known), 4) if known else (),
            sources=SOURCES,
            run=Run(engine="test"),
        )

    def edit(self, journey: Journey) -> Edit:
        """Make any edit, mostly of things that are there."""
        phase = self.one_of(*(phase.id for phase in journey.phases), "gone")
        step = self.one_of(*(step.id for step in journey.steps()), *(() if any(journey.steps()) else ("gone",)))
        cards = {step.id: tuple(item.id for _, item in step.items()) for step in journey.steps()}
        item = self.one_of(*(one.id for one in journey.expectations), *sum(cards.values(), ()), "gone")
        pair = self.one_of(*(pair for one in journey.phases for pair in pairwise(one.steps)), None)
        lane, at, text = (
            self.one_of(*LANES, *(EXTRA + title for title in OWN_LANES)),
            self.one_of(None, 0, 1, 4),
            self.words(),
        )
        heads: tuple[Literal["title", "actor", "scenario", "goal"], ...] = ("title", "actor", "scenario", "goal")
        choices: tuple[Edit, ...] = (
            SetText(part=self.one_of(*heads), text=self.one_of(text, text, "")),
            SetText(part="phase", id=phase, text=text),
            SetText(part="step", id=step, text=text),
            SetText(part="item", id=item, text=text),
            SetEmotion(step=step, score=self.one_of(*SCORES), label=text),
            ClearEmotion(step=step),
            SetChannel(item=item, channel=self.one_of(None, text)),
            AddPhase(name=text, at=at),
            DeletePhase(phase=phase),
            MovePhase(phase=phase, at=at),
            AddStep(phase=phase, title=text, at=at),
            DeleteStep(step=step),
            MoveStep(step=step, phase=phase, at=at),
            AddItem(step=step, lane=lane, text=text, at=at, slices=self.some(lambda: self.slice(others=True), 2)),
            DeleteItem(item=item),
            MoveItem(item=item, step=step, lane=lane, at=at),
            MergeSteps(first=pair[0].id if pair else "gone", second=pair[1].id if pair else "gone"),
            SplitStep(
                step=step,
                title=text,
                items=tuple(one for one in cards.get(step, ()) if self.one_of(True, False)),
                takes_emotion=self.one_of(True, False),
            ),
            *self.divisions(journey, item=item, step=step, text=text),
        )
        return self.one_of(*choices)

    def divisions(self, journey: Journey, *, item: str, step: str, text: str) -> tuple[Edit, ...]:
        """Edits of links, and of phases and cards that become one or two."""
        link = LinkName.of(self.one_of(*journey.links)) if journey.links else LinkName(before="gone", after=step)
        way: Literal["branch", "loop"] = self.one_of("branch", "loop")
        phases = self.one_of(*pairwise([phase.id for phase in journey.phases]), ("gone", "gone"))
        return (
            AddLink(before=step, after=link.after, way=way, label=text),
            SetLink(link=link, way=way, label=self.one_of(None, text)),
            DeleteLink(link=link),
            MergePhases(first=phases[0], second=phases[1]),
            SplitPhase(step=step, name=text),
            SplitItem(item=item, text=text, rest="rest"),
            MergeItems(first=item, second=self.one_of(*(one.item.id for one in placed_items(journey)), "gone")),
        )

    def accepted(self, journey: Journey) -> tuple[Edit, Journey]:
        """Make an edit that is not refused, and what comes of it."""
        while True:
            edit = self.edit(journey)
            with suppress(EditRefused):
                return edit, apply(journey, edit)

    def step(self) -> Step:
        evidence = self.quotes(others=True)
        lanes = {lane: self.some(partial(self.item, lane), 2) for lane in LANES if self.one_of(True, False)}
        own = self.some(lambda: self.one_of(*OWN_LANES), 3)
        return Step.model_validate(
            {
                "id": self.new_id("p"),
                "title": self.words(),
                "kind": self.one_of("action", "start", "end", "decision"),
                "origin": self.one_of(Origin.QUOTED, Origin.USER) if evidence else self.origin(evidence),
                "evidence": evidence,
                "emotion": self.one_of(None, self.feeling()),
                "moment_of_truth": self.one_of(True, False),
                "lanes": [Lane(title=title, items=self.some(partial(self.item, title), 2)) for title in own],
                **lanes,
            }
        )

    def item(self, lane: str) -> Item:
        evidence = self.quotes(others=lane in {"actions", "touchpoints"})
        text, new_id, origin = self.words(), self.new_id("i"), self.origin(evidence)
        if lane == "touchpoints":
            channel = self.one_of(None, "web", "phone")
            return Touchpoint(id=new_id, text=text, origin=origin, evidence=evidence, channel=channel)
        if lane == "notes":
            return Note(id=new_id, text=text, origin=origin, evidence=evidence, kind="warning")
        return Item(id=new_id, text=text, origin=origin, evidence=evidence, counter=self.quotes())

    def feeling(self) -> Emotion:
        evidence = self.quotes()
        return Emotion(score=self.one_of(*SCORES), label=self.words(), origin=self.origin(evidence), evidence=evidence)

    def link(self, steps: list[str]) -> Link:
        kinds: tuple[Literal["next", "branch", "loop"], ...] = ("next", "branch", "loop")
        label = self.one_of(None, self.words())
        return Link(before=self.one_of(*steps), after=self.one_of(*steps), kind=self.one_of(*kinds), label=label)

    def slice(self, *, others: bool = False) -> Slice:
        """Any words of a passage that may be quoted."""
        source = self.one_of(*SOURCES)
        roles = {Role.PARTICIPANT, Role.OTHER} if others else {Role.PARTICIPANT}
        passage = self.one_of(*(one for one in source.passages if one.role in roles))
        start = self._random.randint(passage.start, passage.end - 4)
        end = self._random.randint(start + 3, passage.end)
        return Slice(source=source.id, passage=passage.id, start=start, end=end)

    def quotes(self, *, others: bool = False) -> tuple[Evidence, ...]:
        cut = sorted(self.some(lambda: self.slice(others=others), 3), key=lambda one: one.start)
        texts = {source.id: source.text for source in SOURCES}
        return tuple(Evidence(**one.model_dump(), quote=texts[one.source][one.start : one.end]) for one in cut)

    def origin(self, evidence: tuple[Evidence, ...]) -> Origin:
        return self.one_of(*Origin) if evidence else self.one_of(Origin.INFERRED, Origin.USER)

    def words(self) -> str:
        return "".join(self._random.choices("abc Ωя旅😀<*", k=self._random.randint(1, 6))).strip() or "a b"

    def new_id(self, prefix: str) -> str:
        """Name as engines do, now and then in the form that `fresh_id` gives."""
        self._last += 1
        return f"{'u' if self._last % 5 == 0 else prefix}{self._last}"

    def one_of(self, *choices: T) -> T:
        return self._random.choice(choices)

    def upto(self, most: int) -> int:
        return self._random.randint(0, most)

    def some(self, make: Callable[[], T], most: int) -> tuple[T, ...]:
        return tuple(make() for _ in range(self.upto(most)))


dice = st.integers(0, 2**32).map(Dice)
often = settings(max_examples=200, deadline=None)


@often
@given(dice)
def test_every_edit_is_undone_exactly_and_redone_exactly(dice: Dice) -> None:
    journey = dice.journey()
    edit, after = dice.accepted(journey)
    back = invert(journey, edit)
    assert apply(after, back) == journey
    assert apply(apply(after, back), edit) == after
    assert apply(journey, invert(after, back)) == after, "an undo is an edit like any other"


@often
@given(dice)
@example(Dice(822))  # a card becomes one with another whose quote begins before its own
def test_a_sound_map_stays_sound_and_its_quotes_stay_as_they_were_said(dice: Dice) -> None:
    journey = dice.journey()
    assert verify(journey) == ()
    for _ in range(3):
        _, journey = dice.accepted(journey)
        assert verify(journey) == ()
        assert Journey.model_validate_json(journey.model_dump_json()) == journey, "edits build what records allow"
        assert journey.sources == SOURCES


@often
@given(dice)
def test_any_number_of_edits_is_undone_one_by_one(dice: Dice) -> None:
    states, backs = [dice.journey()], []
    for _ in range(6):
        edit, after = dice.accepted(states[-1])
        backs.append(invert(states[-1], edit))
        states.append(after)
    journey = states.pop()
    while backs:
        journey = apply(journey, backs.pop())
        assert journey == states.pop()


@often
@given(dice)
def test_an_edit_its_undo_and_its_sentence_survive_json(dice: Dice) -> None:
    journey = dice.journey()
    edit, _ = dice.accepted(journey)
    assert EDIT.validate_json(EDIT.dump_json(edit)) == edit
    back = invert(journey, edit)
    assert EDIT.validate_json(EDIT.dump_json(back)) == back
    assert edit.describe(journey)


@often
@given(dice)
def test_a_comparison_tells_whatever_was_added_or_deleted(dice: Dice) -> None:
    journey = dice.journey()
    assert compare(journey, journey) == ()
    edit, after = dice.accepted(journey)
    told = {change.what for change in compare(journey, after)}
    if edit.kind.startswith("add"):
        assert told == {"added"}
    if edit.kind.startswith("delete"):
        assert told == {"removed"}


def item_of(journey: Journey, item_id: str) -> Item:
    return next(item for step in journey.steps() for _, item in step.items() if item.id == item_id)


def step_of(journey: Journey, step_id: str) -> Step:
    return next(step for step in journey.steps() if step.id == step_id)


def test_changed_words_are_the_users_and_the_quote_stays_beside_them_as_it_was_said() -> None:
    journey = full_journey()
    after = apply(journey, SetText(part="item", id="i2", text="  Searching takes\n an hour "))
    assert item_of(after, "i2").text == "Searching takes an hour"
    assert item_of(after, "i2").origin is Origin.USER
    assert item_of(after, "i2").evidence == item_of(journey, "i2").evidence
    step = step_of(apply(journey, SetText(part="step", id="p1", text="Search")), "p1")
    assert (step.origin, step.evidence) == (Origin.USER, step_of(journey, "p1").evidence)
    assert apply(journey, SetText(part="phase", id="f1", text="Looking")).phases[0].origin is Origin.USER


def test_the_same_words_again_change_nothing() -> None:
    journey = full_journey()
    same: list[Edit] = [
        SetText(part="item", id="i2", text="Searching is slow"),
        SetText(part="step", id="p1", text="Look for a room "),
        SetText(part="phase", id="f1", text="Search"),
        SetText(part="actor", text="Anna"),
        SetEmotion(step="p1", score=-1.5, label="furious"),
        SetChannel(item="i1", channel="web"),
        ClearEmotion(step="p2"),
    ]
    for edit in same:
        assert apply(journey, edit) == journey


def test_texts_of_the_journey_are_set_and_all_but_the_title_may_be_taken_away() -> None:
    journey = full_journey()
    assert apply(journey, SetText(part="goal", text="Sleep well")).goal == "Sleep well"
    assert apply(journey, SetText(part="goal", text=" ")).goal is None
    assert apply(journey, SetText(part="actor", text="")).actor is None
    renamed = apply(journey, SetText(part="actor", text="Ann")).actor
    assert renamed is not None
    assert (renamed.name, renamed.role) == ("Ann", "guest")


@pytest.mark.parametrize("part", ["title", "phase", "step", "item"])
def test_what_needs_words_cannot_be_blank(part: str) -> None:
    ids = {"title": "", "phase": "f1", "step": "p1", "item": "i1"}
    with pytest.raises(EditRefused, match="type some"):
        apply(full_journey(), EDIT.validate_python({"kind": "set_text", "part": part, "id": ids[part], "text": " \n"}))


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (SetText(part="item", id="x", text="t"), "card"),
        (SetText(part="step", id="x", text="t"), "step"),
        (SetText(part="phase", id="x", text="t"), "phase"),
        (DeleteItem(item="x"), "card"),
        (MoveStep(step="p1", phase="x"), "phase"),
        (MoveItem(item="i2", step="x", lane="pains"), "step"),
        (PutBack(order=("x",)), "put back"),
    ],
)
def test_an_edit_of_what_is_gone_is_refused_in_words(edit: Edit, what: str) -> None:
    with pytest.raises(EditRefused, match=what):
        apply(full_journey(), edit)


def test_a_feeling_set_by_the_user_is_theirs_and_keeps_the_quote_it_was_read_from() -> None:
    journey = full_journey()
    before, after = (
        step_of(journey, "p1").emotion,
        step_of(apply(journey, SetEmotion(step="p1", score=-2, label="mad")), "p1").emotion,
    )
    assert before is not None
    assert after is not None
    assert (after.score, after.label, after.origin, after.evidence) == (-2, "mad", Origin.USER, before.evidence)
    assert step_of(apply(journey, ClearEmotion(step="p1")), "p1").emotion is None


def test_only_a_touchpoint_has_a_channel() -> None:
    changed = item_of(apply(full_journey(), SetChannel(item="i1", channel=" phone ")), "i1")
    assert isinstance(changed, Touchpoint)
    assert (changed.channel, changed.origin) == ("phone", Origin.USER)
    with pytest.raises(EditRefused, match="touchpoint"):
        apply(full_journey(), SetChannel(item="i2", channel="phone"))


def test_a_card_made_of_nothing_but_selected_words_is_quoted_and_any_other_is_the_users_based_on_them() -> None:
    journey = full_journey()
    passage = journey.sources[0].passages[3]
    piece = Slice(source="s1", passage=passage.id, start=passage.start, end=passage.end)
    said = apply(journey, AddItem(step="p1", lane="thoughts", text="My cat is called Otto.", slices=(piece,)))
    assert step_of(said, "p1").thoughts[0].origin is Origin.QUOTED
    own = step_of(apply(journey, AddItem(step="p1", lane="needs", text="A cat", slices=(piece,))), "p1").needs[0]
    assert (own.origin, own.evidence[0].quote) == (Origin.USER, "My cat is called Otto.")
    bare = step_of(apply(journey, AddItem(step="p1", lane="needs", text="A cat")), "p1").needs[0]
    assert (bare.origin, bare.evidence) == (Origin.USER, ())


def test_the_interviewer_supports_nothing_and_an_agent_no_feeling() -> None:
    journey = full_journey().model_copy(update={"sources": SOURCES, "phases": (), "links": (), "expectations": ()})
    journey = apply(apply(journey, AddPhase(name="One")), AddStep(phase="u1", title="Call"))
    asked, hold = SOURCES[0].passages[1], SOURCES[0].passages[3]

    def add(passage_id: str, start: int, end: int, lane: str) -> AddItem:
        piece = Slice(source="s1", passage=passage_id, start=start, end=end)
        return AddItem(step="u2", lane=lane, text="x", slices=(piece,))

    with pytest.raises(EditRefused, match="interviewer"):
        apply(journey, add("t2", asked.start, asked.end, "actions"))
    with pytest.raises(EditRefused, match="not said by the customer"):
        apply(journey, add("t4", hold.start, hold.end, "pains"))
    with pytest.raises(EditRefused, match="do not stand"):
        apply(journey, add("t4", hold.start, hold.end + 1, "actions"))
    shown = apply(journey, add("t4", hold.start, hold.end, "actions"))
    with pytest.raises(EditRefused, match="not said by the customer"):
        apply(shown, MoveItem(item="u3", step="u2", lane="pains"))


def test_a_card_moved_out_of_the_touchpoints_leaves_its_channel_and_own_lanes_are_made_when_needed() -> None:
    moved = apply(full_journey(), MoveItem(item="i1", step="p3", lane=f"{EXTRA}Systems"))
    assert step_of(moved, "p1").touchpoints == ()
    lane = step_of(moved, "p3").lanes[0]
    assert (lane.title, lane.items[0].text, type(lane.items[0])) == ("Systems", "The website", Item)
    back = apply(moved, MoveItem(item="i1", step="p1", lane="touchpoints"))
    assert step_of(back, "p1").touchpoints[0].channel is None
    with pytest.raises(EditRefused, match="no such lane"):
        apply(full_journey(), MoveItem(item="i1", step="p1", lane="feelings"))


def test_a_deleted_step_takes_its_links_along() -> None:
    after = apply(full_journey(), DeleteStep(step="p2"))
    assert after.links == ()
    assert [step.id for step in after.steps()] == ["p1", "p3"]
    assert apply(full_journey(), DeletePhase(phase="f1")).links == full_journey().links[2:]


def test_a_moved_step_keeps_its_links_and_lands_where_it_was_put() -> None:
    after = apply(full_journey(), MoveStep(step="p3", phase="f1", at=0))
    assert [[step.id for step in phase.steps] for phase in after.phases] == [["p3", "p1"], ["p2"]]
    assert after.links == full_journey().links
    assert [phase.id for phase in apply(full_journey(), MovePhase(phase="f1")).phases] == ["f2", "f1"]


def test_merged_steps_hold_the_cards_quotes_and_links_of_both() -> None:
    journey = full_journey()
    after = apply(journey, MergeSteps(first="p2", second="p3"))
    merged = step_of(after, "p2")
    assert merged.title == "Call the hotel"
    assert merged.origin is Origin.USER
    assert merged.gains == step_of(journey, "p2").gains
    assert [(link.before, link.after) for link in after.links] == [("p1", "p2"), ("p2", "p1")]
    with pytest.raises(EditRefused, match="neighbours"):
        apply(journey, MergeSteps(first="p1", second="p2"))


def test_of_two_feelings_the_stronger_stays_and_the_other_is_another_reading() -> None:
    journey = apply(full_journey(), SetEmotion(step="p2", score=1, label="glad"))
    journey = apply(journey, SetEmotion(step="p3", score=-2, label="desperate"))
    feeling = step_of(apply(journey, MergeSteps(first="p2", second="p3")), "p2").emotion
    assert feeling is not None
    assert (feeling.label, [other.label for other in feeling.other_readings]) == ("desperate", ["glad"])


def test_a_split_leaves_the_way_in_at_the_first_and_the_way_on_at_the_second() -> None:
    after = apply(full_journey(), SplitStep(step="p2", title="Talk to him", items=("i5",)))
    assert [step.id for step in after.phases[1].steps] == ["p2", "u1", "p3"]
    assert step_of(after, "p2").gains == ()
    assert (step_of(after, "u1").gains[0].id, step_of(after, "u1").kind) == ("i5", "decision")
    assert [(link.before, link.after) for link in after.links] == [("p1", "p2"), ("u1", "p1"), ("u1", "p3")]
    with pytest.raises(EditRefused, match="do not belong"):
        apply(full_journey(), SplitStep(step="p2", title="x", items=("i2",)))


@given(dice)
def test_a_new_id_is_nobodys(dice: Dice) -> None:
    journey = dice.journey()
    new = fresh_id(journey)
    assert new not in {phase.id for phase in journey.phases} | {step.id for step in journey.steps()}
    assert new not in {item.id for step in journey.steps() for _, item in step.items()}


def test_a_comparison_reads_like_a_list_of_what_was_done() -> None:
    before = full_journey()
    after = apply(before, SetText(part="item", id="i2", text="Searching takes an hour"))
    after = apply(after, DeleteItem(item="i4"))
    after = apply(after, AddStep(phase="f1", title="Give up"))
    after = apply(after, MoveItem(item="i3", step="p3", lane="opportunities"))
    assert [str(change) for change in compare(before, after)] == [
        "Removed the card “Seen twice”",
        "Added the step “Give up”",
        "Changed the card “Searching is slow” to “Searching takes an hour”",
        "Moved the card “A faster search”",
    ]


def test_of_a_row_in_another_order_only_what_was_moved_is_told() -> None:
    journey = full_journey()
    for title in ("a", "b", "c", "d"):
        journey = apply(journey, AddStep(phase="f1", title=title))
    after = apply(journey, MoveStep(step="p1", phase="f1"))
    assert [str(change) for change in compare(journey, after)] == ["Moved the step “Look for a room”"]
