"""`verify`: hold every quote of a journey file to the source text inside it."""

from __future__ import annotations

import argparse
from pathlib import Path

from journey import grounding
from journey.commands import terminal
from journey.commands.exits import Exit
from journey.commands.files import read_journey


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("journey", metavar="JOURNEY.json", type=Path, help="a journey file")


def run(options: argparse.Namespace) -> Exit:
    """List the quotes that do not stand; the status says whether there are any."""
    flaws = grounding.verify(read_journey(options.journey))
    for flaw in flaws:
        terminal.write_line(f"{flaw.where}: {flaw.problem}")
    if flaws:
        terminal.remark(f"{len(flaws)} claims do not stand in {options.journey}.")
        return Exit.NO
    terminal.remark(f"Every quote in {options.journey} stands in its source.")
    return Exit.OK
