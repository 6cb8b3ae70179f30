"""Tables of JSON values on diskcache, which only this file knows.

diskcache unpickles what it finds in its database (CVE-2025-69872) and follows whatever file names stand there, so
anyone who can write to the folder could run code or have a file of the user's removed. `SafeDisk` stores JSON text in
the database itself, never in a file beside it, and refuses everything else on the way back.
"""

from __future__ import annotations

import errno
import json
import os
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import diskcache
from diskcache.core import MODE_RAW, UNKNOWN
from pydantic import JsonValue

from journey.errors import StoreDamaged, StoreError, StoreFull, StoreReadOnly

T = TypeVar("T")

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
LEAST_ROOM = 64 * 2**10
"""Bytes that SQLite needs beside its database to open it."""

LONE_SURROGATE = re.compile("[\ud800-\udfff]")

PATIENCE = 10.0
"""Seconds to wait for another process's transaction; ours take milliseconds."""


class SafeDisk(diskcache.Disk):  # type: ignore[misc]  # diskcache has no types
    """Keys are strings, values are JSON text in the row; pickles and files are refused."""

    def put(self, key: object) -> tuple[str, bool]:
        """Return the key as the database holds it."""
        if type(key) is not str:
            raise TypeError(f"a key is a string, not {type(key).__name__}")
        return key, True

    def get(self, key: object, raw: bool) -> str:
        """Return the key that the database holds.

        Raises:
            StoreDamaged: the key is pickled, or not a string.
        """
        if not raw or type(key) is not str:
            raise StoreDamaged("The data folder holds a key that this program did not write.")
        return key

    def store(self, value: object, read: bool, key: object = UNKNOWN) -> tuple[int, int, None, str]:
        """Return size, mode, file name and text of a JSON value, as columns of the row."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        if LONE_SURROGATE.search(text):  # a model may send one; the database cannot hold it unescaped
            text = json.dumps(value, separators=(",", ":"), allow_nan=False)
        return 0, MODE_RAW, None, text

    def fetch(self, mode: int, filename: str | None, value: object, read: bool) -> JsonValue:
        """Return the JSON value of a row.

        Raises:
            StoreDamaged: the row is pickled, points at a file, or is not JSON.
        """
        if mode != MODE_RAW or filename is not None or type(value) is not str:
            raise StoreDamaged("The data folder holds a value that this program did not write.")
        try:
            parsed: JsonValue = json.loads(value)
            return parsed
        except ValueError as exc:
            raise StoreDamaged("The data folder holds a value that cannot be read.") from exc

    def remove(self, file_path: str) -> None:
        """Leave alone a file that a row names: no row of ours names one."""


class Table:
    """JSON values by string key in a directory of its own, safe to share between threads and processes."""

    def __init__(self, directory: Path, *, make_room: Callable[[], bool]) -> None:
        """Open or make the table.

        Args:
            make_room: called when the disk is full; True when it freed something, and the write is tried once more.

        Raises:
            StoreError: its directory cannot be used.
        """
        self._directory = directory
        self._make_room = make_room
        # SQLite's back-off is unfair: with FULL sync and many writers single writes starve for seconds. One lock
        # per process removes that.
        self._lock = threading.RLock()
        self._is_inside = False
        self._cache: Any = None
        self._with_room(self._open)

    def get(self, key: str) -> JsonValue:
        """Return the value, or None."""
        with self._border():
            value: JsonValue = self._cache.get(key, default=None)
            return value

    def set(self, key: str, value: JsonValue) -> None:
        """Keep the value durably: it has reached the disk when this returns."""
        self.transact(lambda: self._cache.set(key, value))

    def delete(self, key: str) -> None:
        """Remove the value, if there is one."""
        self.transact(lambda: self._cache.delete(key))

    def __iter__(self) -> Iterator[str]:
        """Yield every key."""
        with self._border():
            yield from self._cache.iterkeys()

    def transact(self, change: Callable[[], T]) -> T:
        """Run `change` as one transaction: all of its reads and writes, or none. May be nested.

        Raises:
            StoreError: the transaction was rolled back.
        """
        with self._lock:
            if self._is_inside:
                return change()
            return self._with_room(lambda: self._once(change))

    @property
    def size(self) -> int:
        """Bytes on disk."""
        with self._border():
            return int(self._cache.volume())

    def close(self) -> None:
        """Close this thread's connection."""
        self._cache.close()

    def _open(self) -> None:
        with self._border():
            self._directory.mkdir(mode=0o700, exist_ok=True)
            self._cache = diskcache.Cache(
                str(self._directory),
                timeout=1,
                disk=SafeDisk,
                eviction_policy="none",
                cull_limit=0,
                sqlite_synchronous=2,
            )

    def _with_room(self, write: Callable[[], T]) -> T:
        try:
            return write()
        except StoreFull:
            if not self._make_room():
                raise
            return write()

    def _once(self, change: Callable[[], T]) -> T:
        with self._border(), self._transaction():
            self._is_inside = True
            try:
                return change()
            finally:
                self._is_inside = False

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Begin, retrying only while another process holds the database; diskcache's own retry spins on any error."""
        patience = time.monotonic() + PATIENCE
        while True:
            transaction = self._cache.transact()
            try:
                transaction.__enter__()
                break
            except diskcache.Timeout as exc:
                if not _says(exc, "locked", "busy") or time.monotonic() > patience:
                    raise
        try:
            yield
        except BaseException as exc:
            transaction.__exit__(type(exc), exc, exc.__traceback__)
            raise
        transaction.__exit__(None, None, None)

    @contextmanager
    def _border(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, diskcache.Timeout, OSError) as exc:
            # After a failed COMMIT the connection may still be inside the transaction: a fresh one is not.
            if self._cache is not None:
                self._cache.close()
            raise translated(exc, self._directory) from exc


def translated(exc: BaseException, directory: Path) -> StoreError:
    """Return our error for one of SQLite's, diskcache's or the file system's."""
    number = getattr(exc, "errno", None)
    if number in FULL or _says(exc, "disk is full") or _has_no_room(directory):
        return StoreFull()
    if number in READ_ONLY or _says(exc, "readonly", "unable to open"):
        return StoreReadOnly(f"The data folder {directory} cannot be written to: check its permissions.")
    if _says(exc, "locked", "busy"):
        return StoreError(f"The data folder {directory} is busy: another program holds it. Try again in a moment.")
    if _says(exc, "not a database", "malformed", "no such table", "no such column", "corrupt"):
        return StoreDamaged(f"The records in {directory} are damaged: restore that folder from a backup.")
    return StoreError(f"The data folder {directory} cannot be used ({type(exc).__name__}).")


def _has_no_room(directory: Path) -> bool:
    """Whether the disk is full: SQLite then also says that it cannot open a file, or speaks of input and output."""
    try:
        room = os.statvfs(directory)
    except OSError:
        return False
    return room.f_bavail * room.f_frsize < LEAST_ROOM


def _says(exc: BaseException | None, *words: str) -> bool:
    """Whether the error, or one that it hides (`raise Timeout from None`, a failed ROLLBACK), says one of these."""
    while exc is not None:
        if any(word in str(exc).lower() for word in words):
            return True
        exc = exc.__context__
    return False
