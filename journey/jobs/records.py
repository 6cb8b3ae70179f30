"""Job records: every change is one transaction, and a stale worker's is refused."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from pydantic import JsonValue, TypeAdapter, ValidationError

from journey.errors import InvalidTransition, JobNotFound, LeaseLost, QueueFull, StoreDamaged
from journey.jobs import job as moves
from journey.jobs.disk import Table
from journey.jobs.job import Job
from journey.jobs.ledger import Lease, Ledger
from journey.model import Attempt, Record, Request

LONGEST_QUEUE = 500
"""Jobs that may wait at once."""

Move = Callable[[Job], Job]
T = TypeVar("T")
R = TypeVar("R", bound=Record)
TITLES = TypeAdapter(tuple[str, ...])
ATTEMPTS = TypeAdapter(tuple[Attempt, ...])


class Records:
    """The rows `job/ID`, `request/ID`, `found/ID`, `attempts/ID` and the ledger.

    The process that runs the workers keeps a copy in memory, so that pages, each a new thread with a database
    connection to open, are served without touching the disk.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._lock = threading.RLock()  # copy and table change together
        self._ledger = Ledger()
        self._changed: dict[str, Job | None] = {}
        self._copy: dict[str, Job] | None = None
        self._copied = Ledger()
        self._found: dict[str, tuple[str, ...]] = {}

    def add(self, job: Job, request: Request) -> Job:
        """Queue a new job, or return the live one that already works on this request.

        Raises:
            QueueFull: too many jobs wait.
        """

        def change() -> Job:
            twin = self._ledger.requests.get(job.request)
            if twin is not None:
                return self._row(twin)
            if len(self._ledger.queue) >= LONGEST_QUEUE:
                raise QueueFull
            self._table.set(f"request/{job.id}", request.model_dump(mode="json"))
            return self._put(None, job)

        return self._commit(change)

    def adopt(self, job: Job, request: Request, *, keep_more: Callable[[], None] = lambda: None) -> Job:
        """Keep a job that has ended already, such as a copy or one that was brought from elsewhere.

        Args:
            keep_more: keeps other rows of the job in the same transaction.
        """

        def change() -> Job:
            keep_more()
            self._table.set(f"request/{job.id}", request.model_dump(mode="json"))
            return self._put(None, job)

        return self._commit(change)

    def find(self, job_id: str) -> Job | None:
        """Return the job, or None."""
        known = self._copy.get(job_id) if self._copy is not None else None
        return known or self._read(job_id)

    def jobs(self) -> list[Job]:
        """Return every job, newest first."""
        copy = self._copy
        found = list(copy.values()) if copy is not None else self._oldest_first()
        return found[::-1]

    def request(self, job_id: str) -> Request:
        """Return what the job was asked to do."""
        row = self._table.get(f"request/{job_id}")
        if row is None:
            raise JobNotFound(f"There is no job {job_id!r} in this library.")
        return _valid(Request, row)

    def queued(self) -> tuple[str, ...]:
        """Return the ids of the waiting jobs, the next one first."""
        return self._live().queue

    def leases(self) -> dict[str, Lease]:
        """Return the leases of the running jobs."""
        return self._live().running

    def claim(self, job_id: str, *, now: float, until: float) -> tuple[Job, str] | None:
        """Give the job to the caller with a new token; None when another took it or it is not due."""
        token = secrets.token_hex(8)

        def change() -> Job | None:
            job = self._row(job_id)
            if not job.is_due(now):
                return None
            return self._put(job, moves.claim(job, now=now), lease=Lease(token=token, until=until))

        claimed = self._commit(change)
        return (claimed, token) if claimed else None

    def change(self, job_id: str, move: Move, *, token: str | None = None, until: float | None = None) -> Job:
        """Apply a move and return the job as it is now.

        Args:
            token: of the worker that asks; without it the caller speaks for the user or the store.
            until: renews the worker's lease.

        Raises:
            JobNotFound: there is no such job.
            InvalidTransition: its state does not allow the move.
            LeaseLost: the token is not the one in force.
        """

        def change() -> Job:
            if token is not None:
                self._fence(job_id, token)
            job = self._row(job_id)
            lease = Lease(token=token, until=until) if token and until else None
            return self._put(job, move(job), lease=lease)

        return self._commit(change)

    def take_back(self, job_id: str, lease: Lease, *, now: float) -> Job:
        """Take a job from a worker that is gone."""
        return self.change(job_id, lambda job: moves.lose(job, now=now), token=lease.token)

    def show(self, job_id: str, titles: Sequence[str], *, token: str) -> None:
        """Keep the findings so far, in a row of their own."""

        def change() -> None:
            self._fence(job_id, token)
            self._table.set(f"found/{job_id}", list(titles))

        self._commit(change)
        self._found[job_id] = tuple(titles)

    def findings(self, job_id: str) -> tuple[str, ...]:
        """Return the findings so far."""
        if self._copy is not None and job_id in self._found:
            return self._found[job_id]
        found = TITLES.validate_python(self._table.get(f"found/{job_id}") or ())
        if self._copy is not None:  # only the owner's workers write them
            self._found.setdefault(job_id, found)
        return found

    def enter(self, job_id: str, attempts: Sequence[Attempt], *, token: str) -> None:
        """Keep all attempts at paid calls that the job has made so far."""

        def change() -> None:
            self._fence(job_id, token)
            self._table.set(f"attempts/{job_id}", ATTEMPTS.dump_python(tuple(attempts), mode="json"))

        self._commit(change)

    def attempts(self, job_id: str) -> tuple[Attempt, ...]:
        """Return the attempts at paid calls that the job has made so far, in order."""
        return ATTEMPTS.validate_python(self._table.get(f"attempts/{job_id}") or ())

    def remove(self, job_id: str) -> None:
        """Forget an ended job."""

        def change() -> None:
            job = self._row(job_id)
            if job.is_live:
                raise InvalidTransition(f"Job {job.id} cannot be removed: it is {job.state}.")
            for kind in ("job", "request", "found", "attempts"):
                self._table.delete(f"{kind}/{job_id}")
            self._ledger = self._ledger.model_copy(update={"revision": self._ledger.revision + 1})
            self._changed[job_id] = None

        self._commit(change)
        self._found.pop(job_id, None)

    def mirror(self) -> None:
        """Keep a copy in memory from now on; call again to take in what other processes changed."""
        if self._copy is not None and self._read_ledger().revision == self._copied.revision:
            return
        with self._lock:
            self._copied = self._read_ledger()
            self._copy = {job.id: job for job in self._oldest_first()}  # new ones come last: it stays in order

    def _live(self) -> Ledger:
        return self._copied if self._copy is not None else self._read_ledger()

    def _commit(self, change: Callable[[], T]) -> T:
        with self._lock:
            outcome, before = self._table.transact(lambda: self._entered(change))
            self._follow(before)
            return outcome

    def _entered(self, change: Callable[[], T]) -> tuple[T, Ledger]:
        """Run the change with the ledger at hand and keep what became of it; a rolled back one may be run again."""
        self._changed.clear()
        before = self._ledger = self._read_ledger()
        outcome = change()
        if self._changed:
            self._table.set("ledger", self._ledger.model_dump(mode="json"))
        return outcome, before

    def _follow(self, before: Ledger) -> None:
        """Take the committed change over into the copy."""
        if self._copy is None:
            return
        for job_id, job in self._changed.items():
            if job is None:
                self._copy.pop(job_id, None)
            else:
                self._copy[job_id] = job
        if self._copied.revision == before.revision:  # else others wrote too, and the next `mirror` reads everything
            self._copied = self._ledger

    def _put(self, old: Job | None, new: Job, *, lease: Lease | None = None) -> Job:
        self._ledger = self._ledger.entered(old, new, lease=lease)
        self._table.set(f"job/{new.id}", new.model_dump(mode="json"))
        self._changed[new.id] = new
        return new

    def _fence(self, job_id: str, token: str) -> None:
        lease = self._ledger.running.get(job_id)
        if lease is None or lease.token != token:
            raise LeaseLost

    def _row(self, job_id: str) -> Job:
        job = self._read(job_id)
        if job is None:
            raise JobNotFound(f"There is no job {job_id!r} in this library.")
        return job

    def _read(self, job_id: str) -> Job | None:
        row = self._table.get(f"job/{job_id}") if job_id.isascii() else None  # anything may stand in an address
        return None if row is None else _valid(Job, row)

    def _read_ledger(self) -> Ledger:
        row = self._table.get("ledger")
        return Ledger() if row is None else _valid(Ledger, row)

    def _oldest_first(self) -> list[Job]:
        return sorted(self._rows(), key=lambda job: (job.created, job.id))

    def _rows(self) -> Iterator[Job]:
        for key in self._table:
            if key.startswith("job/"):
                job = self._read(key.removeprefix("job/"))
                if job is not None:  # else it was removed just now
                    yield job


def _valid(kind: type[R], row: JsonValue) -> R:
    try:
        return kind.model_validate(row)
    except ValidationError as exc:
        raise StoreDamaged("The data folder holds a record that this version of the program cannot read.") from exc
