"""Caption files (WebVTT, SubRip, SubViewer, Whisper's bracketed text) become utterances.

WebVTT follows the W3C's format, read leniently: what a player would throw away because its time is damaged is
still something that was said, so its words are kept without a time.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from journey.sources.clock import CLOCK, seconds
from journey.sources.cues import CHANGE, Cue, to_utterances
from journey.sources.marks import Line, read_line
from journey.sources.speakers import find_speakers
from journey.sources.utterance import Utterance

_ARROW = re.compile(r"\s*(\S{1,20})[ \t]*-->[ \t]*(\S{1,20})(.*)")
_COMMA = re.compile(r"\s*(\d{1,3}:\d{2}:[\w.]{2,8}),(\d{1,3}:\d{2}:[\w.]{2,8})\s*")
_BRACKETED = re.compile(rf"\s*\[({CLOCK}) --> ({CLOCK})\][ \t]*(.*)")
_VTT_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?[ \t]+([^<>]{1,200})>")
_TAG = re.compile(
    r"</?(?:[cvibus]|em|strong|font|span|ruby|rt|lang)(?:[.\s][^<>]{0,200})?>|<[\d:.,]{4,16}>|\{\\an?\d\}|<br ?/?>",
    re.IGNORECASE,
)
_WORD_TIME = re.compile(r"<\d[\d:.,]{3,15}>")


def is_captions(text: str) -> bool:
    """Return whether the text is a caption file, whatever its name says.

    >>> is_captions("1\\n00:00:01,000 --> 00:00:02,000\\nHello")
    True
    >>> is_captions("We went from A --> B.")
    False
    """
    if text.startswith("WEBVTT") and not text[6:7].isalnum():
        return True
    return any(_is_clean_timing(line) for line in text[:20_000].split("\n"))


def read_captions(text: str) -> list[Utterance]:
    """Return what is said in a caption file, in its order, without numbers, notes, styles and tags."""
    cues = [cue for block in _Scanner(text.split("\n")).blocks() for cue in _voices(block)]
    return to_utterances(cues if any(cue.speaker for cue in cues) else _named(cues))


def _is_clean_timing(line: str) -> bool:
    match = _ARROW.fullmatch(line) or _COMMA.fullmatch(line) or _BRACKETED.fullmatch(line)
    return match is not None and seconds(match[1].lstrip("[")) is not None


@dataclass
class _Block:
    start: float | None
    end: float | None
    lines: list[str]


class _Scanner:
    """Cuts the lines of a caption file into blocks of words, each with the times of the line above it."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._is_vtt = lines[0].startswith("WEBVTT")
        self._numbers = 0

    def blocks(self) -> Iterator[_Block]:
        block = _Block(None, None, [])
        at = self._after_header()
        while at < len(self._lines):
            line = self._lines[at]
            if self._starts_note(at):
                at = self._after_paragraph(at)
            elif (timed := _timing(line)) is not None:
                yield block
                block = timed
            elif not line.strip() and block.lines:
                yield block
                block = _Block(None, None, [])
            elif line.strip() and not self._is_identifier(at):
                block.lines.append(line)
            at += 1
        yield block

    def _after_header(self) -> int:
        if not self._is_vtt:
            return 0
        for at, line in enumerate(self._lines):
            if not line.strip() or "-->" in line:
                return at
        return len(self._lines)

    def _starts_note(self, at: int) -> bool:
        return self._is_vtt and self._is_first(at) and _VTT_BLOCK.match(self._lines[at]) is not None

    def _after_paragraph(self, at: int) -> int:
        while at < len(self._lines) and self._lines[at].strip() and "-->" not in self._lines[at]:
            at += 1
        return at - 1

    def _is_identifier(self, at: int) -> bool:
        """Whether the line names the cue below it, or is the number of a cue that has lost its time."""
        line, below = self._lines[at].strip(), self._lines[at + 1] if at + 1 < len(self._lines) else ""
        counts_on = line.isdecimal() and int(line[:9]) == self._numbers + 1
        if _timing(below) is not None and (self._is_first(at) or counts_on):
            self._numbers += line.isdecimal()
            return True
        if counts_on and self._is_first(at):
            self._numbers += 1
            return True
        return False

    def _is_first(self, at: int) -> bool:
        return at == 0 or not self._lines[at - 1].strip()


def _timing(line: str) -> _Block | None:
    """A line that only says when; one with a damaged time counts too, and is not speech."""
    if (match := _BRACKETED.fullmatch(line)) is not None:
        return _Block(seconds(match[1]), seconds(match[2]), [match[3]])
    match = _ARROW.fullmatch(line) or _COMMA.fullmatch(line)
    if match is None or not any(character.isdigit() for character in match[1]):
        return None
    return _Block(seconds(match[1]), seconds(match[2]), [])


def _voices(block: _Block) -> Iterator[Cue]:
    """Cut a block at its voice tags; most blocks have none or one."""
    text = "\n".join(block.lines)
    if (spoken := _spoken_json(text)) is not None:
        yield Cue((spoken[1],), block.start, block.end, spoken[0])
        return
    rolls = _WORD_TIME.search(text) is not None
    parts = _VOICE.split(text)
    for speaker, words in zip([None, *parts[1::2]], parts[::2], strict=True):
        lines = tuple(plain for line in words.split("\n") if (plain := strip_tags(line).strip()))
        if lines:
            yield Cue(lines, block.start, block.end, html.unescape(speaker).strip() if speaker else None, rolls)


def strip_tags(line: str) -> str:
    """Return the words of a caption line.

    >>> strip_tags("That's <00:21.000><c.yellow>amore</c> &amp; <i>more</i>, 2 < 3")
    "That's amore & more, 2 < 3"
    """
    return html.unescape(_TAG.sub("", line)) if "<" in line or "&" in line or "{" in line else line


def _spoken_json(text: str) -> tuple[str, str] | None:
    """The transcripts with metadata of Microsoft's Graph put a JSON object where the words should be."""
    if not (text.startswith("{") and '"spokenText"' in text):
        return None
    try:
        entry = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return str(entry.get("speakerName") or ""), str(entry.get("spokenText") or "")


def _named(cues: list[Cue]) -> list[Cue]:
    """Find the speakers of captions that name them in their words, as Zoom's do ("Maria Silva: Hello").

    Whoever was named last goes on speaking, until a dash says that somebody else does.
    """
    lines = [
        read_line(line, opens_paragraph=at == 0) or Line("", "") for cue in cues for at, line in enumerate(cue.lines)
    ]
    speakers = find_speakers(lines)
    if not speakers:
        return cues
    named: list[Cue] = []
    speaker: str | None = None
    read = iter(lines)
    for cue in cues:
        for words in cue.lines:
            mark = next(read).mark
            if mark is not None and mark.key in speakers:
                speaker, words = mark.label, mark.words
            elif CHANGE.match(words):
                speaker = None
            named.append(replace(cue, lines=(words,), speaker=speaker))
    return named
