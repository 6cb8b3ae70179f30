"""Bytes of a text file become characters."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from journey.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64 * 1024
_LEAST_HIGH = 20
"""Bytes outside ASCII below which a text is too short to be told from Western punctuation."""
_NOT_TEXT = "This is not a text file: choose a transcript, or paste the text."
_UNKNOWN = "The characters of this file could not be told: save it as UTF-8 text, or paste the text."


def decode(content: bytes) -> str:
    """Return the text: by its byte order mark, else UTF-8, else UTF-16 without a mark, else a legacy encoding.

    >>> decode(b"caf\\xe9") == decode("café".encode()) == decode("café".encode("utf-16")) == "café"
    True

    Raises:
        SourceError: the bytes are not text.
    """
    text = _decode(content).lstrip("\ufeff")
    if _share_of_controls(text) > 0.02:
        raise SourceError(_NOT_TEXT)
    return text


def _decode(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_as(content, encoding)
    unmarked = _unmarked_utf16(content) or ("utf-8" if _is_utf8(content) else _legacy(content))
    return _decode_as(content, unmarked)


def _is_utf8(content: bytes) -> bool:
    """A file cut in the middle of a character is still UTF-8, as long as most accented letters are whole."""
    text = content.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    return damaged == 0 or len(content) - len(text) > 4 * damaged


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        # A damaged character is no reason to refuse an hour of speech; it is shown as the replacement character.
        return content.decode(encoding, errors="replace")


def _unmarked_utf16(content: bytes) -> str | None:
    """Western text in UTF-16 has a zero in every second byte; which one tells the byte order."""
    sample = content[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) // 2 * 0.4 or min(even, odd) > len(sample) // 2 * 0.1:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _legacy(content: bytes) -> str:
    """Windows-1252 (a superset of Latin-1) unless too many letters lie outside ASCII for a Western language.

    Statistical detection is asked only then: on little accented text it confuses the Western and Central European
    pages, which differ in the very letters that matter.
    """
    if b"\x00" in content:
        raise SourceError(_NOT_TEXT)
    sample = b"".join(content[start : start + _SAMPLE] for start in (0, len(content) // 2))
    high = sum(byte >= 0x80 for byte in sample)
    letters = high + sum(0x41 <= byte <= 0x5A or 0x61 <= byte <= 0x7A for byte in sample)
    if high < _LEAST_HIGH or high <= 0.35 * letters:
        return "cp1252" if not set(content) & _UNDEFINED_IN_CP1252 else "latin-1"
    best = from_bytes(sample[:_SAMPLE]).best()
    if best is None:
        raise SourceError(_UNKNOWN)
    return best.encoding


_UNDEFINED_IN_CP1252 = {0x81, 0x8D, 0x8F, 0x90, 0x9D}


def _share_of_controls(text: str) -> float:
    sample = text[:_SAMPLE]
    controls = sum(character < " " and character not in "\t\n\r\x0b\x0c" for character in sample)
    return controls / max(1, len(sample))
