"""A file from outside is taken in: a transcript kept as it is, a picture as stills that hold nothing but its pixels.

The one way in for the page and the shell. `take_in` looks at what the bytes are; pictures and PDFs are decoded in a
child process of bounded memory and time, one at a time, so that neither the page nor its workers can be taken down by
one. Whether a transcript can be read shows when it is read; a picture that cannot be opened is refused here.
"""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from journey.errors import SourceError, WorkCrashed
from journey.jobs.apart import run_apart
from journey.jobs.queue import JobQueue
from journey.jobs.standby import standby
from journey.model import Request, Source, Upload
from journey.model.record import Record
from journey.pipeline import load_reader, read_labelled, read_upload
from journey.sources import is_picture
from journey.sources.limits import check_size

if TYPE_CHECKING:
    from journey.sources.pictures import Still

LONGEST = 60.0
"""Seconds that opening one file may take; an honest one of the largest size takes about ten."""

_SLOW = (
    "This picture could not be opened within a minute: save it smaller, or take a screenshot of it, and choose that."
)
_HEAVY = (
    "This picture could not be opened, most likely because that takes more memory than it may: save it smaller, or "
    "take a screenshot, and choose that."
)
_TURN = threading.Lock()


class PackedStill(Record):
    """A still on its way from the child process."""

    name: str
    base64: str
    is_first_frame: bool = False


class Opened(Record):
    """What a child process found in a file: stills and how many pages there are, or why it cannot be read."""

    stills: tuple[PackedStill, ...] = ()
    pages: int = 0
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """What was kept of a file: the uploads to submit, in order, and how many pages the file has."""

    uploads: tuple[Upload, ...]
    pages: int = 1


def take_in(
    queue: JobQueue, name: str, content: bytes, *, pages: Sequence[int] | None = None, turned: int = 0
) -> Intake:
    """Keep a file for a job.

    Args:
        pages: of a PDF, counted from 1; the first when left out.
        turned: degrees clockwise, a multiple of 90, by which to turn a picture.

    Raises:
        SourceError: a picture that cannot be opened; the message says why and what to do.
        StoreError: it could not be kept.
    """
    if not is_picture(content):
        return Intake((Upload(name=name, sha256=queue.keep(content)),))
    expect_picture(queue)
    opened = _apart(read_stills, {"name": name, "pages": list(pages) if pages else None, "turned": turned}, content)
    return Intake(tuple(_kept(queue, still) for still in opened.stills), opened.pages)


def _kept(queue: JobQueue, still: PackedStill) -> Upload:
    digest = queue.keep(base64.b64decode(still.base64))
    return Upload(name=still.name, sha256=digest, is_first_frame=still.is_first_frame)


def expect_picture(queue: JobQueue) -> None:
    """Have a process ready to read a picture by the time its job begins, if jobs run in this process.

    It takes a second until it has loaded what reading takes; meanwhile the picture is opened, looked at and submitted.
    """
    owner = queue.store.ownership
    if owner.is_mine or not owner.is_taken:
        standby.expect(read_labelled, prepare=load_reader)


def read_all(request: Request, load: Callable[[str], bytes]) -> list[Source]:
    """Read the uploads of a request here and now as its job would, for showing what it would work on.

    Args:
        load: returns the bytes kept under a digest.

    Raises:
        SourceError: one cannot be read.
    """
    apart = partial(run_apart, check=_never)
    return [
        read_upload(one, load(one.sha256), f"s{number}", roles=request.roles, apart=apart, check=_never)
        for number, one in enumerate(request.uploads, 1)
    ]


def thumbnails(content: bytes) -> tuple[bytes, ...]:
    """Return a small PNG of each page of a PDF, for choosing among them; of a long one, of the first 40.

    Raises:
        SourceError: as in `take_in`.
    """
    opened = _apart(read_thumbnails, {}, content)
    return tuple(base64.b64decode(still.base64) for still in opened.stills)


def _apart(function: Callable[[bytes], str], label: dict[str, object], content: bytes) -> Opened:
    check_size(content)
    payload = json.dumps(label).encode() + b"\n" + content
    with _TURN:
        try:
            opened = Opened.model_validate_json(run_apart(function, payload, check=_until(time.monotonic() + LONGEST)))
        except WorkCrashed as error:
            raise SourceError(_HEAVY) from error
    if opened.refused:
        raise SourceError(opened.refused)
    return opened


def _never() -> None:
    """Go on in any case."""


def _until(moment: float) -> Callable[[], None]:
    def check() -> None:
        if time.monotonic() > moment:
            raise SourceError(_SLOW)

    return check


def read_stills(payload: bytes) -> str:
    """Read a picture in a child process: a line of JSON with its name and pages, then its bytes; returns an Opened."""
    from journey.sources import pictures  # decoders, which this process need not load

    label, _, content = payload.partition(b"\n")
    asked = json.loads(label)
    try:
        stills = pictures.read_pictures(asked["name"], content, pages=asked["pages"], turned=asked["turned"])
        return _packed(stills, pages=pictures.count_pages(content))
    except SourceError as error:
        return Opened(refused=str(error)).model_dump_json()


def read_thumbnails(payload: bytes) -> str:
    """Make small images of a PDF's pages in a child process: a line of JSON, then its bytes; returns an Opened."""
    from journey.sources import pictures

    _, _, content = payload.partition(b"\n")
    try:
        return _packed(pictures.read_thumbnails(content), pages=pictures.count_pages(content))
    except SourceError as error:
        return Opened(refused=str(error)).model_dump_json()


def _packed(stills: Sequence[Still], *, pages: int) -> str:
    packed = (
        PackedStill(
            name=still.name,
            base64=base64.b64encode(still.content).decode(),
            is_first_frame=still.is_first_frame,
        )
        for still in stills
    )
    return Opened(stills=tuple(packed), pages=pages).model_dump_json()
