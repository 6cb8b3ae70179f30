"""Rules of who does a step: named parties only, and pronouns named where only one party can be meant."""

from __future__ import annotations

import pytest

from journey.engines.local.sentences import split
from journey.engines.local.steps import FoundStep, find_steps
from tests.talks import talk


def steps(said: str) -> list[FoundStep]:
    return find_steps(split([talk(("P", said))]), language="en")


def titles(said: str) -> list[str]:
    return [step.title for step in steps(said)]


@pytest.mark.parametrize(
    ("said", "roles"),
    [
        ("The heating failed. The plumber replaced the pump. I paid him.", [None, "Plumber", None]),
        ("They sent me a bill. It asked for my name. I paid it.", [None, None, None]),
        ("Nobody came. A colleague of mine called the gallery. I left.", [None, "Colleague", None]),
        ("Then Marek opened the gate. I drove in. I parked the car.", ["Marek", None, None]),
    ],
)
def test_a_role_is_a_person_or_an_organisation(said: str, roles: list[str | None]) -> None:
    """Neither a pronoun nor a thing does a step of a story."""
    assert [step.role for step in steps(said)] == roles


def test_a_pronoun_is_named_by_the_only_party_it_can_mean() -> None:
    said = "The woman at the desk was kind. She found my coat. I thanked her. I left."
    assert titles(said)[0] == "The woman at the desk found my coat"
    assert steps(said)[0].role == "Woman"


def test_a_pronoun_stays_where_two_parties_can_be_meant() -> None:
    assert "He kept the key" in titles("The porter called the driver. The driver came. He kept the key. I left.")


def test_what_is_told_of_somebody_else_in_passing_names_nobody() -> None:
    """The one who says so is meant, not the one spoken of."""
    said = "A saleswoman came. She said the manager had left. She ordered the lamp. I paid it."
    assert "The saleswoman ordered the lamp" in titles(said)


def test_a_name_made_too_long_by_its_place_gives_way_to_what_was_done() -> None:
    said = "The man at the information desk was nice. He gave me a map of the park. I thanked him. I left."
    assert titles(said)[0] == "The man gave me a map of the park"


def test_a_pronoun_of_another_turn_is_not_named() -> None:
    source = talk(("P", "The driver came. I paid."), ("P", "He left. I went in. I ate something."))
    assert "He left" in [step.title for step in find_steps(split([source]), language="en")]


def test_they_are_not_one_person() -> None:
    assert "They paid me" in titles("A courier brought it. I wrote to sales and they paid me. I left.")
