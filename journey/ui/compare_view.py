"""Two versions of a journey side by side, instead of the map: ?compare=1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict

import streamlit as st

from journey.bootstrap import App
from journey.edits.side_by_side import Row, side_by_side
from journey.errors import StoreDamaged
from journey.jobs.job import Job
from journey.model import Journey
from journey.ui import frontend
from journey.ui.lanes import LANE_NAMES
from journey.ui.language import entry, say, say_below
from journey.ui.wording import plain

COMPARE = "compare"
"""The parameter of the address that has two versions compared."""

DRAWN, NOW = entry("As it was drawn"), entry("As it is now")

TITLES = {lane.key: lane.title for lane in LANE_NAMES} | {
    "title": entry("Title"),
    "actor": entry("Whose journey"),
    "scenario": entry("Scenario"),
    "goal": entry("Goal"),
}

COUNTS: dict[str, Callable[[int], str]] = {
    "added": lambda n: say("{n} added", n=n),
    "removed": lambda n: say("{n} removed", n=n),
    "changed": lambda n: say("{n} changed", n=n),
    "moved": lambda n: say("{n} moved", n=n),
}
"""How the differences of each kind are counted."""

_table = frontend.component("comparison", scripts=["comparison.js"], styles=["comparison.css"])


def is_asked() -> bool:
    """Tell whether the address asks for a comparison."""
    return COMPARE in st.query_params


def begin() -> None:
    """Ask for the comparison, from a callback."""
    st.query_params[COMPARE] = "1"


def end() -> None:
    """Go back to the map, from a callback."""
    st.query_params.pop(COMPARE, None)


def show_comparison(app: App, job: Job, journey: Journey) -> None:
    """Draw the choice of two versions and what differs between them."""
    names = [DRAWN, *_named(app, job), NOW]
    st.button(say("Back to the map"), icon=":material/arrow_back:", key="compare-end", on_click=end)
    left_side, right_side, choice = st.columns([3, 3, 2], vertical_alignment="bottom")
    titles = {name: say(name) if name in {DRAWN, NOW} else name for name in names}
    shown_as, last = titles.__getitem__, len(names) - 1
    left = left_side.selectbox(say("On the left"), names, 0, shown_as, key=f"compare-left-{job.id}")
    right = right_side.selectbox(say("On the right"), names, last, shown_as, key=f"compare-right-{job.id}")
    only = choice.toggle(say("Only what differs"), value=True, key=f"compare-only-{job.id}")
    rows = side_by_side(_open(app, job, journey, left), _open(app, job, journey, right), only_changes=only)
    st.markdown(f"**{_summary(rows)}**")
    if rows:
        shown = [asdict(row) | {"lane": _lane(row.lane)} for row in rows]
        _table(key=f"comparison-{job.id}", data={"left": titles[left], "right": titles[right], "rows": shown})


def _named(app: App, job: Job) -> list[str]:
    try:
        return [version.name for version in app.library.versions(job.id) if version.name not in {DRAWN, NOW}]
    except StoreDamaged as error:
        st.warning(plain(say_below(str(error))))
        return []


def _open(app: App, job: Job, journey: Journey, name: str) -> Journey:
    if name == NOW:
        return journey
    return app.library.original(job.id) if name == DRAWN else app.library.open_version(job.id, name)


def _lane(lane: str) -> str:
    return say(TITLES[lane]) if lane in TITLES else lane.capitalize()


def _summary(rows: tuple[Row, ...]) -> str:
    """Say how much differs.

    >>> from journey.edits.side_by_side import Piece
    >>> words = (Piece("Search"),)
    >>> _summary((Row("step", "moved", words), Row("step", "moved", after=words), Row("card", "added", after=words)))
    '1 added, 1 moved'
    """
    counts: Counter[str] = Counter(row.what for row in rows if row.after or row.what == "removed")
    told = [told(counts[what]) for what, told in COUNTS.items() if counts[what]]
    return ", ".join(told) or say("These two are the same")
