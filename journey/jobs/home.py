"""The data folder itself: made private, known again, and owned by at most one process that runs the workers."""

from __future__ import annotations

import fcntl
import os
import secrets
import time
from pathlib import Path

from journey.errors import StoreDamaged, StoreError, StoreOwned
from journey.jobs.disk import Table, translated
from journey.jobs.files import write_durably

NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "fuse.sshfs", "fuse.rclone"})
"""File systems on which neither `flock` nor SQLite's shared memory can be trusted."""


def prepare(home: Path) -> None:
    """Make the folder, for this user's eyes only, unless it is there; what we make inside is private in any case.

    Raises:
        StoreError: it cannot be made, or lies on a network file system.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)  # one that exists keeps its mode: it may be shared
    except OSError as exc:
        raise translated(exc, home) from exc
    if file_system(home) in NETWORK:
        raise StoreError(f"The data folder {home} lies on a network drive, where records can be lost: use a local one.")


def file_system(path: Path) -> str:
    """Return the type of the file system under a path, or an empty string where it cannot be told."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    found, path = ("", ""), path.resolve()
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        if path.is_relative_to(point) and len(point) >= len(found[0]):
            found = (point, kind)
    return found[1]


def identify(home: Path, table: Table) -> None:
    """See that the records are those of this folder, or mark both as belonging together.

    SQLite opens a file that was emptied or exchanged as a new, empty store, without a word.

    Raises:
        StoreDamaged: the folder had records once and they are not these.
    """
    marker = home / "store.id"
    inside = table.get("store")
    try:
        marked = marker.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        if inside is None:
            inside = table.transact(lambda: _number(table))
        write_durably(marker, str(inside).encode("ascii"))
        return
    if marked != inside:
        raise StoreDamaged(f"The records in {home} are missing or were exchanged: restore that folder from a backup.")


def _number(table: Table) -> str:
    inside = table.get("store")  # another process may have been first
    if isinstance(inside, str):
        return inside
    number = secrets.token_hex(16)
    table.set("store", number)
    return number


class Ownership:
    """A lock on the folder that the system lets go of when its process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    @property
    def is_mine(self) -> bool:
        """Whether this object holds it."""
        return self._descriptor is not None

    @property
    def is_taken(self) -> bool:
        """Whether anybody holds it."""
        if self.is_mine:
            return True
        try:
            with self._path.open("rb") as file:
                return not _locked(file.fileno(), fcntl.LOCK_SH)
        except FileNotFoundError:
            return False

    def take(self) -> None:
        """Take it.

        Raises:
            StoreOwned: another process, or another queue in this one, holds it.
        """
        if self.is_mine:
            return
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        patience = time.monotonic() + 0.2  # `is_taken` elsewhere holds it for microseconds
        while not _locked(descriptor, fcntl.LOCK_EX):
            if time.monotonic() > patience:
                os.close(descriptor)
                raise StoreOwned
            time.sleep(0.01)
        self._descriptor = descriptor

    def let_go(self) -> None:
        """Let go of it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def free_bytes(home: Path) -> int:
    """Return the room left for an ordinary user on the folder's disk."""
    room = os.statvfs(home)
    return room.f_bavail * room.f_frsize
