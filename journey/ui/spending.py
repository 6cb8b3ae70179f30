"""What a job has asked of a model and what that cost: one line while it runs, and every attempt once it has ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from journey.bootstrap import App
from journey.engines.llm.limits import cap_of
from journey.engines.llm.prices import find_price
from journey.jobs.job import Job
from journey.model import Attempt, AttemptOutcome
from journey.model.bill import cost_of, dollars, in_words, maybe_paid_twice
from journey.ui.wording import counted, plain

MOST_ROWS = 500


def show_running_cost(app: App, job: Job) -> None:
    """Say in one line what a live job has spent so far of what it may; nothing where it asked nobody."""
    attempts = app.queue.attempts(job.id)
    if attempts:
        cap = cap_of(app.queue.request(job.id).budget, app.settings)
        is_priced = find_price(app.settings.model) is not None
        st.caption(plain(so_far(attempts, cap=cap, is_priced=is_priced)), help=HOW_COUNTED)


HOW_COUNTED = (
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
    most = dollars(cap) if is_priced else f"{cap:,.0f} tokens"
    waiting = sum(attempt.outcome is AttemptOutcome.UNDER_WAY for attempt in attempts)
    under_way = f" {counted(waiting, 'call')} {'is' if waiting == 1 else 'are'} under way." if waiting else ""
    return f"{in_words(attempts)} so far; at most {most}.{under_way}"


def show_attempts(app: App, job: Job) -> None:
    """Offer every attempt of a job that has ended to be looked at; nothing where it asked nobody."""
    attempts = app.queue.attempts(job.id)
    if not attempts:
        return
    with st.expander(plain(f"What was asked of the model: {in_words(attempts)}")):
        if told := interrupted_in_words(job, attempts):
            st.caption(f":material/warning: {plain(told)}")
        st.dataframe(
            [_row(attempt) for attempt in attempts[-MOST_ROWS:]],
            hide_index=True,
            column_config=_COLUMNS if cost_of(attempts) is not None else {**_COLUMNS, "Cost": None},
            placeholder="–",
            alt="Each attempt: when, what for, how it ended, its tokens and its cost",
            key="attempts",
        )
        st.caption("Tokens are what the server says it read and wrote. What it did not say is counted at the most.")


_COLUMNS = {
    "At": st.column_config.DatetimeColumn(format="HH:mm:ss", width="small"),
    "Read": st.column_config.NumberColumn("Tokens read", format="localized", width="small"),
    "Written": st.column_config.NumberColumn("Tokens written", format="localized", width="small"),
    "Counted": st.column_config.NumberColumn("Tokens counted", format="localized", width="small"),
    "Cost": st.column_config.NumberColumn("Cost, US dollars", format="%.5f", width="small"),
}


def _row(attempt: Attempt) -> dict[str, object]:
    return {
        "At": datetime.fromtimestamp(attempt.at),
        "What for": attempt.name.capitalize(),
        "Outcome": outcome_in_words(attempt),
        "Read": attempt.sent or None,
        "Written": attempt.received or None,
        "Counted": attempt.charged,
        "Cost": attempt.cost,
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
        return "Interrupted, maybe paid twice"
    if attempt.outcome != AttemptOutcome.FAILED:
        return attempt.outcome.capitalize()
    if not attempt.charged:
        return "Turned away, free"
    return "Cut off or unusable, paid" if attempt.is_measured else "No answer, maybe paid"


def interrupted_in_words(job: Job, attempts: Sequence[Attempt]) -> str:
    """Say how many calls may be paid for twice, by runs of this job or of an earlier one; empty for none.

    >>> interrupted_in_words(Job(id="1", request="", created=0, repeated=1), [])
    'Maybe paid twice: 1 call, interrupted before the answer was kept. Repeating it is charged again.'
    """
    lost = max(maybe_paid_twice(attempts), job.repeated)
    if not lost:
        return ""
    them = "it" if lost == 1 else "them"
    return (
        f"Maybe paid twice: {counted(lost, 'call')}, interrupted before the answer was kept. "
        f"Repeating {them} is charged again."
    )
