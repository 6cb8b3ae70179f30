"""One run of one job: claim it, do its work, record how that ended."""

from __future__ import annotations

import logging
from collections.abc import Callable

from journey.edits.outline import Wishes
from journey.errors import Stopped
from journey.jobs import job as moves
from journey.jobs.context import JobWork
from journey.jobs.heartbeat import LEASE, Heartbeat, end
from journey.jobs.job import Job
from journey.jobs.outcome import where
from journey.jobs.store import JobStore
from journey.model import Journey, Request
from journey.work import Work

log = logging.getLogger(__name__)

Draw = Callable[[Request, Callable[[str], bytes], Work], Journey | Wishes]
"""One job's work: the request, how to load kept bytes by digest, and what the work may ask for."""


class Runner:
    """Runs jobs in the calling thread."""

    def __init__(
        self, store: JobStore, heartbeat: Heartbeat, *, draw: Draw, timeout: float, clock: Callable[[], float]
    ) -> None:
        self._store = store
        self._heartbeat = heartbeat
        self._draw = draw
        self._timeout = timeout
        self._clock = clock

    def run(self, job_id: str) -> None:
        """Run the job if it waits and is due; a second call finds nothing to do."""
        now = self._clock()
        claimed = self._store.records.claim(job_id, now=now, until=now + LEASE)
        if claimed is None:
            return
        job, token = claimed
        work = JobWork(self._store, job, token, limit=self._timeout, clock=self._clock)
        with self._heartbeat.watching(work):
            self._attempt(job, work)

    def _attempt(self, job: Job, work: JobWork) -> None:
        try:
            request = self._store.records.request(job.id)
            found = self._draw(request, self._store.files.load, work)
            self._succeed(work, found, title=request.title or found.title)
        except Exception as exc:
            log.log(logging.INFO if isinstance(exc, Stopped) else logging.WARNING, "job %s: %s", job.id, where(exc))
            end(self._store, work, exc, now=self._clock())
        except BaseException as exc:  # Ctrl-C in a job that runs here and now
            end(self._store, work, exc, now=self._clock())
            raise

    def _succeed(self, work: JobWork, found: Journey | Wishes, *, title: str) -> None:
        result = self._store.files.keep(found.model_dump_json().encode())
        now, spent = self._clock(), work.spent

        def move(job: Job) -> Job:
            timed = moves.beat(job, spent=spent)
            return moves.succeed(timed, now=now, result=result, outcome=found.outcome, title=title)

        self._store.records.change(work.job_id, move, token=work.token)
