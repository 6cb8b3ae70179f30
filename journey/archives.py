"""The whole library as one file, and such a file taken into another library.

An archive is a zip: `manifest.json`, a journey file of the open format for each journey, and by their digest the
pictures that they were read from. Nothing in one is ever unpacked to the disk by its name, so that no name can lead
anywhere; and no more is read of it than an honest one holds.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Literal

from PIL import Image, UnidentifiedImageError
from pydantic import Field, ValidationError

from journey.errors import JourneyError, JourneyFileError
from journey.exports import FORMATS
from journey.exports.naming import file_name
from journey.imports import read_journey
from journey.jobs.job import Job, JobState
from journey.jobs.queue import JobQueue
from journey.library import Library
from journey.model import Journey, Record

log = logging.getLogger(__name__)

MANIFEST = "manifest.json"
MOST_JOURNEYS = 20_000
MOST_FOR_ONE = 64 * 2**20
"""Bytes of a journey or a picture."""

MOST_UNPACKED = 4 * 2**30
"""Bytes that an archive may unpack to in all."""

MOST_PIXELS = 50_000_000
"""Pixels of a picture; what is kept here never has more."""

_PICTURE = re.compile(r"pictures/([0-9a-f]{64})")
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: the same library gives the same archive."""

_FOREIGN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)
"""What zipfile raises on files that are damaged, protected or hostile."""

_DAMAGED = "This archive is damaged, or holds more than an export of a library does."


class ArchivedJourney(Record):
    """What the manifest tells of one journey."""

    file: str
    title: str
    tags: tuple[str, ...] = ()
    archived: bool = False


class Manifest(Record):
    """The list of what an archive holds."""

    version: Literal["journey-archive/1"] = Field(default="journey-archive/1", alias="schema")
    journeys: tuple[ArchivedJourney, ...] = ()


@dataclass(frozen=True)
class TakenIn:
    """What came of an archive."""

    ids: tuple[str, ...]
    """The jobs of the journeys that were kept."""
    known: int
    """Journeys that the library has already."""
    refused: tuple[str, ...]
    """A sentence for each journey that could not be kept."""


def export_library(library: Library, queue: JobQueue, out: BinaryIO) -> int:
    """Write every journey of the library into an archive, and return how many there are.

    The oldest comes first. Histories of changes, named versions and jobs that did not complete stay behind.
    """
    entries: list[ArchivedJourney] = []
    pictures: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for job in (row for row in library.rows()[::-1] if row.state is JobState.SUCCEEDED):
            journey = library.open(job.id)
            entry = _entry(job, journey, number=len(entries) + 1)
            _write(archive, entry.file, FORMATS["json"].to_bytes(journey))
            entries.append(entry)
            for digest in sorted(set(_digests(journey)) - pictures):
                pictures.add(digest)
                _write_picture(archive, queue, digest)
        _write(archive, MANIFEST, Manifest(journeys=tuple(entries)).model_dump_json(indent=2).encode())
    return len(entries)


def is_archive(content: bytes) -> bool:
    """Whether content is an archive of a library: a zip with a manifest."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return MANIFEST in archive.namelist()
    except _FOREIGN:
        return False


def import_archive(library: Library, content: bytes) -> TakenIn:
    """Take every journey of an archive into the library, but for those it has already.

    Raises:
        JourneyFileError: it is no archive of a library, or is damaged.
        StoreError: there is no room for it; what came before is kept.
    """
    have = {job.result for job in library.rows()}
    ids, refused, known = [], [], 0
    for entry, journey, pictures in _read(content):
        if isinstance(journey, JourneyError):
            refused.append(f"{entry.title[:80] or entry.file}: {journey}")
        elif (digest := hashlib.sha256(journey.model_dump_json().encode()).hexdigest()) in have:
            known += 1
        else:
            have.add(digest)
            ids.append(library.take_in(journey, pictures=pictures, tags=entry.tags))
            if entry.archived:
                library.archive(ids[-1])
    return TakenIn(tuple(ids), known, tuple(refused))


def _entry(job: Job, journey: Journey, *, number: int) -> ArchivedJourney:
    name = f"journeys/{number:05}-{file_name(journey.title, '.json')}"
    return ArchivedJourney(file=name, title=journey.title, tags=job.tags, archived=job.archived)


def _digests(journey: Journey) -> Iterator[str]:
    yield from (source.sha256 for source in journey.sources if source.kind == "image")


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=_MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def _write_picture(archive: zipfile.ZipFile, queue: JobQueue, digest: str) -> None:
    """Add a picture, if the store has it: a journey that was taken in from a single file came without."""
    try:
        content = queue.store.files.load(digest)
    except JourneyError as exc:
        log.warning("a picture is left out of the archive: %s", type(exc).__name__)
        return
    _write(archive, f"pictures/{digest}", content)


def _read(content: bytes) -> Iterator[tuple[ArchivedJourney, Journey | JourneyError, list[bytes]]]:
    """Yield each journey of an archive with its pictures, or why it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            manifest = _manifest(archive)
            for entry in manifest.journeys:
                yield entry, *_journey(archive, entry)
    except _FOREIGN as exc:
        raise JourneyFileError(_DAMAGED) from exc


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
        raise JourneyFileError(_DAMAGED)
    try:
        manifest = Manifest.model_validate_json(_unpacked(archive, MANIFEST))
    except ValidationError as exc:
        raise JourneyFileError("This archive's manifest is not one that this version of the program reads.") from exc
    if len(manifest.journeys) > MOST_JOURNEYS:
        raise JourneyFileError(_DAMAGED)
    return manifest


def _journey(archive: zipfile.ZipFile, entry: ArchivedJourney) -> tuple[Journey | JourneyError, list[bytes]]:
    try:
        journey = read_journey("journey.json", _unpacked(archive, entry.file))
    except JourneyError as error:
        return error, []
    return journey, list(_pictures(archive, _digests(journey)))


def _pictures(archive: zipfile.ZipFile, digests: Iterator[str]) -> Iterator[bytes]:
    """Yield the pictures that a journey names, each of them what its digest says, and a picture."""
    names = set(archive.namelist())
    for digest in dict.fromkeys(digests):
        name = f"pictures/{digest}"
        if name not in names or not _PICTURE.fullmatch(name):
            continue
        content = _unpacked(archive, name)
        if hashlib.sha256(content).hexdigest() == digest and _is_picture(content):
            yield content


def _is_picture(content: bytes) -> bool:
    """Whether content is a picture as this program keeps them; only its head is looked at."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            return image.width * image.height <= MOST_PIXELS
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return False


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a member, of which the head of the archive may say anything about its size."""
    try:
        with archive.open(name) as member:
            content = member.read(MOST_FOR_ONE + 1)
    except KeyError as exc:
        raise JourneyFileError(f"The archive has no {name[:80]!r}, which its manifest names.") from exc
    if len(content) > MOST_FOR_ONE:
        raise JourneyFileError(_DAMAGED)
    return content


def told(taken: TakenIn) -> Sequence[str]:
    """Say what came of an archive, a sentence each.

    >>> told(TakenIn(("a", "b"), 1, ()))
    ['2 journeys were taken in.', '1 was there already.']
    """
    count = len(taken.ids)
    sentences = [f"{count} {'journey was' if count == 1 else 'journeys were'} taken in."]
    if taken.known:
        sentences.append(f"{taken.known} {'was' if taken.known == 1 else 'were'} there already.")
    return [*sentences, *taken.refused]
