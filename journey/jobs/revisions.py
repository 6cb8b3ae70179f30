"""The user's changes of each journey, in order: what was done, when, and how it is undone."""

from __future__ import annotations

from pydantic import Field, ValidationError

from journey.edits import Edit, PutBack
from journey.errors import StoreDamaged
from journey.jobs.disk import Table
from journey.model import Record

PREFIX = "revision/"


class Revision(Record):
    """One change of a journey by the user."""

    number: int = Field(ge=1, description="its place among the changes of this journey")
    made: float = Field(description="seconds since the epoch")
    by: str = Field(default="", description="who did it")
    words: str = Field(description="what was done, as told to the user")
    edit: Edit
    back: PutBack = Field(description="undoes the edit, exactly")


class Revisions:
    """The rows `revision/ID/NUMBER`; the job's record says which of them are in force and which can be redone.

    A log of edits, each with its undo, and not a journey file for every state: a file repeats the whole transcript, a
    row holds the one or two phases that the edit touched. They lie in the table of the records, so that an edit and
    the record that counts it are one transaction.
    """

    def __init__(self, table: Table) -> None:
        self._table = table

    def keep(self, job_id: str, revision: Revision) -> None:
        """Keep a revision in its place; one that was undone and stood there is replaced."""
        self._table.set(f"{PREFIX}{job_id}/{revision.number}", revision.model_dump(mode="json"))

    def get(self, job_id: str, number: int) -> Revision:
        """Return the revision at a place.

        Raises:
            StoreDamaged: it is missing, or cannot be read.
        """
        try:
            return Revision.model_validate(self._table.get(f"{PREFIX}{job_id}/{number}"))
        except ValidationError as exc:
            raise StoreDamaged("The history of this journey cannot be read; the journey itself can.") from exc

    def owners(self) -> set[str]:
        """Return the ids of the jobs that have revisions."""
        return {key.split("/")[1] for key in self._table if key.startswith(PREFIX)}

    def forget(self, job_id: str) -> None:
        """Remove all revisions of a job that was removed."""
        for key in [key for key in self._table if key.startswith(f"{PREFIX}{job_id}/")]:
            self._table.delete(key)
