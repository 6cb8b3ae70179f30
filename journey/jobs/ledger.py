"""Which jobs wait, which run and under whose lease, and which request each live job works on: one small row.

It is one row because every SQL statement gives the interpreter's lock away, and a thread that computes keeps it for
milliseconds: a submit of twenty statements beside a running job is slow, one of nine is not.
"""

from __future__ import annotations

from pydantic import Field

from journey.errors import InvalidTransition
from journey.jobs.job import Job, JobState
from journey.model import Record


class Lease(Record):
    """Who works on a job: every write of a worker must show the token."""

    token: str
    until: float


class Ledger(Record):
    """The live jobs; it follows from their records and is kept beside them in the same transaction."""

    revision: int = Field(default=0, description="counts the changes of any record")
    queue: tuple[str, ...] = ()
    running: dict[str, Lease] = Field(default={}, description="by job id")
    requests: dict[str, str] = Field(default={}, description="job id by digest of the request")

    def entered(self, old: Job | None, new: Job, *, lease: Lease | None = None) -> Ledger:
        """Return the ledger after a job's move.

        Raises:
            InvalidTransition: another live job works on the same request.
        """
        return Ledger(
            revision=self.revision + 1,
            queue=self._queue_after(old, new),
            running=self._running_after(new, lease),
            requests=self._requests_after(new),
        )

    def _queue_after(self, old: Job | None, new: Job) -> tuple[str, ...]:
        if new.state is not JobState.QUEUED:
            return tuple(job_id for job_id in self.queue if job_id != new.id)
        if new.id in self.queue:
            return self.queue
        if old is not None and old.state is JobState.RUNNING:
            return (new.id, *self.queue)  # its turn had come; `not_before` holds it back if it has to wait
        return (*self.queue, new.id)

    def _running_after(self, new: Job, lease: Lease | None) -> dict[str, Lease]:
        others = {job_id: held for job_id, held in self.running.items() if job_id != new.id}
        held = lease or self.running.get(new.id)
        return {**others, new.id: held} if new.state is JobState.RUNNING and held else others

    def _requests_after(self, new: Job) -> dict[str, str]:
        if not new.is_live:
            return {digest: job_id for digest, job_id in self.requests.items() if job_id != new.id}
        twin = self.requests.get(new.request, new.id)
        if twin != new.id:
            raise InvalidTransition(f"Job {new.id} cannot be tried again: job {twin} is working on the same input.")
        return {**self.requests, new.request: new.id}
