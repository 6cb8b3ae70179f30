"""What was pasted or dropped, as it is recognised before submitting: turns, words, speakers and their roles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from journey import sources
from journey.engines.llm.estimate import Volume, picture_volume, rough_volume, volume
from journey.errors import SourceError
from journey.model import Participant, Role, Source, Upload
from journey.sources.reframing import Framing, extent
from journey.ui.language import entry

PASTED = entry("Pasted text")
"""The name under which text from the box is submitted."""

LARGEST = 4_000_000
"""Bytes up to which an upload is read while the user looks on; reading takes about a second per 1,000,000."""

BEGINNING = 300_000
"""Bytes of a larger one in which speakers are looked for: a fraction of a second."""

MOST_SPEAKERS = 12
"""Speakers whose roles are offered for correction, those with most words first."""


@dataclass(frozen=True)
class Recognised:
    """One upload as the page shows it; with a `refusal`, the sentence why it cannot be used, nothing else counts."""

    upload: Upload
    turns: int = 0
    words: int = 0
    speakers: tuple[Participant, ...] = ()
    refusal: str = ""
    volume: Volume | None = None
    """Its size as a model would be sent it."""
    is_deferred: bool = False
    """Too large to read at once: only its beginning was, for its speakers; the rest when the job runs."""
    is_picture: bool = False
    """Read by nobody yet: that takes seconds, and is part of the job."""


def recognise(upload: Upload, load: Callable[[str], bytes]) -> Recognised:
    """Read kept bytes as the job will; content that was read before, under any visit, is not read again."""
    return _recognised(upload.name, upload.sha256, load)


def recognise_picture(upload: Upload, framing: Framing, load: Callable[[str], bytes]) -> Recognised:
    """Return a picture with its size, as the user has framed it; one that cannot be opened any more has none."""
    try:
        width, height = framing.extent(*_extent(upload.sha256, load))
    except SourceError:
        return Recognised(upload, is_picture=True)
    return Recognised(upload, volume=picture_volume(width, height), is_picture=True)


@st.cache_data(show_spinner=False, max_entries=200)
def _extent(sha256: str, _load: Callable[[str], bytes]) -> tuple[int, int]:
    """Argument `_load` is not part of the cache's key: the digest stands for the content."""
    return extent(_load(sha256))


@st.cache_data(show_spinner=False, max_entries=200)
def _recognised(name: str, sha256: str, _load: Callable[[str], bytes]) -> Recognised:
    """Argument `_load` is not part of the cache's key: the digest stands for the content."""
    upload = Upload(name=name, sha256=sha256)
    content = _load(sha256)
    if len(content) > LARGEST:
        return Recognised(
            upload, speakers=_first_speakers(upload.name, content), volume=rough_volume(len(content)), is_deferred=True
        )
    try:
        return _summary(upload, sources.read(name, content))
    except SourceError as error:
        return Recognised(upload, refusal=str(error))


def _first_speakers(name: str, content: bytes) -> tuple[Participant, ...]:
    """Return who speaks at the beginning of a large file, in whole lines; nobody where only all of it can be read."""
    head = content[:BEGINNING]
    try:
        return sources.read(name, head[: head.rfind(b"\n") + 1]).participants
    except SourceError:
        return ()


def _summary(upload: Upload, source: Source) -> Recognised:
    words = sum(len(source.slice(passage).split()) for passage in source.passages)
    return Recognised(
        upload, turns=len(source.passages), words=words, speakers=source.participants, volume=volume(source)
    )


def speakers(recognised: Iterable[Recognised]) -> list[Participant]:
    """Return everyone who speaks in the uploads, one entry per name, with most words first."""
    found: dict[str, Participant] = {}
    for speaker in (speaker for one in recognised for speaker in one.speakers):
        known = found.get(speaker.name)
        found[speaker.name] = speaker if known is None else _together(known, speaker)
    return sorted(found.values(), key=lambda speaker: speaker.words, reverse=True)


def is_mixed(recognised: Iterable[Recognised]) -> bool:
    """Tell whether pictures and transcripts were added together, which cannot make one map."""
    return len({one.is_picture for one in recognised if not one.refusal}) > 1


def corrections(offered: Sequence[Participant], chosen: Mapping[str, Role]) -> dict[str, Role]:
    """Return the roles that differ from what was recognised, by speaker."""
    return {one.name: chosen[one.name] for one in offered if chosen.get(one.name, one.role) is not one.role}


def _together(one: Participant, other: Participant) -> Participant:
    return Participant(name=one.name, role=one.role, turns=one.turns + other.turns, words=one.words + other.words)
