"""The states of a journey that the user gave a name: what it was called, who named it, when."""

from __future__ import annotations

from pydantic import Field, TypeAdapter, ValidationError

from journey.errors import StoreDamaged
from journey.jobs.disk import Table
from journey.model import Record

PREFIX = "version/"

MOST = 200
"""Versions that one journey may have: their list is read whole."""


class Version(Record):
    """A named state of a journey."""

    name: str = Field(min_length=1, max_length=80)
    made: float = Field(description="seconds since the epoch")
    by: str = ""
    result: str = Field(description="digest of the kept journey")
    edits: int = Field(default=0, description="changes in force then")


_VERSIONS = TypeAdapter(tuple[Version, ...])


class Versions:
    """The rows `version/ID`, each the list of one job's versions, the first one first.

    A version keeps the whole journey file, not a place in the log of changes: what was undone and then overwritten
    leaves the log, and must not take along what the user gave a name. The file is there already when it is named.
    """

    def __init__(self, table: Table) -> None:
        self._table = table

    def of(self, job_id: str) -> tuple[Version, ...]:
        """Return a job's versions.

        Raises:
            StoreDamaged: they cannot be read.
        """
        try:
            return _VERSIONS.validate_python(self._table.get(PREFIX + job_id) or [])
        except ValidationError as exc:
            raise StoreDamaged("The named versions of this journey cannot be read; the journey itself can.") from exc

    def put(self, job_id: str, versions: tuple[Version, ...]) -> None:
        """Keep these versions as all that a job has."""
        self._table.set(PREFIX + job_id, [version.model_dump(mode="json") for version in versions])

    def owners(self) -> set[str]:
        """Return the ids of the jobs that have versions."""
        return {key.removeprefix(PREFIX) for key in self._table if key.startswith(PREFIX)}

    def forget(self, job_id: str) -> None:
        """Remove all versions of a job that was removed."""
        self._table.delete(PREFIX + job_id)
