"""Small real parts for tests of jobs: a journey, a request, ways to draw, and patience."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

from pydantic import JsonValue

from journey.jobs.queue import JobQueue
from journey.jobs.store import JobStore
from journey.model import Journey, Request, Run, Source, Upload
from journey.work import Stage, Work


def journey_of(text: str) -> Journey:
    """Draw the smallest journey."""
    source = Source(id="s1", kind="transcript", name="a.txt", sha256="0" * 64, text=text)
    return Journey(title=f"About {text[:20]}", sources=(source,), run=Run(engine="test"))


def draw_at_once(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
    """Draw without any work."""
    return journey_of(load(request.uploads[0].sha256).decode())


def draw_in_chunks(request: Request, load: Callable[[str], bytes], work: Work) -> Journey:
    """Compute ten checkpoints and leave a line in the file CALLS for each that was computed."""
    text = load(request.uploads[0].sha256).decode()
    for number in range(10):
        work.progress(Stage.FIND, done=number, total=10, note="chunk")
        work.step(f"chunk {number}", lambda: _chunk(text), fingerprint=f"{text}/{number}")
    return journey_of(text)


def _chunk(text: str) -> JsonValue:
    with Path(os.environ["CALLS"]).open("a", encoding="utf-8") as calls:
        calls.write(f"{text}\n")
    time.sleep(float(os.environ.get("CHUNK_SECONDS", "0.05")))
    return text


def shout(payload: bytes) -> str:
    """Work for a child process."""
    return payload.decode().upper()


def hang(payload: bytes) -> str:
    """Work for a child process: leave a sign of life and never end."""
    Path(payload.decode()).write_text(str(os.getpid()))
    time.sleep(60)
    return "never"


def upload(queue: JobQueue, text: str) -> Upload:
    """Keep a text as a page does."""
    return Upload(name="a.txt", sha256=queue.keep(text.encode()))


def ask(queue: JobQueue, text: str = "hello", *, engine: str = "auto", title: str = "") -> Request:
    """Build a request for a text."""
    return Request(uploads=(upload(queue, text),), engine=engine, title=title)


def a_request(text: str = "hello") -> Request:
    """Build a request whose bytes are kept nowhere."""
    return Request(uploads=(Upload(name="a.txt", sha256=hashlib.sha256(text.encode()).hexdigest()),))


def small_store(home: Path) -> JobStore:
    """Open a store that needs no room."""
    return JobStore(home, reserve=0, ballast=0)


def eventually(is_so: Callable[[], bool], *, within: float = 10.0) -> bool:
    """Wait until something is so."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.005)
    return is_so()
