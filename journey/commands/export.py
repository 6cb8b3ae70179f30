"""`export`: write a journey file in another format."""

from __future__ import annotations

import argparse
from pathlib import Path

from journey.commands import terminal
from journey.commands.exits import Exit
from journey.commands.files import Output, read_journey
from journey.exports import FORMATS, Format


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("journey", metavar="JOURNEY.json", type=Path, help="a journey file")
    add_output(parser)


def add_output(parser: argparse.ArgumentParser) -> None:
    """Declare where the result goes and in which format."""
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, help="a file; standard output if left out")
    parser.add_argument(
        "--format", choices=FORMATS, help="if left out, what the ending of OUT says, else json", metavar="FORMAT"
    )


def run(options: argparse.Namespace) -> Exit:
    """Write the journey and say what the format loses."""
    output = Output(options.output)
    output.check([options.journey])
    chosen = chosen_format(options.format, options.output)
    output.write(chosen.to_bytes(read_journey(options.journey)))
    terminal.remark(chosen.loses)
    return Exit.OK


def chosen_format(name: str | None, output: Path | None) -> Format:
    """Return the format asked for, else the first one with the output's ending, else JSON.

    >>> chosen_format(None, Path("map.MD")).name, chosen_format(None, None).name
    ('markdown', 'json')
    """
    if name:
        return FORMATS[name]
    suffix = output.suffix.lower() if output else ""
    return next((entry for entry in FORMATS.values() if entry.suffix == suffix), FORMATS["json"])
