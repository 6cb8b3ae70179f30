"""Measure the model engine: `python tests/bench/bench_llm.py [SECONDS]` prints ratios; nothing here fails on time.

The model is a server on loopback that answers every question after the same time, by rule; four seconds, where a
real one takes ten and more for a section. What is measured is what the engine adds: to the time of the longest chain of
calls that must follow each other, and to the tokens of the text.
Tokens are characters / 4, for the transcript and for what is sent alike; what is sent is the transcript's own words
and everything else: tasks, marks, numbers, names, repeated turns, and the lists that are merged.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from journey.engines.llm import LlmEngine
from journey.engines.llm.estimate import estimate, volume
from journey.engines.llm.known import Known
from journey.grounding import verify
from journey.jobs.job import JobState
from journey.model import Request, Source
from tests.faults.draw_through_model import open_queue
from tests.faults.obedient import gathers, long_talk, model, wanted
from tests.faults.server import Asked, ModelServer
from tests.faults.talk import settings
from tests.jobs_parts import upload
from tests.plain_work import PlainWork

AT_ONCE = 4
FORTY_SECTIONS, HUNDRED_THOUSAND_WORDS = 2430, 3100
"""Turns of an interview of about 40 sections, and of one of about 100,000 words."""


def measure_time(turns: int, *, latency: float) -> None:
    """Draw a long interview and compare its wall time with that of the calls that must follow each other."""
    talk = long_talk(turns)
    with ModelServer(model(gathers, latency=latency)) as server:
        began = time.perf_counter()
        journey = LlmEngine(settings(server.url), at_once=AT_ONCE).extract([talk], PlainWork())
        wall = time.perf_counter() - began
    kinds = Counter(wanted(asked) for asked in server.requests)
    rounds = [-(-kinds["observed"] // AT_ONCE), -(-kinds["drawing"] // AT_ONCE), kinds["joining"]]
    critical = latency * sum(rounds)
    print(f"{len(talk.text.split()):,} words, {kinds['observed']} sections, {len(server.requests)} calls")
    print(f"  wall time / critical path      {wall / critical:.2f}   ({wall:.1f} s / {critical:.1f} s)")
    print(f"  quotes that do not stand       {len(verify(journey))}")
    _print_tokens(talk, server.requests)


def sent_share(talk: Source, requests: list[Asked]) -> float:
    """Return the tokens of all questions over those of the talk."""
    return sum(len(asked.text) for asked in requests) / len(talk.text)


def _print_tokens(talk: Source, requests: list[Asked]) -> None:
    told = sum(len(talk.slice(passage)) for passage in talk.passages) // 4
    by_kind: Counter[str] = Counter()
    for asked in requests:
        by_kind[wanted(asked)] += len(asked.text) // 4
    parts = ", ".join(f"{kind} {tokens / told:.2f}" for kind, tokens in by_kind.items())
    print(f"  tokens sent / of the text      {sent_share(talk, requests):.2f}   (spoken words alone: {parts})")
    expected = estimate([volume(talk)], settings(), known=Known(takes=True))
    print(f"  calls expected / made          {expected.calls / len(requests):.2f}")


def measure_cancel() -> None:
    """Cancel a job with calls in flight, and time it until the server sees the connections close, and until it ends."""
    with (
        tempfile.TemporaryDirectory() as home,
        ModelServer(model(latency=60)) as server,
        closing(open_queue(Path(home), server.url)) as queue,
    ):
        queue.start()
        job = queue.submit(Request(uploads=(upload(queue, long_talk().text),), engine="openai"))
        while len(server.requests) < 2:
            time.sleep(0.01)
        began = time.perf_counter()
        queue.cancel(job)
        server.left.wait(10)
        closed = time.perf_counter() - began
        while queue.get(job).state is not JobState.CANCELLED:
            time.sleep(0.005)
        print(f"cancel: connection closed after {closed:.3f} s, job ended after {time.perf_counter() - began:.3f} s")


def measure_memory(turns: int) -> None:
    """Draw a very long interview and print the highest memory of this process, its model included."""
    talk = long_talk(turns)
    before = _peak()
    with ModelServer(model()) as server:
        LlmEngine(settings(server.url), at_once=AT_ONCE).extract([talk], PlainWork())
        threads = threading.active_count()
    print(f"{len(talk.text.split()):,} words: peak {_peak():.0f} MB, {_peak() - before:.0f} MB above start, {threads=}")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    measure_memory(HUNDRED_THOUSAND_WORDS)
    measure_time(FORTY_SECTIONS, latency=float(sys.argv[1]) if len(sys.argv) > 1 else 4.0)
    measure_cancel()
