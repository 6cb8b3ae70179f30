"""Every refusal is one sentence: what it is, and what to do."""

from __future__ import annotations

import pytest

from journey.errors import SourceError
from journey.sources import LIMITS, SUFFIXES, read
from journey.sources.limits import MAX_BYTES, MAX_WORDS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

REFUSED = {
    "empty": ("a.txt", b"", "empty"),
    "blank": ("a.txt", b" \n\t\r\n ", "empty"),
    "no letters": ("a.txt", b"1234 !!", "no words"),
    "too large": ("a.txt", b"a " * (MAX_BYTES // 2 + 1), "20 MB"),
    "too many words": ("a.txt", b"a " * (MAX_WORDS + 1), "500,000"),
    "too many words without spaces": ("a.txt", "昨日".encode() * (MAX_WORDS + 1), "500,000"),
    "old Word": ("a.doc", OLE + bytes(600), "choose Save As, and pick .docx"),
    "old Word, renamed": ("a.docx", OLE + bytes(600), "choose Save As, and pick .docx"),
    "locked Word": ("a.docx", OLE + bytes(64) + "EncryptedPackage".encode("utf-16-le"), "password"),
    "rich text": ("a.rtf", rb"{\rtf1\ansi Hello}", "Save As"),
    "rich text, renamed": ("a.txt", rb"{\rtf1\ansi Hello}", "Save As"),
    "PDF": ("a.pdf", b"%PDF-1.7 ...", "PDF"),
    "PDF, renamed": ("a.txt", b"%PDF-1.7 ...", "PDF"),
    "spreadsheet": ("a.xlsx", b"whatever", ".csv"),
    "slides": ("a.pptx", b"whatever", "presentation"),
    "sound": ("a.mp3", b"ID3\x04", "transcribe"),
    "film": ("a.mp4", b"\x00\x00\x00\x18ftypmp42", "transcribe"),
    "damaged picture": ("a.png", b"\x89PNG\r\n\x1a\n", "damaged"),
    "no picture": ("a.png", b"Hello there.", "named like a picture"),
    "picture of another kind": ("a.tiff", b"II*\x00 ...", "save it as .png"),
    "picture of another kind, renamed": ("a.png", b"II*\x00 ...", "save it as .png"),
    "AVIF": ("a.jpg", b"\x00\x00\x00\x18ftypavif", "save it as .png"),
    "drawing": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
    "drawing, renamed": ("a.txt", b"<?xml version='1.0'?><!-- a --><svg />", "SVG"),
    "web page": ("a.html", b"<p>Hello", "web page"),
    "web page, renamed": ("a.txt", b"<!DOCTYPE html><p>Hello", "web page"),
    "archive": ("a.gz", b"\x1f\x8b\x08", "archive"),
    "unknown suffix": ("a.xyz", b"Hello there.", "cannot be read: choose .txt"),
    "binary": ("a.txt", b"\x00\x01\x02" * 400, "not a text file"),
}


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_refused_in_a_sentence(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read(name, content)
    message = str(refusal.value)
    assert sentence in message
    assert message.endswith(".")
    assert "\n" not in message


def test_the_largest_allowed_transcript_is_read() -> None:
    assert len(read("a.txt", b"a " * MAX_WORDS).text.split()) == MAX_WORDS


@pytest.mark.parametrize("name", ["pasted text", "", "Interview v1.2", "a.TXT", "a.doc", "notes.txt.bak2024"])
def test_readable_words_are_read_whatever_they_are_called(name: str) -> None:
    assert read(name, b"I went to the shop.").text == "I went to the shop."


def test_the_page_can_state_the_limits() -> None:
    assert "20 MB" in LIMITS
    assert "500,000" in LIMITS
    assert ".docx" in SUFFIXES
