"""One job's work: read the uploads, let the engine draw, hold every quote to its source."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Protocol

from journey import grounding, sources
from journey.edits.outline import Wishes, lines_of, outline
from journey.engines import ON_THIS_MACHINE, Editor, Engine
from journey.errors import EngineRefused, EngineReplyInvalid, SourceError
from journey.model import Journey, Record, Request, Role, Source, Upload
from journey.redaction import RestoringWork, redact
from journey.work import Stage, Work

LARGE = 1_000_000
"""Bytes from which an upload is read in a child process: parsing it would outlast a cancel."""

ZIP_MAGIC = b"PK"

MIXED = (
    "Pictures and transcripts cannot be drawn into one map: draw a map of the pictures and one of the transcripts, "
    "each on its own."
)

FIRST_FRAME = "This is a moving image: its first frame was read."
FIRST_FRAMES = "{} picture(s) are moving images: the first frame of each was read."

_LOOK = 0.2
"""Seconds between two looks at whether work that waits its turn must stop."""
_ONE_PICTURE = threading.Lock()
"""Reading a picture takes both processors and most of a gigabyte: one at a time."""


class Apart(Protocol):
    """Runs a function on bytes in a child process, as `Work.apart` does."""

    def __call__(
        self, function: Callable[[bytes], str], payload: bytes, *, prepare: Callable[[], None] | None = None
    ) -> str:
        """Return what the function returns."""


class Reading(Record):
    """What a child process found in an upload: a source, or the sentence that refuses it."""

    source: Source | None = None
    refused: str = ""


def draw(request: Request, load: Callable[[str], bytes], work: Work, *, engines: Mapping[str, Engine]) -> Journey:
    """Turn a request into a journey whose every quote has been checked against its source.

    Args:
        load: returns the bytes kept under a digest.
        engines: the engines that may be asked, by name.

    Raises:
        SourceError: an upload cannot be read.
        EngineError: the engine is not there, failed, or claimed what the sources do not say.
        Stopped: the work was told to stop.
    """
    engine = _choose(request.engine, engines)
    began = time.monotonic()
    read = list(_about(request, load).sources) if request.about else _read_all(request, load, work)
    journey = _extract(engine, request, read, work)
    work.progress(Stage.CHECK)
    _hold_to_sources(journey)
    run = journey.run.model_copy(
        update={
            "seconds": round(time.monotonic() - began, 3),
            "coverage": grounding.coverage(journey),
            "warnings": (*_remarks(request), *journey.run.warnings),
        }
    )
    return journey.model_copy(update={"run": run, "title": request.title.strip() or journey.title})


def carry_out(
    request: Request,
    load: Callable[[str], bytes],
    work: Work,
    *,
    engines: Mapping[str, Engine],
    editors: Mapping[str, Editor],
) -> Journey | Wishes:
    """Draw a journey, or say what to change about one that is there.

    Raises:
        EngineRefused: the engine cannot change a map in words.
        SourceError, EngineError, Stopped: as `draw` does.
    """
    if not request.wish:
        return draw(request, load, work, engines=engines)
    if request.engine not in editors:
        raise EngineRefused("Changing a map in words takes a model, and none is set up here.")
    work.progress(Stage.ASK, total=1)
    return _wish(editors[request.engine], request, _about(request, load), work)


def _wish(editor: Editor, request: Request, journey: Journey, work: Work) -> Wishes:
    """Have a map changed in words; an editor elsewhere sees it redacted, as an engine would see its sources."""
    told = outline(lines_of(journey))
    if not request.redact or editor.destination == ON_THIS_MACHINE:
        return Wishes(wishes=editor.propose(told, request.wish, work, budget=request.budget))
    page = Source(id="map", kind="transcript", name="map", sha256="", text=told)
    redaction = redact([*journey.sources, page], instructions=request.wish, check=work.check)
    wishes = editor.propose(redaction.sources[-1].text, redaction.instructions, work, budget=request.budget)
    restored = (wish.model_copy(update={"text": redaction.restored_text(wish.text or "") or None}) for wish in wishes)
    return Wishes(wishes=tuple(restored))


def _about(request: Request, load: Callable[[str], bytes]) -> Journey:
    return Journey.model_validate_json(load(request.about))


def _extract(engine: Engine, request: Request, read: Sequence[Source], work: Work) -> Journey:
    """Let the engine draw; one that sends text away sees it redacted, and its map is put back into the words said."""
    extract = partial(engine.extract, budget=request.budget, thorough=request.thorough)
    if not request.redact or engine.destination == ON_THIS_MACHINE:
        return extract(read, work, instructions=request.instructions)
    redaction = redact(read, instructions=request.instructions, check=work.check)
    drawn = extract(redaction.sources, RestoringWork(work, redaction), instructions=redaction.instructions)
    return redaction.restored(drawn)


def _choose(name: str, engines: Mapping[str, Engine]) -> Engine:
    if name not in engines:
        raise EngineRefused(f"The engine {name!r} is not set up here. Choose one of: {', '.join(sorted(engines))}.")
    return engines[name]


def _read_all(request: Request, load: Callable[[str], bytes], work: Work) -> list[Source]:
    files = [(upload, load(upload.sha256)) for upload in request.uploads]
    pictures = sum(sources.is_picture(content) for _, content in files)
    if pictures and pictures < len(files):
        raise SourceError(MIXED)
    read = []
    for number, (upload, content) in enumerate(files, start=1):
        work.progress(Stage.READ, done=number - 1, total=len(files), note="picture" if pictures else "file")
        try:
            apart, check = work.apart, work.check
            read.append(read_upload(upload, content, f"s{number}", roles=request.roles, apart=apart, check=check))
        except SourceError as error:
            if len(files) == 1:
                raise
            raise SourceError(f"{upload.name}: {error}") from error
    return read


def read_upload(
    upload: Upload,
    content: bytes,
    source_id: str,
    *,
    roles: Mapping[str, Role],
    apart: Apart,
    check: Callable[[], None],
) -> Source:
    """Read one upload; what takes native code, or long, in a child process, and pictures one at a time.

    Args:
        check: raises when the reading must stop.

    Raises:
        SourceError: it cannot be read.
    """
    read = partial(_read_apart, upload, content, source_id, roles=roles, apart=apart)
    if sources.is_picture(content):
        with _in_turn(check):
            return read(prepare=load_reader)
    if len(content) < LARGE and not content.startswith(ZIP_MAGIC):
        return sources.read(upload.name, content, source_id=source_id, roles=roles)
    return read()


@contextmanager
def _in_turn(check: Callable[[], None]) -> Iterator[None]:
    """Hold the one place at which pictures are read; a job that waits for it can be cancelled."""
    while not _ONE_PICTURE.acquire(timeout=_LOOK):
        check()
    try:
        yield
    finally:
        _ONE_PICTURE.release()


def _read_apart(
    upload: Upload,
    content: bytes,
    source_id: str,
    *,
    roles: Mapping[str, Role],
    apart: Apart,
    prepare: Callable[[], None] | None = None,
) -> Source:
    label = json.dumps({"name": upload.name, "source_id": source_id, "roles": roles}).encode()
    reading = Reading.model_validate_json(apart(read_labelled, label + b"\n" + content, prepare=prepare))
    if reading.source is None:
        raise SourceError(reading.refused)
    return reading.source


def read_labelled(payload: bytes) -> str:
    """Read an upload in a child process: one line of JSON that labels it, then its bytes; returns a Reading."""
    label, _, content = payload.partition(b"\n")
    asked = json.loads(label)
    roles = {speaker: Role(role) for speaker, role in asked["roles"].items()}
    try:
        source = sources.read(asked["name"], content, source_id=asked["source_id"], roles=roles)
    except SourceError as error:
        return Reading(refused=str(error)).model_dump_json()
    return Reading(source=source).model_dump_json()


def load_reader() -> None:
    """Load what reading a picture takes, in a child process that stands by to run `read_labelled`."""
    from journey.sources.picture_source import load_reader as load  # OCR, which this process need not load

    load()


def _remarks(request: Request) -> tuple[str, ...]:
    """Say in sentences for the user what was left out of the uploads before they were read."""
    frames = sum(upload.is_first_frame for upload in request.uploads)
    if frames and len(request.uploads) == 1:
        return (FIRST_FRAME,)
    return (FIRST_FRAMES.format(frames),) if frames else ()


def _hold_to_sources(journey: Journey) -> None:
    """Refuse a journey with a single false quote: engines drop what they cannot ground, so one here is a defect."""
    flaws: Sequence[grounding.Flaw] = grounding.verify(journey)
    if flaws:
        raise EngineReplyInvalid(
            f"The engine claimed {len(flaws)} thing(s) that the sources do not say, first: "
            f"{flaws[0].where}: {flaws[0].problem}. The journey was not kept."
        )
