"""The command line: `python -m journey --help`. Every outcome is an exit status and, if need be, one line of words."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType

# Everything else is imported under the guard of `main`: neither Ctrl-C during a slow import nor a package that is not
# installed shows a traceback. So these statuses of commands/exits.py stand here too.

CANCELLED = 130
TERMINATED = 143
INCOMPLETE = 70


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    try:
        from journey.commands import run

        return run(argv)
    except KeyboardInterrupt:
        return CANCELLED
    except ImportError as error:
        sys.stderr.write(f"journey: {error}. Install what is missing: pip install -r requirements.txt\n")
        return INCOMPLETE


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(TERMINATED)


def _log_thread_error(error: threading.ExceptHookArgs) -> None:
    """Keep a background thread's error off the terminal: its consequence is reported by the command."""
    logging.getLogger(__name__).error("a thread failed: %s", error.exc_type.__name__)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _terminate)
    threading.excepthook = _log_thread_error
    sys.exit(main())
