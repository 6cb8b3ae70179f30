"""A process that edits, undoes and redoes without end: `python -m tests.restless_editor HOME JOB`."""

from __future__ import annotations

import random
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

from journey.edits import AddPhase, SetText
from journey.errors import EditRefused
from journey.jobs.queue import JobQueue
from journey.library import Library
from tests.jobs_parts import draw_at_once, small_store


def main(home: Path, job_id: str) -> None:
    """Edit until killed."""
    queue = JobQueue(small_store(home), draw=draw_at_once)
    library = Library(queue)
    print("ready", flush=True)  # noqa: T201
    chance = random.Random()
    while True:
        base, words = queue.get(job_id).revision, str(chance.random())
        ways = (
            partial(library.revise, job_id, SetText(part="goal", text=words), base=base),
            partial(library.revise, job_id, AddPhase(name=words), base=base),
            partial(library.undo, job_id, base=base),
            partial(library.redo, job_id, base=base),
        )
        with suppress(EditRefused):
            chance.choice(ways)()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
