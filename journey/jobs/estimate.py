"""How long a job will take, from jobs that took their time before."""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import median

from journey.jobs.job import Job, JobState

NEIGHBOURS = 5


def expected_seconds(job: Job, past: Iterable[Job]) -> float | None:
    """Return the running time to expect, or None when no job of this engine has completed.

    The median of the past jobs nearest in size, each scaled by size (at most fourfold: a large part of the time does
    not depend on the size).

    >>> done = Job(id="1", request="", created=0, state=JobState.SUCCEEDED, engine="local", size=1000, spent=10)
    >>> expected_seconds(Job(id="2", request="", created=1, engine="local", size=2000), [done])
    20.0
    """
    like = [other for other in past if other.state is JobState.SUCCEEDED and other.engine == job.engine and other.spent]
    if not like:
        return None
    nearest = sorted(like, key=lambda other: abs(math.log(_ratio(job, other))))[:NEIGHBOURS]
    return median(other.spent * min(4.0, max(0.25, _ratio(job, other))) for other in nearest)


def _ratio(job: Job, other: Job) -> float:
    return max(1, job.size) / max(1, other.size)
