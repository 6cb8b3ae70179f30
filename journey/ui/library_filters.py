"""Which jobs the library lists, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from journey.jobs.job import Job, JobState
from journey.ui.language import entry, say

ALL, ARCHIVED = entry("All"), entry("Archived")
SHOWN = {
    ALL: frozenset(JobState),
    entry("In progress"): frozenset({JobState.QUEUED, JobState.RUNNING}),
    entry("Completed"): frozenset({JobState.SUCCEEDED}),
    entry("Failed or cancelled"): frozenset({JobState.FAILED, JobState.CANCELLED}),
    ARCHIVED: frozenset(JobState),
}

NEWEST = entry("Newest first")
ORDERS: dict[str, tuple[Callable[[Job], Any], bool]] = {
    NEWEST: (lambda job: job.created, True),
    entry("Oldest first"): (lambda job: job.created, False),
    entry("By title"): (lambda job: job.title.casefold(), False),
    entry("Largest first"): (lambda job: job.size, True),
}
"""What the rows are sorted by, and whether from the greatest down."""


@dataclass(frozen=True)
class Wanted:
    """What the user asked the list for."""

    search: str = ""
    shown: str = ALL
    tags: tuple[str, ...] = ()
    order: str = NEWEST

    @property
    def is_filtered(self) -> bool:
        """Whether some jobs may be left out because of what was asked."""
        return bool(self.search or self.tags) or self.shown != ALL


def ask_wanted(jobs: Iterable[Job]) -> Wanted:
    """Ask for words, a state, tags (where there are any) and an order."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(
            say("Find"),
            key="library_search",
            type="search",
            placeholder=say("Words of a title, step, card or quote"),
            persist_state="session",
        )
        orders = {order: say(order) for order in ORDERS}
        order = st.selectbox(
            say("Sort"),
            list(orders),
            format_func=orders.__getitem__,
            key="library_order",
            width=190,
            persist_state="session",
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        states = {state: say(state) for state in SHOWN}
        shown = st.segmented_control(
            say("Show"),
            list(states),
            format_func=states.__getitem__,
            key="library_shown",
            default=ALL,
            required=True,
            persist_state="session",
            wrap=True,
        )
        tags = _ask_tags(jobs)
    return Wanted(search or "", shown or ALL, tags, order or NEWEST)


def chosen(jobs: Iterable[Job], wanted: Wanted) -> list[Job]:
    """Return the jobs that fit, in the order asked for."""
    key, falling = ORDERS[wanted.order]
    return sorted((job for job in jobs if _fits(job, wanted)), key=key, reverse=falling)


def known_tags(jobs: Iterable[Job]) -> Sequence[str]:
    """Return every tag in use, in order."""
    return sorted({tag for job in jobs for tag in job.tags}, key=str.casefold)


def _ask_tags(jobs: Iterable[Job]) -> tuple[str, ...]:
    known = known_tags(jobs)
    if not known:
        return ()
    return tuple(st.multiselect(say("Tags"), known, key="library_tags", placeholder=say("Any"), width=260))


def _fits(job: Job, wanted: Wanted) -> bool:
    if job.archived is not (wanted.shown == ARCHIVED):
        return False
    return job.state in SHOWN[wanted.shown] and set(wanted.tags) <= set(job.tags)
