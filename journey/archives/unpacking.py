"""An archive is taken into a library: read by name, never unpacked to the disk, and never more than an honest one."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError
from pydantic import ValidationError

from journey.archives.histories import to_past
from journey.archives.manifest import DAMAGED, FOREIGN, MANIFEST, MOST_JOURNEYS, ArchivedJourney, History, Manifest
from journey.errors import JourneyError, JourneyFileError
from journey.imports import read_journey
from journey.jobs.past import Past
from journey.library import Library
from journey.model import Journey

MOST_FOR_ONE = 64 * 2**20
"""Bytes of a journey, a history or a picture."""

MOST_UNPACKED = 4 * 2**30
"""Bytes that an archive may unpack to in all."""

MOST_PIXELS = 50_000_000
"""Pixels of a picture; what is kept here never has more."""

_PICTURE = re.compile(r"pictures/([0-9a-f]{64})")


@dataclass(frozen=True)
class TakenIn:
    """What came of an archive."""

    ids: tuple[str, ...]
    """The jobs of the journeys that were kept."""
    known: int
    """Journeys that the library has already."""
    refused: tuple[str, ...]
    """A sentence for each journey, or history of one, that could not be kept."""


@dataclass(frozen=True)
class _Packed:
    """A journey of an archive with what belongs to it."""

    journey: Journey
    past: Past | None
    pictures: tuple[bytes, ...]
    left: str = ""
    """Why its past was left behind."""


def is_archive(content: bytes) -> bool:
    """Whether content is an archive of a library: a zip with a manifest."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return MANIFEST in archive.namelist()
    except FOREIGN:
        return False


def import_archive(library: Library, content: bytes) -> TakenIn:
    """Take every journey of an archive into the library, but for those it has already.

    Raises:
        JourneyFileError: it is no archive of a library, or is damaged.
        StoreError: there is no room for it; what came before is kept.
    """
    have = {job.result for job in library.rows()}
    ids, refused, known = [], [], 0
    for entry, packed in _read(content):
        name = entry.title[:80] or entry.file
        if isinstance(packed, JourneyError):
            refused.append(f"{name}: {packed}")
        elif (digest := hashlib.sha256(packed.journey.model_dump_json().encode()).hexdigest()) in have:
            known += 1
        else:
            have.add(digest)
            ids.append(library.take_in(packed.journey, pictures=packed.pictures, tags=entry.tags, past=packed.past))
            refused += [f"{name}: {packed.left}"] if packed.left else []
            if entry.archived:
                library.archive(ids[-1])
    return TakenIn(tuple(ids), known, tuple(refused))


def _read(content: bytes) -> Iterator[tuple[ArchivedJourney, _Packed | JourneyError]]:
    """Yield each journey of an archive with what belongs to it, or why it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            manifest = _manifest(archive)
            for entry in manifest.journeys:
                try:
                    yield entry, _packed(archive, entry)
                except JourneyError as error:
                    yield entry, error
    except FOREIGN as exc:
        raise JourneyFileError(DAMAGED) from exc


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
        raise JourneyFileError(DAMAGED)
    try:
        manifest = Manifest.model_validate_json(_unpacked(archive, MANIFEST))
    except ValidationError as exc:
        raise JourneyFileError("This archive's manifest is not one that this version of the program reads.") from exc
    if len(manifest.journeys) > MOST_JOURNEYS:
        raise JourneyFileError(DAMAGED)
    return manifest


def _packed(archive: zipfile.ZipFile, entry: ArchivedJourney) -> _Packed:
    journey = _journey(archive, entry.file)
    pictures = tuple(_pictures(archive, journey))
    try:
        return _Packed(journey, _past(archive, entry, journey), pictures)
    except JourneyFileError as error:
        return _Packed(journey, None, pictures, left=f"Its history of changes was left behind. {error}")


def _journey(archive: zipfile.ZipFile, name: str) -> Journey:
    return read_journey("journey.json", _unpacked(archive, name))


def _past(archive: zipfile.ZipFile, entry: ArchivedJourney, journey: Journey) -> Past | None:
    if not entry.history:
        return None
    try:
        history = History.model_validate_json(_unpacked(archive, entry.history))
    except ValidationError as exc:
        raise JourneyFileError("It is damaged.") from exc
    return to_past(journey, history, lambda name: _journey(archive, name))


def _pictures(archive: zipfile.ZipFile, journey: Journey) -> Iterator[bytes]:
    """Yield the pictures that a journey names, each of them what its digest says, and a picture."""
    names = set(archive.namelist())
    for digest in dict.fromkeys(source.sha256 for source in journey.sources if source.kind == "image"):
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
        raise JourneyFileError(DAMAGED)
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
