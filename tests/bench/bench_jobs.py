"""Measure what jobs promise: `python tests/bench/bench_jobs.py` prints a table; nothing here fails on time."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from journey.jobs import job as moves  # noqa: E402
from journey.jobs.job import Job, JobState  # noqa: E402
from journey.jobs.queue import JobQueue  # noqa: E402
from journey.library import Library  # noqa: E402
from journey.model import Journey, Request  # noqa: E402
from journey.work import Stage, Work  # noqa: E402
from tests.jobs_parts import a_request, ask, draw_at_once, eventually, journey_of, small_store  # noqa: E402


def busy(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
    """Compute, report and keep checkpoints for a while, as a local engine does."""
    for number in range(200):
        work.progress(Stage.FIND, done=number, total=200)
        work.step("part", lambda: "x" * 5000, fingerprint=f"{id(work)}/{number}")
        sum(index * index for index in range(20_000))
    return journey_of("done")


def show(name: str, seconds: list[float]) -> None:
    """Print the median, the 99th percentile and the worst, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100) if len(seconds) > 1 else seconds * 99
    print(f"{name:58} p50 {cuts[49] * 1e3:8.2f}   p99 {cuts[98] * 1e3:8.2f}   max {max(seconds) * 1e3:8.2f} ms")


def is_running(queue: JobQueue, job_id: str) -> bool:
    return queue.get(job_id).state is JobState.RUNNING


def has_ended(queue: JobQueue, job_id: str) -> bool:
    return not queue.get(job_id).is_live


def timed(act: Callable[[], object]) -> float:
    """Return how long it takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def syncing(home: Path) -> None:
    """Measure the disk itself, by which all that follows is to be judged."""
    home.mkdir()
    with (home / "file").open("wb", buffering=0) as file:

        def write() -> None:
            file.write(bytes(4096))
            os.fdatasync(file.fileno())

        show("the disk: 4 kB and fdatasync", [timed(write) for _ in range(300)])


def submitting(home: Path) -> None:
    """Submit from threads as pages do, each new, beside two running jobs."""
    queue = JobQueue(small_store(home), draw=busy, workers=2)
    queue.start()
    for name in ("first", "second"):
        queue.submit(ask(queue, name))
    requests = [ask(queue, f"text {number}") for number in range(300)]
    taken: list[float] = []
    for request in requests:
        page = threading.Thread(target=lambda asked=request: taken.append(timed(lambda: queue.submit(asked))))
        page.start()
        page.join()
        time.sleep(0.01)
    show("submit from a new thread, beside 2 running jobs", taken)
    job_id = queue.jobs()[0].id
    looks: list[float] = []
    for _ in range(300):
        page = threading.Thread(target=lambda: looks.append(timed(lambda: (queue.get(job_id), queue.findings(job_id)))))
        page.start()
        page.join()
    show("a page's look at one job (new thread: record, findings)", looks)
    queue.close()


def cancelling(home: Path) -> None:
    """Cancel jobs that wait in a network call, from this process and as another would."""
    begun = threading.Event()
    ended: list[float] = []

    def draw(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
        import asyncio

        begun.set()
        try:
            return work.call(lambda: asyncio.sleep(60, journey_of("never")))
        finally:
            ended.append(time.perf_counter())

    queue = JobQueue(small_store(home), draw=draw, workers=1)
    client = JobQueue(small_store(home), draw=draw)
    queue.start()
    for name, canceller, rounds in (("this process", queue, 50), ("another process", client, 10)):
        taken = []
        for number in range(rounds):
            job_id = queue.submit(ask(queue, f"{name} {number}"))
            begun.wait(5)
            begun.clear()
            began = time.perf_counter()
            canceller.cancel(job_id)
            eventually(partial(has_ended, queue, job_id))
            taken.append(ended[-1] - began)
        show(f"cancel until the call has ended, from {name}", taken)
    client.close()
    queue.close()


def recovering(home: Path) -> None:
    """Kill a worker process in mid-job and start another."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "CALLS": str(home.parent / "calls")}
    queue = JobQueue(small_store(home), draw=draw_at_once)
    taken = []
    for number in range(5):
        job_id = queue.submit(ask(queue, f"text {number}"))
        command = [sys.executable, "-m", "tests.jobs_worker", str(home), "in_a_call"]
        with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE) as worker:
            eventually(partial(is_running, queue, job_id))
            worker.kill()
        owner = JobQueue(small_store(home), draw=draw_at_once)
        began = time.perf_counter()
        owner.start()
        owner.result(job_id, timeout=30)
        taken.append(time.perf_counter() - began)
        owner.close()
    show("kill -9 of the owner: from its successor's start to the end", taken)
    queue.close()


def listing(home: Path) -> None:
    """List a library of thousands."""
    queue = JobQueue(small_store(home), draw=draw_at_once)
    records = queue.store.records

    def add_many() -> None:
        for number in range(5000):
            job = Job(id=f"{number:016x}", request=str(number), title=f"Job {number}", created=number)
            records.add(job, a_request())
            records.change(job.id, lambda job: moves.cancel(job, now=0))

    records._table.transact(add_many)
    show("5000 rows, searched by a client", [timed(lambda: Library(queue).rows("49")) for _ in range(5)])
    show("starting as the owner of 5000 rows", [timed(queue.start)])
    show("5000 rows, searched in the owner", [timed(lambda: Library(queue).rows("49")) for _ in range(50)])
    queue.close()


def main() -> None:
    """Run every measurement in a folder of its own."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for measure in (syncing, submitting, cancelling, recovering, listing):
        with tempfile.TemporaryDirectory(prefix="journey-bench-") as folder:
            measure(Path(folder) / "home")


if __name__ == "__main__":
    main()
