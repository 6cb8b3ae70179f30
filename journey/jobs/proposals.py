"""What is being proposed for a journey: the job that works it out, and what the user has decided about it."""

from __future__ import annotations

from pydantic import Field, ValidationError

from journey.errors import StoreDamaged
from journey.jobs.disk import Table
from journey.model import Record

PREFIX = "proposal/"


class Proposal(Record):
    """One proposal; at most one is open for a journey."""

    helper: str = Field(default="", description="the job that works it out; none when no proposal is open")
    wish: str = Field(default="", description="the user's words, when the map is to be changed and not drawn again")
    decided: tuple[str, ...] = Field(default=(), description="keys of suggestions accepted or rejected")


class Proposals:
    """The rows `proposal/ID`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def of(self, job_id: str) -> Proposal:
        """Return what is proposed for a job's journey.

        Raises:
            StoreDamaged: it cannot be read.
        """
        try:
            return Proposal.model_validate(self._table.get(PREFIX + job_id) or {})
        except ValidationError as exc:
            raise StoreDamaged("What was proposed for this journey cannot be read; the journey itself can.") from exc

    def put(self, job_id: str, proposal: Proposal) -> None:
        """Keep what is proposed now."""
        self._table.set(PREFIX + job_id, proposal.model_dump(mode="json"))

    def owners(self) -> set[str]:
        """Return the ids of the jobs for which something was proposed."""
        return {key.removeprefix(PREFIX) for key in self._table if key.startswith(PREFIX)}

    def forget(self, job_id: str) -> None:
        """Remove what was proposed for a job that was removed."""
        self._table.delete(PREFIX + job_id)
