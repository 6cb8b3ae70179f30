"""A library becomes an archive."""

from __future__ import annotations

import hashlib
import logging
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from journey.archives.manifest import MANIFEST, ArchivedJourney, ArchivedVersion, History, Manifest
from journey.errors import JourneyError
from journey.exports import FORMATS
from journey.exports.naming import file_name
from journey.jobs.job import Job, JobState
from journey.jobs.queue import JobQueue
from journey.library import Library
from journey.model import Journey

log = logging.getLogger(__name__)

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: the same library gives the same archive."""


def export_library(library: Library, queue: JobQueue, out: BinaryIO) -> int:
    """Write every journey of the library with its history into an archive, and return how many there are.

    The oldest comes first. Jobs that did not complete and proposals stay behind.
    """
    entries: list[ArchivedJourney] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        packing = _Packing(archive, library, queue)
        for job in (row for row in library.rows()[::-1] if row.state is JobState.SUCCEEDED):
            entries.append(packing.add(job, number=len(entries) + 1))
        packing.write(MANIFEST, Manifest(journeys=tuple(entries)).model_dump_json(indent=2).encode())
    return len(entries)


class _Packing:
    def __init__(self, archive: zipfile.ZipFile, library: Library, queue: JobQueue) -> None:
        self._archive = archive
        self._library = library
        self._queue = queue
        self._written: set[str] = set()

    def add(self, job: Job, *, number: int) -> ArchivedJourney:
        """Write a journey and all that belongs to it."""
        journey = self._library.open(job.id)
        name = f"{number:05}-{file_name(journey.title, '.json')}"
        self.write(f"journeys/{name}", FORMATS["json"].to_bytes(journey))
        history = self._history(job)
        if history.revisions or history.versions:
            self.write(f"histories/{name}", history.model_dump_json(exclude_none=True).encode())
        for digest in sorted(set(_digests(journey))):
            self._write_once(f"pictures/{digest}", partial(self._queue.store.files.load, digest))
        return ArchivedJourney(
            file=f"journeys/{name}",
            title=journey.title,
            tags=job.tags,
            archived=job.archived,
            history=f"histories/{name}" if history.revisions or history.versions else "",
        )

    def write(self, name: str, content: bytes) -> None:
        """Add a member; it looks the same whenever it is written."""
        entry = zipfile.ZipInfo(name, date_time=_MOMENT)
        entry.compress_type = zipfile.ZIP_DEFLATED
        self._archive.writestr(entry, content)

    def _history(self, job: Job) -> History:
        kept = self._queue.store.revisions
        revisions = tuple(kept.get(job.id, number) for number in range(1, job.edits_kept + 1))
        return History(edits=job.edits, revisions=revisions, versions=tuple(self._versions(job)))

    def _versions(self, job: Job) -> Iterator[ArchivedVersion]:
        for version in self._library.versions(job.id):
            journey = self._library.open_version(job.id, version.name)
            content = FORMATS["json"].to_bytes(journey)
            file = f"versions/{hashlib.sha256(content).hexdigest()}.json"
            self._write_once(file, partial(bytes, content))
            told = version.model_dump(include={"name", "made", "by", "edits"})
            yield ArchivedVersion(**told, file=file)

    def _write_once(self, name: str, load: Callable[[], bytes]) -> None:
        """Add what several journeys may share; a picture may be gone, for a journey file is taken in without it."""
        if name in self._written:
            return
        self._written.add(name)
        try:
            self.write(name, load())
        except JourneyError as exc:
            log.warning("a picture is left out of the archive: %s", type(exc).__name__)


def _digests(journey: Journey) -> Iterator[str]:
    yield from (source.sha256 for source in journey.sources if source.kind == "image")
