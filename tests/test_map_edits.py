"""What the map may ask of the server: the edits that can be made on it, and nothing that puts words into a mouth."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from journey.edits import MoveItem, PutBack, Restore, SetText, TakeWords, difference
from journey.model import Origin, Record
from journey.ui.map_edits import Asked
from tests.journeys import full_journey


def test_an_edit_made_on_the_map_is_read_as_the_edit_of_the_forms() -> None:
    move = MoveItem(item="i2", step="p2", lane="pains", at=0)
    assert Asked.model_validate({"seq": 1, "edit": move.model_dump()}).edit == move
    assert Asked.model_validate({"seq": 2, "ask": "undo"}).ask == "undo"


@pytest.mark.parametrize(
    "forged",
    [
        difference(full_journey(), full_journey()),
        Restore(name="x", back=PutBack(order=())),
        TakeWords(part="item", id="i2", text="x", origin=Origin.INFERRED),
    ],
)
def test_a_message_that_could_forge_quotes_is_not_read(forged: Record) -> None:
    with pytest.raises(ValidationError):
        Asked.model_validate({"seq": 1, "edit": forged.model_dump(mode="json")})


@pytest.mark.parametrize("message", [{}, {"seq": "x"}, {"seq": 1, "edit": "x"}, {"seq": 1, "ask": "delete everything"}])
def test_a_message_that_is_none_of_ours_is_not_read(message: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Asked).validate_python(message)


def test_words_typed_on_the_map_are_an_edit_of_text() -> None:
    asked = Asked.model_validate({"seq": 3, "edit": {"kind": "set_text", "part": "phase", "id": "f1", "text": "Look"}})
    assert asked.edit == SetText(part="phase", id="f1", text="Look")
