"""Word-processor files: the same words as on paper, and no way to make the program unpack without end."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from journey.errors import SourceError
from journey.sources import documents, read
from journey.sources.documents import read_document

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"


def archive(**members: str | bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return packed.getvalue()


def docx(body: str) -> bytes:
    return archive(word__document_xml=f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')


def odt(body: str) -> bytes:
    spaces = f'xmlns:office="{OFFICE}" xmlns:text="{TEXT}" xmlns:table="{TABLE}"'
    return archive(
        content_xml=f"<office:document-content {spaces}><office:text>{body}</office:text></office:document-content>"
    )


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def test_runs_join_to_words_and_paragraphs_stay_apart() -> None:
    assert (
        read_document(docx(paragraph("I went", " ho", "me.") + paragraph("Then I slept.")))
        == "I went home.\n\nThen I slept.\n"
    )


def test_breaks_tabs_and_hyphens_are_characters() -> None:
    run = "<w:t>Ana</w:t><w:tab/><w:t>0:03</w:t><w:br/><w:t>self</w:t><w:noBreakHyphen/><w:t>made</w:t>"
    assert read_document(docx(f"<w:p><w:r>{run}</w:r></w:p>")).split("\n")[:2] == ["Ana\t0:03", "self-made"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
        "<w:r><w:instrText>PAGE gone</w:instrText></w:r>",
        "<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>",
        "<mc:A xmlns:mc='m'><mc:Fallback><w:p><w:r><w:t>gone</w:t></w:r></w:p></mc:Fallback></mc:A>",
    ],
)
def test_what_word_does_not_show_is_not_read(hidden: str) -> None:
    assert read_document(docx(f"<w:p>{hidden}<w:r><w:t>I stay.</w:t></w:r></w:p>")).strip() == "I stay."


def test_teams_transcript_in_a_document() -> None:
    body = "".join(
        f"<w:p><w:r><w:t xml:space='preserve'>{name}   {time}</w:t><w:br/><w:t>{words}</w:t></w:r></w:p>"
        for name, time, words in [
            ("Ana Silva", "0:03", "Was it open?"),
            ("Ben Ó Sé", "0:07", "No."),
            ("Ana Silva", "0:09", "Oh."),
        ]
    )
    source = read("meeting.docx", docx(body))
    assert [(p.speaker, p.time, source.slice(p)) for p in source.passages] == [
        ("Ana Silva", 3.0, "Was it open?"),
        ("Ben Ó Sé", 7.0, "No."),
        ("Ana Silva", 9.0, "Oh."),
    ]


@pytest.mark.parametrize("gap", ["<w:br/>", "</w:t></w:r></w:p><w:p><w:r><w:t>"])
def test_captions_saved_as_a_document(gap: str) -> None:
    turns = [("Ana Silva", 0, "Was it open?"), ("Ben Ó Sé", 4, "No"), ("Ana Silva", 6, "Oh."), ("Ben Ó Sé", 9, "Yes")]
    cues = ["".join((f"0:0:{at}.0 --&gt; 0:0:{at + 1}.250", gap, name, gap, words)) for name, at, words in turns]
    body = "".join(paragraph(cue.replace("<w:br/>", "</w:t><w:br/><w:t>")) for cue in cues)
    source = read("meeting.docx", docx(body))
    assert [(p.speaker, source.slice(p)) for p in source.passages] == [(name, words) for name, _, words in turns]


def test_a_table_with_speakers_in_its_first_column() -> None:
    turns = [("Interviewer", "Was it open?"), ("P1", "No."), ("Interviewer", "And then?"), ("P1", "I left.")]
    body = f"<w:tbl>{''.join(row(paragraph(who), paragraph(words)) for who, words in turns)}</w:tbl>"
    source = read("a.docx", docx(body))
    assert [(p.speaker, source.slice(p)) for p in source.passages] == turns


def test_a_table_inside_a_cell_loses_no_word() -> None:
    inner = f"<w:tbl>{row(paragraph('three'), paragraph('four'))}</w:tbl>"
    body = f"<w:tbl>{row(paragraph('one') + paragraph('two'), inner)}</w:tbl>{paragraph('five')}"
    assert sorted(read_document(docx(body)).split()) == ["five", "four", "one", "three", "two"]


def test_open_document_spans_spaces_and_notes() -> None:
    body = (
        "<text:h>Visit</text:h><text:p>I <text:span>wen</text:span>t<text:s text:c='3'/>home."
        "<text:note>gone</text:note><office:annotation><text:p>gone</text:p></office:annotation>"
        "<text:line-break/>Then\nI slept.</text:p>"
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
    )
    assert read_document(odt(body)).split() == ["Visit", "I", "went", "home.", "Then", "I", "slept."]


def test_a_document_is_read_whatever_its_name() -> None:
    assert read("a.txt", docx(paragraph("I went home."))).text == "I went home."
    assert read("a.docx", b"I went home.").text == "I went home."


def lying_bomb(content: bytes) -> bytes:
    """A document whose headers claim that its text part unpacks to 10 bytes."""
    packed = bytearray(content)
    for marker, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", packed, packed.index(marker) + offset, 10)
    return bytes(packed)


def test_a_document_that_unpacks_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_UNPACKED_BYTES", 1_000_000)
    with pytest.raises(SourceError, match="200 MB"):
        read("a.docx", docx(paragraph("a " * 1_000_000)))
    with pytest.raises(SourceError, match="200 MB"):
        read("a.docx", archive(word__document_xml="<a/>", word__media__image=b"\x00" * 1_000_001))


def test_the_size_is_counted_while_unpacking_and_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_UNPACKED_BYTES", 1_000_000)
    bomb = docx(paragraph("a " * 1_000_000))
    with pytest.raises(SourceError, match="damaged"):
        read("a.docx", lying_bomb(bomb))
    with zipfile.ZipFile(io.BytesIO(bomb)) as opened, pytest.raises(SourceError, match="200 MB"):
        list(documents._unpacked(opened, opened.infolist()[0]))


@pytest.mark.slow
def test_a_real_bomb_of_a_gigabyte_is_refused_without_filling_memory() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file, file.open("word/document.xml", "w") as part:
        part.write(f'<w:document xmlns:w="{WORD}"><w:body>'.encode())
        for _ in range(1024):
            part.write(b"<w:p/>" * 174_763)
    with pytest.raises(SourceError, match="200 MB"):
        read("a.docx", packed.getvalue())


@pytest.mark.parametrize(
    "content",
    [
        docx(paragraph("Hello."))[:-30],
        docx(paragraph("Hello."))[:60],
        docx("<w:p><w:r>"),
        archive(word__document_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        archive(word__document_xml='<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'),
        archive(word__document_xml=b"\xff\xfe\x00"),
        archive(other="Hello."),
        b"PK\x03\x04",
    ],
)
def test_damaged_and_hostile_documents_are_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match="document"):
        read("a.docx", content)


def test_nesting_without_end_does_not_overflow() -> None:
    depth = 100_000
    source = read("a.docx", docx(paragraph("Hello there.") + "<w:a>" * depth + "</w:a>" * depth))
    assert source.text == "Hello there."
