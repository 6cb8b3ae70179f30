"""Which of the possible labels are speakers. "Date: 12 March" is none; a label has to come back to be believed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise

from journey.sources.lexicon import NO_SPEAKER, NOISES
from journey.sources.marks import Line, Mark, Style, fold
from journey.sources.roles import role_by_label
from journey.sources.utterance import SENTENCE_END

Key = tuple[Style, str]

_PARTICLES = frozenset("al and bin da de del der di do dos du e el ibn la le of the und van von y".split())  # noqa: SIM905
_TINY = 6
"""Lines of a dialogue that is too short for anything to come back."""
_LEAST_CHANGES = 0.3
"""Share of turns that go to somebody else, in a text where other lines than turns abound."""
_NUMBER = re.compile(r"[\s#.]*\d+$")


def find_speakers(lines: Sequence[Line]) -> frozenset[Key]:
    """Return the keys of the marks that name a speaker.

    Lines that carry a time or bold type are believed on less evidence than a bare colon, and a bare colon on less
    where most lines have one.
    """
    filled = [line for line in lines if line.plain]
    marks = [line.mark for line in filled if line.mark and not names_nobody(line.mark)]
    believed = {mark.key for mark in marks if mark.style is Style.VOICE} | _leading(filled)
    for style in (Style.BOLD, Style.CLOCK, Style.HEADER):
        believed |= _established([mark for mark in marks if mark.style is style], is_tiny=len(filled) <= _TINY)
    colons = _Colons([mark for mark in marks if mark.style is Style.COLON], _coverage(filled))
    strong = sum(mark.key in believed for mark in marks)
    believed |= colons.believed(rivals=strong)
    if not believed:
        believed |= _alone(filled)
    if not believed:
        believed |= _tiny_dialogue(filled) | _bracketed(marks, len(filled)) | _tabbed(marks, len(filled)) | _dots(marks)
    return frozenset(believed)


def names_nobody(mark: Mark) -> bool:
    """Return whether the label is known to stand for something else than a speaker ("Date", "[laughter]")."""
    if role_by_label(mark.label) is not None:
        return False
    label = _NUMBER.sub("", fold(mark.label))
    return bool(label) and label in (NOISES if mark.style is Style.BRACKET else NO_SPEAKER)


def _looks_like_field(label: str) -> bool:
    """Whether a label heard once says what follows, not who: "Interview date", "Project name"."""
    words = _NUMBER.sub("", fold(label)).split()
    return bool(words) and (words[0] in NO_SPEAKER or words[-1] in NO_SPEAKER)


def _established(marks: Sequence[Mark], *, is_tiny: bool) -> set[Key]:
    """A style is this transcript's way of naming speakers when a label comes back in it; then other names count too."""
    counts = Counter(mark.key for mark in marks)
    known = {mark.key for mark in marks if role_by_label(mark.label) is not None}
    is_dialogue = is_tiny and len(counts) == len(marks) == 2
    if not marks or not (max(counts.values()) >= 2 or len(known) >= 2 or is_dialogue):
        return set()
    return known | {mark.key for mark in marks if counts[mark.key] >= 2 or is_name(mark.label)}


def _leading(filled: Sequence[Line]) -> set[Key]:
    """`[00:01:02] Maria` names a speaker when words without a time follow it, again and again."""
    above = [
        line.mark
        for line, below in pairwise(filled)
        if line.mark and line.mark.style is Style.LEADING and below.time is None and not below.mark
    ]
    counts = Counter(mark.key for mark in above)
    shown = Counter(line.mark.key for line in filled if line.mark)
    recurring = {key for key, count in counts.items() if count >= 2 and count >= 0.8 * shown[key]}
    return recurring | {mark.key for mark in above if recurring and is_name(mark.label)}


def _alone(filled: Sequence[Line]) -> set[Key]:
    """A name on a line of its own, above what it says: several names, each coming back, on a good part of the lines."""
    found = [_name_alone(line.mark) for line in filled]
    counts = Counter(mark.key for mark in found if mark)
    recurring = {key for key, count in counts.items() if count >= 2}
    keys = [mark.key if mark and mark.key in recurring else None for mark in found]
    heading = Counter(key for key, below in pairwise(keys) if key and below is None)
    speakers = {key for key in recurring if heading[key] >= 0.5 * counts[key]}
    shown = sum(counts[key] for key in speakers)
    return speakers if len(speakers) >= 2 and shown >= 0.25 * len(filled) else set()


def _name_alone(mark: Mark | None) -> Mark | None:
    is_candidate = mark is not None and mark.style is Style.ALONE and is_name(mark.label) and not names_nobody(mark)
    return mark if is_candidate else None


