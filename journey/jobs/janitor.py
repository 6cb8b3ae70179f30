"""Remove what nobody wants any more: old failures, what the user deleted, and files that no job refers to."""

from __future__ import annotations

import logging

from journey.errors import JobError
from journey.jobs.job import Job, JobState
from journey.jobs.store import JobStore

log = logging.getLogger(__name__)

DAY = 86_400.0
UNDO_DAYS = 7.0
"""Days during which a deleted job can be restored."""


def sweep(store: JobStore, *, now: float, keep_days: float) -> None:
    """Remove failed and cancelled jobs older than `keep_days`, and deleted ones past their time for undo.

    Journeys are never removed but by the user; of one that the user changed, the present state, what the engine drew
    and the named versions, for the states between follow from the revisions. A file is a day old before it goes: a
    page keeps what was uploaded before it submits the job that will refer to it.
    """
    for job in store.records.jobs():
        if is_unwanted(job, now=now, keep_days=keep_days):
            _remove(store, job)
    for job_id in store.revisions.owners():
        if store.records.find(job_id) is None:
            store.revisions.forget(job_id)
    for job_id in store.versions.owners() | store.proposals.owners():
        if store.records.find(job_id) is None:
            store.versions.forget(job_id)
            store.proposals.forget(job_id)
    wanted = set[str | None]()
    for job in store.records.jobs():
        request = store.records.request(job.id)
        wanted.update([job.result, job.original, request.about, *(upload.sha256 for upload in request.uploads)])
        wanted.update(version.result for version in store.versions.of(job.id))
    for digest in store.files.older_than(now - DAY):
        if digest not in wanted:
            store.files.remove(digest)
    store.checkpoints.purge(before=now - max(keep_days, 1.0) * DAY)


def is_unwanted(job: Job, *, now: float, keep_days: float) -> bool:
    """Whether the job may be forgotten.

    >>> done = Job(id="1", request="", created=0, state=JobState.SUCCEEDED, finished=0)
    >>> is_unwanted(done, now=1e9, keep_days=30)
    False
    >>> is_unwanted(done.model_copy(update={"deleted": 1.0}), now=1e9, keep_days=30)
    True
    """
    if job.is_live:
        return False
    if job.deleted is not None:
        return now - job.deleted > UNDO_DAYS * DAY
    if job.state is JobState.SUCCEEDED or job.finished is None:
        return False
    return now - job.finished > keep_days * DAY


def _remove(store: JobStore, job: Job) -> None:
    try:
        store.records.remove(job.id)
    except JobError:  # it was tried again, or removed, a moment ago
        return
    log.info("job %s was removed: it ended as %s", job.id, job.state)
