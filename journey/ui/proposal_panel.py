"""Ask for a proposal (draw the sources again, or change the map in words), watch it, and take what you like of it."""

from __future__ import annotations

import time
from itertools import groupby

import streamlit as st

from journey.edits import Suggestion
from journey.engines import ON_THIS_MACHINE
from journey.errors import JobFailed, StoreDamaged
from journey.jobs.job import Job
from journey.ui.editing import Editing
from journey.ui.frame import errors_in_words
from journey.ui.language import entry, say, say_below, say_many
from journey.ui.session import attempt, current_app
from journey.ui.summary import is_told
from journey.ui.wording import money, plain, progress_text

LOOK = 1.0
"""Seconds between two looks at a proposal that is being worked out."""

TALL = 9
"""Suggestions from which the list scrolls."""

NO_MODEL = entry("To change the map in words takes a model: set `OPENAI_API_KEY` or `OPENAI_BASE_URL` and start again.")


DEEDS = {
    "Added": "Add",
    "Began": "Begin",
    "Changed": "Change",
    "Cleared": "Clear",
    "Deleted": "Delete",
    "Merged": "Merge",
    "Moved": "Move",
    "Removed": "Remove",
    "Took": "Take",
}
"""How an edit that was made is told, and one that could be."""


def show_proposing(editing: Editing) -> None:
    """Draw the popover in which a proposal is asked for."""
    with st.popover(say("Propose changes"), icon=":material/auto_fix_high:", key="proposing", width="content"):
        st.caption(
            say("Nothing on your map changes until you accept it. What you changed yourself is never overwritten.")
        )
        _ask_wish(editing)
        st.divider()
        _ask_again(editing)


def show_proposal(editing: Editing) -> None:
    """Draw what is proposed for the map, if anything is."""
    try:
        helper = editing.app.proposer.helper(editing.job.id)
    except StoreDamaged as error:
        st.warning(plain(say_below(str(error))))
        return
    if helper is None or helper.deleted is not None:
        return
    with st.container(border=True, key="proposal"):
        if helper.is_live:
            st.fragment(_watch, run_every=LOOK)(editing, helper.id)
        else:
            _show_found(editing)


def _ask_wish(editing: Editing) -> None:
    editors = editing.app.editors
    if not editors:
        st.caption(say(NO_MODEL))
        return
    name, (engine, editor) = editing.key("wish"), next(iter(editors.items()))
    st.text_area(
        say("Say what should be different"),
        key=name,
        placeholder=say("Merge the two login steps. Make the titles shorter."),
    )
    where = say("The words on the map go to {host}, without what identifies people.", host=editor.destination)
    st.caption(plain(where))
    st.button(say("Propose it"), key=editing.key("ask-wish"), on_click=_change, args=(editing, engine))


def _ask_again(editing: Editing) -> None:
    if not any(map(is_told, editing.journey.sources)):
        st.caption(say("This map came without the words that it rests on: there is nothing to draw again."))
        return
    engines = list(editing.app.engines)
    st.text_area(
        say("Draw the sources again, with instructions (optional)"),
        key=editing.key("instructions"),
        placeholder=say("Look closer at what happens on the phone."),
    )
    chosen = editing.key("engine")
    default = engines.index(editing.app.default_engine) if editing.app.default_engine in engines else 0
    if len(engines) > 1:
        st.selectbox(say("Engine"), engines, index=default, key=chosen)
    engine = str(st.session_state.get(chosen) or engines[default])
    goes = editing.app.engines[engine].destination
    stays = say("The text stays on this machine.")
    st.caption(stays if goes == ON_THIS_MACHINE else plain(_told_costs(editing, goes)))
    st.button(say("Draw again"), key=editing.key("ask-again"), on_click=_draw_again, args=(editing, engine))


def _told_costs(editing: Editing, host: str) -> str:
    """Say where the text goes and what that may cost at most."""
    cap = editing.app.settings
    return say(
        "The text goes to {host}. It may cost up to {most}, or {n} tokens where the model's price is not known.",
        host=host,
        most=money(cap.budget),
        n=cap.token_budget,
    )


