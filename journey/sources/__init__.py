"""A name and bytes become a Source: captions, documents, turns; pictures through OCR and layout."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import PurePath

from journey.model import Role, Source
from journey.sources.captions import is_captions, read_captions
from journey.sources.documents import is_archive, read_document
from journey.sources.encoding import decode
from journey.sources.foreign import refuse_foreign, refuse_page
from journey.sources.kinds import is_image, is_picture
from journey.sources.limits import LIMITS, check_length, check_size
from journey.sources.meetings import is_json, read_meeting
from journey.sources.tables import read_table
from journey.sources.transcript import to_source
from journey.sources.turns import read_turns
from journey.sources.utterance import Utterance, even_lines

__all__ = ["LIMITS", "PICTURES", "SUFFIXES", "TRANSCRIPTS", "is_picture", "read"]

TRANSCRIPTS = (".txt", ".text", ".md", ".vtt", ".srt", ".sbv", ".tsv", ".docx", ".odt", ".csv", ".json")
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".heic", ".heif", ".pdf")
SUFFIXES = TRANSCRIPTS + PICTURES
"""The accepted kinds of file, by the end of their name."""


def read(name: str, content: bytes, *, source_id: str = "s1", roles: Mapping[str, Role] | None = None) -> Source:
    """Read a transcript: its words, who says them, when, and in which role; or a still: what is written and drawn.

    What the content is decides; the name only helps where that is open. A picture must have been taken in before
    (`pictures.read_pictures`): what is read here is what the page shows.

    Args:
        name: of the file, or any words for pasted text.
        content: the bytes as submitted.
        source_id: how the journey refers to this source.
        roles: the user's corrections, by speaker name.

    Raises:
        SourceError: it cannot be read; the message says why and what to do.
    """
    check_size(content)
    if is_image(content):
        return _read_picture(name, content, source_id)
    return to_source(
        _utterances(PurePath(name).suffix.casefold(), content),
        name=name,
        source_id=source_id,
        sha256=hashlib.sha256(content).hexdigest(),
        roles=roles or {},
    )


def _read_picture(name: str, content: bytes, source_id: str) -> Source:
    from journey.sources.picture_source import read_picture  # OCR costs a second to import; transcripts need none

    return read_picture(name, content, source_id=source_id)


def _utterances(suffix: str, content: bytes) -> list[Utterance]:
    refuse_foreign(suffix, content, accepted=TRANSCRIPTS)
    if is_archive(content):
        text = even_lines(read_document(content))
        return read_captions(text) if is_captions(text) else read_turns(text)
    text = even_lines(decode(content))
    refuse_page(text)
    if is_json(text) or (suffix == ".json" and text.lstrip()[:1] in ("{", "[")):
        found = read_meeting(text, must_be=suffix == ".json")
        return read_turns(text) if found is None else found
    check_length(text)
    if is_captions(text):
        return read_captions(text)
    found = read_table(text, must_be=suffix in (".csv", ".tsv"))
    return read_turns(text) if found is None else found
