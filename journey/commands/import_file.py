"""`import`: keep journeys in the library that come from files: of other tools, of our own, or a whole library."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from journey.commands import terminal
from journey.commands.environment import read_settings
from journey.commands.exits import Exit
from journey.commands.files import readable
from journey.errors import JourneyFileError

if TYPE_CHECKING:
    from journey.library import Library

MOST_BYTES = 2**31
"""Of an archive; a single journey is refused from 20 MB."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        type=Path,
        help="a journey file, a table of a journey map (.csv, .xlsx), Mermaid, CJML, or an archive of a library",
    )


def run(options: argparse.Namespace) -> Exit:
    """Keep every file's journeys, and list them with their ids; what a file holds is checked before it is kept."""
    settings = read_settings()
    from journey.bootstrap import open_app  # imports every engine, which `--help` need not wait for

    contents = [(path, _read(path)) for path in options.files]
    app = open_app(settings)
    with closing(app.queue):
        for path, content in contents:
            for job_id in _keep(app.library, path, content):
                terminal.write_line(f"{job_id}  {app.queue.get(job_id).title}")
    return Exit.OK


def _keep(library: Library, path: Path, content: bytes) -> tuple[str, ...]:
    from journey.archives import import_archive, is_archive, told
    from journey.imports import read_journey

    name = readable(path.name)
    try:
        if is_archive(content):
            taken = import_archive(library, content)
            for sentence in told(taken):
                terminal.remark(sentence)
            return taken.ids
        journey = read_journey(name, content)
    except JourneyFileError as exc:
        raise JourneyFileError(f"{path}: {exc}") from exc
    for warning in journey.run.warnings:
        terminal.remark(warning)
    return (library.take_in(journey),)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise JourneyFileError(f"{path} is larger than {MOST_BYTES // 2**30} GB.")
        return path.read_bytes()
    except OSError as exc:
        raise JourneyFileError(f"{path} cannot be read: {exc.strerror}.") from exc
