"""The files that a command reads and writes, with their errors in words."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from journey.commands import terminal
from journey.errors import JourneyFileError, OutputError, SourceError
from journey.exports import read_json
from journey.jobs.files import write_durably
from journey.model import Journey
from journey.sources.limits import MAX_BYTES


@dataclass(frozen=True)
class Output:
    """Where the result goes: a file, replaced in one move when the work is done, or standard output."""

    path: Path | None

    def check(self, inputs: Sequence[Path] = ()) -> None:
        """Find out before the work starts whether the result can be written.

        Raises:
            OutputError: it cannot.
        """
        if self.path is None:
            terminal.require_output()
            return
        if self.path.is_dir():
            raise OutputError(f"{self.path} is a folder: name a file for the output.")
        if not self.path.parent.is_dir():
            raise OutputError(f"There is no folder {self.path.parent} for the output: create it first.")
        if not os.access(self._replaced, os.W_OK):
            raise OutputError(f"{self._replaced} may not be written to.")
        if self.path.exists() and any(os.path.samefile(self.path, path) for path in inputs if path.exists()):
            raise OutputError(f"{self.path} is an input too, and would be overwritten.")

    def write(self, content: bytes) -> None:
        """Write the result.

        Raises:
            OutputError: it could not be written; what was there before is still there.
        """
        if self.path is None:
            terminal.write(content)
            return
        try:
            self._write_file(self.path.resolve(), content)
        except OSError as exc:
            raise OutputError(f"{self.path} cannot be written: {exc.strerror}.") from exc

    @property
    def _replaced(self) -> Path:
        """Return what must be writable: the folder of a file to replace, or a device itself."""
        assert self.path is not None
        return self.path if _is_device(self.path) else self.path.resolve().parent

    @staticmethod
    def _write_file(path: Path, content: bytes) -> None:
        if _is_device(path):
            path.write_bytes(content)
            return
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        write_durably(path, content)
        path.chmod(mode)


def read_input(path: Path) -> bytes:
    """Return the bytes of a file; of one that is too long, no more are read than tell so.

    Raises:
        SourceError: it cannot be read, or is too long.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as exc:
        raise SourceError(f"{path} cannot be read: {exc.strerror}.") from exc
    if len(content) > MAX_BYTES:
        raise SourceError(f"{path} is larger than {MAX_BYTES // 1024**2} MB: split it into parts.")
    return content


def readable(name: str) -> str:
    r"""Return a file name as text, whatever bytes the file system allowed in it.

    >>> readable("caf\udce9.txt")
    'caf�.txt'
    """
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def read_journey(path: Path) -> Journey:
    """Read a journey file.

    Raises:
        JourneyFileError: it cannot be read, or is none.
    """
    try:
        return read_json(path.read_bytes().decode())
    except OSError as exc:
        raise JourneyFileError(f"{path} cannot be read: {exc.strerror}.") from exc
    except UnicodeDecodeError as exc:
        raise JourneyFileError(f"{path} is not a journey file: it is not UTF-8 text.") from exc
    except JourneyFileError as exc:
        raise JourneyFileError(f"{path}: {exc}") from exc


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
