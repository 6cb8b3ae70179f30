"""The fields of one card: its words, its channel, its place, and its end."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from journey.edits import (
    DeleteItem,
    MergeItems,
    MoveItem,
    PlacedItem,
    SetChannel,
    SetText,
    SplitItem,
    placed_items,
)
from journey.model import Item, Step, Touchpoint
from journey.ui.edit_fields import ask_text, lane_title, lanes_on, say_whose, step_titles
from journey.ui.editing import Editing
from journey.ui.language import say


def edit_item(editing: Editing, placed: PlacedItem) -> None:
    """Draw the fields of a card."""
    item, name = placed.item, f"text-{placed.item.id}"
    ask_text(editing, name, say("Words"), item.text, lambda: SetText(part="item", id=item.id, text=editing.typed(name)))
    say_whose(item.origin)
    if isinstance(item, Touchpoint):
        _ask_channel(editing, item)
    if placed.step is not None:
        _ask_place(editing, placed, placed.step)
    with st.expander(say("Split or merge")):
        _ask_split(editing, placed)
        _show_merge(editing, placed)
    st.button(
        say("Delete this card"),
        icon=":material/delete:",
        key=editing.key(f"delete-{item.id}"),
        on_click=editing.change,
        args=(lambda: DeleteItem(item=item.id), editing.unselect),
    )


def _ask_split(editing: Editing, placed: PlacedItem) -> None:
    first, rest = (f"{name}-{placed.item.id}" for name in ("half", "rest"))
    with st.form(editing.key(f"splitting-{placed.item.id}"), border=False):
        st.text_input(say("This card says"), value=placed.item.text, key=editing.key(first))
        st.text_input(say("And a new one says"), key=editing.key(rest))
        st.form_submit_button(
            say("Split the card"),
            help=say("Both cards are marked as yours and keep the quotes they come from."),
            on_click=editing.change,
            args=(
                lambda: SplitItem(item=placed.item.id, text=editing.typed(first), rest=editing.typed(rest)),
                lambda: editing.clear(first, rest),
            ),
        )


def _show_merge(editing: Editing, placed: PlacedItem) -> None:
    row = _row(editing, placed)
    after = dict(pairwise(item.id for item in row)).get(placed.item.id)
    if after is not None:
        st.button(
            say("Merge with the next card"),
            icon=":material/merge:",
            key=editing.key(f"merge-{placed.item.id}"),
            help=say("One card with the words and quotes of both."),
            on_click=editing.change,
            args=(lambda: MergeItems(first=placed.item.id, second=after),),
        )


def _row(editing: Editing, placed: PlacedItem) -> list[Item]:
    """Return the cards of the same lane and step, this one included."""
    return [one.item for one in placed_items(editing.journey) if (one.step, one.lane) == (placed.step, placed.lane)]


def _ask_channel(editing: Editing, item: Touchpoint) -> None:
    name = f"channel-{item.id}"
    ask_text(
        editing, name, say("Channel"), item.channel or "", lambda: SetChannel(item=item.id, channel=editing.typed(name))
    )


def _ask_place(editing: Editing, placed: PlacedItem, step: Step) -> None:
    _ask_lane(editing, placed, step)
    _ask_step(editing, placed, step)
    row = _row(editing, placed)
    at = row.index(placed.item)
    with st.container(horizontal=True):
        _show_move(editing, placed, step, up=True, at=at - 1, possible=at > 0)
        _show_move(editing, placed, step, up=False, at=at + 1, possible=at + 1 < len(row))


def _ask_lane(editing: Editing, placed: PlacedItem, step: Step) -> None:
    lanes, name = lanes_on(editing.journey), f"lane-{placed.item.id}"
    st.selectbox(
        say("Lane"),
        lanes,
        format_func=lane_title,
        key=editing.keep_shown(name, placed.lane),
        on_change=editing.change,
        args=(lambda: MoveItem(item=placed.item.id, step=step.id, lane=editing.typed(name)),),
    )


def _ask_step(editing: Editing, placed: PlacedItem, step: Step) -> None:
    titles, name = step_titles(editing.journey), f"step-{placed.item.id}"
    st.selectbox(
        say("Step"),
        titles,
        format_func=lambda step_id: titles.get(step_id, ""),
        key=editing.keep_shown(name, step.id),
        on_change=editing.change,
        args=(lambda: MoveItem(item=placed.item.id, step=editing.typed(name), lane=placed.lane),),
    )


def _show_move(editing: Editing, placed: PlacedItem, step: Step, *, up: bool, at: int, possible: bool) -> None:
    st.button(
        say("Up") if up else say("Down"),
        icon=":material/arrow_upward:" if up else ":material/arrow_downward:",
        key=editing.key(f"{'Up' if up else 'Down'}-{placed.item.id}"),
        disabled=not possible,
        on_click=editing.change,
        args=(lambda: MoveItem(item=placed.item.id, step=step.id, lane=placed.lane, at=at),),
    )
