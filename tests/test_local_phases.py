"""Rules of the phases of the local engine: where they begin, what they are called, which steps they hold."""

from __future__ import annotations

import time

import numpy as np
import pytest

from journey.engines.local.arrangement import find_stretches, nearest_step, phases_of_steps
from journey.engines.local.embeddings import MiniLm, Mixed, Terms
from journey.engines.local.names import name_phases
from journey.engines.local.phases import cut, find_blocks, wanted_phases
from journey.engines.local.plain_names import name_plainly
from journey.engines.local.sentences import Sentence, split
from journey.engines.local.steps import FoundStep
from tests.local_sources import CountingWork, prose, transcript

COOKING = "The soup needs onions and salt. Chop the carrots into the pot. The broth boils slowly on the stove."
TRAINS = (
    "The train left the platform late. The conductor checked my ticket. The carriage was crowded until the station."
)
MONEY = "The bank charged a fee on my account. The loan has a high interest rate. I moved my savings to a credit union."


def step_at(sentence: int, sentences: list[Sentence]) -> FoundStep:
    one = sentences[sentence]
    return FoundStep(
        title=one.text,
        kind="action",
        sentence=sentence,
        start=one.start,
        end=one.end,
        role=None,
        rank=0.0,
        condition=None,
    )


@pytest.fixture(scope="module")
def embedder() -> Mixed:
    return Mixed(MiniLm())


def test_a_new_subject_begins_a_new_segment(embedder: Mixed) -> None:
    sentences = split([prose(f"{COOKING} {TRAINS} {MONEY}")])
    blocks = find_blocks(sentences)
    rows = embedder.embed([sentences[block.first].text for block in blocks], CountingWork())
    starts = cut(blocks, rows, count=3, work=CountingWork())
    assert [blocks[start].first for start in starts] == [0, 3, 6]


def test_a_question_that_opens_a_subject_draws_the_cut_to_itself() -> None:
    same = "I did it and it went on as before, you see. " * 4
    ask = "Interviewer: Let's talk about how you paid for the whole thing?"
    text = f"Ana: {same}\nAna: {same}\n{ask}\nAna: {same}\nAna: {same}"
    sentences = split([transcript(text)])
    blocks = find_blocks(sentences)
    starts = cut(blocks, np.ones((len(blocks), 4), dtype=np.float32), count=2, work=CountingWork())
    assert sentences[blocks[starts[1]].first].text.startswith("Let's talk")


def test_blocks_stay_few_in_a_very_long_text() -> None:
    sentences = split([transcript("\n".join(["Ana: I went there and told them what I wanted."] * 5000))])
    assert len(find_blocks(sentences)) < 500


def test_long_texts_are_cut_in_bounded_time() -> None:
    sentences = split([transcript("\n".join(["Ana: I went there and told them what I wanted."] * 5000))])
    blocks = find_blocks(sentences)
    rows = np.random.default_rng(1).normal(size=(len(blocks), 384)).astype(np.float32)
    began = time.monotonic()
    assert len(cut(blocks, rows, count=12, work=CountingWork())) == 12
    assert time.monotonic() - began < 20


def test_longer_texts_have_more_phases_but_not_many_more() -> None:
    counts = [wanted_phases(words, 10) for words in (100, 1_000, 10_000, 100_000)]
    assert counts == sorted(counts)
    assert counts[0] <= 3
    assert counts[-1] <= 12


def test_a_step_told_out_of_order_joins_its_neighbours_in_the_story() -> None:
    sentences = split([transcript("\n".join(f"Ana: {text}" for text in (COOKING, TRAINS, MONEY)))])
    told = [0, 1, 8, 3, 4, 6, 7]
    steps = [step_at(index, sentences) for index in told]
    stretches, _ = find_stretches(sentences, steps, Terms(), work=CountingWork())
    numbers = phases_of_steps(sentences, steps, stretches)
    assert numbers == sorted(numbers)


def test_a_finding_belongs_to_the_step_told_just_before_it() -> None:
    sentences = split([transcript("Ana: I called. It was slow. I left. It was fine.")])
    steps = [step_at(0, sentences), step_at(2, sentences)]
    assert nearest_step(sentences, steps, [0, 1], sentence=1, start=sentences[1].start) == 0
    assert nearest_step(sentences, steps, [0, 1], sentence=3, start=sentences[3].start) == 1


def test_a_stretch_of_mere_talk_shows_what_was_said() -> None:
    talk = "The prices of tickets confuse my friends. Ticket prices change with the day, and I find the prices high. "
    text = f"Ana: {COOKING * 8} I chopped the onions.\nAna: {talk * 10}"
    sentences = split([transcript(text)])
    (chopped,) = [index for index, one in enumerate(sentences) if one.text.startswith("I chopped")]
    _, steps = find_stretches(sentences, [step_at(chopped, sentences)], Terms(), work=CountingWork())
    assert len(steps) > 1
    assert any("prices" in step.title for step in steps)


def test_phases_are_named_by_what_was_done_or_spoken_of() -> None:
    names = name_phases(
        [
            ["I called the hotline.", "The hotline was busy."],
            ["School funding is short.", "We discussed school funding."],
        ],
        [["Called the hotline"], []],
    )
    assert names == ["Calling the hotline", "School funding"]


def test_names_are_never_empty_and_never_the_same() -> None:
    unlike = name_phases([["Yes."], ["Yes."], []], [["Yes"], ["Yes"], []])
    plain = name_plainly([["Ja."], ["Ja."], []], small=())
    assert all([*unlike, *plain])
    assert len(set(unlike)) == len(set(plain)) == 3


def test_a_phase_is_named_by_what_the_interviewer_asks_about() -> None:
    said, titles = [["it was late"], ["it was cold"]], [["Took a seat"], ["Bought a ticket"]]
    questions = [["Let's talk about the day of the flight."], ["How did you choose your seat?"]]
    names = name_phases(said, titles, questions=questions)
    assert names == ["Day of the flight", "Choosing the seat"]


def test_a_phase_is_named_by_its_most_telling_deed_before_a_trivial_one() -> None:
    titles = [["Looked at the app", "Compared three hotels"], ["Got a letter from the clinic in town"]]
    names = name_phases([["x"], ["y"]], titles)
    assert names == ["Comparing three hotels", "Getting a letter"]


def test_what_was_tried_names_a_phase_without_the_trying() -> None:
    assert name_phases([["x"]], [["Tried to add my bag"]]) == ["Adding my bag"]


def test_two_phases_do_not_differ_by_a_plural_only() -> None:
    questions = [["Let's talk about the night train."], ["Let's talk about the night trains."]]
    names = name_phases([["x"], ["y"]], [["Ran"], ["Booked a berth"]], questions=questions)
    assert names == ["Night train", "Booking a berth"]
