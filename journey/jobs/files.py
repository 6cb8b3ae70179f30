"""Files named by the SHA-256 of their content, and the ballast that leaves room to say that the disk is full."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from journey.errors import StoreDamaged, StoreFull
from journey.jobs.disk import translated

DIGEST = re.compile(r"[0-9a-f]{64}")


class Files:
    """Submitted bytes and journeys. A file appears whole or not at all, and never changes."""

    def __init__(self, directory: Path, *, make_room: Callable[[], bool]) -> None:
        """Make the folder.

        Args:
            make_room: called when the disk is full; True when it freed something, and the write is tried once more.
        """
        self._directory = directory
        self._make_room = make_room
        try:
            directory.mkdir(mode=0o700, exist_ok=True)
        except OSError as exc:
            raise translated(exc, directory) from exc

    def keep(self, content: bytes) -> str:
        """Keep the content durably and return its digest.

        Raises:
            StoreError: it could not be written.
        """
        digest = hashlib.sha256(content).hexdigest()
        try:
            self._write(digest, content)
        except StoreFull:
            if not self._make_room():
                raise
            self._write(digest, content)
        return digest

    def _write(self, digest: str, content: bytes) -> None:
        path = self._path(digest)
        try:
            if path.exists() and path.read_bytes() == content:
                os.utime(path)  # wanted again: the janitor counts its age from now
            else:
                write_durably(path, content)
        except OSError as exc:
            raise translated(exc, self._directory) from exc

    def load(self, digest: str) -> bytes:
        """Return the content.

        Raises:
            StoreDamaged: it is missing, or is not what was kept.
        """
        try:
            content = self._path(digest).read_bytes()
        except FileNotFoundError as exc:
            raise StoreDamaged("A file of this job is missing from the data folder: submit it again.") from exc
        except OSError as exc:
            raise translated(exc, self._directory) from exc
        if hashlib.sha256(content).hexdigest() != digest:
            raise StoreDamaged("A file of this job was changed on the disk: submit it again.")
        return content

    def want(self, digest: str) -> int | None:
        """Return how many bytes the file has, or None when there is none; its age counts from now."""
        path = self._path(digest)
        try:
            os.utime(path)
            return path.stat().st_size
        except FileNotFoundError:
            return None
        except OSError as exc:
            raise translated(exc, self._directory) from exc

    def older_than(self, moment: float) -> Iterator[str]:
        """Yield the digests of files last wanted before a moment (seconds since the epoch); remove torn ones."""
        for path, found in self._all():
            if found.st_mtime >= moment:
                continue
            if DIGEST.fullmatch(path.name):
                yield path.name
            else:
                path.unlink(missing_ok=True)  # a crash while writing left it behind

    def remove(self, digest: str) -> None:
        """Remove the file, if there is one."""
        self._path(digest).unlink(missing_ok=True)

    def total(self) -> int:
        """Return the bytes of all files."""
        return sum(found.st_size for _, found in self._all())

    def _all(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self._directory.glob("*/*"):
            try:
                yield path, path.stat()
            except FileNotFoundError:  # it got its final name, or was removed, just now
                continue

    def _path(self, digest: str) -> Path:
        if not DIGEST.fullmatch(digest):
            raise StoreDamaged("A record of this job names a file that this program did not write.")
        return self._directory / digest[:2] / digest


class Ballast:
    """A file that is given up when the disk is full, so that the outcome can still be written."""

    def __init__(self, path: Path, *, size: int) -> None:
        self._path = path
        self._size = size

    @property
    def is_held(self) -> bool:
        """Whether there is something to give up."""
        return self._size == 0 or self._path.exists()

    def release(self) -> bool:
        """Give the room up; False when it was given up before."""
        try:
            self._path.unlink()
        except FileNotFoundError:
            return False
        return True

    def hold(self) -> None:
        """Take the room again, if it is there."""
        if self.is_held:
            return
        partial = self._path.with_suffix(".partial")
        try:
            with partial.open("wb") as file:
                _allocate(file.fileno(), self._size)
            partial.replace(self._path)
        except OSError:  # no room for it: the next call tries again
            partial.unlink(missing_ok=True)


def _allocate(descriptor: int, size: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, size)
    else:  # macOS
        os.write(descriptor, bytes(size))


def write_durably(path: Path, content: bytes) -> None:
    """Write a file that is whole or absent after a crash: temporary name, fsync, rename, fsync of the folder."""
    if not path.parent.is_dir():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(path.parent.parent)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".partial-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
