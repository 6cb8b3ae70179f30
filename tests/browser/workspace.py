"""A library with one finished journey in it, made without a server, for tests of the workspace around its map."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from journey.jobs.queue import JobQueue
from journey.jobs.store import JobStore
from journey.library import Library
from journey.model import Journey, Request, Upload


def keep_journey(home: Path, journey: Journey, *, drafts: Mapping[str, Journey] | None = None) -> str:
    """Put a journey into a new library as if an engine had drawn it, and return its job's id.

    Args:
        drafts: journeys that the engine draws by the words of the instructions.
    """
    queue = JobQueue(JobStore(home), draw=lambda request, load, work: (drafts or {}).get(request.instructions, journey))
    source = journey.sources[0]
    upload = Upload(name="interview.txt", sha256=queue.keep(source.text.encode()))
    job_id = queue.submit(Request(uploads=(upload,), title=journey.title))
    queue.run(job_id)
    queue.close()
    return job_id


def library_of(home: Path) -> Library:
    """Open a library as another process would, to see what was kept."""
    return Library(JobQueue(JobStore(home), draw=lambda request, load, work: journey_of_nobody()))


def journey_of_nobody() -> Journey:
    """Refuse to draw: a library that is only looked at has no engine."""
    raise AssertionError("nothing is drawn here")
