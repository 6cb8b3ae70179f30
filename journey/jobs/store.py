"""The data folder: records, checkpoints and files, each in a directory of its own."""

from __future__ import annotations

import time
from pathlib import Path

from journey.errors import StoreFull
from journey.jobs.checkpoints import Checkpoints
from journey.jobs.disk import Table
from journey.jobs.files import Ballast, Files
from journey.jobs.home import Ownership, free_bytes, identify, prepare
from journey.jobs.proposals import Proposals
from journey.jobs.records import Records
from journey.jobs.revisions import Revisions
from journey.jobs.search import WordIndex
from journey.jobs.versions import Versions

RESERVE = 200 * 2**20
"""Free bytes below which nothing new is accepted."""

BALLAST = 16 * 2**20

MEASURE = 30.0
"""Seconds for which the store's measured size is good enough."""


class JobStore:
    """Everything that must outlive a crash. Any process may open it; one at a time owns it and runs the workers."""

    def __init__(
        self, home: Path, *, checkpoints: Path | None = None, reserve: int = RESERVE, ballast: int = BALLAST
    ) -> None:
        """Open or make the store.

        Args:
            checkpoints: another folder whose checkpoints are shared, when this one is private and short-lived.
            reserve: free bytes below which nothing new is accepted.
            ballast: bytes set aside, and given up when the disk is full, to record how jobs end.

        Raises:
            StoreError: the folder cannot be used; nothing waits or retries.
        """
        prepare(home)
        self.home = home
        self._reserve = reserve
        self._measured, self._size = -MEASURE, 0
        self._ballast = Ballast(home / "ballast", size=ballast)
        self._table = Table(home / "records", make_room=self._ballast.release)
        identify(home, self._table)
        self.records = Records(self._table)
        self.revisions = Revisions(self._table)
        self.versions = Versions(self._table)
        self.proposals = Proposals(self._table)
        self.checkpoints = self._open_checkpoints(checkpoints or home)
        self.search = WordIndex(home / "search")
        self.files = Files(home / "files", make_room=self._ballast.release)
        self.ownership = Ownership(home / "store.lock")
        self.make_room()

    @property
    def free(self) -> int:
        """Bytes left on the disk."""
        return free_bytes(self.home)

    @property
    def size(self) -> int:
        """Bytes that the store takes up, but for the ballast; measured every half minute."""
        if time.monotonic() - self._measured > MEASURE:
            self._measured = time.monotonic()
            self._size = self._table.size + self._steps.size + self.files.total()
        return self._size

    @property
    def is_short(self) -> bool:
        """Whether the disk was full and has not been cleared: no work is begun then."""
        return not self._ballast.is_held

    def make_room(self) -> None:
        """Set the ballast aside again once the disk has been cleared."""
        if self.free > self._reserve:
            self._ballast.hold()

    def require_room(self) -> None:
        """Raise unless there is room for a new job.

        Raises:
            StoreFull: there is not.
        """
        if self.free < self._reserve:
            raise StoreFull

    def close(self) -> None:
        """Let go of the folder."""
        self.ownership.let_go()
        self._table.close()
        self._steps.close()

    def _open_checkpoints(self, home: Path) -> Checkpoints:
        prepare(home)
        self._steps = Table(home / "checkpoints", make_room=self._ballast.release)
        return Checkpoints(self._steps)
