"""One real job against a scripted server: how it ended, what reached the server, what is in the ledger and on disk."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from journey.engines.llm import probe
from journey.errors import JobFailed
from journey.jobs.job import Job
from journey.jobs.queue import JobQueue
from journey.model import Attempt, Journey, Request, Role
from tests.faults.draw_through_model import open_queue
from tests.faults.server import Answer, Asked, ModelServer
from tests.faults.talk import TURNS
from tests.jobs_parts import upload

SHORT = "".join(f"{role.value.title()}: {words}\n" for role, _, words in TURNS)
ROLES = {role.value.title(): role for role, _, _ in TURNS} | {"Nora": Role.INTERVIEWER, "Yusuf": Role.PARTICIPANT}


@dataclass(frozen=True)
class Ending:
    """What can be seen from outside of a job that was run once, apart from its trying out of the server."""

    job: Job
    requests: tuple[Asked, ...]
    attempts: tuple[Attempt, ...]
    checkpoints: Counter[str]
    """Rows on disk by state: done, started, failed."""
    journey: Journey | None

    @property
    def sentence(self) -> str:
        """All that the user is told about how it went."""
        failure = [self.job.failure.message] if self.job.failure else []
        told = [self.journey.reason or "", *self.journey.run.warnings] if self.journey else []
        return " ".join([*failure, self.job.note, *told]).strip()


def run_job(home: Path, *script: Answer, text: str = SHORT) -> Ending:
    """Submit a transcript, run the job once in this thread, and look at everything that is left."""
    with ModelServer(*script) as server, closing(open_queue(home, server.url)) as queue:
        job = queue.submit(Request(uploads=(upload(queue, text),), engine="openai", roles=ROLES))
        queue.run(job)
        return look(queue, job, server)


def look(queue: JobQueue, job: str, server: ModelServer) -> Ending:
    """Return how a job stands now."""
    try:
        journey = queue.result(job, timeout=0)
    except (JobFailed, TimeoutError):
        journey = None
    rows = kept(queue.store.home)
    return Ending(queue.get(job), tuple(server.requests), attempts_of(queue, job), rows, journey)


def attempts_of(queue: JobQueue, job: str) -> tuple[Attempt, ...]:
    """Return the attempts of a job but for those that tried out the server."""
    return tuple(attempt for attempt in queue.attempts(job) if attempt.name != probe.NAME)


def kept(home: Path) -> Counter[str]:
    """Count the checkpoints in the file on disk, by state."""
    with closing(sqlite3.connect(home / "checkpoints/cache.db")) as database:
        rows = database.execute("SELECT value FROM Cache WHERE key LIKE 'state/%'").fetchall()
    states = [json.loads(value) for (value,) in rows]
    return Counter(state["state"] for state in states if state["name"] != probe.NAME)
