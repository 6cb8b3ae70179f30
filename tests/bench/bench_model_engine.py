"""Measure the model engine: `python tests/bench/bench_model_engine.py` prints a table; nothing here fails on time.

The model is a server on loopback that answers every question after the same time, by rule. What is measured is what
the engine adds: to the time of the longest chain of calls that must follow each other, and to the tokens of the text.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from journey.engines.llm import LlmEngine
from journey.grounding import verify
from tests.faults.obedient import long_talk, model, wanted
from tests.faults.server import ModelServer
from tests.faults.talk import settings
from tests.plain_work import PlainWork

LATENCY = 1.0
AT_ONCE = 4


def measure(turns: int, *, latency: float) -> None:
    """Draw one interview of that many turns and print what it took."""
    talk = long_talk(turns)
    with ModelServer(model(latency=latency)) as server:
        began = time.perf_counter()
        journey = LlmEngine(settings(server.url), at_once=AT_ONCE).extract([talk], PlainWork())
        wall = time.perf_counter() - began
    sections = sum(wanted(asked) == "observed" for asked in server.requests)
    joining = any(wanted(asked) == "joining" for asked in server.requests)
    merges = len(server.requests) - sections - joining
    critical = latency * (-(-sections // AT_ONCE) + -(-merges // AT_ONCE) + joining)
    sent = sum(len(asked.text) for asked in server.requests)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    share = f"{wall / critical:.2f}" if critical else "-"
    print(
        f"{len(talk.text.split()):8,} words  {sections:3} sections  {len(server.requests):3} calls  "
        f"wall {wall:6.2f} s  wall / critical path {share:>5}  "
        f"characters sent / of the text {sent / len(talk.text):.2f}  "
        f"quotes that do not stand {len(verify(journey))}  peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    measure(1500, latency=LATENCY)
    measure(3100, latency=0.0)
