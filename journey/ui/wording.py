"""What the pages say about a job, a time or a size; and how words from outside are made harmless."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final, Literal

from babel.dates import format_date

from journey.jobs.job import Job, JobState
from journey.model import Outcome
from journey.ui.language import entry, number, region, say, say_below, say_many

STATES = {
    JobState.QUEUED: entry("Queued"),
    JobState.RUNNING: entry("Processing"),
    JobState.SUCCEEDED: entry("Completed"),
    JobState.FAILED: entry("Failed"),
    JobState.CANCELLED: entry("Cancelled"),
}

OUTCOMES: Final[dict[Outcome | None, str]] = {
    Outcome.PARTIAL: entry("Partial"),
    Outcome.NOT_ENOUGH: entry("Not enough"),
}
"""What is said in place of "Completed" where less than a whole map came of it."""

Colour = Literal["gray", "blue", "green", "red", "orange"]
COLOURS: Final[dict[JobState, Colour]] = {
    JobState.QUEUED: "gray",
    JobState.RUNNING: "blue",
    JobState.SUCCEEDED: "green",
    JobState.FAILED: "red",
    JobState.CANCELLED: "gray",
}

LONG = 40
"""Seconds after which a run is called a long one."""

_ACTIVE = re.compile(r"""([!-/:-@\[-`{-~](?<![.,;'"?%])|(?<=^\d)\.|(?<=^\d\d)\.)""")


def plain(text: str) -> str:
    r"""Escape text from outside for a place that Streamlit reads as markdown (a label, a heading, an alert).

    CommonMark 0.31, 2.4: any ASCII punctuation may be escaped; Streamlit's own directives and formulas begin with some.
    Marks that mean nothing there stay as they are.

    >>> print(plain("![x](http://x.org) costs $5 :red[now]"))
    \!\[x\]\(http\:\/\/x.org\) costs \$5 \:red\[now\]
    >>> print(plain("1. Wait... really?"))
    1\. Wait... really?
    """
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))


def state_label(job: Job) -> str:
    """Return the job's state as the screen names it; a job that is done, by how much of a map came of it.

    >>> state_label(Job(id="1", request="", created=0, attempt=1))
    'Retrying'
    >>> state_label(Job(id="1", request="", created=0, state=JobState.SUCCEEDED, outcome=Outcome.PARTIAL))
    'Partial'
    """
    if job.state is JobState.QUEUED and job.attempt:
        return say("Retrying")
    if job.state is JobState.RUNNING and job.cancel_requested:
        return say("Cancelling")
    return say(OUTCOMES.get(job.outcome, STATES[job.state]))


def state_colour(job: Job) -> Colour:
    """Return the colour of the badge that says it."""
    return "orange" if job.outcome in OUTCOMES else COLOURS[job.state]


def running_seconds(job: Job, *, now: float) -> float:
    """Return the seconds of running time by the server's clock, over restarts too.

    `spent` holds earlier runs as well but is written every few seconds only; the present run's start fills the gap.
    """
    present = now - job.started if job.started and job.state is JobState.RUNNING else 0.0
    return max(job.spent, present, 0.0)


def progress_text(job: Job, *, now: float, shows_pictures: bool = False) -> str:
    """Return the line beside the bar.

    >>> begun = Job(id="1", request="", created=0, state=JobState.RUNNING, started=100, stage="Finding steps")
    >>> progress_text(begun, now=100.4)
    'Starting analysis...'
    >>> progress_text(begun.model_copy(update={"done": 3, "total": 9, "note": "section"}), now=112)
    'Processing... 12s · section 3 of 9'
    >>> progress_text(begun, now=145)
    'Still analyzing... 45s (long transcript)'
    >>> progress_text(begun, now=145, shows_pictures=True)
    'Still analyzing... 45s (complex diagram)'
    """
    seconds = int(running_seconds(job, now=now))
    if job.state is JobState.QUEUED or seconds < 1:
        return say("Starting analysis...")
    return f"{_still(seconds, shows_pictures=shows_pictures)}{_part(job)}"


def _still(seconds: int, *, shows_pictures: bool) -> str:
    if seconds <= LONG:
        return say("Processing... {seconds}s", seconds=seconds)
    if shows_pictures:
        return say("Still analyzing... {seconds}s (complex diagram)", seconds=seconds)
    return say("Still analyzing... {seconds}s (long transcript)", seconds=seconds)


def _part(job: Job) -> str:
    if not (job.done and job.total):
        return ""
    part = say("{part} {done} of {total}", part=say_below(job.note), done=job.done, total=job.total)
    return f" · {part.strip()}"


def fraction(job: Job, *, now: float, expected: float | None) -> float:
    """Return how full the bar is: parts done where the work counts them, else time against the time expected.

    >>> fraction(Job(id="1", request="", created=0, done=1, total=4), now=9, expected=None)
    0.25
    """
    if job.total:
        return min(1.0, job.done / job.total)
    if expected and job.state is JobState.RUNNING:
        return min(0.95, running_seconds(job, now=now) / expected)
    return 0.0


def duration(seconds: float) -> str:
    """Return a length of time, rounded for people.

    >>> duration(0.4), duration(12), duration(170), duration(8000)
    ('under a second', '12 s', '3 min', '2.2 h')
    """
    if seconds < 1:
        return say("under a second")
    if seconds < 90:
        return say("{n} s", n=number(seconds))
    return say("{n} min", n=number(seconds / 60)) if seconds < 5400 else say("{n} h", n=number(seconds / 3600, 1))


def ago(then: float, *, now: float) -> str:
    """Return how long ago something was, or its day.

    >>> ago(100, now=130), ago(100, now=700), ago(0, now=864000)
    ('just now', '10 min ago', '1 January 1970')
    """
    seconds = now - then
    if seconds < 60:
        return say("just now")
    if seconds < 86_400:
        return say("{time} ago", time=duration(seconds))
    return format_date(datetime.fromtimestamp(then, UTC), "long", locale=region())


def size(amount: int) -> str:
    """Return bytes in a unit people read.

    >>> size(900), size(20_500), size(3_400_000), size(7_200_000_000)
    ('900 bytes', '20 kB', '3.4 MB', '7.2 GB')
    """
    if amount < 1000:
        return say_many("{n} byte", "{n} bytes", amount)
    if amount < 1e6:
        return f"{number(amount / 1e3)} kB"
    return f"{number(amount / 1e6, 1)} MB" if amount < 1e9 else f"{number(amount / 1e9, 1)} GB"


def money(dollars: float) -> str:
    """Return US dollars, finer where they are few; as the shell and the exports write them, in the language.

    >>> money(12.5), money(0.024), money(0.0034), money(0.00002), money(0)
    ('$12.50', '$0.024', '$0.0034', 'under $0.0001', '$0')
    """
    if dollars <= 0:
        return say("${amount}", amount="0")
    if dollars < 0.0001:
        return say("under {amount}", amount=say("${amount}", amount=number(0.0001, 4)))
    if dollars >= 0.1:
        return say("${amount}", amount=number(dollars, 2))
    fine = Decimal(f"{dollars:.2g}")
    return say("${amount}", amount=number(float(fine), -int(fine.as_tuple().exponent)))


def calls_in_words(calls: int, tokens: int, cost: float | None) -> str:
    """Say what calls to a paid service have taken.

    >>> calls_in_words(12, 48_000, None)
    '12 calls, 48,000 tokens'
    """
    told = [say_many("{n} call", "{n} calls", calls), say_many("{n} token", "{n} tokens", tokens)]
    return ", ".join(told + ([] if cost is None else [money(cost)]))


def engine_name(name: str) -> str:
    """Return an engine's name as people say it.

    >>> engine_name("local"), engine_name("openai")
    ('local', 'openai')
    """
    return say("local") if name == "local" else name
