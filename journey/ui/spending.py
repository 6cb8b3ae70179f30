"""What a job has asked of a model and what that cost: one line while it runs, and every attempt once it has ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from journey.bootstrap import App
from journey.engines.llm.limits import cap_of
from journey.engines.llm.prices import find_price
from journey.jobs.job import Job
from journey.model import Attempt, AttemptOutcome
from journey.model.bill import cost_of, maybe_paid_twice, tokens_of
from journey.ui.language import entry, say, say_below, say_many
from journey.ui.wording import calls_in_words, money, plain

MOST_ROWS = 500


def show_running_cost(app: App, job: Job) -> None:
    """Say in one line what a live job has spent so far of what it may; nothing where it asked nobody."""
    attempts = app.queue.attempts(job.id)
    if attempts:
        cap = cap_of(app.queue.request(job.id).budget, app.settings)
        is_priced = find_price(app.settings.model) is not None
        st.caption(plain(so_far(attempts, cap=cap, is_priced=is_priced)), help=say(HOW_COUNTED))


HOW_COUNTED = entry(
    "A call under way is counted at the most that it can take until its answer says what it took. The cap is never"
    " exceeded, with everything that is under way."
)


def so_far(attempts: Sequence[Attempt], *, cap: float, is_priced: bool) -> str:
    """Say what attempts have taken, against the cap.

    >>> done = Attempt(id="a", name="section", at=0, outcome="answered", sent=900, received=100, charged=1000)
    >>> so_far([done], cap=50_000, is_priced=False)
    '1 call, 1,000 tokens so far; at most 50,000 tokens.'
    >>> sent = Attempt(id="b", name="section", at=0, charged=8000, cost=0.02)
    >>> so_far([done.model_copy(update={"cost": 0.01}), sent], cap=1, is_priced=True)
    '2 calls, 1,000 tokens, $0.03 so far; at most $1.00. 1 call is under way.'
    """
    most = money(cap) if is_priced else say_many("{n} token", "{n} tokens", round(cap))
    told = say("{spent} so far; at most {most}.", spent=_in_words(attempts), most=most)
    waiting = sum(attempt.outcome is AttemptOutcome.UNDER_WAY for attempt in attempts)
    if not waiting:
        return told
    return f"{told} {say_many('{n} call is under way.', '{n} calls are under way.', waiting)}"


def _in_words(attempts: Sequence[Attempt]) -> str:
    calls = sum(attempt.calls for attempt in attempts)
    return calls_in_words(calls, tokens_of(attempts), cost_of(attempts))


def show_attempts(app: App, job: Job) -> None:
    """Offer every attempt of a job that has ended to be looked at; nothing where it asked nobody."""
    attempts = app.queue.attempts(job.id)
    if not attempts:
        return
    with st.expander(plain(say("What was asked of the model: {spent}", spent=_in_words(attempts)))):
        if told := interrupted_in_words(job, attempts):
            st.caption(f":material/warning: {plain(told)}")
        st.dataframe(
            [_row(attempt) for attempt in attempts[-MOST_ROWS:]],
            hide_index=True,
            column_config=_columns(is_priced=cost_of(attempts) is not None),
            placeholder="–",
            alt=say("Each attempt: when, what for, how it ended, its tokens and its cost"),
            key="attempts",
        )
        st.caption(
            say("Tokens are what the server says it read and wrote. What it did not say is counted at the most.")
        )


def _columns(*, is_priced: bool) -> dict[str, ColumnConfig | None]:
    counts = {"read": say("Tokens read"), "written": say("Tokens written"), "counted": say("Tokens counted")}
    cost = st.column_config.NumberColumn(say("Cost, US dollars"), format="%.5f", width="small")
    return {
        "at": st.column_config.DatetimeColumn(say("At"), format="HH:mm:ss", width="small"),
        "for": st.column_config.TextColumn(say("What for")),
        "outcome": st.column_config.TextColumn(say("Outcome")),
        **{
            name: st.column_config.NumberColumn(label, format="localized", width="small")
            for name, label in counts.items()
        },
        "cost": cost if is_priced else None,
    }


def _row(attempt: Attempt) -> dict[str, object]:
    return {
        "at": datetime.fromtimestamp(attempt.at),
        "for": _upper(say_below(attempt.name)),
        "outcome": outcome_in_words(attempt),
        "read": attempt.sent or None,
        "written": attempt.received or None,
        "counted": attempt.charged,
        "cost": attempt.cost,
    }


def outcome_in_words(attempt: Attempt) -> str:
    """Say how an attempt ended, and whether it may have been paid for in vain.

    >>> lost = Attempt(id="a", name="section", at=0, outcome="lost", charged=9)
    >>> failed = lost.model_copy(update={"outcome": "failed"})
    >>> free, measured = (failed.model_copy(update=end) for end in ({"charged": 0}, {"is_measured": True}))
    >>> [outcome_in_words(attempt) for attempt in (lost, failed, free, measured)]
    ['Interrupted, maybe paid twice', 'No answer, maybe paid', 'Turned away, free', 'Cut off or unusable, paid']
    """
    if attempt.outcome == AttemptOutcome.LOST:
        return say("Interrupted, maybe paid twice")
    if attempt.outcome != AttemptOutcome.FAILED:
        return say("Answered") if attempt.outcome == AttemptOutcome.ANSWERED else say("Under way")
    if not attempt.charged:
        return say("Turned away, free")
    return say("Cut off or unusable, paid") if attempt.is_measured else say("No answer, maybe paid")


def interrupted_in_words(job: Job, attempts: Sequence[Attempt]) -> str:
    """Say how many calls may be paid for twice, by runs of this job or of an earlier one; empty for none.

    >>> interrupted_in_words(Job(id="1", request="", created=0, repeated=1), [])
    'Maybe paid twice: 1 call, interrupted before the answer was kept. Repeating it is charged again.'
    """
    lost = max(maybe_paid_twice(attempts), job.repeated)
    if not lost:
        return ""
    return say_many(
        "Maybe paid twice: {n} call, interrupted before the answer was kept. Repeating it is charged again.",
        "Maybe paid twice: {n} calls, interrupted before the answer was kept. Repeating them is charged again.",
        lost,
    )


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
