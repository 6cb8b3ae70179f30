"""How far a job is, on standard error: a bar on a terminal, plain lines anywhere else."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from typing import TextIO

from journey.commands.terminal import plain
from journey.exports.citations import clock
from journey.jobs.job import Job, JobState

BAR_WIDTH = 24
LINE_EVERY = 15.0
"""Seconds between plain lines while a stage does not change: enough to see life in a log."""


class Progress:
    """Shows one job. Call `show` as often as you like and `close` before saying anything else."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._is_terminal = stream is not None and stream.isatty()
        self._began = self._said_at = time.monotonic()
        self._said = ""

    def show(self, job: Job) -> None:
        """Show where the job stands now."""
        elapsed = time.monotonic() - self._began
        if self._is_terminal:
            self._draw(bar(job, elapsed, width=shutil.get_terminal_size().columns - 1))
        elif job.stage and (job.stage != self._said or time.monotonic() - self._said_at > LINE_EVERY):
            self._said, self._said_at = job.stage, time.monotonic()
            self._write(f"journey: {standing(job)} ({clock(elapsed)})\n")

    def close(self) -> None:
        """Leave the line empty for what comes next."""
        if self._is_terminal:
            self._draw("")

    def _draw(self, line: str) -> None:
        self._write(f"\r\x1b[K{line}")

    def _write(self, text: str) -> None:
        """Write, if anybody listens: work must not end because nobody watches it."""
        if self._stream is not None:
            with suppress(OSError):
                self._stream.write(text)
                self._stream.flush()


def bar(job: Job, elapsed: float, *, width: int) -> str:
    """Draw one line of at most `width` characters; `elapsed` in seconds.

    >>> bar(Job(id="a", request="", created=0, stage="Reading", done=1, total=4, note="file"), 61, width=70)
    '1:01 [######------------------] Reading: file 1 of 4'
    """
    filled = round(BAR_WIDTH * min(1.0, job.done / job.total)) if job.total else 0
    return f"{clock(elapsed)} [{'#' * filled:-<{BAR_WIDTH}}] {standing(job)}"[: max(width, 0)]


def standing(job: Job) -> str:
    """Say what a job is doing in words.

    >>> standing(Job(id="a", request="", created=0))
    'Starting'
    """
    if job.state is JobState.QUEUED and job.attempt:
        return f"Waiting to try again: {plain(job.note)}" if job.note else "Waiting to try again"
    stage = plain(job.stage) or "Starting"
    if not (job.done and job.total):
        return stage
    return f"{stage}: {plain(job.note) or 'part'} {job.done} of {job.total}"
