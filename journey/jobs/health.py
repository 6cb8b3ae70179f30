"""What to show of the store and the workers, for the user and for a report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Health:
    """How the store and the workers are."""

    is_owned: bool
    """Whether a living process runs the workers of this folder."""
    workers: int
    """Worker threads in this process."""
    queued: int
    running: int
    free_bytes: int
    store_bytes: int
    is_short: bool
    """The disk was full: nothing new is begun until it has been cleared."""
    folder: Path
