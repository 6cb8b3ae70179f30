"""Edits that add, delete and move items, the cards of a lane; a new one may rest on words of a source."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from journey.edits.arranging import At
from journey.edits.places import (
    clean,
    find_item,
    find_step,
    fresh_id,
    lane_title,
    require_quotable,
    short,
    with_items,
    with_new_item,
    with_step,
)
from journey.errors import EditRefused
from journey.model import Evidence, Item, Journey, Offset, Origin, Record, Role


class Slice(Record):
    """Words of a source that the user selected: half-open code-point offsets into its text, within one passage."""

    source: str
    passage: str
    start: Offset
    end: Offset


class AddItem(Record):
    """Add an item to a lane of a step; with selected words, it rests on exactly these.

    It is the user's, unless it says nothing but the selected words: then it is quoted.
    """

    kind: Literal["add_item"] = "add_item"
    step: str
    lane: str = Field(description="a usual lane by its name in the record, another one as `extra:` and its title")
    text: str
    at: int | None = At
    slices: tuple[Slice, ...] = ()

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with one more item, whose id is `fresh_id(journey)`."""
        text = clean(self.text)
        pieces = sorted(set(self.slices), key=lambda piece: (piece.source, piece.start, piece.end))
        evidence = tuple(_evidence(journey, piece) for piece in pieces)
        origin = Origin.QUOTED if evidence and _joined(evidence) == text else Origin.USER
        item = Item(id=fresh_id(journey), text=text, origin=origin, evidence=evidence)
        require_quotable(journey, item, self.lane)
        return with_step(journey, self.step, lambda step: with_new_item(step, self.lane, item, at=self.at))

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        title = find_step(journey, self.step).title
        return f"Added {short(clean(self.text))} to the {lane_title(self.lane)} of {short(title)}"


class DeleteItem(Record):
    """Delete an item."""

    kind: Literal["delete_item"] = "delete_item"
    item: str

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey without it."""
        return with_items(journey, self.item, lambda items: tuple(one for one in items if one.id != self.item))

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        placed = find_item(journey, self.item)
        return f"Deleted {short(placed.item.text)} from the {lane_title(placed.lane)}"


class MoveItem(Record):
    """Put an item at another place of its lane, into another lane, or under another step."""

    kind: Literal["move_item"] = "move_item"
    item: str
    step: str
    lane: str
    at: int | None = At

    def apply_to(self, journey: Journey) -> Journey:
        """Return the journey with the item there; leaving the touchpoints it loses its channel."""
        placed = find_item(journey, self.item)
        if placed.lane != self.lane:
            require_quotable(journey, placed.item, self.lane)
        left = DeleteItem(item=self.item).apply_to(journey)
        return with_step(left, self.step, lambda step: with_new_item(step, self.lane, placed.item, at=self.at))

    def describe(self, journey: Journey) -> str:
        """Say what the edit does."""
        placed, step = find_item(journey, self.item), find_step(journey, self.step)
        lane = "" if placed.lane == self.lane else f" to the {lane_title(self.lane)}"
        elsewhere = placed.step is None or placed.step.id != step.id
        return f"Moved {short(placed.item.text)}{lane}" + (f" of {short(step.title)}" if elsewhere else "")


def _evidence(journey: Journey, piece: Slice) -> Evidence:
    source = next((one for one in journey.sources if one.id == piece.source), None)
    passages = source.passages if source else ()
    passage = next((one for one in passages if one.id == piece.passage), None)
    if source is None or passage is None or not passage.start <= piece.start < piece.end <= passage.end:
        raise EditRefused("The selected words do not stand in this journey's sources.")
    if passage.role is Role.INTERVIEWER:
        raise EditRefused("The interviewer asked this: only an answer can support a card.")
    quote = source.text[piece.start : piece.end]
    if not quote.strip():
        raise EditRefused("No words are selected.")
    return Evidence(source=source.id, passage=passage.id, start=piece.start, end=piece.end, quote=quote)


def _joined(evidence: tuple[Evidence, ...]) -> str:
    return " ".join(" ".join(piece.quote.split()) for piece in evidence)
