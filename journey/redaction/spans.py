"""Which ranges of a text are replaced by what, and the offsets of one text in the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from journey.redaction.patterns import Finder, Kind, Secret

Span = tuple[int, int]


@dataclass(frozen=True)
class Replaced:
    """A range of the original text, and the range of the pseudonym that stands for it in the redacted text."""

    kind: Kind
    pseudonym: str
    original: Span
    redacted: Span


def secrets_in(
    text: str,
    finders: Sequence[Finder],
    borders: Iterable[int] = (),
    *,
    check: Callable[[], None] = lambda: None,
) -> list[Secret]:
    """Find everything to hide, in order and without overlap, none reaching over a border.

    What one finder has found is a border to all others, and all look again until nothing is left: what is hidden
    could otherwise lay bare what stood beside it.

    Args:
        check: called before every stretch between borders; may raise to stop.
    """
    cuts = sorted({0, len(text), *borders})
    left: list[Span] = list(pairwise(cuts))
    found: list[Secret] = []
    before = -1
    while len(found) != before:
        before = len(found)
        for finder in finders:
            hits: list[Secret] = []
            for start, end in left:
                check()
                hits += _shifted(finder(text[start:end]), start)
            left = list(_without(left, hits))
            found += hits
    return sorted(found, key=attrgetter("start"))


def _shifted(hits: Iterable[Secret], by: int) -> Iterator[Secret]:
    for hit in hits:
        yield Secret(hit.kind, hit.start + by, hit.end + by, hit.key)


def _without(spans: Iterable[Span], hits: Sequence[Secret]) -> Iterator[Span]:
    starts = [hit.start for hit in hits]
    for start, end in spans:
        for hit in hits[bisect_left(starts, start) : bisect_left(starts, end)]:
            if start < hit.start:
                yield start, hit.start
            start = hit.end
        if start < end:
            yield start, end


_Side = Callable[[Replaced], Span]
_ORIGINAL: _Side = attrgetter("original")
_REDACTED: _Side = attrgetter("redacted")


@dataclass(frozen=True)
class OffsetMap:
    """Leads from offsets in a redacted text to those in the original, and back; pieces stand in order."""

    pieces: tuple[Replaced, ...] = ()

    def to_original(self, start: int, end: int) -> Span:
        """Return the range of the original that a range of the redacted text stands for; a pseudonym counts whole.

        >>> OffsetMap((Replaced(Kind.PERSON, "Person_A", (3, 7), (3, 11)),)).to_original(0, 5)
        (0, 7)
        """
        return self._moved(start, end, _REDACTED, _ORIGINAL)

    def to_redacted(self, start: int, end: int) -> Span:
        """Return the range of the redacted text that stands for a range of the original."""
        return self._moved(start, end, _ORIGINAL, _REDACTED)

    def _moved(self, start: int, end: int, here: _Side, there: _Side) -> Span:
        first = bisect_right(self.pieces, start, key=lambda piece: here(piece)[0]) - 1
        last = bisect_left(self.pieces, end, key=lambda piece: here(piece)[0]) - 1
        begins = _offset(start, here(self.pieces[first]), there(self.pieces[first]))[0] if first >= 0 else start
        ends = _offset(end, here(self.pieces[last]), there(self.pieces[last]))[1] if last >= 0 else end
        return begins, max(begins, ends)


def _offset(at: int, here: Span, there: Span) -> Span:
    """Return where an offset behind the beginning of a piece may lie: all of the piece inside it, else one place."""
    if at < here[1]:
        return there
    return there[1] + at - here[1], there[1] + at - here[1]
