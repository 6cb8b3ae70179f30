"""The passages of a source that may be quoted, folded once and searched many times."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from journey.grounding.folding import fold
from journey.grounding.words import cuts_word
from journey.model import Passage, Role, Source

BORDER = "\n"
"""Stands between two folded passages; folding leaves no line break, so no quote matches across it by accident."""

_NOWHERE = 2**32 - 1


@dataclass(frozen=True)
class Index:
    """The folded passages that are not an interviewer's, one after the other.

    `flowing` is `text` with a space for each border: a quote that runs on over the end of a turn is found there.
    """

    source: Source
    passages: tuple[Passage, ...]
    ranks: tuple[int, ...]
    """The place of each passage among all passages of the source, interviewers included."""
    starts: tuple[int, ...]
    text: str
    flowing: str
    positions: array[int]
    rank_of: dict[str, int]
    """The place of every passage of the source, by its id."""

    def number_at(self, offset: int) -> int:
        """Return the number of the passage that holds this offset of the folded text."""
        return bisect_right(self.starts, offset) - 1

    def end(self, number: int) -> int:
        """Return where a passage ends in the folded text."""
        return self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)

    def folded(self, number: int) -> str:
        """Return the folded words of a passage."""
        return self.text[self.starts[number] : self.end(number)]

    def hits(self, wanted: str, start: int = 0, end: int | None = None) -> Iterator[int]:
        """Yield where these folded words stand whole, within a range; across turns where there is no other way."""
        return self._search(self.text, wanted, start, end)

    def hit_in(self, wanted: str, rank: int) -> int | None:
        """Return where these folded words first stand whole in the passage at a place of the source, if they do."""
        number = bisect_left(self.ranks, rank)
        if number == len(self.ranks) or self.ranks[number] != rank:
            return None
        return next(self.hits(wanted, self.starts[number], self.end(number)), None)

    def flowing_hits(self, wanted: str) -> Iterator[int]:
        """Yield where these folded words stand whole, running on over the ends of turns."""
        return self._search(self.flowing, wanted, 0, None)

    def _search(self, text: str, wanted: str, start: int, end: int | None) -> Iterator[int]:
        at = text.find(wanted, start, end)
        while at >= 0:
            if not self._is_inside(at) and not self._is_inside(at + len(wanted)):
                yield at
            at = text.find(wanted, at + 1, end)

    def _is_inside(self, at: int) -> bool:
        """Tell whether a border at this offset would cut a word, or one character of the original (ﬁ, ß, 각)."""
        if 0 < at < len(self.text) and self.positions[at - 1] == self.positions[at]:
            return True
        return cuts_word(self.text, at)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range in the source's text of a range of the folded text."""
        places = self.positions[start:end]
        return min(places), max(places) + 1


class _Identity:
    """A cache key that compares sources by identity: hashing a long one costs more than finding a quote in it."""

    __slots__ = ("source",)

    def __init__(self, source: Source) -> None:
        self.source = source

    def __hash__(self) -> int:
        return id(self.source)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and self.source is other.source


def index_of(source: Source) -> Index:
    """Return the index of a source, built at most once while it is in use."""
    return _built(_Identity(source))


@lru_cache(maxsize=8)
def _built(key: _Identity) -> Index:
    source = key.source
    kept = [(rank, passage) for rank, passage in enumerate(source.passages) if passage.role is not Role.INTERVIEWER]
    text: list[str] = []
    positions = array("I")
    starts: list[int] = []
    for _, passage in kept:
        folded = fold(source.slice(passage))
        if starts:
            positions.append(_NOWHERE)
        starts.append(len(positions))
        text.append(folded.text)
        positions.extend(at + passage.start for at in folded.positions)
    joined = BORDER.join(text)
    return Index(
        source=source,
        passages=tuple(passage for _, passage in kept),
        ranks=tuple(rank for rank, _ in kept),
        starts=tuple(starts),
        text=joined,
        flowing=joined.replace(BORDER, " "),
        positions=positions,
        rank_of={passage.id: rank for rank, passage in enumerate(source.passages)},
    )
