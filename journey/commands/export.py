"""`export`: write a journey, from a file or of the library, in another format; or the whole library as one archive."""

from __future__ import annotations

import argparse
import io
import re
import sys
from contextlib import closing
from pathlib import Path

from journey.commands import terminal
from journey.commands.environment import read_settings
from journey.commands.exits import Exit
from journey.commands.files import Output, read_journey
from journey.commands.pictures import pictures_in_library
from journey.errors import OutputError
from journey.exports import FORMATS, Format
from journey.model import Journey

_JOB_ID = re.compile("[0-9a-f]{16}")
_NOT_FOR_TERMINALS = "{} is not text, and a terminal cannot show it: name a file with --output."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "journey",
        metavar="JOURNEY",
        type=Path,
        nargs="?",
        help="a journey file (.json), or the id of a journey in the library, as `jobs` and `import` list it",
    )
    what.add_argument("--all", action="store_true", help="every journey of the library, as one archive (.zip)")
    add_output(parser)


def add_output(parser: argparse.ArgumentParser) -> None:
    """Declare where the result goes and in which format."""
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, help="a file; standard output if left out")
    parser.add_argument(
        "--format", choices=FORMATS, help="if left out, what the ending of OUT says, else json", metavar="FORMAT"
    )


def run(options: argparse.Namespace) -> Exit:
    """Write the journey and say what the format loses; or write the library."""
    output = Output(options.output)
    if options.all:
        return _run_all(output)
    output.check([options.journey])
    chosen = chosen_format(options.format, options.output)
    journey = _find_journey(options.journey)
    output.write(chosen.to_bytes(journey, pictures_in_library(journey, chosen)))
    terminal.remark(chosen.loses)
    return Exit.OK


def _find_journey(named: Path) -> Journey:
    """Return what a file holds or, where there is no such file and the name is one of its ids, the library."""
    if named.exists() or not _JOB_ID.fullmatch(str(named)):
        return read_journey(named)
    settings = read_settings()
    from journey.bootstrap import open_app

    app = open_app(settings)
    with closing(app.queue):
        return app.library.open(str(named))


def _run_all(output: Output) -> Exit:
    output.check()
    _refuse_terminal("An archive", output.path)
    settings = read_settings()
    from journey.archives import export_library
    from journey.bootstrap import open_app  # imports every engine, which a single journey need not wait for

    app, archive = open_app(settings), io.BytesIO()
    with closing(app.queue):
        count = export_library(app.library, app.queue, archive)
    output.write(archive.getvalue())
    terminal.remark(f"{count} journeys, with their sources, pictures, histories and named versions.")
    return Exit.OK


def chosen_format(name: str | None, output: Path | None) -> Format:
    """Return the format asked for, else the first one with the output's ending, else JSON.

    >>> chosen_format(None, Path("map.MD")).name, chosen_format(None, None).name
    ('markdown', 'json')

    Raises:
        OutputError: it is not text and would go to a terminal.
    """
    suffix = output.suffix.lower() if output else ""
    meant = next((entry for entry in FORMATS.values() if entry.suffix == suffix), FORMATS["json"])
    chosen = FORMATS[name] if name else meant
    if not chosen.is_text:
        _refuse_terminal(chosen.label, output)
    return chosen


def _refuse_terminal(what: str, output: Path | None) -> None:
    if output is None and sys.stdout is not None and sys.stdout.isatty():
        raise OutputError(_NOT_FOR_TERMINALS.format(what))
