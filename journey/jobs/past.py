"""What a user did elsewhere with a journey that is taken in: its changes and its named versions."""

from __future__ import annotations

from dataclasses import dataclass

from journey.jobs import job as moves
from journey.jobs.job import Job
from journey.jobs.revisions import Revision
from journey.jobs.store import JobStore
from journey.jobs.versions import Version
from journey.model import Journey, Request


@dataclass(frozen=True)
class NamedState:
    """A named version with the journey that it was."""

    name: str
    made: float
    by: str
    edits: int
    """Changes in force then."""
    journey: Journey


@dataclass(frozen=True)
class Past:
    """The changes of a journey, those that were undone last, and its versions."""

    drawn: Journey
    """Before all changes."""
    revisions: tuple[Revision, ...]
    edits: int
    """Changes in force."""
    versions: tuple[NamedState, ...] = ()


def adopt(store: JobStore, job: Job, request: Request, *, past: Past | None) -> Job:
    """Keep a job that has ended already, and the past of its journey with it, in one transaction."""
    if past is None:
        return store.records.adopt(job, request)
    versions = tuple(_version(store, named) for named in past.versions)
    original = store.files.keep(past.drawn.model_dump_json().encode())

    def keep_past() -> None:
        for revision in past.revisions:
            store.revisions.keep(job.id, revision)
        store.versions.put(job.id, versions)

    known = moves.remember(job, original=original, edits=past.edits, edits_kept=len(past.revisions))
    return store.records.adopt(known, request, keep_more=keep_past)


def _version(store: JobStore, named: NamedState) -> Version:
    result = store.files.keep(named.journey.model_dump_json().encode())
    return Version(name=named.name, made=named.made, by=named.by, result=result, edits=named.edits)
