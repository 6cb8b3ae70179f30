"""Word-processor files (.docx, .odt) become plain lines, tables as lines with tabs.

Only the text part of the archive is unpacked, and it is parsed while it is unpacked: a file that grows without end
is refused as soon as it has grown too far, whatever sizes it claims.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import DefusedXMLParser  # type: ignore[import-untyped]

from journey.errors import SourceError
from journey.sources.limits import MAX_UNPACKED_BYTES

_BLOCK = 1 << 16
_WORD_PART = "word/document"
_ODT_PART = "content.xml"
_TOO_LARGE = "This document unpacks to over 200 MB: save the text alone as .txt, or leave out what is embedded in it."
_DAMAGED = "This document is damaged and cannot be opened: open it in a word processor and save it again."
_LOCKED = "This document is protected with a password: save a copy without one, then choose that."
_NOT_TEXT = "This archive holds no document: choose a .docx or .odt, or unpack it and choose the transcript inside."

_FOREIGN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,  # of defusedxml and of a member's name, too
    ParseError,
)
"""What zipfile and the XML parser raise on files that are damaged, protected or hostile."""

_PARAGRAPHS = {"p", "h"}
_BREAKS = {"br", "cr", "line-break"}
_SKIPPED = {"Fallback", "del", "moveFrom", "tracked-changes", "annotation", "note", "footnote", "endnote", "pPr", "rPr"}
"""Deleted text, comments, notes, and the second copy of a text box. Fields are kept: their results are text."""
_ROWS = {"tr", "table-row"}
_CELLS = {"tc", "table-cell"}
_WORDS = {"t"}
"""The only Word elements with text of their own; in OpenDocument every character inside a paragraph counts."""


def is_archive(content: bytes) -> bool:
    """Return whether the bytes are a zip archive, as every .docx and .odt is."""
    return content.startswith(b"PK\x03\x04")


def read_document(content: bytes) -> str:
    """Return the text: a paragraph, then an empty line; the cells of a table row on one line with tabs between.

    Raises:
        SourceError: not a document, damaged, protected, or too large once unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read_archive(archive)
    except _FOREIGN as exc:
        raise SourceError(_LOCKED if "password" in str(exc) else _DAMAGED) from exc


def _read_archive(archive: zipfile.ZipFile) -> str:
    part = _text_part(archive)
    if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED_BYTES:
        raise SourceError(_TOO_LARGE)
    layout = _Layout(is_word=part.filename.startswith("word/"))
    parser = DefusedXMLParser(target=layout, forbid_dtd=True)
    for block in _unpacked(archive, part):
        parser.feed(block)
    parser.close()
    return layout.text()


def _text_part(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    parts = [m for m in archive.infolist() if m.filename == _ODT_PART or m.filename.startswith(_WORD_PART)]
    for part in parts:
        if part.filename.endswith(".xml"):
            return part
    raise SourceError(_NOT_TEXT)


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    size = 0
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > MAX_UNPACKED_BYTES:
                raise SourceError(_TOO_LARGE)
            yield block


class _Table:
    """One row at a time of a table that may stand inside a cell of another."""

    def __init__(self) -> None:
        self.cells: list[list[str]] = []

    def lines(self) -> list[str]:
        """The row as lines: what the cells begin with side by side, then what else they hold."""
        filled = [cell for cell in self.cells if cell]
        if not filled:
            return []
        heads = "\t".join(" ".join(cell[0].split()) for cell in filled)
        return [heads, *(paragraph for cell in filled for paragraph in cell[1:]), ""]


class _Layout:
    """Receives the XML as it is parsed, and keeps nothing but the text: no tree is built of a hostile file."""

    def __init__(self, *, is_word: bool) -> None:
        self._is_word = is_word
        self._lines: list[str] = []
        self._pieces: list[str] = []
        self._rows: list[_Table] = []
        self._skipping = self._paragraphs = self._words = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if self._skipping or name in _SKIPPED:
            self._skipping += 1
        elif name in _PARAGRAPHS:
            self._end_paragraph()
            self._paragraphs += 1
        elif name in _WORDS and self._is_word:
            self._words += 1
        elif name in _ROWS:
            self._end_paragraph()
            self._rows.append(_Table())
        elif name in _CELLS and self._rows:
            self._rows[-1].cells.append([])
        else:
            self._space(name, attributes)

    def _space(self, name: str, attributes: dict[str, str]) -> None:
        if name in _BREAKS:
            self._pieces.append("\n")
        elif name == "tab" and self._paragraphs:
            self._pieces.append("\t")
        elif name == "noBreakHyphen":
            self._pieces.append("-")
        elif name == "s" and not self._is_word:
            self._pieces.append(" ")  # several count as one, as everywhere in a transcript

    def end(self, tag: str) -> None:
        name = _local(tag)
        if self._skipping:
            self._skipping -= 1
        elif name in _PARAGRAPHS:
            self._end_paragraph()
            self._paragraphs -= 1
        elif name in _WORDS and self._is_word:
            self._words -= 1
        elif name in _ROWS and self._rows:
            self._end_paragraph()
            self._keep(self._rows.pop().lines())

    def data(self, text: str) -> None:
        if not self._skipping and self._paragraphs and (self._words or not self._is_word):
            # A line break in the XML of an OpenDocument file is a space; its real ones are elements.
            self._pieces.append(text if self._is_word else text.replace("\n", " "))

    def close(self) -> None:
        self._end_paragraph()

    def text(self) -> str:
        return "\n".join(self._lines)

    def _end_paragraph(self) -> None:
        words = "".join(self._pieces)
        self._pieces.clear()
        if words.strip():
            self._keep([words] if self._rows else [words, ""])

    def _keep(self, lines: list[str]) -> None:
        if self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1] += lines
        else:
            self._lines += lines


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
