"""A library with one finished journey in it, made without a server, for tests of the workspace around its map."""

from __future__ import annotations

from pathlib import Path

from journey.jobs.queue import JobQueue
from journey.jobs.store import JobStore
from journey.library import Library
from journey.model import Journey, Request, Upload
from journey.proposing import Proposer


def keep_journey(home: Path, journey: Journey) -> str:
    """Put a journey into a new library as if an engine had drawn it, and return its job's id."""
    queue = JobQueue(JobStore(home), draw=lambda request, load, work: journey)
    source = journey.sources[0]
    upload = Upload(name="interview.txt", sha256=queue.keep(source.text.encode()))
    job_id = queue.submit(Request(uploads=(upload,), title=journey.title))
    queue.run(job_id)
    queue.close()
    return job_id


def propose(home: Path, job_id: str, drawn: Journey) -> None:
    """Have a journey drawn again as this one, so that the difference is proposed."""
    queue = JobQueue(JobStore(home), draw=lambda request, load, work: drawn)
    queue.run(Proposer(queue, Library(queue)).draw_again(job_id, engine="local"))
    queue.close()


def library_of(home: Path) -> Library:
    """Open a library as another process would, to see what was kept."""
    return Library(JobQueue(JobStore(home), draw=lambda request, load, work: journey_of_nobody()))


def journey_of_nobody() -> Journey:
    """Refuse to draw: a library that is only looked at has no engine."""
    raise AssertionError("nothing is drawn here")
