"""What an archive of a library says of itself: its list of journeys, and the history of each."""

from __future__ import annotations

import zipfile
import zlib
from typing import Annotated, Literal

from pydantic import Field

from journey.jobs.revisions import Revision
from journey.jobs.versions import MOST
from journey.model import Record

MANIFEST = "manifest.json"
MOST_JOURNEYS = 20_000
MOST_REVISIONS = 20_000
"""Changes of one journey."""

FOREIGN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)
"""What zipfile raises on files that are damaged, protected or hostile."""

DAMAGED = "This archive is damaged, or holds more than an export of a library does."


class ArchivedJourney(Record):
    """What the manifest tells of one journey."""

    file: str
    title: str
    tags: tuple[str, ...] = ()
    archived: bool = False
    history: str = Field(default="", description="the file of its history; none where nothing was changed or named")


class Manifest(Record):
    """The list of what an archive holds; archives of the first version know no histories."""

    version: Literal["journey-archive/1", "journey-archive/2"] = Field(default="journey-archive/2", alias="schema")
    journeys: tuple[ArchivedJourney, ...] = ()


class ArchivedVersion(Record):
    """A state that the user gave a name, and the file that it is in."""

    name: str = Field(min_length=1, max_length=80)
    made: float
    by: str = Field(default="", max_length=200)
    edits: int = Field(default=0, ge=0)
    file: str


class History(Record):
    """What the user did with one journey: every change with its undo, those undone last, and the named versions."""

    edits: int = Field(default=0, ge=0, description="changes in force; the others can be redone")
    revisions: Annotated[tuple[Revision, ...], Field(max_length=MOST_REVISIONS)] = ()
    versions: Annotated[tuple[ArchivedVersion, ...], Field(max_length=MOST)] = ()
