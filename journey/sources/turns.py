"""Plain text becomes utterances: named turns where names are found, else paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from journey.model import Role
from journey.sources.clock import CLOCK, seconds
from journey.sources.cues import CHANGE, LONGEST_WORDS, Cue, to_utterances, untimed
from journey.sources.marks import Line, Mark, Style, read_line
from journey.sources.roles import role_by_label
from journey.sources.speakers import Key, find_speakers, names_nobody
from journey.sources.utterance import SENTENCE_END, Utterance, count_words, join_lines

_STAMP = re.compile(rf"\[({CLOCK})\]|\((\d{{1,2}}:\d{{2}}:\d{{2}})\)")
_LEAST_TIMED = 0.2
"""Share of lines with a time at their head from which on such times are the transcript's."""


def read_turns(text: str) -> list[Utterance]:
    """Return who says what in a text whose lines may name speakers and times in any of the usual ways."""
    lines = _without_recording_notes(_read_lines(text))
    speakers = find_speakers(lines)
    if speakers:
        return list(_Turns(speakers, bare_times=_has_bare_times(lines)).read(lines))
    if _are_timed([line for line in lines if line.time is not None], lines):
        return _timed_lines(lines)
    return [utterance for paragraph in _paragraphs(lines) for utterance in _prose(paragraph)]


def _read_lines(text: str) -> list[Line]:
    lines, opens = [], True
    for raw in text.split("\n"):
        line = read_line(raw, opens_paragraph=opens) if raw.strip() else None
        opens = line is None
        lines.append(line or Line("", ""))
    return lines


def _without_recording_notes(lines: list[Line]) -> list[Line]:
    """Take the marks off a first paragraph that describes the recording ("Date: 12 March", "Participant: P3")."""
    first = next((at for at, line in enumerate(lines) if line.mark and line.mark.style is Style.COLON), len(lines))
    end = next((at for at in range(first, len(lines)) if not lines[at].plain), len(lines))
    marks = [line.mark for line in lines[first:end]]
    later = {line.mark.key for line in lines[end:] if line.mark}
    if end == len(lines) or not all(mark and _is_note(mark) and mark.key not in later for mark in marks):
        return lines
    notes = [Line(line.plain, line.plain, opens_paragraph=True) for line in lines[first:end]]
    return [*lines[:first], *notes, *lines[end:]] if find_speakers(lines[end:]) else lines


def _is_note(mark: Mark) -> bool:
    """Whether a label is followed by a value and not by speech: a few words without an end."""
    is_short = len(mark.words.split()) <= 6 and not SENTENCE_END.search(mark.words)
    return mark.style is Style.COLON and (names_nobody(mark) or is_short)


def _has_bare_times(lines: Sequence[Line]) -> bool:
    """Whether times without brackets at the head of a line are the transcript's, and not something said."""
    return _are_timed([line for line in lines if line.time is not None and not line.is_stamped], lines)


def _are_timed(timed: Sequence[Line], lines: Sequence[Line]) -> bool:
    return len(timed) >= max(2, _LEAST_TIMED * sum(bool(line.plain) for line in lines))


@dataclass
class _Open:
    """The turn being read; `parts` holds lines, and an empty string where a paragraph ends."""

    speaker: str | None = None
    time: float | None = None
    parts: list[str] = field(default_factory=list)

    def close(self) -> Iterator[Utterance]:
        paragraphs: list[list[str]] = [[]]
        for part in self.parts:
            if part:
                paragraphs[-1].append(part)
            elif paragraphs[-1]:
                paragraphs.append([])
        text = "\n".join(join_lines(paragraph) for paragraph in paragraphs if paragraph)
        if text.strip():
            yield Utterance(text, self.speaker, self.time)


