"""`extract`: draw one journey from some files, here and now, as one job in a place of its own."""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from journey.commands import terminal
from journey.commands.environment import read_settings
from journey.commands.exits import Exit
from journey.commands.export import add_output, chosen_format
from journey.commands.files import Output, read_input, readable
from journey.commands.progress import Progress
from journey.errors import EngineError, EngineRefused, JourneyError, SourceError, StoreFull
from journey.exports import pictures_at_hand
from journey.jobs.job import Failure, JobState
from journey.model import Budget, Journey, Outcome, Request, Source, Upload
from journey.model.bill import run_in_words
from journey.settings import Settings

if TYPE_CHECKING:
    from journey.jobs.queue import JobQueue

ENGINES = ("auto", "local", "openai", "scripted")
TURNS = (0, 90, 180, 270)

GLANCE = 0.2
"""Seconds between two looks at the job."""
CANCEL_WITHIN = 10.0
"""Seconds that cancelled work has to end before it is left behind."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "files", metavar="FILE", nargs="+", type=Path, help="a transcript or a picture; several make one journey"
    )
    add_output(parser)
    parser.add_argument("--page", metavar="N", type=int, action="append", help="of a PDF; repeat it for more pages")
    parser.add_argument("--turn", type=int, choices=TURNS, default=0, help="degrees clockwise to turn the pictures by")
    parser.add_argument(
        "--engine", choices=ENGINES, default="auto", help="auto: openai where a model is set up, else local"
    )
    parser.add_argument("--instructions", metavar="TEXT", default="", help='such as "the actor is the patient"')
    parser.add_argument(
        "--redact",
        action=argparse.BooleanOptionalAction,
        help="hide names, e-mails, links and numbers from a model; on, unless its server is on your own network",
    )
    parser.add_argument(
        "--budget",
        metavar="AMOUNT",
        type=_amount,
        help="the most to spend on a model: US dollars where its price is known, else tokens",
    )
    parser.add_argument(
        "--thorough", action="store_true", help="have a model look at everything once more for what it missed"
    )
    parser.add_argument("--show-sent", action="store_true", help="write what a model would be sent, and send nothing")
    parser.add_argument("--title", metavar="TEXT", default="", help="of the journey; found in the text if left out")


def run(options: argparse.Namespace) -> Exit:
    """Draw the journey and write it."""
    from journey.bootstrap import private_queue  # imports every engine, which `--help` and `verify` need not wait for

    settings = read_settings()
    output = Output(options.output)
    output.check(options.files)
    engine = _engine(options.engine, settings)
    contents = [(readable(path.name), read_input(path)) for path in options.files]
    with tempfile.TemporaryDirectory(prefix="journey-", ignore_cleanup_errors=True) as home:
        queue = private_queue(settings, Path(home))
        try:
            request = _request(options, _take_in(queue, contents, options), engine, settings)
            if options.show_sent:
                output.write(_sent(request, queue, settings))
                return Exit.OK
            journey = draw(queue, queue.submit(request))
            pictures = pictures_at_hand(journey, queue.store.files.load)
        finally:
            queue.close()
    output.write(chosen_format(options.format, options.output).to_bytes(journey, pictures))
    _conclude(journey)
    return Exit.OK


def _take_in(queue: JobQueue, contents: Sequence[tuple[str, bytes]], options: argparse.Namespace) -> tuple[Upload, ...]:
    """Keep the files for the job; of a PDF without a choice of pages, say which was taken."""
    from journey.submission import take_in

    uploads: list[Upload] = []
    for name, content in contents:
        try:
            taken = take_in(queue, name, content, pages=options.page, turned=options.turn)
        except SourceError as error:
            raise SourceError(f"{name}: {error}" if len(contents) > 1 else str(error)) from error
        uploads.extend(taken.uploads)
        if taken.pages > 1 and not options.page:
            terminal.remark(f"{name} has {taken.pages} pages; the first was read. Choose others with --page.")
    return tuple(uploads)


def _request(options: argparse.Namespace, uploads: tuple[Upload, ...], engine: str, settings: Settings) -> Request:
    return Request(
        uploads=uploads,
        engine=engine,
        instructions=options.instructions,
        title=options.title,
        thorough=options.thorough,
        budget=None if options.budget is None else _budget(options.budget, settings),
        redact=not settings.model_is_near if options.redact is None else options.redact,
    )


def _amount(text: str) -> float:
    try:
        amount = float(text)
    except ValueError:
        amount = 0.0
    if not 0 < amount < float("inf"):
        raise argparse.ArgumentTypeError(f"must be a number above 0, not {text!r}")
    return amount


def _budget(amount: float, settings: Settings) -> Budget:
    from journey.engines.llm.prices import find_price

    return Budget(dollars=amount) if find_price(settings.model) else Budget(tokens=max(1, int(amount)))


def _sent(request: Request, queue: JobQueue, settings: Settings) -> bytes:
    from journey.engines.llm.leaving import leaving
    from journey.submission import read_all

    if request.engine != "openai":
        terminal.remark(f"Nothing leaves this machine with the {request.engine} engine.")
        return b""
    read = read_all(request, queue.store.files.load)
    _tell_estimate(request, read, queue, settings)
    return leaving(request, read).text.encode() + b"\n"


def _tell_estimate(request: Request, read: Sequence[Source], queue: JobQueue, settings: Settings) -> None:
    from journey.engines.llm.estimate import estimate, volume
    from journey.engines.llm.known import known_about

    volumes = [volume(source).unshown if request.redact else volume(source) for source in read]
    known = known_about(settings, queue.store.checkpoints.peek)
    expected = estimate(volumes, settings, thorough=request.thorough, known=known)
    told = run_in_words(expected.calls, expected.tokens, expected.cost)
    priced = "." if expected.cost is not None else f"; the price of {settings.model} is not known here."
    terminal.remark(f"It would take about {told}{priced}")


def draw(queue: JobQueue, job_id: str) -> Journey:
    """Run the job to its end, showing its progress; any interruption cancels it.

    Raises:
        SourceError: the input was refused.
        EngineError: the engine failed or had no time left.
    """
    progress = Progress(sys.stderr)
    worker: Future[None] = Future()
    threading.Thread(target=_work, args=(queue, job_id, worker), name="extract", daemon=True).start()
    try:
        while not worker.done():
            progress.show(queue.get(job_id))
            _wait(worker, GLANCE)
    except BaseException:  # Ctrl-C above all
        queue.cancel(job_id)
        _wait(worker, CANCEL_WITHIN)
        raise
    finally:
        progress.close()
    worker.result()
    return _result(queue, job_id)


def _work(queue: JobQueue, job_id: str, worker: Future[None]) -> None:
    """Run the job until it ends, through the pauses that its retries ask for."""
    try:
        while (job := queue.get(job_id)).is_live:
            time.sleep(min(GLANCE, max(0.0, job.not_before - time.time())))
            queue.run(job_id)
            if queue.get(job_id).is_live and queue.health().is_short:
                raise StoreFull  # the app would wait for room; nobody watches over a command
        worker.set_result(None)
    except BaseException as exc:  # a thread has no caller: the one who waits must get it
        worker.set_exception(exc)


def _wait(worker: Future[None], seconds: float) -> None:
    try:
        worker.exception(timeout=seconds)
    except TimeoutError:
        return


def _result(queue: JobQueue, job_id: str) -> Journey:
    job = queue.get(job_id)
    if job.state is JobState.FAILED and job.failure:
        raise _error(job.failure)
    return queue.result(job_id, timeout=0)


def _error(failure: Failure) -> JourneyError:
    return SourceError(failure.message) if failure.kind == "rejected" else EngineError(failure.message)


def _engine(name: str, settings: Settings) -> str:
    if name == "openai" and not settings.has_model:
        raise EngineRefused("No model is set up: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own.")
    if name != "auto":
        return name
    from journey.bootstrap import default_engine

    return default_engine(settings)


def _conclude(journey: Journey) -> None:
    """Say what the user must know and would not see in the file."""
    if journey.outcome is Outcome.NOT_ENOUGH:
        terminal.remark(f"Not enough to draw a journey. {journey.reason or ''}")
    elif journey.outcome is Outcome.PARTIAL:
        terminal.remark(f"The journey is partial. {journey.reason or ''}")
    if journey.run.cost is not None:
        terminal.remark(f"Asked of the model: {run_in_words(journey.run.calls, journey.run.tokens, journey.run.cost)}.")
    if journey.run.dropped:
        terminal.remark(f"{journey.run.dropped} claims were left out: their quote is not in the source.")
