"""JSON transcripts of Whisper, Otter, Zoom, Teams, Meet and their like.

No two services agree on names, and they change them; so the shape is looked for, not the service: the longest list of
objects (or pairs) that hold words, with whatever they say about speaker and time.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from journey.errors import SourceError
from journey.sources.cues import Cue, to_utterances
from journey.sources.moments import recording_times
from journey.sources.turns import read_turns
from journey.sources.utterance import Utterance, even_lines

_TEXT = ("spokenText", "text", "transcript", "utterance", "sentence", "content", "message", "caption", "body", "words")
_SPEAKER = (
    *("speakerName", "speaker_name", "speakerDisplayName", "userName", "user_name", "username", "displayName"),
    *("speaker", "speakerLabel", "speaker_label", "participant", "name", "speakerId", "speaker_id"),
    *("user", "author", "from", "sender", "role", "channel"),
)
_DISPLAY = ("speaker_name", "displayName", "display_name", "name", "userName", "user_name", "username")
_START = (
    *("start", "startTime", "start_time", "startOffset", "start_offset", "startDateTime", "startMs", "start_ms"),
    *("begin", "offset", "offsets", "timestamp", "timestamps", "ts", "time", "from"),
)
_END = ("end", "endTime", "end_time", "endOffset", "end_offset", "endDateTime", "endMs", "end_ms")

_BROKEN = "This JSON file is damaged and cannot be read: download the transcript again."
_NO_WORDS = "There is no transcript in this JSON file: export it as .vtt, .srt, .docx or .txt instead."
_JOURNEY = "This is a journey made with this program, not a transcript: import it instead."


def is_json(text: str) -> bool:
    """Return whether the text looks like JSON, whatever its name says."""
    bare = text.strip()
    return bare[:1] + bare[-1:] in ("{}", "[]") and (bare[1:].lstrip()[:1] in '"{[}]')


def read_meeting(text: str, *, must_be: bool) -> list[Utterance] | None:
    """Return what was said in a JSON transcript, or None when this is none.

    Args:
        must_be: the file is named so, and anything else is refused.

    Raises:
        SourceError: not JSON, or JSON without a transcript.
    """
    try:
        document = _load(text)
        found = _read_document(document)
    except RecursionError as exc:
        raise SourceError(_BROKEN) from exc
    except ValueError as exc:
        if must_be:
            raise SourceError(_BROKEN) from exc
        return None
    if not found and must_be:
        raise SourceError(_NO_WORDS)
    return found or None


def _load(text: str) -> JsonValue:
    try:
        document: JsonValue = json.loads(text)
    except json.JSONDecodeError:
        # One object per line, as programs log them.
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    return document


def _read_document(document: JsonValue) -> list[Utterance]:
    if isinstance(document, dict) and str(document.get("schema", "")).startswith("journey/"):
        raise SourceError(_JOURNEY)
    entries = _fullest(list(_candidates(document)))
    if entries:
        return _utterances(entries, _names_by_id(document))
    whole = max(_texts(document), key=len, default="")
    return read_turns(even_lines(whole))


@dataclass(frozen=True)
class _Entry:
    text: str
    speaker: str | None
    start: JsonValue
    end: JsonValue


def _walk(document: JsonValue) -> Iterator[tuple[int, JsonValue]]:
    """Yield every value in the file's order, with a number for its place: equal keys above it, equal number.

    Without recursion, since depth is the sender's choice.
    """
    places: dict[tuple[int, str], int] = {}
    waiting: list[tuple[int, JsonValue]] = [(0, document)]
    while waiting:
        place, value = waiting.pop()
        yield place, value
        inner = value.items() if isinstance(value, dict) else []
        inner = [("", item) for item in value] if isinstance(value, list) else inner
        waiting += [(places.setdefault((place, key), len(places) + 1), item) for key, item in inner][::-1]


def _candidates(document: JsonValue) -> Iterator[list[_Entry]]:
    """Yield the lists of entries; lists at the same place (the turns of every chapter) are one."""
    lists: dict[int, list[JsonValue]] = defaultdict(list)
    for place, value in _walk(document):
        if isinstance(value, list):
            lists[place] += value
    for items in lists.values():
        by = _speaker_name(items)
        entries = [entry for item in items if (entry := _entry(item, by)) is not None]
        if entries and len(entries) >= 0.5 * len(items):
            yield entries


def _fullest(candidates: Sequence[list[_Entry]]) -> list[_Entry]:
    """Choose among lists that hold nearly all the words the one that says most about them, and not word by word."""
    words = [sum(len(entry.text.split()) for entry in entries) for entries in candidates]
    full = [
        (_told(entries, count), count, at)
        for at, (entries, count) in enumerate(zip(candidates, words, strict=True))
        if count >= 0.8 * max(words)
    ]
    return candidates[max(full)[-1]] if full else []


def _told(entries: Sequence[_Entry], words: int) -> tuple[bool, bool, bool]:
    named = sum(entry.speaker is not None for entry in entries) >= 0.5 * len(entries)
    timed = sum(entry.start is not None for entry in entries) >= 0.5 * len(entries)
    return words > 1.5 * len(entries), named, timed


def _speaker_name(items: Sequence[JsonValue]) -> str | None:
    """The name under which the items say who speaks: its values come back, while those of an id do not."""
    objects = [item for item in items if isinstance(item, dict)]
    for name in _SPEAKER:
        values = [str(item[name]) for item in objects if item.get(name) not in (None, "")]
        if values and (len(values) < 3 or len(set(values)) < len(values)):
            return name
    return None


def _entry(item: JsonValue, speaker: str | None) -> _Entry | None:
    if isinstance(item, list):
        return _pair(item)
    if not isinstance(item, dict):
        return None
    text = _string(item, _TEXT) or _joined_elements(item)
    if not text.strip():
        return None
    start, end = _bounds(item)
    return _Entry(text, _label(item.get(speaker)) if speaker else None, start, end)


def _pair(item: Sequence[JsonValue]) -> _Entry | None:
    match item:
        case [str(speaker), str(text)] if text.strip():
            return _Entry(text, speaker, None, None)
    return None


def _joined_elements(item: Mapping[str, JsonValue]) -> str:
    """Rev writes a turn as a list of words and punctuation marks."""
    elements = item.get("elements")
    if not isinstance(elements, list):
        return ""
    return "".join(str(part.get("value", "")) for part in elements if isinstance(part, dict))


def _string(item: Mapping[str, JsonValue], names: Sequence[str]) -> str:
    return next((value for name in names if isinstance(value := item.get(name), str) and value), "")


def _label(value: JsonValue) -> str | None:
    if isinstance(value, dict):
        value = _string(value, _DISPLAY) or value.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return f"Speaker {value}"
    return value.strip() or None if isinstance(value, str) else None


def _bounds(item: Mapping[str, JsonValue]) -> tuple[JsonValue, JsonValue]:
    start = next((item[name] for name in _START if item.get(name) is not None), None)
    end = next((item[name] for name in _END if item.get(name) is not None), None)
    if isinstance(start, dict):
        return start.get("from"), start.get("to")
    elements = item.get("elements")
    if start is None and isinstance(elements, list):
        start = next((part["ts"] for part in elements if isinstance(part, dict) and "ts" in part), None)
    return start, end


def _names_by_id(document: JsonValue) -> dict[str, str]:
    """Speakers that the entries only refer to, and who are listed elsewhere in the file."""
    names: dict[str, str] = {}
    for _, value in _walk(document):
        if not isinstance(value, dict) or _string(value, _TEXT):
            continue
        inner = next((part for part in value.values() if isinstance(part, dict) and "displayName" in part), value)
        if name := _string(inner, _DISPLAY):
            keys = (value.get(key) for key in ("id", "speaker_id", "speakerId", "name"))
            for key in keys:
                if isinstance(key, (str, int)):
                    names.setdefault(str(key), name)
    return names


def _texts(document: JsonValue) -> Iterator[str]:
    return (_string(value, _TEXT) for _, value in _walk(document) if isinstance(value, dict))


def _utterances(entries: Sequence[_Entry], names: Mapping[str, str]) -> list[Utterance]:
    words = sum(len(entry.text.split()) for entry in entries)
    starts, ends = recording_times([entry.start for entry in entries], [entry.end for entry in entries], words=words)
    return to_utterances(
        Cue(tuple(filter(str.strip, even_lines(entry.text).split("\n"))), start, end, _name(entry.speaker, names))
        for entry, start, end in zip(entries, starts, ends, strict=True)
    )


def _name(speaker: str | None, names: Mapping[str, str]) -> str | None:
    if speaker is None:
        return None
    return even_lines(names.get(speaker, names.get(speaker.removeprefix("Speaker "), speaker))).strip()[:80] or None
