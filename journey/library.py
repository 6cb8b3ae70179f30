"""The user's journeys and the jobs that draw them: find, open, rename, delete, restore."""

from __future__ import annotations

import time
from collections.abc import Callable

from journey.errors import InvalidTransition
from journey.jobs import job as moves
from journey.jobs.job import Job
from journey.jobs.queue import JobQueue
from journey.model import Journey


class Library:
    """What the user sees of the queue's jobs, deleted ones left out."""

    def __init__(self, queue: JobQueue, *, clock: Callable[[], float] = time.time) -> None:
        self._queue = queue
        self._clock = clock

    def rows(self, search: str = "") -> list[Job]:
        """Return the jobs, newest first, whose titles hold every word of the search, in any case."""
        words = search.casefold().split()
        shown = (job for job in self._queue.jobs() if job.deleted is None)
        return [job for job in shown if all(word in job.title.casefold() for word in words)]

    def open(self, job_id: str) -> Journey:
        """Return the journey of a completed job.

        Raises:
            JobFailed: there is none, or not yet.
        """
        return self._queue.journey(self._queue.get(job_id))

    def rename(self, job_id: str, title: str) -> None:
        """Give a journey another title, in the library and in the journey itself.

        Raises:
            InvalidTransition: the title is blank, or the job has no journey.
        """
        title = " ".join(title.split())
        if not title:
            raise InvalidTransition("A title cannot be blank: type one.")
        store = self._queue.store
        renamed = self.open(job_id).model_copy(update={"title": title})
        result = store.files.keep(renamed.model_dump_json().encode())
        store.records.change(job_id, lambda job: moves.rename(job, title=title, result=result))

    def delete(self, job_id: str) -> None:
        """Put a job and its journey out of sight; a live one is cancelled first. `restore` undoes this for a week."""
        now = self._clock()
        self._queue.cancel(job_id)
        self._queue.store.records.change(job_id, lambda job: moves.delete(job, now=now))

    def restore(self, job_id: str) -> None:
        """Bring a deleted job back."""
        self._queue.store.records.change(job_id, moves.restore)
