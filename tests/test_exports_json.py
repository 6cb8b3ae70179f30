"""The open format: nothing is lost, and what is not ours is refused in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from journey.errors import JourneyFileError
from journey.exports import read_json, to_json, to_schema
from journey.model import Journey
from tests.journeys import any_journey, empty_journey, full_journey

PUBLISHED = Path(__file__).parents[1] / "docs" / "journey-1.schema.json"


@given(journey=any_journey)
def test_a_journey_comes_back_as_it_was(journey: Journey) -> None:
    assert read_json(to_json(journey)) == journey


@pytest.mark.parametrize("journey", [full_journey(), empty_journey()])
def test_a_journey_with_every_field_or_almost_none_comes_back(journey: Journey) -> None:
    assert read_json(to_json(journey)) == journey


@pytest.mark.parametrize("journey", [full_journey(), empty_journey()])
def test_what_is_written_fits_the_published_schema(journey: Journey) -> None:
    Draft202012Validator(json.loads(PUBLISHED.read_text())).validate(json.loads(to_json(journey)))


def test_the_published_schema_is_the_model() -> None:
    """After a change of the model, write what `to_schema()` returns into the published file."""
    assert PUBLISHED.read_text() == to_schema()


def test_the_published_schema_is_a_schema_and_refuses_a_stray_field() -> None:
    schema = json.loads(to_schema())
    Draft202012Validator.check_schema(schema)
    content = json.loads(to_json(full_journey()))
    assert not Draft202012Validator(schema).is_valid({**content, "colour": "red"})
    assert not Draft202012Validator(schema).is_valid({key: content[key] for key in content if key != "schema"})


def test_a_byte_order_mark_is_no_damage() -> None:
    assert read_json("\ufeff" + to_json(full_journey())) == full_journey()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "not JSON"),
        ("Dear diary", "not JSON"),
        (to_json(full_journey())[:500], "only a part"),
        ("[" * 100_000, "not JSON"),
        ('{"schema": "journey/1", "x": "\\ud800"}', "not JSON"),
        ("[1, 2]", "does not say"),
        ('{"nodes": []}', "does not say"),
        ('{"schema": 1}', "does not say"),
        ('{"schema": "journey/2"}', "another version"),
        ('{"schema": "journey/1"}', "damaged"),
    ],
)
def test_what_is_not_a_journey_file_is_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(JourneyFileError, match=sentence):
        read_json(text)


def test_damage_is_named_by_its_place() -> None:
    content = json.loads(to_json(full_journey()))
    content["phases"][0]["steps"][0]["evidence"][0]["end"] += 1
    with pytest.raises(JourneyFileError, match=r"phases\.0\.steps\.0\.evidence\.0.*spans"):
        read_json(json.dumps(content))


def test_a_damaged_quote_of_a_claim_cannot_be_dropped_unnoticed() -> None:
    content = json.loads(to_json(full_journey()))
    content["phases"][0]["steps"][0]["evidence"] = []
    with pytest.raises(JourneyFileError, match="no evidence"):
        read_json(json.dumps(content))
