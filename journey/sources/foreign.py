"""Kinds of file that we cannot read, each refused with what to do instead."""

from __future__ import annotations

import re

from journey.errors import SourceError

_DOC = (
    "This is a Word document of the old .doc kind: open it in Word or LibreOffice, choose Save As, "
    "and pick .docx or plain text (.txt)."
)
_RTF = "This is a rich-text file (.rtf): open it in Word or LibreOffice, choose Save As, and pick .docx or .txt."
_LOCKED = "This document is protected with a password: save a copy without one, then choose that."
_PDF = "This PDF cannot be opened: print or export it to PDF again, then choose that."
_SHEET = "This is a spreadsheet: save the sheet as .csv, then choose that."
_SLIDES = "This is a presentation: copy its text and paste it, or save the notes as .txt."
_SOUND = "This is a recording: transcribe it first, then choose the transcript (.vtt, .srt, .docx or .txt)."
_PICTURE = (
    "This file is named like a picture, but holds none that can be opened: save it as .png or .jpg, then choose that."
)
_OTHER_PICTURE = "Pictures of this kind cannot be read: save it as .png or .jpg, then choose that."
_DRAWING = (
    "This is an SVG drawing, which is a program rather than a picture: export it as .png, at twice its size, "
    "then choose that."
)
_PAGE = "This is a web page: copy its text and paste it, or save it as .txt."
_ARCHIVE = "This is an archive: unpack it, then choose the transcript inside."
_UNKNOWN = "Files of this kind cannot be read: choose {}, a picture or a PDF, or paste the text."

_BY_SUFFIX = {
    **dict.fromkeys((".pdf",), _PDF),
    **dict.fromkeys((".rtf",), _RTF),
    **dict.fromkeys((".xlsx", ".xls", ".ods", ".numbers"), _SHEET),
    **dict.fromkeys((".pptx", ".ppt", ".odp", ".key"), _SLIDES),
    **dict.fromkeys((".mp3", ".mp4", ".m4a", ".wav", ".webm", ".mov", ".ogg", ".flac", ".aac", ".mkv"), _SOUND),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".webp", ".gif", ".heic", ".heif"), _PICTURE),
    **dict.fromkeys((".bmp", ".tif", ".tiff", ".avif", ".psd", ".ico", ".jp2", ".jxl", ".eps", ".ai"), _OTHER_PICTURE),
    **dict.fromkeys((".svg", ".svgz"), _DRAWING),
    **dict.fromkeys((".html", ".htm", ".mhtml", ".xhtml"), _PAGE),
    **dict.fromkeys((".zip", ".gz", ".7z", ".rar", ".tar"), _ARCHIVE),
}
_BY_CONTENT = (
    (b"%PDF-", _PDF),
    (rb"{\rtf", _RTF),
    (b"II*\x00", _OTHER_PICTURE),
    (b"MM\x00*", _OTHER_PICTURE),
    (b"8BPS", _OTHER_PICTURE),
    (b"\x00\x00\x00\x0cjP  ", _OTHER_PICTURE),
    (b"ID3", _SOUND),
    (b"OggS", _SOUND),
    (b"fLaC", _SOUND),
    (b"RIFF", _SOUND),
    (b"\x1aE\xdf\xa3", _SOUND),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!\x1a\x07", _ARCHIVE),
)
_AVIF = (b"avif", b"avis")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SUFFIX_SHAPE = re.compile(r"\.[a-z][a-z0-9]{1,5}")


def refuse_foreign(suffix: str, content: bytes, *, accepted: tuple[str, ...]) -> None:
    """Refuse what cannot be a transcript: by its first bytes, else by a suffix that is not accepted.

    Args:
        suffix: of the name, case-folded, with its dot.
        accepted: the suffixes to name in the refusal.

    Raises:
        SourceError: what it is, and what to do instead.
    """
    if content.startswith(_COMPOUND):
        raise SourceError(_LOCKED if _ENCRYPTED in content else _DOC)
    for beginning, sentence in _BY_CONTENT:
        if content.startswith(beginning):
            raise SourceError(sentence)
    if content[4:8] == b"ftyp":
        raise SourceError(_OTHER_PICTURE if content[8:12] in _AVIF else _SOUND)
    if suffix in accepted:
        return
    if suffix in _BY_SUFFIX:
        raise SourceError(_BY_SUFFIX[suffix])
    if suffix != ".doc" and _SUFFIX_SHAPE.fullmatch(suffix):
        raise SourceError(_UNKNOWN.format(", ".join(accepted)))


def refuse_page(text: str) -> None:
    """Refuse a web page or a drawing saved under the name of a text file.

    Raises:
        SourceError: what to do instead.
    """
    if re.match(r"\s*<(?:!doctype html|html[\s>])", text[:1000], re.IGNORECASE):
        raise SourceError(_PAGE)
    if text.lstrip().startswith("<") and re.search(r"<svg[\s>]", text[:4000], re.IGNORECASE):
        raise SourceError(_DRAWING)