def _change(editing: Editing, engine: str) -> None:
    proposer, wish = editing.app.proposer, editing.typed("wish")
    attempt(lambda: proposer.change(editing.job.id, engine=engine, wish=wish))


def _draw_again(editing: Editing, engine: str) -> None:
    proposer, instructions = editing.app.proposer, editing.typed("instructions")
    attempt(lambda: proposer.draw_again(editing.job.id, engine=engine, instructions=instructions))


def _watch(editing: Editing, helper_id: str) -> None:
    """Show how far a proposal is; when it has ended, run the whole page."""
    with errors_in_words():
        helper = current_app().queue.find(helper_id)
        if helper is None or not helper.is_live:
            st.rerun()
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{say('Working out a proposal')}**")
            st.text(progress_text(helper, now=time.time()))
            cancel = (_cancel, editing, helper)
            st.button(say("Cancel"), key=editing.key("cancel-proposal"), on_click=attempt, args=cancel)


def _cancel(editing: Editing, helper: Job) -> None:
    editing.app.queue.cancel(helper.id)
    editing.app.proposer.close(editing.job.id)


def _show_found(editing: Editing) -> None:
    try:
        found = editing.app.proposer.suggestions(editing.job.id)
    except JobFailed as error:
        st.text(say("No proposal came of it: {reason}", reason=say_below(str(error))))
        _show_close(editing, say("Close"))
        return
    if not found:
        st.text(say("Nothing is proposed: there is nothing that you have not decided already."))
        _show_close(editing, say("Close"))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{say_many('{n} suggestion', '{n} suggestions', len(found))}**", width="content")
        st.button(say("Accept all"), key=editing.key("accept-all"), on_click=_accept_all, args=(editing, found))
        _show_close(editing, say("Leave the rest"))
    with st.container(height=420 if len(found) > TALL else "content", border=False, gap="xsmall", key="suggestions"):
        for where, group in groupby(found, key=lambda one: one.where):
            st.caption(plain(say_below(where)))
            for one in group:
                _show_suggestion(editing, one)


def to_be_done(words: str) -> str:
    """Say what an edit would do, from the words that say what it did.

    >>> to_be_done("Deleted “Queue” from the pains"), to_be_done("Set the goal to “Rest”")
    ('Delete “Queue” from the pains', 'Set the goal to “Rest”')
    """
    first, space, rest = words.partition(" ")
    return DEEDS.get(first, first) + space + rest


def _show_suggestion(editing: Editing, one: Suggestion) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"suggestion-{one.key}"):
        words = say_below(to_be_done(one.words))
        st.text(words, width="stretch")
        st.button(
            say("Accept"),
            icon=":material/check:",
            key=editing.key(f"accept-{one.key}"),
            help=plain(words),
            on_click=_accept,
            args=(editing, one),
        )
        st.button(
            say("Reject"),
            icon=":material/close:",
            key=editing.key(f"reject-{one.key}"),
            help=say("Leave it: {what}", what=plain(words)),
            on_click=attempt,
            args=(editing.app.proposer.decide, editing.job.id, one.key),
        )


def _show_close(editing: Editing, label: str) -> None:
    st.button(
        label,
        key=editing.key("close-proposal"),
        on_click=attempt,
        args=(editing.app.proposer.close, editing.job.id),
    )


def _accept(editing: Editing, one: Suggestion) -> None:
    editing.change(lambda: one.edit, lambda: editing.app.proposer.decide(editing.job.id, one.key))


def _accept_all(editing: Editing, found: tuple[Suggestion, ...]) -> None:
    """Accept every suggestion.

    Those of a new drawing from the last to the first, so that the places they name stay right; those of a wish in
    their order, in which one may rest on the one before.
    """
    helper = editing.app.proposer.helper(editing.job.id)
    is_wish = helper is not None and bool(editing.app.queue.request(helper.id).wish)
    for one in found if is_wish else reversed(found):
        _accept(editing, one)
