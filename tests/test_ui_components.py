"""The map and the evidence panel say what the journey says: shaped in Python, drawn by scripts that only write text."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from journey.model import Item, Journey, Lane, Link, Origin, Phase, Source, Step
from journey.ui import frontend, journey_map, language, picture_panel, transcript_panel
from journey.ui.cards import Card, MapView, Standing, StepColumn, Way, map_view
from journey.ui.lanes import CHANNEL_WORDS, LANE_NAMES
from journey.ui.quotes import LONGEST_BLOCK, MATCH_WORDS, QUIET, all_chosen, elements, speaker_tones, turns
from tests.sample_journeys import Draft, hostile_journey, long_journey, rich_journey, transcript

SCRIPTS = sorted(frontend.FOLDER.glob("*.js"))
WHOLE_SCRIPTS = {
    "map": ("elements.js", "messages.js", *journey_map.SCRIPTS),
    "comparison": ("elements.js", "messages.js", "comparison.js"),
    "quotes": ("elements.js", "messages.js", "choosing.js", "quote_list.js"),
    "transcript": ("elements.js", "messages.js", *transcript_panel.SCRIPTS),
    "viewer": ("elements.js", "messages.js", *picture_panel.SCRIPTS),
    "pixels": ("messages.js", "picture_pixels.js"),
    "flow": ("elements.js", "messages.js", "choosing.js", "flow_ways.js", "flow.js"),
    "framer": ("elements.js", "messages.js", "framer.js"),
    "arrivals": ("elements.js", "messages.js", "arrivals.js"),
    "pointer": ("messages.js", "pointer.js"),
    "language": ("messages.js", "language.js"),
}


@pytest.fixture(scope="module")
def journey() -> Journey:
    return rich_journey()


@pytest.fixture(scope="module")
def view(journey: Journey) -> MapView:
    return map_view(journey)


def column(view: MapView, step_id: str) -> StepColumn:
    return next(step for phase in view.phases for step in phase.steps if step.id == step_id)


def card(view: MapView, text: str) -> Card:
    steps = [step for phase in view.phases for step in phase.steps]
    return next(card for step in steps for cell in step.cells.values() for card in cell if card.text == text)


# What each card shows


def test_steps_are_numbered_through_all_phases(view: MapView) -> None:
    assert [[step.number for step in phase.steps] for phase in view.phases] == [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
        [10, 11],
        [12, 13, 14],
    ]


def test_a_standing_counts_quotes_and_the_people_who_said_them(view: MapView) -> None:
    assert column(view, "p1").standing == Standing("quoted", quotes=2, speakers=2)
    assert column(view, "p5").standing == Standing("quoted", quotes=2, speakers=1)


def test_a_standing_tells_inferred_by_hand_and_contradicted(view: MapView) -> None:
    assert column(view, "p7").standing == Standing("inferred")
    assert card(view, "Offer the form before the queue").standing == Standing("user")
    assert card(view, "The form loses everything when the upload fails").standing == Standing(
        "quoted", quotes=2, speakers=1, counter=1
    )


def test_only_words_that_were_said_may_wear_quotation_marks(view: MapView) -> None:
    assert card(view, "is this thing even safe to charge?").said
    assert not card(view, "Nobody official seems to answer there").said
    assert not card(view, "Strangers give contradictory advice").said


def test_a_touchpoint_shows_its_channel_as_a_sign_and_in_a_word_unless_it_says_it_already(view: MapView) -> None:
    forum = card(view, "Owners’ forum")
    assert (forum.sign, forum.channel) == ("social", "community")
    shop = card(view, "Shop’s phone")
    assert (shop.sign, shop.channel) == ("phone", "")


def test_a_step_tells_every_way_that_is_not_just_the_next_step(view: MapView) -> None:
    assert column(view, "p6").ways == (
        Way("branch", 8, "Books a repair slot at the corner shop", "accepted"),
        Way("branch", 7, "Asks the dealer to press the maker", "there is no answer for days"),
    )
    assert column(view, "p1").ways == ()


def test_a_plain_next_link_is_not_told_but_a_leap_is() -> None:
    steps = tuple(Step(id=name, title=name, origin=Origin.INFERRED) for name in "abc")
    links = (Link(before="a", after="b"), Link(before="a", after="c"), Link(before="a", after="gone"))
    drawn = map_view(journey_of(Phase(id="f", name="f", origin=Origin.INFERRED, steps=steps), links=links))
    assert [way.number for way in column(drawn, "a").ways] == [3]


def test_a_feeling_is_shown_only_where_one_was_voiced(view: MapView) -> None:
    felt = column(view, "p5").feeling
    assert felt is not None
    assert (felt.id, felt.words) == ("emotion:p5", "very bad")
    assert column(view, "p2").feeling is None


def test_lanes_come_in_the_order_of_the_map_and_empty_ones_are_named_as_missing(view: MapView) -> None:
    assert [lane.key for lane in view.lanes] == [lane.key for lane in LANE_NAMES] + ["extra:Backstage"]
    bare = map_view(long_journey(steps=8))
    assert [lane.key for lane in bare.lanes] == ["actions", "emotion", "pains", "needs"]
    assert bare.missing == ("Touchpoints", "Thoughts", "Gains", "Opportunities")


def test_extra_lanes_of_one_title_are_one_lane_even_beside_a_usual_one() -> None:
    lanes = tuple(Lane(title="pains", items=(Item(id=name, text=name, origin=Origin.INFERRED),)) for name in ("x", "y"))
    step = Step(id="a", title="a", origin=Origin.INFERRED, lanes=lanes)
    drawn = map_view(journey_of(Phase(id="f", name="f", origin=Origin.INFERRED, steps=(step,))))
    assert [(lane.key, lane.title) for lane in drawn.lanes] == [("extra:pains", "pains")]
    assert [one.id for one in column(drawn, "a").cells["extra:pains"]] == ["x", "y"]


def test_a_phase_without_steps_is_on_the_map_to_be_filled() -> None:
    assert [phase.id for phase in map_view(journey_of(Phase(id="f", name="f", origin=Origin.INFERRED))).phases] == ["f"]


def test_the_lanes_of_a_service_blueprint_come_in_its_order_with_its_lines() -> None:
    titles = ("KPI", "Support processes", "Backstage", "Front-stage")
    lanes = tuple(Lane(title=name, items=(Item(id=name, text=name, origin=Origin.INFERRED),)) for name in titles)
    step = Step(id="a", title="a", origin=Origin.INFERRED, lanes=lanes)
    drawn = map_view(journey_of(Phase(id="f", name="f", origin=Origin.INFERRED, steps=(step,))))
    assert [(lane.title, lane.line) for lane in drawn.lanes] == [
        ("Front-stage", "Line of interaction"),
        ("Backstage", "Line of visibility"),
        ("Support processes", "Line of internal interaction"),
        ("KPI", ""),
    ]


def test_a_card_names_those_whose_words_it_rests_on_and_a_feeling_its_words(view: MapView) -> None:
    assert view.people == ("Maya", "Олена Коваль")
    assert column(view, "p1").who == ("Maya", "Олена Коваль")
    felt = column(view, "p12").feeling
    assert felt is not None
    assert (felt.quote, felt.who) == ("I grinned all the way home 😀", ("Maya",))


@pytest.mark.parametrize("drawn", [rich_journey(), hostile_journey(), long_journey(steps=8)])
def test_everything_on_the_map_can_be_chosen_and_has_its_evidence_shown(drawn: Journey) -> None:
    phases = {phase.id for phase in drawn.phases}  # they rest on their steps
    found = all_chosen(drawn)
    assert elements(drawn) == found.keys() | phases
    assert all(chosen.quotes or chosen.origin != "quoted" for chosen in found.values())


def test_the_map_speaks_its_readers_language_and_leaves_the_sources_words_alone(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "language", lambda: "de")
    drawn, chosen = map_view(journey), all_chosen(journey)["p5"]
    assert [lane.title for lane in drawn.lanes][2:6] == ["Gedanken", "Emotion", "Pain Points", "Gains"]
    felt = column(drawn, "p12").feeling
    assert felt is not None
    assert (felt.words, felt.label) == ("sehr gut", "delighted")
    assert (chosen.place, chosen.heading) == ("Schritt 5", "Fills in the claim form")


# What the evidence panel shows


def test_a_quote_is_shown_with_speaker_time_and_source(journey: Journey) -> None:
    chosen = all_chosen(journey)["p5"]
    assert (chosen.place, chosen.heading) == ("Step 5", "Fills in the claim form")
    first = chosen.quotes[0]
    assert (first.text, first.speaker, first.time, first.source_name) == (
        "the upload failed three times",
        "Maya",
        "1:55",
        "maya.vtt",
    )


def test_quotes_against_a_claim_come_last_and_say_so(journey: Journey, view: MapView) -> None:
    chosen = all_chosen(journey)[card(view, "The form loses everything when the upload fails").id]
    assert [quote.against for quote in chosen.quotes] == [False, False, True]


def test_a_feeling_is_headed_in_words_with_its_other_readings(journey: Journey) -> None:
    chosen = all_chosen(journey)["emotion:p4"]
    assert chosen.heading == "impatient: bad, -0.5 of ±2, also read as grateful (words)"
    assert chosen.place == "Step 4 · Emotion"


def test_a_quote_that_is_not_exact_says_how_it_was_found(journey: Journey) -> None:
    step = next(journey.steps())
    loose = step.model_copy(update={"evidence": (step.evidence[0].model_copy(update={"match": "near"}),)})
    phase = journey.phases[0].model_copy(update={"steps": (loose,)})
    chosen = all_chosen(journey.model_copy(update={"phases": (phase,)}))["p1"]
    assert chosen.quotes[0].match == MATCH_WORDS["near"]


def test_participants_are_told_apart_across_sources_and_an_interviewer_is_quiet(journey: Journey) -> None:
    tones = speaker_tones(journey.sources)
    assert tones["Interviewer"] == tones["Інтерв’юер"] == QUIET
    assert len({tones["Maya"], tones["Олена Коваль"], QUIET}) == 3


@pytest.mark.parametrize("drawn", [rich_journey(), hostile_journey()])
def test_a_turn_is_the_slice_of_the_source_from_its_start(drawn: Journey) -> None:
    for source in drawn.sources:
        for turn in turns(source, tones={}):
            assert source.text[turn.start : turn.start + len(turn.text)] == turn.text


def test_a_turn_that_never_ends_is_cut_at_spaces_without_losing_a_word() -> None:
    words = "naïve 😀 word " * 2_000
    source = transcript([("Ada", 5, words)])
    blocks = turns(source, tones={})
    assert "".join(block.text for block in blocks) == words
    assert all(len(block.text) <= LONGEST_BLOCK for block in blocks)
    assert [block.speaker for block in blocks] == ["Ada"] + [""] * (len(blocks) - 1)
    assert all(before.start + len(before.text) == after.start for before, after in pairwise(blocks))


def test_a_source_without_passages_is_shown_as_one_text() -> None:
    source = Source(id="s", kind="transcript", name="plain.txt", sha256="0", text="Just text.")
    assert [turn.text for turn in turns(source, tones={})] == ["Just text."]


# What the scripts may do


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_writes_text_only_and_asks_nobody(script: Path) -> None:
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\bfetch\b|XMLHttp|import\("
    )
    assert re.findall(forbidden, script.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("style", sorted(frontend.FOLDER.glob("*.css")), ids=lambda style: style.name)
def test_a_style_sheet_loads_nothing(style: Path) -> None:
    assert re.findall(r"@import|url\((?!\"#)", style.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", WHOLE_SCRIPTS)
def test_a_component_is_a_valid_module(name: str, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    module = tmp_path / f"{name}.mjs"
    module.write_text(frontend.load(*WHOLE_SCRIPTS[name]), encoding="utf-8")
    checked = subprocess.run([node, "--check", module], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_every_script_is_part_of_a_component() -> None:
    assert {script.name for script in SCRIPTS} == {name for names in WHOLE_SCRIPTS.values() for name in names}


@pytest.mark.parametrize("name", [*CHANNEL_WORDS, *(lane.key for lane in LANE_NAMES), "other", "warning", "info"])
def test_every_channel_lane_and_note_has_a_picture(name: str) -> None:
    assert re.search(rf"^  {name}: \"", frontend.load("elements.js"), re.MULTILINE)


def journey_of(*phases: Phase, links: tuple[Link, ...] = ()) -> Journey:
    """Build a journey of these phases over one short transcript."""
    sources = Draft(transcript([("Ada", None, "Hello.")])).sources
    return rich_journey().model_copy(update={"phases": phases, "links": links, "sources": sources})
