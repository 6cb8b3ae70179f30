"""The words of the command line. docs/command-line.md explains them, and a test holds the two together."""

from __future__ import annotations

import argparse
from types import ModuleType
from typing import NoReturn

from journey import __version__
from journey.commands import doctor, export, extract, import_file, jobs, verify
from journey.commands.exits import Exit

PROGRAM = "python -m journey"

COMMANDS: dict[str, tuple[ModuleType, str]] = {
    "extract": (extract, "draw a journey from transcripts or pictures"),
    "verify": (verify, "hold every quote of a journey file to its source"),
    "export": (export, "write a journey file in another format, or the library as one archive"),
    "import": (import_file, "keep journeys from files of other tools, or from an archive, in the library"),
    "jobs": (jobs, "list, show, cancel or retry the jobs of the library"),
    "doctor": (doctor, "say what this installation consists of and what is broken"),
}


class Parser(argparse.ArgumentParser):
    """Says what was wrong in one line, in the voice of every other remark."""

    def error(self, message: str) -> NoReturn:
        """End the program."""
        self.exit(Exit.USAGE, f"journey: {message} (see {self.prog} --help)\n")


def build_parser() -> Parser:
    """Return the parser; the namespace it makes has `run`, the function of the chosen command, and `debug`."""
    parser = Parser(prog=PROGRAM, description="Draw customer journey maps in which every cell quotes its source.")
    parser.add_argument("--version", action="version", version=f"journey {__version__}")
    parser.add_argument("--debug", action="store_true", help="log what happens to standard error")
    chosen = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (module, purpose) in COMMANDS.items():
        command = chosen.add_parser(name, help=purpose, description=f"{purpose.capitalize()}.", allow_abbrev=False)
        command.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser
