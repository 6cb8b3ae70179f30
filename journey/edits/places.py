"""Where things stand in a journey, and the journey with one of them changed. Nothing here changes a value in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from journey.errors import EditRefused
from journey.model import LANES, Evidence, Item, Journey, Lane, Link, Note, Phase, Role, Step, Touchpoint

EXTRA = "extra:"
"""Before a lane's title: the key of a lane that is none of the usual ones, whose key is its name in the record."""

EXPECTATIONS = "expectations"
"""The key of the list of items that belongs to the journey and to no step."""

OPEN_TO_OTHERS = frozenset({"actions", "touchpoints"})
"""The lanes in which words of an agent or a system may stand as evidence."""

_FORMS: dict[str, type[Item]] = {"touchpoints": Touchpoint, "notes": Note}

T = TypeVar("T")


@dataclass(frozen=True)
class PlacedItem:
    """An item with its lane and its step; `step` is None for an expectation."""

    item: Item
    lane: str
    step: Step | None


def clean(text: str) -> str:
    """Return text as one line.

    Raises:
        EditRefused: there is nothing in it.
    """
    words = " ".join(text.split())
    if not words:
        raise EditRefused("There are no words in it: type some, or delete it.")
    return words


def short(text: str, *, most: int = 48) -> str:
    """Return text in quotation marks, cut to be told.

    >>> short("It took ages"), short("It took ages", most=8)
    ('“It took ages”', '“It took…”')
    """
    return f"“{text}”" if len(text) <= most else f"“{text[: most - 1].rstrip()}…”"


def fresh_id(journey: Journey) -> str:
    """Return an id that no phase, step or item of the journey has."""
    taken = {phase.id for phase in journey.phases} | {step.id for step in journey.steps()}
    taken |= {placed.item.id for placed in placed_items(journey)}
    return next(name for number in count(1) if (name := f"u{number}") not in taken)


def inserted(row: tuple[T, ...], one: T, at: int | None) -> tuple[T, ...]:
    """Return the row with one more at a place, or at the end when that is None or beyond it.

    >>> inserted((1, 2), 9, 1), inserted((1, 2), 9, None), inserted((1, 2), 9, 7)
    ((1, 9, 2), (1, 2, 9), (1, 2, 9))
    """
    place = len(row) if at is None else at
    return (*row[:place], one, *row[place:])


def lanes_of(step: Step) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """Yield every lane's key and items, in the order of the map."""
    yield from ((lane, getattr(step, lane)) for lane in LANES)
    yield from ((EXTRA + lane.title, lane.items) for lane in step.lanes)


def lane_title(lane: str) -> str:
    """Return a lane's key as people call it."""
    return lane.removeprefix(EXTRA)


def placed_items(journey: Journey) -> Iterator[PlacedItem]:
    """Yield every item of the journey with its place."""
    yield from (PlacedItem(item, EXPECTATIONS, None) for item in journey.expectations)
    for step in journey.steps():
        yield from (PlacedItem(item, lane, step) for lane, items in lanes_of(step) for item in items)


def find_phase(journey: Journey, phase_id: str) -> Phase:
    """Return the phase.

    Raises:
        EditRefused: it is gone.
    """
    found = next((phase for phase in journey.phases if phase.id == phase_id), None)
    if found is None:
        raise EditRefused("That phase is not on the map any more.")
    return found


def find_step(journey: Journey, step_id: str) -> Step:
    """Return the step.

    Raises:
        EditRefused: it is gone.
    """
    found = next((step for step in journey.steps() if step.id == step_id), None)
    if found is None:
        raise EditRefused("That step is not on the map any more.")
    return found


def phase_of(journey: Journey, step_id: str) -> Phase:
    """Return the phase that a step stands in.

    Raises:
        EditRefused: the step is gone.
    """
    step = find_step(journey, step_id)
    return next(phase for phase in journey.phases if step in phase.steps)


def find_item(journey: Journey, item_id: str) -> PlacedItem:
    """Return the item with its place.

    Raises:
        EditRefused: it is gone.
    """
    found = next((placed for placed in placed_items(journey) if placed.item.id == item_id), None)
    if found is None:
        raise EditRefused("That card is not on the map any more.")
    return found


def with_phase(journey: Journey, phase_id: str, change: Callable[[Phase], Phase]) -> Journey:
    """Return the journey with one phase changed."""
    find_phase(journey, phase_id)
    changed = (change(phase) if phase.id == phase_id else phase for phase in journey.phases)
    return journey.model_copy(update={"phases": tuple(changed)})


