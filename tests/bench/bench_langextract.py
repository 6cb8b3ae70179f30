"""The same text and the same model, once through this engine and once through langextract, side by side.

`python tests/bench/bench_langextract.py` prints "langextract is not installed" unless LANGEXTRACT_PYTHON names the
interpreter of an environment that has it. It is no dependency and wants one of its own, outside this checkout:

    python -m venv /tmp/langextract && /tmp/langextract/bin/pip install "langextract[openai]==1.7.1"
    LANGEXTRACT_PYTHON=/tmp/langextract/bin/python python tests/bench/bench_langextract.py

The model is a server on loopback that quotes by rule, takes its time by the length of its answer, and in every tenth
quote says what nobody said: the words of the turn with one of them denied or exchanged. Both tools get the same quotes
of the same turns. Langextract extracts and does not draw: our merge is timed apart. Tokens are characters / 4.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from journey.engines.llm import LlmEngine
from journey.grounding.folding import fold
from journey.model import Source
from tests.faults.obedient import gathers, long_talk, obeys, wanted
from tests.faults.server import Asked, ModelServer, complete
from tests.faults.talk import settings
from tests.plain_work import PlainWork

AT_ONCE = 4
BASE, SPEED = 0.4, 400.0
"""Seconds before a model begins, and tokens it writes in one."""
TURNS = 600
FALSE_EVERY = 10
_EVENT = re.compile(r"Event (\d+) began")


@dataclass(frozen=True)
class Outcome:
    """What a tool made of the text."""

    name: str
    seconds: float
    drawing: float
    """Of these, the seconds from the first question about the map and not about what was said."""
    requests: list[Asked]
    shown: list[str]
    """The quotes for which the tool shows a place in the text."""

    def show(self, talk: Source) -> None:
        """Print the figures."""
        text = fold(talk.text).text
        false = [quote for quote in self.shown if fold(quote).text not in text]
        sent = sum(len(_words(asked)) for asked in self.requests)
        print(f"{self.name}")
        print(f"  seconds to extract, to draw    {self.seconds - self.drawing:.1f}, {self.drawing:.1f}")
        print(f"  calls                          {len(self.requests)}")
        print(f"  tokens sent / of the text      {sent / len(talk.text):.2f}")
        print(f"  quotes shown as found          {len(self.shown)}")
        print(f"  of them not in the text        {len(false)}")


def _words(asked: Asked) -> str:
    return "\n".join(str(message["content"]) for message in asked.body["messages"])


class _Model:
    """Answers both tools, and notes when it was first asked for a map."""

    def __init__(self) -> None:
        self.drawing_since: float | None = None

    async def __call__(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        if not _is_langextract(asked) and wanted(asked) == "drawing" and self.drawing_since is None:
            self.drawing_since = time.perf_counter()
        content = _for_langextract(asked) if _is_langextract(asked) else _for_us(asked)
        await asyncio.sleep(BASE + len(content) / 4 / SPEED)
        usage = {"prompt_tokens": len(_words(asked)) // 4, "completion_tokens": len(content) // 4}
        await complete(asked, writer, content, usage=usage)


def _is_langextract(asked: Asked) -> bool:
    return "Q: " in asked.body["messages"][-1]["content"]


def _for_us(asked: Asked) -> str:
    if wanted(asked) != "observed":
        return gathers(asked) or obeys(asked)
    told = json.loads(obeys(asked))
    return json.dumps({"observations": [one | {"quote": _quoted(one["quote"])} for one in told["observations"]]})


def _for_langextract(asked: Asked) -> str:
    material = asked.body["messages"][-1]["content"].rpartition("Q: ")[2]
    found: list[dict[str, Any]] = [
        {"step": _quoted(f"Event {number} began when letter {number}"), "step_attributes": {"text": f"Turn {number}"}}
        for number in _EVENT.findall(material)
    ]
    return json.dumps({"extractions": found})


def _quoted(quote: str) -> str:
    """Return the quote, or in place of every tenth one that was never said, in one of two ways."""
    number = int(quote.split()[1])
    if number % FALSE_EVERY != 3:
        return quote
    is_denied = number % (2 * FALSE_EVERY) == 3
    return quote.replace("began", "never began") if is_denied else f"The moon of matter {number} was made of cheese"


def run_ours(talk: Source) -> Outcome:
    """Draw a map."""
    small = _Model()
    with ModelServer(small) as server:
        began = time.perf_counter()
        journey = LlmEngine(settings(server.url), at_once=AT_ONCE).extract([talk], PlainWork())
        ended = time.perf_counter()
    shown = [piece.quote for found in journey.steps() for piece in found.evidence]
    drawing = ended - (small.drawing_since or ended)
    return Outcome("this engine", ended - began, drawing, server.requests, shown)


def run_langextract(talk: Source, python: str, characters: int) -> Outcome:
    """Extract with langextract in its own environment."""
    with ModelServer(_Model()) as server, tempfile.NamedTemporaryFile("w", encoding="utf-8") as text:
        text.write(talk.text)
        text.flush()
        script = Path(__file__).with_name("langextract_run.py")
        command = [python, str(script), server.url, text.name, str(AT_ONCE), str(characters)]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        told = json.loads(ran.stdout.splitlines()[-1])
        name = f"langextract, {characters:,} characters a chunk"
        return Outcome(name, told["seconds"], 0.0, server.requests, told["placed"])


def main() -> None:
    """Print both."""
    talk = long_talk(TURNS)
    print(f"{len(talk.text.split()):,} words, {AT_ONCE} calls at once")
    run_ours(talk).show(talk)
    python = os.environ.get("LANGEXTRACT_PYTHON")
    if not python:
        print("langextract is not installed: see the head of this file")
        return
    for characters in (1_000, 10_000):
        run_langextract(talk, python, characters).show(talk)


if __name__ == "__main__":
    main()
