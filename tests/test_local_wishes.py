"""Rules of the actor and of the instructions that the local engine follows."""

from __future__ import annotations

import pytest

from journey.engines.local.actor import find_actor
from journey.engines.local.opportunities import ask
from journey.engines.local.sentences import split
from journey.engines.local.subjects import unwanted
from journey.engines.local.wishes import Wishes, read_wishes
from journey.model import Actor
from tests.local_sources import CountingWork, prose, transcript


@pytest.mark.parametrize(
    ("instructions", "wishes"),
    [
        ("", Wishes()),
        ("the actor is the patient", Wishes(actor="Patient")),
        ("Actor: a new customer.", Wishes(actor="New customer")),
        ("from the point of view of the nurse", Wishes(actor="Nurse")),
        ("ignore small talk", Wishes(ignore=("small talk",))),
        ("Please leave out the advertising break", Wishes(ignore=("advertising break",))),
        ("focus on delivery and ignore prices", Wishes(ignore=("prices",), focus=("delivery",))),
        ("be funny", Wishes(unread=("be funny",))),
    ],
)
def test_simple_instructions_are_understood_and_the_rest_is_kept_word_for_word(
    instructions: str, wishes: Wishes
) -> None:
    assert read_wishes(instructions) == wishes


def left(text: str, instructions: str) -> list[str]:
    sentences = split([transcript(text)])
    gone = unwanted(read_wishes(instructions), sentences, None, work=CountingWork())
    return [one.text for index, one in enumerate(sentences) if index not in gone]


def test_an_ignored_subject_is_found_by_its_words() -> None:
    text = "Ana: I paid the delivery fee. I chose a colour."
    assert left(text, "ignore deliveries") == ["I chose a colour."]


def test_focus_keeps_whole_turns_about_the_subject() -> None:
    text = "Ana: The delivery was late. I was home.\nAna: I chose a colour."
    assert left(text, "focus on the delivery") == ["The delivery was late.", "I was home."]


def test_small_talk_is_thanks_and_greetings() -> None:
    assert left("Ana: Hello there! Thank you. I opened the box with a knife.", "ignore small talk") == [
        "I opened the box with a knife."
    ]


def actor_of(text: str, *, instructions: str = "") -> Actor | None:
    source = transcript(text)
    return find_actor([source], split([source]), [], wishes=read_wishes(instructions))


def test_the_participant_is_the_actor_and_the_interviewer_is_not() -> None:
    assert actor_of("Interviewer: Hello.\nAna: I'm a nurse at a clinic.") == Actor(name="Ana", role="nurse")


def test_several_participants_are_named_or_counted() -> None:
    assert actor_of("Ana: Yes.\nBen: No.") == Actor(name="Ana and Ben")
    assert actor_of("Ana: 1.\nBen: 2.\nCid: 3.\nDot: 4.") == Actor(name="4 participants")


def test_an_instructed_actor_wins() -> None:
    assert actor_of("Ana: Yes.", instructions="the actor is the tenant") == Actor(name="Tenant")


def test_no_actor_is_invented() -> None:
    source = prose("It rained all day.")
    assert find_actor([source], split([source]), [], wishes=Wishes()) is None


def test_an_opportunity_asks_for_the_kind_of_its_pain_at_the_deed_it_befell() -> None:
    assert ask("I waited three weeks") == "How might we save people time at this point?"
    assert (
        ask("Blue looked odd", doing="Chose a sofa") == "How might we make it easier for people when choosing a sofa?"
    )
    assert ask("Blue looked odd", doing="The clerk left") == "How might we make it easier for people at this point?"
