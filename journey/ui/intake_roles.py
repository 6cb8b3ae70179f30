"""Who speaks in what was recognised: the role of each, to be corrected before submitting."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import streamlit as st

from journey.model import Participant, Role
from journey.ui.intake import MOST_SPEAKERS
from journey.ui.language import entry, say, say_many
from journey.ui.wording import plain

ROLE_LABELS = {
    Role.PARTICIPANT: entry("Customer (participant)"),
    Role.INTERVIEWER: entry("Interviewer"),
    Role.OTHER: entry("Someone else (agent, system)"),
    Role.UNKNOWN: entry("Not known"),
}


def ask_roles(found: Sequence[Participant]) -> None:
    """Ask for the role of each speaker, those with most words first."""
    if not found:
        st.caption(say("Nobody is named, so everything counts as the customer's own words."))
        return
    for speaker in found[:MOST_SPEAKERS]:
        _ask_role(speaker)
    if len(found) > MOST_SPEAKERS:
        st.caption(
            say_many(
                "{n} more speaker, with the role as recognised.",
                "{n} more speakers, with roles as recognised.",
                len(found) - MOST_SPEAKERS,
            )
        )
    if all(chosen_role(speaker) in {Role.INTERVIEWER, Role.OTHER} for speaker in found):
        st.warning(say("Nobody here is the customer, so no feeling, pain or gain can be shown. Correct a role above."))


def _ask_role(speaker: Participant) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(speaker.name, width=150)
        spoken = (
            say_many("{n} turn", "{n} turns", speaker.turns),
            say_many("{n} word", "{n} words", speaker.words),
        )
        st.caption(" · ".join(spoken), width=200)
        labels = {role: say(label) for role, label in ROLE_LABELS.items()}
        st.selectbox(
            say("Role of {name}", name=plain(speaker.name)),
            list(ROLE_LABELS),
            index=list(ROLE_LABELS).index(speaker.role),
            format_func=labels.__getitem__,
            key=_role_key(speaker),
            label_visibility="collapsed",
            persist_state="session",
            width=280,
        )


def _role_key(speaker: Participant) -> str:
    """Name the choice after what was recognised too: another text's speaker of that name must not inherit it."""
    return "role-" + hashlib.sha256(f"{speaker.name}\0{speaker.role}".encode()).hexdigest()[:16]


def chosen_role(speaker: Participant) -> Role:
    """Return the role a speaker has by now."""
    return Role(st.session_state.get(_role_key(speaker), speaker.role))
