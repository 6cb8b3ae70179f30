"""The fields of one step: its title, its feeling, its place, a card or a step more, merging, splitting, its end."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from journey.edits import (
    AddItem,
    AddStep,
    ClearEmotion,
    DeleteStep,
    MergeSteps,
    MoveStep,
    SetEmotion,
    SetText,
    Slice,
    SplitStep,
)
from journey.errors import EditRefused
from journey.exports.citations import signed
from journey.grounding import locate
from journey.model import Journey, Phase, Step
from journey.ui.edit_fields import ask_text, lane_title, lanes_on, say_whose
from journey.ui.edit_links import edit_links
from journey.ui.editing import Editing
from journey.ui.lanes import score_in_words
from journey.ui.language import say

SCORES = tuple(half / 2 for half in range(-4, 5))


def edit_step(editing: Editing, step: Step) -> None:
    """Draw the fields of a step."""
    name = f"title-{step.id}"
    ask_text(editing, name, say("Step"), step.title, lambda: SetText(part="step", id=step.id, text=editing.typed(name)))
    say_whose(step.origin)
    _ask_place(editing, step)
    with st.expander(say("Feeling")):
        edit_feeling(editing, step)
    with st.expander(say("Add a card")):
        _ask_card(editing, step)
    with st.expander(say("Links to other steps")):
        edit_links(editing, step)
    with st.expander(say("Add, split or merge steps")):
        _ask_next_step(editing, step)
        _ask_split(editing, step)
        _show_merge(editing, step)
    st.button(
        say("Delete this step"),
        icon=":material/delete:",
        key=editing.key(f"delete-{step.id}"),
        on_click=editing.change,
        args=(lambda: DeleteStep(step=step.id), editing.unselect),
    )


def edit_feeling(editing: Editing, step: Step) -> None:
    """Draw the fields of a step's feeling: how good or bad, and in which word."""
    score, label = f"score-{step.id}", f"label-{step.id}"
    now = step.emotion

    def set_emotion() -> SetEmotion:
        felt = float(st.session_state[editing.key(score)])
        word = editing.typed(label)
        is_own = word and not (now and word == now.label == score_in_words(now.score))
        return SetEmotion(step=step.id, score=felt, label=word if is_own else score_in_words(felt))

    st.select_slider(
        say("Very bad to very good"),
        sorted({*SCORES, now.score if now else 0.0}),
        format_func=lambda felt: f"{score_in_words(felt)} ({signed(felt)})",
        key=editing.keep_shown(score, now.score if now else 0.0),
        on_change=editing.change,
        args=(set_emotion,),
    )
    ask_text(editing, label, say("In a word"), now.label if now else "", set_emotion)
    if now is not None:
        say_whose(now.origin)
        st.button(
            say("No feeling here"),
            key=editing.key(f"clear-{step.id}"),
            on_click=editing.change,
            args=(lambda: ClearEmotion(step=step.id),),
        )


def _ask_place(editing: Editing, step: Step) -> None:
    phases = {phase.id: phase for phase in editing.journey.phases}
    home, name = _home(editing.journey, step), f"phase-{step.id}"
    st.selectbox(
        say("Phase"),
        phases,
        format_func=lambda phase_id: phases[phase_id].name if phase_id in phases else "",
        key=editing.keep_shown(name, home.id),
        on_change=editing.change,
        args=(lambda: MoveStep(step=step.id, phase=editing.typed(name)),),
    )
    at = home.steps.index(step)
    with st.container(horizontal=True):
        _show_move(editing, step, home, left=True, at=at - 1)
        _show_move(editing, step, home, left=False, at=at + 1)


def _show_move(editing: Editing, step: Step, home: Phase, *, left: bool, at: int) -> None:
    """Offer to move a step by one place; beyond the edge of its phase lies the neighbouring phase."""
    phases = editing.journey.phases
    number, place = phases.index(home), at
    if not 0 <= at < len(home.steps):
        number += 1 if at > 0 else -1
        place = 0 if at > 0 else 10_000
    there = phases[number] if 0 <= number < len(phases) else None
    st.button(
        say("Left") if left else say("Right"),
        icon=":material/arrow_back:" if left else ":material/arrow_forward:",
        key=editing.key(f"{'Left' if left else 'Right'}-{step.id}"),
        disabled=there is None,
        on_click=editing.change,
        args=(lambda: MoveStep(step=step.id, phase=(there or home).id, at=place),),
    )


def _ask_card(editing: Editing, step: Step) -> None:
    lane, text, quote = (f"{name}-{step.id}" for name in ("new-lane", "new-card", "new-quote"))
    with st.form(editing.key(f"add-{step.id}"), border=False):
        st.selectbox(say("Lane"), lanes_on(editing.journey), format_func=lane_title, key=editing.key(lane))
        st.text_input(say("Words on the card"), key=editing.key(text))
        st.text_input(
            say("Words it rests on (optional)"), key=editing.key(quote), help=say("Copy them from the transcript.")
        )
        st.form_submit_button(
            say("Add the card"),
            on_click=editing.change,
            args=(
                lambda: AddItem(
                    step=step.id,
                    lane=editing.typed(lane),
                    text=editing.typed(text) or editing.typed(quote),
                    slices=found(editing.journey, editing.typed(quote)),
                ),
                lambda: editing.clear(text, quote),
            ),
        )


def found(journey: Journey, quote: str) -> tuple[Slice, ...]:
    """Return where words stand in the sources; none for no words.

    Raises:
        EditRefused: nobody who may be quoted said them.
    """
    if not quote.strip():
        return ()
    for source in journey.sources:
        if pieces := locate(quote, source):
            return tuple(Slice(source=one.source, passage=one.passage, start=one.start, end=one.end) for one in pieces)
    raise EditRefused(
        say("These words do not stand in the transcript: copy them from there, or leave the field empty.")
    )


def _ask_next_step(editing: Editing, step: Step) -> None:
    home, name = _home(editing.journey, step), f"next-{step.id}"
    ask_text(
        editing,
        name,
        say("New step after this one"),
        "",
        lambda: AddStep(phase=home.id, title=editing.typed(name), at=home.steps.index(step) + 1),
    )


def _ask_split(editing: Editing, step: Step) -> None:
    cards = {item.id: item.text for _, item in step.items()}
    title, taken = f"split-{step.id}", f"taken-{step.id}"
    with st.form(editing.key(f"splitting-{step.id}"), border=False):
        st.text_input(
            say("Split off as a step of its own"), key=editing.key(title), placeholder=say("Title of the new step")
        )
        st.multiselect(
            say("With these cards"), cards, format_func=lambda item: cards.get(item, ""), key=editing.key(taken)
        )
        st.form_submit_button(
            say("Split"),
            on_click=editing.change,
            args=(
                lambda: SplitStep(
                    step=step.id, title=editing.typed(title), items=tuple(st.session_state[editing.key(taken)])
                ),
                lambda: editing.clear(title, taken),
            ),
        )


def _show_merge(editing: Editing, step: Step) -> None:
    pairs = {before.id: after for before, after in pairwise(_home(editing.journey, step).steps)}
    after = pairs.get(step.id)
    if after is not None:
        st.button(
            say("Merge with the next step"),
            icon=":material/merge:",
            key=editing.key(f"merge-{step.id}"),
            help=say("One step with the cards and quotes of both."),
            on_click=editing.change,
            args=(lambda: MergeSteps(first=step.id, second=after.id),),
        )


def _home(journey: Journey, step: Step) -> Phase:
    return next(phase for phase in journey.phases if step in phase.steps)
