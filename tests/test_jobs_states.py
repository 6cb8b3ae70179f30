"""Any sequence of moves on a real store, beside a model written down independently, as Hypothesis likes it."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from journey.errors import InvalidTransition, LeaseLost
from journey.jobs import job as moves
from journey.jobs.job import Job
from journey.jobs.records import Move, Records
from journey.model import Outcome
from tests.jobs_parts import a_request, small_store

LEASE = 15.0


@dataclass
class Expected:
    """What the tests think of one job."""

    request: str
    state: str = "queued"
    attempt: int = 0
    crashes: int = 0
    asked: bool = False
    not_before: float = 0.0
    token: str | None = None

    @property
    def is_live(self) -> bool:
        return self.state in ("queued", "running")

    def leave(self, state: str) -> None:
        """Leave the worker: to this state, or to cancelled when the user asked."""
        self.state = "cancelled" if self.asked else state
        self.token = None


class Jobs(RuleBasedStateMachine):
    """Two stores on one folder: the owner's with its copy in memory, and a client's."""

    ids: Bundle[str] = Bundle("ids")
    stale: Bundle[tuple[str, str]] = Bundle("stale")

    @initialize()
    def open(self) -> None:
        memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # thousands of transactions wait for no disk there
        self.home = Path(tempfile.mkdtemp(prefix="journey-states-", dir=memory))
        self.store = small_store(self.home)
        self.client = small_store(self.home)
        self.store.records.mirror()
        self.now = 1000.0
        self.jobs: dict[str, Expected] = {}

    @property
    def records(self) -> Records:
        return self.store.records

    def teardown(self) -> None:
        if hasattr(self, "home"):
            self.store.close()
            self.client.close()
            shutil.rmtree(self.home)

    @rule(target=ids, digest=st.sampled_from("abcd"), number=st.integers(0, 10**9))
    def submit(self, digest: str, number: int) -> str | MultipleResults[str]:
        job = Job(id=f"{number:x}-{len(self.jobs)}", request=digest, created=self.now)
        got = self.records.add(job, a_request())
        twins = [job_id for job_id, known in self.jobs.items() if known.is_live and known.request == digest]
        assert [got.id] == (twins or [job.id])
        if twins:
            return multiple()  # a second name for a job would outlive its removal
        self.jobs[got.id] = Expected(request=digest)
        return got.id

    @rule(target=stale, job_id=ids)
    def claim(self, job_id: str) -> tuple[str, str] | MultipleResults[tuple[str, str]]:
        known = self.jobs[job_id]
        claimed = self.records.claim(job_id, now=self.now, until=self.now + LEASE)
        assert (claimed is not None) == (known.state == "queued" and known.not_before <= self.now)
        if claimed is None:
            return multiple()
        known.state, known.attempt, known.token, known.not_before = "running", known.attempt + 1, claimed[1], 0.0
        return job_id, claimed[1]

    @precondition(lambda self: any(known.token for known in self.jobs.values()))
    @rule(
        pick=st.integers(0, 9),
        asked=st.booleans(),
        ends=st.sampled_from(["succeed", "fail", "release", "later", "lose", "acknowledge"]),
    )
    def end(self, pick: int, asked: bool, ends: str) -> None:
        """End a running job with its own token, perhaps after the user asked it to stop."""
        running = [(job_id, known.token) for job_id, known in self.jobs.items() if known.token]
        job_id, token = running[pick % len(running)]
        if asked:
            self.cancel(job_id)
        self.work((job_id, token), ends)

    @rule(who=stale, ends=st.sampled_from(["succeed", "fail", "release", "later", "lose", "acknowledge", "beat"]))
    def work(self, who: tuple[str, str], ends: str) -> None:
        job_id, token = who
        known = self.jobs[job_id]
        try:
            self.records.change(job_id, self.move(ends), token=token)
        except LeaseLost:
            assert known.token != token
            return
        except InvalidTransition:
            assert ends == "acknowledge"
            assert not known.asked
            return
        assert known.token == token
        self.expect(known, ends)

    def move(self, ends: str) -> Move:
        now = self.now
        by_name: dict[str, Move] = {
            "succeed": lambda job: moves.succeed(job, now=now, result="d", outcome=Outcome.COMPLETE),
            "fail": lambda job: moves.fail(job, now=now, kind="error", message="m"),
            "release": lambda job: moves.release(job, now=now),
            "later": lambda job: moves.retry_later(job, now=now, delay=20, message="m"),
            "lose": lambda job: moves.lose(job, now=now),
            "acknowledge": lambda job: moves.acknowledge(job, now=now),
            "beat": lambda job: moves.beat(job, spent=1),
        }
        return by_name[ends]

    def expect(self, known: Expected, ends: str) -> None:
        match ends:
            case "succeed" | "fail":
                known.leave("succeeded" if ends == "succeed" else "failed")
            case "later":
                known.not_before = 0.0 if known.attempt == 3 or known.asked else self.now + 20
                known.leave("failed" if known.attempt == 3 else "queued")
            case "release":
                known.attempt -= 0 if known.asked else 1
                known.leave("queued")
            case "lose":
                known.attempt, known.crashes = known.attempt - 1, known.crashes + 1
                known.leave("failed" if known.crashes == 3 else "queued")
            case "acknowledge":
                known.leave("cancelled")

    @rule(job_id=ids)
    def cancel(self, job_id: str) -> None:
        known = self.jobs[job_id]
        try:
            self.client.records.change(job_id, lambda job: moves.cancel(job, now=self.now))
        except InvalidTransition:
            assert not known.is_live
            return
        assert known.is_live
        known.asked = known.state == "running"
        if known.state == "queued":
            known.state, known.not_before = "cancelled", 0.0

    @rule(job_id=ids)
    def retry(self, job_id: str) -> None:
        known = self.jobs[job_id]
        twin = any(other.is_live and other.request == known.request for other in self.jobs.values())
        try:
            self.records.change(job_id, moves.retry)
        except InvalidTransition:
            assert twin or known.state == "succeeded"
            return
        assert known.state in ("failed", "cancelled")
        assert not twin
        self.jobs[job_id] = Expected(request=known.request)

    @rule(job_id=consumes(ids))
    def remove(self, job_id: str) -> None:
        known = self.jobs[job_id]
        try:
            self.records.remove(job_id)
        except InvalidTransition:
            assert known.is_live
        else:
            assert not known.is_live
            known.state = "removed"

    @rule(seconds=st.sampled_from([1.0, 19.0, 30.0]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @invariant()
    def the_store_agrees(self) -> None:
        if not hasattr(self, "store"):
            return
        kept = {job_id: known for job_id, known in self.jobs.items() if known.state != "removed"}
        self.records.mirror()  # as the heartbeat does
        for records in (self.records, self.client.records):
            assert {job.id: summary(job) for job in records.jobs()} == {i: wanted(known) for i, known in kept.items()}
        assert set(self.records.queued()) == {i for i, known in kept.items() if known.state == "queued"}
        assert {i: lease.token for i, lease in self.records.leases().items()} == {
            i: known.token for i, known in kept.items() if known.state == "running"
        }


def summary(job: Job) -> tuple[object, ...]:
    return job.state.value, job.attempt, job.crashes, job.cancel_requested, job.not_before


def wanted(known: Expected) -> tuple[object, ...]:
    return known.state, known.attempt, known.crashes, known.asked, known.not_before


TestJobs = Jobs.TestCase
TestJobs.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