def with_steps(phase: Phase, steps: tuple[Step, ...]) -> Phase:
    """Return the phase with other steps."""
    return phase.model_copy(update={"steps": steps})


def with_step(journey: Journey, step_id: str, change: Callable[[Step], Step]) -> Journey:
    """Return the journey with one step changed."""
    phase = phase_of(journey, step_id)
    steps = tuple(change(step) if step.id == step_id else step for step in phase.steps)
    return with_phase(journey, phase.id, lambda phase: with_steps(phase, steps))


def without_step(journey: Journey, step_id: str) -> Journey:
    """Return the journey without a step; its links stay."""
    phase = phase_of(journey, step_id)
    rest = tuple(step for step in phase.steps if step.id != step_id)
    return with_phase(journey, phase.id, lambda phase: with_steps(phase, rest))


def without_links(journey: Journey, steps: set[str]) -> Journey:
    """Return the journey without the links from or to any of these steps."""
    kept = tuple(link for link in journey.links if not {link.before, link.after} & steps)
    return journey.model_copy(update={"links": kept})


def with_links(journey: Journey, change: Callable[[Link], Link]) -> Journey:
    """Return the journey with every link changed."""
    return journey.model_copy(update={"links": tuple(map(change, journey.links))})


def with_lanes(step: Step, change: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> Step:
    """Return the step with every lane's items changed."""
    usual = {lane: change(getattr(step, lane)) for lane in LANES}
    extra = tuple(lane.model_copy(update={"items": change(lane.items)}) for lane in step.lanes)
    return step.model_copy(update={**usual, "lanes": extra})


def with_items(journey: Journey, item_id: str, change: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> Journey:
    """Return the journey with the list changed that an item stands in."""
    placed = find_item(journey, item_id)
    if placed.step is None:
        return journey.model_copy(update={"expectations": change(journey.expectations)})

    def here(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return change(items) if placed.item in items else items

    return with_step(journey, placed.step.id, lambda step: with_lanes(step, here))


def with_new_item(step: Step, lane: str, item: Item, *, at: int | None = None) -> Step:
    """Return the step with one more item, in the form that its lane asks for; an own lane is made if it has none such.

    Raises:
        EditRefused: there is no such lane, or the item's quotes may not stand in it.
    """
    shaped = _shaped(item, lane)
    if lane in LANES:
        return step.model_copy(update={lane: inserted(getattr(step, lane), shaped, at)})
    if not lane.removeprefix(EXTRA).strip() or not lane.startswith(EXTRA):
        raise EditRefused("There is no such lane on this map.")
    titles = [own.title for own in step.lanes]
    if lane_title(lane) not in titles:
        return step.model_copy(update={"lanes": (*step.lanes, Lane(title=lane_title(lane), items=(shaped,)))})
    place = titles.index(lane_title(lane))
    grown = step.lanes[place].model_copy(update={"items": inserted(step.lanes[place].items, shaped, at)})
    return step.model_copy(update={"lanes": (*step.lanes[:place], grown, *step.lanes[place + 1 :])})


def require_quotable(journey: Journey, item: Item, lane: str) -> None:
    """See that every quote of an item may stand in a lane.

    Raises:
        EditRefused: somebody else than the customer said it, and the lane is about what the customer felt or wants.
    """
    if lane not in OPEN_TO_OTHERS and any(_role(journey, one) is Role.OTHER for one in (*item.evidence, *item.counter)):
        raise EditRefused(
            "These words were not said by the customer: they can show an action or a touchpoint, nothing else."
        )


def in_source_order(journey: Journey, quotes: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the quotes of two things that become one: each once, as they stand in the sources."""
    order = {source.id: number for number, source in enumerate(journey.sources)}
    return tuple(sorted(dict.fromkeys(quotes), key=lambda one: (order.get(one.source, 0), one.start, one.end)))


def _role(journey: Journey, evidence: Evidence) -> Role:
    passages = (passage for source in journey.sources if source.id == evidence.source for passage in source.passages)
    return next((passage.role for passage in passages if passage.id == evidence.passage), Role.UNKNOWN)


def _shaped(item: Item, lane: str) -> Item:
    """Return the item as the record of its lane; what only another lane has (channel, kind of note) is left behind."""
    kind = _FORMS.get(lane, Item)
    if type(item) is kind:
        return item
    return kind(id=item.id, text=item.text, origin=item.origin, evidence=item.evidence, counter=item.counter)
