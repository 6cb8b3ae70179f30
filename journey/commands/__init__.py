"""The commands of the shell, a module each; here one of them is chosen, run, and its errors become words.

Standard output carries a command's result and nothing else; everything said about it goes to standard error.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from journey.commands import terminal
from journey.commands.exits import Exit, exit_for
from journey.commands.parser import build_parser
from journey.errors import JourneyError
from journey.jobs.outcome import where

log = logging.getLogger(__name__)

REPORT = "This is a defect of the program. Please report it with the output of `python -m journey doctor`"


def run(argv: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name and return its exit status."""
    try:
        options = build_parser().parse_args(argv)
    except SystemExit as stop:  # argparse has said what there is to say
        return int(stop.code or Exit.OK)
    with _logging(debug=options.debug):
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    try:
        status: Exit = options.run(options)
        terminal.flush()
    except KeyboardInterrupt:
        terminal.remark("Cancelled. What was finished is kept, and not done again the next time.")
        return Exit.CANCELLED
    except BrokenPipeError:
        terminal.abandon_output()
        return Exit.BROKEN_PIPE
    except JourneyError as error:
        log.debug("the command ended with an error: %s", where(error))
        terminal.remark(str(error))
        return exit_for(error)
    except ImportError:
        raise  # `main` says what to install
    except Exception as error:  # the last resort: words instead of a traceback
        log.debug("the command failed: %s", where(error))
        hint = "." if options.debug else " and of the same command with --debug."
        terminal.remark(f"{type(error).__name__}. {REPORT}{hint}")
        return Exit.BUG
    return status


@contextmanager
def _logging(*, debug: bool) -> Iterator[None]:
    """Send the log to standard error with --debug; without, nowhere, not even to Python's last resort.

    Only this program's own log is opened to details: those of a network client hold the words of the transcript.
    """
    root, ours = logging.getLogger(), logging.getLogger("journey")
    handler = logging.StreamHandler() if debug else logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    level = ours.level
    root.addHandler(handler)
    ours.setLevel(logging.DEBUG if debug else level)
    try:
        yield
    finally:
        root.removeHandler(handler)
        ours.setLevel(level)
