"""What several do at one moment: a decoder's memory is taken once, and what one job has finished no other repeats."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import streamlit as st

from journey import submission
from journey.jobs.checkpoints import Checkpoints
from journey.jobs.context import JobWork
from journey.jobs.job import Job
from journey.submission import Opened, thumbnails
from journey.ui import pixels
from tests.jobs_parts import a_request, small_store


@pytest.fixture(autouse=True)
def _empty_caches() -> Iterator[None]:
    st.cache_data.clear()
    yield
    st.cache_data.clear()


class Decoder:
    """Stands for the child process, and counts how many run at one moment."""

    def __init__(self, answer: str) -> None:
        self.most = self.runs = self._now = 0
        self._answer = answer
        self._lock = threading.Lock()

    def __call__(self, function: Callable[[bytes], str], payload: bytes, *, check: Callable[[], None]) -> str:
        with self._lock:
            self._now += 1
            self.runs += 1
            self.most = max(self.most, self._now)
        time.sleep(0.03)
        with self._lock:
            self._now -= 1
        return self._answer


def at_once(act: Callable[[int], object]) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(act, range(8)))


def test_files_from_outside_are_opened_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    decoder = Decoder(Opened(pages=1).model_dump_json())
    monkeypatch.setattr(submission, "run_apart", decoder)
    at_once(lambda number: thumbnails(b"%%PDF-%d" % number))
    assert (decoder.runs, decoder.most) == (8, 1)


def test_pictures_are_prepared_for_the_screen_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    decoder = Decoder(base64.b64encode(b"RIFF").decode())
    monkeypatch.setattr(pixels, "run_apart", decoder)
    at_once(lambda number: pixels.for_screen(f"{number:064x}", lambda _: b""))
    assert (decoder.runs, decoder.most) == (8, 1)


def test_a_step_that_another_job_ends_while_this_one_begins_it_is_not_computed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two jobs on one document: the slower looks, finds nothing, and begins when the faster has just ended."""
    begin, store = Checkpoints.begin, small_store(tmp_path)

    def late(checkpoints: Checkpoints, fingerprint: str, *, name: str, now: float) -> bool:
        checkpoints.finish(fingerprint, "the other's", name=name, now=now)
        return begin(checkpoints, fingerprint, name=name, now=now)

    monkeypatch.setattr(Checkpoints, "begin", late)
    store.records.add(Job(id="7", request="r", created=0), a_request())
    claim = store.records.claim("7", now=time.time(), until=time.time() + 15)
    assert claim
    work, computed = JobWork(store, *claim, limit=900), list[str]()

    def compute() -> str:
        computed.append("paid for")
        return "mine"

    assert work.step("section", compute, fingerprint="fp") == "the other's"
    assert computed == []
