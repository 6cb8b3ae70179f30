"""Cues, cut for the eye and not for the sense, become turns that can be read and quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from journey.sources.utterance import SENTENCE_END, Utterance, count_words, join_lines


@dataclass(frozen=True)
class Cue:
    """The lines shown together on screen, by one speaker."""

    lines: tuple[str, ...]
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    rolls: bool = False
    """The words inside carry times of their own, as in captions that roll up and repeat their last line."""


READABLE_WORDS = 40
"""From here on a turn ends with the next sentence."""
LONGEST_WORDS = 120
"""A turn ends here even in mid-sentence: automatic captions may hold no full stop at all."""
SILENCE = 10.0
"""Seconds after which somebody starts afresh. Shorter pauses are ignored on purpose: the same words saved without
times must give the same turns."""

_QUESTION_END = re.compile(r"[?？؟]['\"”’»)\]]*$")
CHANGE = re.compile(r"(?:[-–—][ \t]*|>>+[ \t]*)(?=\S)")
"""What stands at the head of a line when somebody else speaks."""


def to_utterances(cues: Iterable[Cue]) -> list[Utterance]:
    """Merge neighbouring cues of one speaker into turns, by sentence end, length and silence.

    Written messages, each named and none timed, are turns already.
    """
    found = [cue for cue in cues if cue.lines]
    if found and all(cue.speaker and cue.start is None for cue in found):
        return [Utterance(join_lines(list(cue.lines)), cue.speaker) for cue in found]
    return list(_merge(_lines(_unroll(found))))


def _unroll(cues: list[Cue]) -> list[Cue]:
    """Drop what captions that roll up repeat. Said twice is kept twice: only files built by repetition are touched."""
    if not _is_rolling(cues):
        return cues
    shown: list[str] = []
    kept = []
    for cue in cues:
        lines = [join_lines([line]) for line in cue.lines]
        fresh, shown = _fresh_lines(shown, lines), lines
        if fresh:
            kept.append(replace(cue, lines=tuple(fresh)))
    return kept


def _is_rolling(cues: list[Cue]) -> bool:
    pairs = list(pairwise(cues))
    repeats = [(before, after) for before, after in pairs if _repeats(before, after)]
    grows = sum(len(" ".join(after.lines)) > len(before.lines[-1]) for before, after in repeats)
    signs = any(cue.rolls for cue in cues) or grows >= 2
    return signs and len(repeats) >= 0.3 * len(pairs)


def _repeats(before: Cue, after: Cue) -> bool:
    return f"{join_lines([after.lines[0]])} ".startswith(f"{join_lines([before.lines[-1]])} ")


def _fresh_lines(shown: list[str], lines: list[str]) -> list[str]:
    for size in range(min(len(shown), len(lines)), 0, -1):
        if shown[-size:] == lines[:size]:
            return lines[size:]
    if shown and lines[0].startswith(f"{shown[-1]} "):
        return [lines[0].removeprefix(f"{shown[-1]} "), *lines[1:]]
    return lines


@dataclass
class _Line:
    """One line of a cue; `changes` when it says that somebody else speaks."""

    words: str
    cue: Cue
    changes: bool


def _lines(cues: Iterable[Cue]) -> Iterator[_Line]:
    for cue in cues:
        for line in cue.lines:
            words = join_lines([line])
            change = CHANGE.match(words)
            bare = words[change.end() :] if change else words
            if bare:
                yield _Line(bare, cue, bare != words)


@dataclass
class _Turn:
    lines: list[_Line] = field(default_factory=list)
    words: int = 0

    def add(self, line: _Line) -> None:
        self.lines.append(line)
        self.words += count_words(line.words)

    def ends_before(self, line: _Line) -> bool:
        last = self.lines[-1]
        if line.changes or line.cue.speaker != last.cue.speaker or _is_silence(last.cue, line.cue):
            return True
        # Nobody is named: a question is likely to be answered by somebody else.
        is_asked = line.cue.speaker is None and _QUESTION_END.search(last.words) is not None
        is_full = self.words >= READABLE_WORDS and SENTENCE_END.search(last.words) is not None
        return is_asked or is_full or self.words >= LONGEST_WORDS

    def close(self) -> Utterance:
        first = self.lines[0].cue
        return Utterance(join_lines([line.words for line in self.lines]), first.speaker, first.start)


def _is_silence(before: Cue, after: Cue) -> bool:
    return before.end is not None and after.start is not None and after.start - before.end >= SILENCE


def _merge(lines: Iterable[_Line]) -> Iterator[Utterance]:
    turn = _Turn()
    for line in lines:
        if turn.lines and turn.ends_before(line):
            yield turn.close()
            turn = _Turn()
        turn.add(line)
    if turn.lines:
        yield turn.close()


def untimed(lines: Sequence[str]) -> list[Utterance]:
    """Merge the lines of captions that were saved without their times."""
    return to_utterances(Cue((line,)) for line in lines if line.strip())
