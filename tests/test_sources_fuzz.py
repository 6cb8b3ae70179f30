"""Whatever comes in, a Source with sound passages comes out, or a SourceError; and it does not take long."""

from __future__ import annotations

import contextlib
import io
import json
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journey.errors import SourceError
from journey.model import Source
from journey.sources import SUFFIXES, read
from journey.sources.documents import read_document

FRAGMENTS = st.sampled_from(
    [
        *("WEBVTT", "NOTE", "STYLE", "-->", "00:01.000 --> 00:02.000", "00:00:01,000 --> 00:00:02,000", "1", "2"),
        *(
            "0:00:00.378,0:00:11.378",
            "[00:01.000 --> 00:02.000] ",
            "<v Ana>",
            "</v>",
            "<00:01.000>",
            "<c>",
            "&amp;",
            "{",
        ),
        *(
            "Ana: ",
            "Ben：",
            "**Ana:** ",
            "[id1] ",
            "Ana 0:05",
            "[00:01:02] ",
            "(00:01:02) ",
            ">> ",
            "- ",
            "Q: ",
            "#",
            "\\[",
        ),
        *("\t", ",", ";", '"', "start\tend\ttext", "speaker,text", "\n", "\n\n", "\r\n", "\r", " ", "?", ".", "\u2028"),
        *(
            '{"text": "',
            '"}',
            "[",
            "]",
            "}",
            "\ufeff",
            "\x00",
            "é",
            "👩‍👩‍👧",
            "مريم",
            "참가자",
            "I went home",
            "http://a.b",
        ),
    ]
)
TEXTS = st.lists(st.one_of(FRAGMENTS, st.text(max_size=12)), max_size=40).map("".join)
NAMES = st.sampled_from(["pasted text", *(f"a{suffix}" for suffix in SUFFIXES)])


def assert_sound(source: Source) -> None:
    """Passages stand in order, inside the text, apart from one another, and begin and end with a word."""
    end = 0
    for passage in source.passages:
        assert end <= passage.start < passage.end <= len(source.text)
        piece = source.slice(passage)
        assert piece == piece.strip()
        end = passage.end
    assert [passage.id for passage in source.passages] == [f"t{n}" for n in range(1, len(source.passages) + 1)]
    named = [passage.speaker for passage in source.passages if passage.speaker]
    assert {each.name for each in source.participants} == set(named)
    assert sum(each.turns for each in source.participants) == len(named)
    source.text.encode("utf-8")
    assert Source.model_validate_json(source.model_dump_json()) == source


def read_or_refuse(name: str, content: bytes) -> Source | None:
    try:
        source = read(name, content)
    except SourceError:
        return None
    assert_sound(source)
    return source


@given(name=NAMES, text=TEXTS)
@example(name="a.csv", text='"')
@example(name="a.vtt", text="WEBVTT\n\n1\n\n2\n00:01.000 --> 00:02.000\na")
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    read_or_refuse(name, text.encode("utf-8", "surrogatepass"))


@given(name=NAMES, content=st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(name: str, content: bytes) -> None:
    read_or_refuse(name, content)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["text", "speaker", "start", "end", "id", "name", "elements", "ts", "user", "words"]),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=25,
)


@given(document=JSON)
@settings(max_examples=300, deadline=None)
def test_any_json_is_read_or_refused(document: object) -> None:
    read_or_refuse("a.json", json.dumps(document).encode())


@given(cut=st.integers(0, 12_000), at=st.integers(0, 12_000), byte=st.integers(0, 255))
@settings(max_examples=150, deadline=None)
def test_any_damage_to_a_document_is_read_or_refused(cut: int, at: int, byte: int) -> None:
    content = bytearray(DOCUMENT)
    content[at % len(content)] = byte
    with contextlib.suppress(SourceError):
        read_document(bytes(content[: max(cut, 200)]))


def _document() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<a/>")
        file.writestr("word/document.xml", "<d>" + "<p><r><t>I went home.</t></r></p>" * 20 + "</d>")
    return packed.getvalue()


DOCUMENT = _document()

WORDS = st.lists(
    st.sampled_from(["we", "went", "to", "the", "shop", "so", "I", "left", "über", "näher", "카페"]),
    min_size=2,
    max_size=12,
)
TURNS = st.lists(WORDS, min_size=4, max_size=12)


def _colon(turns: list[tuple[str, int, str]]) -> str:
    return "\n".join(f"{name}: {words}" for name, _, words in turns)


def _headers(turns: list[tuple[str, int, str]]) -> str:
    return "\n\n".join(f"{name} 0:{at:02}\n{words}" for name, at, words in turns)


def _vtt(turns: list[tuple[str, int, str]]) -> str:
    return "WEBVTT\n\n" + "\n\n".join(
        f"00:{at:02}.000 --> 00:{at:02}.900\n<v {name}>{words}" for name, at, words in turns
    )


def _json(turns: list[tuple[str, int, str]]) -> str:
    return json.dumps([{"speaker": name, "start": at, "text": words} for name, at, words in turns])


def _csv(turns: list[tuple[str, int, str]]) -> str:
    return "speaker,start,text\n" + "\n".join(f"{name},{at},{words}" for name, at, words in turns)


@pytest.mark.parametrize("write", [_colon, _headers, _vtt, _json, _csv])
@given(turns=TURNS)
@settings(max_examples=60, deadline=None)
def test_every_word_of_a_generated_transcript_is_kept_with_its_speaker(
    write: Callable[[list[tuple[str, int, str]]], str], turns: list[list[str]]
) -> None:
    told = [("AnaBen"[n % 2 * 3 :][:3], n, f"{' '.join(words)}.") for n, words in enumerate(turns)]
    source = read("pasted text", write(told).encode())
    assert_sound(source)
    assert [(passage.speaker, source.slice(passage)) for passage in source.passages] == [
        (name, words) for name, _, words in told
    ]


HOSTILE = {
    "spaces": "a" + " " * 200_000 + "b",
    "tabs": "\t" * 200_000 + "a",
    "brackets": "a" + "[" * 200_000,
    "closed brackets": "[]" * 100_000 + "a",
    "colons": "a" + ":" * 200_000,
    "labels": "Ana: " * 40_000,
    "label lines": "Ana: b\n" * 20_000,
    "many labels": "".join(f"Name{n}: b\n" for n in range(20_000)),
    "many speakers": "".join(f"Name{n}: b\n" for n in range(10_000)) * 2,
    "stars": "**a" * 100_000,
    "backslashes": "\\[" * 100_000 + "a",
    "times": "[00:01:02] a" * 20_000,
    "time lines": "00:01:02\n" * 20_000 + "a",
    "digits": "1" * 200_000 + "a",
    "arrows": "00:01.000 --> 00:02.000\n" * 20_000 + "a",
    "tags": "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<c" * 100_000 + "a",
    "voices": "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v A>b" * 20_000,
    "notes": "WEBVTT\n\n" + "NOTE a\n\n" * 20_000 + "00:01.000 --> 00:02.000\na",
    "quotation marks": "a," + '"' * 200_001,
    "quoted cells": 'a\t"b\n' * 20_000,
    "open brackets": "[" * 200_000,
    "braces": '{"text": "a"}' * 10_000,
    "accents": "a" + "\u0301" * 100_000,
    "full stops": "a" + "." * 200_000,
    "line breaks": "a" + "\n" * 200_000 + "b",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_repetition_takes_no_longer_than_its_length_asks_for(text: str, name: str) -> None:
    began = time.monotonic()
    read_or_refuse(name, text.encode())
    assert time.monotonic() - began < 10, "a few seconds at most on a quiet machine: nothing may be quadratic"
