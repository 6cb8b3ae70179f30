"""Files of other tools and our own become journeys. `IMPORTS` is the one list of what can be read.

What a file is, its content says; its name is asked only between kinds that look alike.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from journey import grounding
from journey.errors import JourneyFileError, SourceError
from journey.exports import read_json
from journey.imports.building import ENGINE, build, empty_source
from journey.imports.cjml import looks_like_cjml, read_cjml
from journey.imports.grid import read_csv
from journey.imports.mermaid import looks_like_mermaid, read_mermaid
from journey.imports.tables import read_table
from journey.imports.workbook import read_workbook
from journey.model import Journey
from journey.sources.encoding import decode
from journey.sources.limits import MAX_BYTES

__all__ = ["ENGINE", "IMPORTS", "SUFFIXES", "Import", "read_journey"]

_PACKAGE = b"PK\x03\x04"
_UNKNOWN = (
    "No journey was found in this file. What can be taken in: our own JSON, CSV and XLSX, tables of a map with labels "
    "such as Phase, Step, Actions and Pains, Mermaid journey diagrams, CJML."
)


@dataclass(frozen=True)
class Import:
    """One way in."""

    name: str
    label: str
    suffixes: tuple[str, ...]
    fits: Callable[[bytes], bool]
    """Whether content looks like it."""
    read: Callable[[str, bytes], Journey]


def read_journey(name: str, content: bytes) -> Journey:
    """Read a journey from a file of any kind we know.

    Raises:
        JourneyFileError: no journey is in it, or it claims quotes that its sources do not say.
    """
    if len(content) > MAX_BYTES:
        raise JourneyFileError(f"This file is larger than {MAX_BYTES // 2**20} MB, which no journey map is.")
    way = next((way for way in IMPORTS.values() if way.fits(content)), None)
    if way is None:
        raise JourneyFileError(_UNKNOWN)
    journey = way.read(name, content)
    if not journey.phases and way.name != "json":
        raise JourneyFileError(_UNKNOWN)
    flaws = grounding.verify(journey)
    if flaws:
        raise JourneyFileError(
            f"This journey was changed by hand or by another program: {len(flaws)} of its claims do not stand in its "
            f"own sources, first: {flaws[0].where}: {flaws[0].problem}."
        )
    return journey


def _read_json(name: str, content: bytes) -> Journey:
    journey = read_json(_text(content))
    if journey.sources:
        return journey
    return journey.model_copy(update={"sources": (empty_source(name, hashlib.sha256(content).hexdigest()),)})


def _read_workbook(name: str, content: bytes) -> Journey:
    return build(read_workbook(content), name=name, content=content)


def _read_cjml(name: str, content: bytes) -> Journey:
    return build(read_cjml(content), name=name, content=content)


def _read_mermaid(name: str, content: bytes) -> Journey:
    return build(read_mermaid(_text(content)), name=name, content=content)


def _read_table(name: str, content: bytes) -> Journey:
    return build(read_table(read_csv(content)), name=name, content=content)


def _is_json(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def _is_mermaid(content: bytes) -> bool:
    return _is_text(content) and looks_like_mermaid(_text(content))


def _is_text(content: bytes) -> bool:
    try:
        decode(content[:65536])
    except SourceError:
        return False
    return bool(content.strip())


def _text(content: bytes) -> str:
    try:
        return decode(content)
    except SourceError as exc:
        raise JourneyFileError(str(exc)) from exc


IMPORTS = {
    entry.name: entry
    for entry in (
        Import("json", "JSON", (".json",), _is_json, _read_json),
        Import("xlsx", "Excel", (".xlsx", ".xlsm"), lambda content: content.startswith(_PACKAGE), _read_workbook),
        Import("cjml", "CJML", (".xml", ".cjml"), looks_like_cjml, _read_cjml),
        Import("mermaid", "Mermaid journey", (".mmd", ".mermaid", ".md"), _is_mermaid, _read_mermaid),
        Import("csv", "CSV", (".csv", ".tsv", ".txt"), _is_text, _read_table),
    )
}
"""Every kind of file that is read, the one that is told with the most certainty first."""

SUFFIXES = tuple(suffix for entry in IMPORTS.values() for suffix in entry.suffixes)
"""The endings of names to offer; content decides."""