class _Turns:
    """Reads lines into turns, once the speakers are known."""

    def __init__(self, speakers: frozenset[Key], *, bare_times: bool) -> None:
        self._speakers = speakers
        self._bare_times = bare_times
        self._names: dict[str, str] = {}
        self._open = _Open()
        self._began = False
        # Where only an interviewer is named, the paragraphs between are the answers.
        self._is_interviewer_alone = len(speakers) == 1 and role_by_label(next(iter(speakers))[1]) is Role.INTERVIEWER

    def read(self, lines: Sequence[Line]) -> Iterator[Utterance]:
        for line in lines:
            mark = line.mark if line.mark and line.mark.key in self._speakers else None
            if mark is not None:
                yield from self._turn_to(mark)
            elif line.is_heading or (not self._began and _describes(line)):
                yield from self._aside(line)
            else:
                yield from self._continue(line)
        yield from self._open.close()

    def _turn_to(self, mark: Mark) -> Iterator[Utterance]:
        yield from self._open.close()
        name = self._names.setdefault(mark.key[1], mark.label)
        self._open, self._began = _Open(name, mark.time), True
        yield from self._say(mark.words)

    def _aside(self, line: Line) -> Iterator[Utterance]:
        yield from self._open.close()
        self._open = _Open(self._open.speaker)
        if line.plain:
            yield Utterance(join_lines([line.plain]), said=False)

    def _continue(self, line: Line) -> Iterator[Utterance]:
        if line.opens_paragraph and self._is_interviewer_alone and any(self._open.parts):
            yield from self._open.close()
            self._open = _Open()
        is_timed = line.time is not None and (line.is_stamped or self._bare_times or not line.words)
        if is_timed:
            yield from self._stamp(line.time)
        yield from self._say(line.words if is_timed else line.plain)

    def _say(self, words: str) -> Iterator[Utterance]:
        """Add words to the open turn; a time in brackets among them begins a passage of its own."""
        pieces = _STAMP.split(words)
        self._open.parts.append(pieces[0].strip())
        for bracketed, parenthesised, piece in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
            yield from self._stamp(seconds(bracketed or parenthesised))
            self._open.parts.append(piece.strip())

    def _stamp(self, time: float | None) -> Iterator[Utterance]:
        if any(self._open.parts):
            yield from self._open.close()
            self._open = _Open(self._open.speaker)
        self._open.time = time


def _describes(line: Line) -> bool:
    """Whether a line above the first turn is about the recording: a label with a value, or words without an end."""
    if line.mark and _is_note(line.mark):
        return True
    return bool(line.plain) and len(line.plain.split()) <= 12 and not SENTENCE_END.search(line.plain)


def _timed_lines(lines: Sequence[Line]) -> list[Utterance]:
    """Read lines that begin with a time, or stand below one, and name nobody: captions in all but the file format."""
    bare = _has_bare_times(lines)
    time: float | None = None
    cues: list[Cue] = []
    spoken: list[Utterance] = []
    for line in lines:
        is_timed = line.time is not None and (line.is_stamped or bare)
        time = line.time if is_timed else time
        words = line.words if is_timed else line.plain
        if words and line.is_heading:
            spoken += [*to_utterances(cues), Utterance(join_lines([words]), said=False)]
            cues = []
        elif words:
            cues.append(Cue((words,), time))
    return spoken + to_utterances(cues)


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and (not line.plain or line.is_heading or paragraph[-1].is_heading):
            yield paragraph
            paragraph = []
        if line.plain:
            paragraph.append(line)
    if paragraph:
        yield paragraph


def _prose(paragraph: Sequence[Line]) -> list[Utterance]:
    """A paragraph is one passage; where every line is a long sentence each is, and a wall of short lines is cut."""
    lines = [line.plain for line in paragraph]
    if paragraph[0].is_heading:
        return [Utterance(join_lines(lines), said=False)]
    whole = sum(SENTENCE_END.search(line) is not None for line in lines) >= 0.7 * len(lines)
    if whole and sum(map(len, lines)) >= 80 * len(lines):
        return [Utterance(join_lines([line])) for line in lines]
    joined = join_lines(lines)
    if sum(CHANGE.match(line) is not None for line in lines) > 0.5 * len(lines) and len(lines) > 1:
        return untimed(lines)
    return [Utterance(joined)] if count_words(joined) <= LONGEST_WORDS else untimed(lines)
