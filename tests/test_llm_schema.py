"""What is asked of a model, in the schema subset that strict modes share, and how its answer is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.engines.llm.schema import Observation, Whole, read_answer, strict_schema
from journey.errors import EngineReplyInvalid
from tests.faults.talk import SOUND

PORTABLE = {"type", "enum", "const", "description", "properties", "required", "additionalProperties", "items", "anyOf"}


def nodes(schema: dict[str, Any], depth: int = 0) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield every schema inside a schema, with the number of objects around it."""
    yield depth, schema
    for part in schema.get("properties", {}).values():
        yield from nodes(part, depth + 1)
    for part in (*schema.get("anyOf", ()), *schema.get("$defs", {}).values()):
        yield from nodes(part, depth)
    if "items" in schema:
        yield from nodes(schema["items"], depth)


@pytest.mark.parametrize("bounded", [True, False])
def test_the_schema_keeps_to_the_subset_that_strict_modes_share(bounded: bool) -> None:
    allowed = PORTABLE | {"$ref", "$defs"} | ({"maxLength", "maxItems"} if bounded else set())
    for _, node in nodes(strict_schema(Whole, bounded=bounded)):
        assert set(node) <= allowed
        if "properties" in node:
            assert node["required"] == list(node["properties"])
            assert node["additionalProperties"] is False


def test_bounds_are_there_only_when_asked_for() -> None:
    assert "maxLength" in json.dumps(strict_schema(Whole, bounded=True))
    assert "max" not in json.dumps(strict_schema(Whole, bounded=False))


def test_a_quote_is_written_before_what_it_is_taken_to_mean() -> None:
    assert list(strict_schema(Observation, bounded=False)["properties"])[:2] == ["turn", "quote"]


def test_the_schema_is_small_enough_for_every_known_limit() -> None:
    schema = strict_schema(Whole, bounded=False)
    assert sum(len(node.get("properties", {})) for _, node in nodes(schema)) < 100
    assert schema["type"] == "object"


@given(st.integers(0, len(SOUND) - 1))
def test_no_beginning_of_an_answer_is_an_answer(end: int) -> None:
    with pytest.raises(EngineReplyInvalid):
        read_answer(Whole, SOUND[:end])


@given(st.integers(0, len(SOUND) - 1), st.text(max_size=3))
def test_a_damaged_answer_is_read_or_refused_and_never_repeated_in_the_refusal(at: int, damage: str) -> None:
    assert "hotline" not in refusal(SOUND[:at] + damage + SOUND[at + 1 :])


def test_a_key_that_was_added_is_not_repeated_in_the_refusal() -> None:
    assert refusal(SOUND.replace('"id"', '"hotline": 1, "id"', 1)) == (
        "The model's answer had the wrong form at: observations."
    )


def refusal(text: str) -> str:
    """Return the message with which an answer is refused, or ""."""
    try:
        read_answer(Whole, text)
    except EngineReplyInvalid as error:
        return str(error)
    return ""


def test_a_quote_longer_than_asked_for_is_no_reason_to_refuse_the_answer() -> None:
    longer = json.loads(SOUND)
    longer["observations"][0]["quote"] = "word " * 500
    assert read_answer(Whole, json.dumps(longer)).observations[0].quote.startswith("word")
