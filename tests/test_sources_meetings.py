"""JSON transcripts: the same turns from every service's shape."""

from __future__ import annotations

import json

import pytest
from pydantic import JsonValue

from journey.errors import SourceError
from journey.sources import read

ANA, BEN = "Where did you go on Monday, and why did you go?", "I went to the shop because my lamp was broken again."

SHAPES: dict[str, JsonValue] = {
    "whisper with speakers": {
        "text": f"{ANA} {BEN}",
        "language": "en",
        "segments": [
            {"id": 0, "start": 0.0, "end": 4.5, "text": f" {ANA}", "speaker": "Ana", "words": [{"word": "Where"}]},
            {"id": 1, "start": 5.0, "end": 9.0, "text": f" {BEN}", "speaker": "Ben", "words": [{"word": "I"}]},
        ],
    },
    "otter": {
        "speech": {
            "speakers": [{"id": 11, "speaker_name": "Ana"}, {"id": 22, "speaker_name": "Ben"}],
            "transcripts": [
                {"transcript": ANA, "speaker_id": 11, "start_offset": 0, "end_offset": 72_000},
                {"transcript": BEN, "speaker_id": 22, "start_offset": 80_000, "end_offset": 144_000},
            ],
        }
    },
    "zoom": {
        "meeting_id": "1",
        "transcript": [
            {"user_id": "a", "user_name": "Ana", "text": ANA, "start_time": "00:00:00.000", "end_time": "00:00:04.500"},
            {"user_id": "b", "user_name": "Ben", "text": BEN, "start_time": "00:00:05.000", "end_time": "00:00:09.000"},
        ],
    },
    "teams": {
        "type": "Transcript",
        "entries": [
            {"id": "1", "text": ANA, "speakerDisplayName": "Ana", "startOffset": "00:00:00", "endOffset": "00:00:04.5"},
            {"id": "2", "text": BEN, "speakerDisplayName": "Ben", "startOffset": "00:00:05", "endOffset": "00:00:09"},
        ],
    },
    "meet": {
        "participants": [
            {"name": "conferenceRecords/x/participants/1", "signedinUser": {"user": "users/1", "displayName": "Ana"}},
            {"name": "conferenceRecords/x/participants/2", "signedinUser": {"user": "users/2", "displayName": "Ben"}},
        ],
        "transcriptEntries": [
            {
                "name": f"conferenceRecords/x/transcripts/y/entries/{n}",
                "participant": f"conferenceRecords/x/participants/{n}",
                "text": words,
                "startTime": f"2026-05-01T10:00:0{start}.000000000Z",
                "endTime": f"2026-05-01T10:00:0{start + 4}.000000000Z",
            }
            for n, words, start in [(1, ANA, 0), (2, BEN, 5)]
        ],
    },
    "milliseconds, words beside": {
        "utterances": [
            {"speaker": "Ana", "text": ANA, "start": 0, "end": 4500},
            {"speaker": "Ben", "text": BEN, "start": 5000, "end": 9000},
        ],
        "words": [{"text": word, "speaker": "Ana", "start": 0, "end": 9} for word in f"{ANA} {BEN}".split()],
    },
    "chapters": {
        "chapters": [
            {"title": "One", "turns": [{"who": {"id": 1}, "speaker": {"name": "Ana"}, "text": ANA, "start": "0.000s"}]},
            {"title": "Two", "turns": [{"who": {"id": 2}, "speaker": {"name": "Ben"}, "text": BEN, "start": "5.000s"}]},
        ]
    },
    "monologues": {
        "speakers": [{"id": 0, "name": "Ana"}, {"id": 1, "name": "Ben"}],
        "monologues": [
            {"speaker": 0, "elements": [{"type": "text", "value": ANA, "ts": 0.0}]},
            {
                "speaker": 1,
                "elements": [{"type": "text", "value": BEN[:-1], "ts": 5.0}, {"type": "punct", "value": "."}],
            },
        ],
    },
}
UNTIMED: dict[str, JsonValue] = {
    "pairs": {"conversation": [["Ana", ANA], ["Ben", BEN]]},
    "messages": [{"role": "Ana", "content": ANA}, {"role": "Ben", "content": BEN}],
    "one long string": {"title": "Visit", "transcript": f"Ana: {ANA}\nBen: {BEN}\nAna: Oh.\nBen: Yes."},
}


@pytest.mark.parametrize("shape", [*SHAPES.values(), *UNTIMED.values()], ids=[*SHAPES, *UNTIMED])
def test_every_shape_gives_the_same_turns(shape: JsonValue) -> None:
    source = read("a.json", json.dumps(shape).encode())
    assert [(p.speaker, source.slice(p)) for p in source.passages][:2] == [("Ana", ANA), ("Ben", BEN)]


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_times_are_seconds_whatever_the_unit(shape: JsonValue) -> None:
    assert [p.time for p in read("a.json", json.dumps(shape).encode()).passages] == [0.0, 5.0]


def test_json_is_recognised_by_content_and_one_object_per_line_is_json_too() -> None:
    lines = "\n".join(json.dumps({"speaker": who, "text": words}) for who, words in [("Ana", ANA), ("Ben", BEN)])
    for name, text in [("pasted text", json.dumps(SHAPES["zoom"])), ("a.json", lines), ("a.txt", lines)]:
        assert [p.speaker for p in read(name, text.encode()).passages] == ["Ana", "Ben"]


def test_speech_without_speakers_is_merged_to_sentences() -> None:
    segments = [{"start": n, "end": n + 1, "text": words} for n, words in enumerate(["so I went", "to the shop."])]
    source = read("a.json", json.dumps({"segments": segments}).encode())
    assert [source.slice(p) for p in source.passages] == ["so I went to the shop."]
    assert source.participants == ()


def test_characters_that_no_file_can_hold_are_left_out() -> None:
    source = read("a.json", b'[{"speaker": "A\\u0000na", "text": "Wha\\ud800t a\\u0000 day"}]')
    assert (source.text, source.participants[0].name) == ("What a day", "Ana")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{}", "no transcript"),
        (b'{"a": [1, 2, {"b": null}]}', "no transcript"),
        (b"[" * 100_000, "damaged"),
        (b'{"a": ' * 50_000 + b"1" + b"}" * 50_000, "damaged"),
        (b'{"text": "cut of', "damaged"),
        (b'{"schema": "journey/1", "title": "A map", "sources": []}', "import it"),
    ],
)
def test_json_without_a_transcript_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence):
        read("a.json", content)


def test_a_plain_transcript_named_json_is_read_as_what_it_is() -> None:
    source = read("a.json", f"Ana: {ANA}\nBen: {BEN}\nAna: Oh.\nBen: Yes.".encode())
    assert [each.name for each in source.participants] == ["Ana", "Ben"]


def test_braces_in_plain_text_are_words() -> None:
    text = '{vocalsound} I went "home" {laughs}'
    assert read("a.txt", text.encode()).text == text