def _coverage(filled: Sequence[Line]) -> float:
    """Share of lines, or of paragraphs where there are some, that begin with a possible label and a colon."""
    paragraphs = [line for line in filled if line.opens_paragraph]
    shares = [_share_of_colons(lines) for lines in (filled, paragraphs) if len(lines) >= 4 or lines is filled]
    return max(shares, default=0.0)


def _share_of_colons(lines: Sequence[Line]) -> float:
    marks = [line.mark for line in lines if line.mark and line.mark.style is Style.COLON]
    return sum(not names_nobody(mark) for mark in marks) / max(1, len(lines))


class _Colons:
    """Decides about `Name: words`, the commonest and the most doubtful style."""

    def __init__(self, marks: Sequence[Mark], coverage: float) -> None:
        self._marks = marks
        self._is_rule = coverage >= 0.6
        self._counts = Counter(mark.key for mark in marks)
        self._labels = {mark.key: mark.label for mark in marks}

    def believed(self, *, rivals: int) -> set[Key]:
        """Return the keys believed, when so many marks of stronger styles are."""
        if rivals >= 2 and not self._is_rule:
            return set()
        recurring = {key for key, count in self._counts.items() if count >= 2 and (self._is_rule or self._is_name(key))}
        known = self._known(beside=recurring)
        if not (self._is_rule or known or self._alternate(recurring)):
            return set()
        base = known | recurring
        return base | self._guests(base) if self._is_rule and base else base

    def _known(self, *, beside: Collection[Key]) -> set[Key]:
        """Labels that state a role; one line alone ("Customer: who buys goods") may be a definition."""
        known = [mark.key for mark in self._marks if role_by_label(mark.label) is not None]
        return set(known) if len(known) >= 2 or beside else set()

    def _is_name(self, key: Key) -> bool:
        return is_name(self._labels[key])

    def _alternate(self, keys: Collection[Key]) -> bool:
        """Whether these take turns, as people do and the fields of a form do not."""
        order = [mark.key for mark in self._marks if mark.key in keys]
        return sum(before != after for before, after in pairwise(order)) >= max(2, _LEAST_CHANGES * len(order))

    def _guests(self, base: Collection[Key]) -> set[Key]:
        """Labels heard once, among speakers: not those above the first turn, where the recording is described."""
        first = next(at for at, mark in enumerate(self._marks) if mark.key in base)
        return {mark.key for mark in self._marks[first:] if _is_guest(mark.label)}


@lru_cache(maxsize=4096)
def is_name(label: str) -> bool:
    """Return whether the label is written like a name: every word capitalised, bar particles.

    >>> [is_name(s) for s in ("Ludwig van Beethoven", "O'Brien", "Speaker 1", "김지수", "He said", "maria")]
    [True, True, True, True, False, False]
    """
    return all(word in _PARTICLES or not word[0].islower() for word in label.split()) and not label[0].islower()


def _is_guest(label: str) -> bool:
    return is_name(label) and not _looks_like_field(label)


def _tiny_dialogue(filled: Sequence[Line]) -> set[Key]:
    """A few lines by two names, most of them a sentence."""
    marks = [line.mark for line in filled]
    if not 2 <= len(marks) <= _TINY:
        return set()
    named = [mark for mark in marks if mark and mark.style is Style.COLON and not names_nobody(mark)]
    if len(named) < len(marks) or not all(_is_guest(mark.label) for mark in named):
        return set()
    spoken = sum(SENTENCE_END.search(mark.words) is not None for mark in named)
    keys = {mark.key for mark in named}
    return keys if len(keys) == 2 and spoken >= 0.6 * len(named) else set()


def _bracketed(marks: Sequence[Mark], lines: int) -> set[Key]:
    """`[id1] words`: several labels that come back on most lines; `[laughs]` does not do that."""
    return _taking_turns([mark for mark in marks if mark.style is Style.BRACKET], lines)


def _tabbed(marks: Sequence[Mark], lines: int) -> set[Key]:
    return _taking_turns([mark for mark in marks if mark.style is Style.TAB], lines)


def _taking_turns(marks: Sequence[Mark], lines: int) -> set[Key]:
    counts = Counter(mark.key for mark in marks)
    if len(counts) < 2 or max(counts.values()) < 2 or len(marks) < 0.4 * lines or len(counts) > 0.7 * len(marks):
        return set()
    return set(counts)


def _dots(marks: Sequence[Mark]) -> set[Key]:
    keys = {mark.key for mark in marks if mark.style is Style.DOT}
    return keys if len(keys) == 2 else set()
