"""A full and a read-only disk, on real file systems that are mounted for the test."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from journey.errors import StoreFull, StoreReadOnly
from journey.jobs import heartbeat
from journey.jobs.job import JobState
from journey.jobs.queue import JobQueue
from journey.jobs.store import JobStore
from tests.jobs_parts import ask, draw_at_once, eventually, journey_of

MB = 2**20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], check=False).returncode:
        pytest.skip("this machine does not let root mount a small disk")
    yield folder
    while folder.is_mount():
        subprocess.run(["umount", "-l", folder], check=True)


def open_store(folder: Path, *, reserve: int = 2 * MB) -> JobStore:
    return JobStore(folder / "home", reserve=reserve, ballast=MB)


def fill(folder: Path, *, leave: int = 0) -> Path:
    """Fill the disk but for some bytes."""
    filler = folder / "filler"
    room = os.statvfs(folder)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, room.f_bavail * room.f_frsize - leave)
    return filler


def test_nothing_is_accepted_below_the_reserve(small_disk: Path) -> None:
    queue = JobQueue(open_store(small_disk), draw=draw_at_once)
    request = ask(queue)
    filler = fill(small_disk, leave=MB)
    with pytest.raises(StoreFull, match="free some space"):
        queue.submit(request)
    with pytest.raises(StoreFull, match="free some space"):
        queue.keep(b"more")
    assert queue.jobs() == []
    filler.unlink()
    queue.submit(request)
    queue.close()


def test_the_ballast_lets_the_last_words_be_written_when_the_disk_is_full(small_disk: Path) -> None:
    store = open_store(small_disk)
    assert (store.home / "ballast").stat().st_size == MB
    fill(small_disk)
    digests = [store.files.keep(bytes([number]) * 2**16) for number in range(4)]
    store.checkpoints.finish("fp", "x" * 2**16, name="n", now=0)
    assert store.is_short
    assert [len(store.files.load(digest)) for digest in digests] == [2**16] * 4


def test_a_disk_that_is_full_beyond_the_ballast_is_said_to_be_full_and_loses_nothing(small_disk: Path) -> None:
    store = open_store(small_disk)
    store.checkpoints.finish("fp", "kept", name="n", now=0)
    filler = fill(small_disk)
    with pytest.raises(StoreFull):
        store.checkpoints.finish("big", "x" * 4 * MB, name="n", now=0)
    filler.unlink()
    store.checkpoints.finish("big", "y", name="n", now=0)
    found = [store.checkpoints.find(fingerprint, now=0) for fingerprint in ("fp", "big")]
    assert [checkpoint and checkpoint.value for checkpoint in found] == ["kept", "y"]


def test_a_full_disk_does_not_keep_a_new_process_out(small_disk: Path) -> None:
    open_store(small_disk).close()
    fill(small_disk)
    again = open_store(small_disk)
    assert again.records.jobs() == []
    assert again.is_short


def test_a_job_that_meets_a_full_disk_waits_and_ends_when_there_is_room(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "BEAT", 0.2)
    times = iter([1000.0 + 31 * number for number in range(10_000)])  # each look is half a minute later
    fillers: list[Path] = []

    def draw(request: object, load: object, work: object) -> object:
        if not fillers:
            fillers.append(fill(small_disk))
            return journey_of("x" * 3 * MB)
        return journey_of("small")

    queue = JobQueue(open_store(small_disk), draw=draw, workers=1, clock=lambda: next(times))  # type: ignore[arg-type]
    job_id = queue.submit(ask(queue))
    queue.run(job_id)
    job = queue.get(job_id)
    assert (job.state, job.attempt, job.crashes) == (JobState.QUEUED, 0, 0)
    assert "full" in job.note
    assert queue.health().is_short
    queue.start()
    time.sleep(0.3)
    assert queue.get(job_id).state is JobState.QUEUED  # nothing is begun while there is no room
    fillers[0].unlink()
    assert eventually(lambda: queue.get(job_id).state is JobState.SUCCEEDED, within=20)
    assert not queue.health().is_short
    queue.close()


def test_a_read_only_folder_is_refused_at_once(small_disk: Path) -> None:
    """diskcache's own retry would spin for ever."""
    open_store(small_disk).close()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    began = time.monotonic()
    with pytest.raises(StoreReadOnly, match="cannot be written"):
        open_store(small_disk)
    assert time.monotonic() - began < 2


def test_a_folder_that_becomes_read_only_refuses_and_still_reads(small_disk: Path) -> None:
    queue = JobQueue(open_store(small_disk), draw=draw_at_once)
    request = ask(queue)
    job_id = queue.submit(request)
    subprocess.run(["mount", "--bind", small_disk, small_disk], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", small_disk], check=True)
    with pytest.raises(StoreReadOnly):
        JobStore(small_disk / "home", reserve=0, ballast=0)
    assert queue.get(job_id).is_live
    queue.close()
