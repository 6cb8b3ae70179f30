"""`jobs`: look at the library's jobs, cancel one, try one again; the app that works on them may be running or not."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import JsonValue

from journey.commands import terminal
from journey.commands.environment import read_settings
from journey.commands.exits import Exit
from journey.errors import InvalidTransition
from journey.jobs.job import Job, JobState
from journey.model.bill import in_words, maybe_paid_twice

if TYPE_CHECKING:
    from journey.jobs.queue import JobQueue

ACTIONS = {
    "list": "list every job, newest first (what `jobs` alone does)",
    "show": "show what is known about one job",
    "cancel": "cancel a job that has not ended",
    "retry": "try a failed or cancelled job again; what it had finished is kept",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    _add_json(parser, default=False)
    parser.set_defaults(action="list")
    actions = parser.add_subparsers(title="actions", metavar="ACTION")
    for name, purpose in ACTIONS.items():
        action = actions.add_parser(name, help=purpose, description=f"{purpose.capitalize()}.", allow_abbrev=False)
        _add_json(action, default=argparse.SUPPRESS)
        action.set_defaults(action=name)
        if name != "list":
            action.add_argument("id", metavar="ID", help="as `jobs` lists it")


def _add_json(parser: argparse.ArgumentParser, *, default: bool | str) -> None:
    parser.add_argument("--json", action="store_true", default=default, help="write records as JSON")


def run(options: argparse.Namespace) -> Exit:
    """Do one thing with the jobs and write what they are now."""
    settings = read_settings()
    from journey.bootstrap import open_app  # imports every engine, which `--help` need not wait for

    with closing(open_app(settings).queue) as queue:
        match options.action:
            case "list":
                _write(queue.jobs(), as_json=options.json)
                return Exit.OK
            case "cancel":
                _cancel(queue, options.id)
            case "retry":
                _retry(queue, options.id)
        _show(queue.get(options.id), queue, as_json=options.json)
    return Exit.OK


def _cancel(queue: JobQueue, job_id: str) -> None:
    job = queue.get(job_id)
    if not queue.cancel(job_id):
        raise InvalidTransition(f"Job {job.id} has already ended: it is {job.state}.")


def _retry(queue: JobQueue, job_id: str) -> None:
    queue.retry(job_id)
    if not queue.health().is_owned:
        terminal.remark("Nothing is working on this library now: the job waits until the app is started.")


def _write(jobs: Sequence[Job], *, as_json: bool) -> None:
    if as_json:
        terminal.write_json([_record(job) for job in jobs])
        return
    if not jobs:
        terminal.remark("There are no jobs yet.")
    for job in jobs:
        terminal.write_line(f"{job.id}  {label(job):<10}  {moment(job.created)}  {job.title or '(no title yet)'}")


def _show(job: Job, queue: JobQueue, *, as_json: bool) -> None:
    if as_json:
        terminal.write_json(_record(job))
        return
    for name, value in _facts(job, queue):
        if value:
            terminal.write_line(f"{name + ':':<11} {value}")


def _facts(job: Job, queue: JobQueue) -> list[tuple[str, str]]:
    position, attempts = queue.position(job.id), queue.attempts(job.id)
    return [
        ("job", job.id),
        ("state", label(job)),
        ("title", job.title),
        ("engine", job.engine),
        ("submitted", moment(job.created)),
        ("finished", moment(job.finished) if job.finished else ""),
        ("time used", f"{job.spent:.1f} s"),
        ("attempts", str(job.attempt)),
        ("doing", f"{job.stage} {job.done}/{job.total}" if job.is_live and job.total else ""),
        ("in queue", "" if position is None else str(position)),
        ("found", str(len(queue.findings(job.id)) or "")),
        ("asked", in_words(attempts)),
        ("paid twice", f"perhaps {twice} call(s)" if (twice := maybe_paid_twice(attempts)) else ""),
        ("outcome", job.outcome or ""),
        ("reason", job.failure.message if job.failure else ""),
    ]


def _record(job: Job) -> JsonValue:
    record: JsonValue = json.loads(job.model_dump_json())
    return record


def label(job: Job) -> str:
    """Say a job's state, with what is known beyond it.

    >>> label(Job(id="a", request="", created=0, state=JobState.RUNNING, cancel_requested=True))
    'cancelling'
    """
    if job.state is JobState.RUNNING and job.cancel_requested:
        return "cancelling"
    if job.state is JobState.QUEUED and job.attempt:
        return "retrying"
    return str(job.state)


def moment(seconds: float) -> str:
    """Write a time in this place's clock, to the minute.

    >>> len(moment(0))
    16
    """
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
