"""Named versions of a journey: give one a name, bring one back, compare two; and who changed what."""

from __future__ import annotations

import time

import streamlit as st

from journey.edits import Restore, compare
from journey.jobs.versions import Version
from journey.ui import compare_view
from journey.ui.editing import Editing
from journey.ui.language import entry, say, say_below
from journey.ui.session import attempt
from journey.ui.wording import ago, plain

HINT = entry("A version is a state of the map that you gave a name, such as “For the client”.")


def show_versions(editing: Editing) -> None:
    """Draw the popover of versions."""
    with st.popover(say("Versions"), icon=":material/bookmarks:", key="versions", width="content"):
        name = editing.key("new-version")
        st.text_input(say("Name the map as it is now"), key=name, max_chars=80, on_change=_name, args=(editing,))
        versions = editing.app.library.versions(editing.job.id)
        if not versions:
            st.caption(say(HINT))
        for number, version in enumerate(reversed(versions)):
            _show_version(editing, version, number)
        st.button(
            say("Compare two versions"),
            icon=":material/compare:",
            key=editing.key("compare"),
            on_click=compare_view.begin,
        )


def _show_version(editing: Editing, version: Version, number: int) -> None:
    with st.container(border=True, gap="xsmall"):
        st.text(version.name)
        st.caption(plain(_signed(version.by, version.made)))
        with st.container(horizontal=True):
            named = (editing, version.name)
            st.button(say("Bring back"), key=editing.key(f"restore-{number}"), on_click=_restore, args=named)
            st.button(say("Forget the name"), key=editing.key(f"forget-{number}"), on_click=_forget, args=named)


def show_history(editing: Editing) -> None:
    """Draw every change in force, the latest first, and what they come to altogether."""
    st.dialog(say("What was changed, and by whom"))(_show_history)(editing)


def _show_history(editing: Editing) -> None:
    for revision in reversed(editing.app.library.history(editing.job.id)):
        st.text(f"{say_below(revision.words)} ({_signed(revision.by, revision.made)})")
    st.markdown(f"**{say('Altogether, against what was drawn')}**")
    for change in compare(editing.app.library.original(editing.job.id), editing.journey):
        st.text(say_below(str(change)))
    st.caption(say("What was drawn is kept: undo leads back to it, change by change."))


def _signed(by: str, made: float) -> str:
    """Return who did something and when, in one line."""
    return ", ".join(filter(None, (by, ago(made, now=time.time()))))


def _name(editing: Editing) -> None:
    typed = editing.typed("new-version")
    if typed.strip():
        attempt(editing.app.library.name_version, editing.job.id, typed)
        editing.clear("new-version")


def _restore(editing: Editing, name: str) -> None:
    library = editing.app.library
    editing.change(
        lambda: Restore.to(library.open_version(editing.job.id, name), now=editing.journey, name=name),
        editing.unselect,
    )


def _forget(editing: Editing, name: str) -> None:
    attempt(editing.app.library.drop_version, editing.job.id, name)
