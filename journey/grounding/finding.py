"""Locate a quote in a source: exactly, folded, over the end of a turn, in parts, or nearly, in that order.

What is returned is always a slice of the source, never the words of whoever quoted. Every way keeps words whole, and
no way leaves out or changes a negation, a modal word or a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from journey.grounding.amounts import amounts
from journey.grounding.folding import fold
from journey.grounding.index import Index, index_of
from journey.grounding.nearness import near_span
from journey.grounding.words import reverses, tokens
from journey.model import Evidence, Source

_ELLIPSIS = re.compile(r"\s*[\[(]?\s*(?:…|\.\s?\.(?:\s?\.)*)\s*[\])]?\s*")
_EDGES = "\"'.,;:!-()[]* "
_LEAST_PART = 2
"""Words in each part of a stitched quote: single words picked from here and there prove nothing."""

Span = tuple[int, int]


def locate(quote: str, source: Source, *, near: str | None = None) -> tuple[Evidence, ...]:
    """Return the slices of a source that a quote stands in, or () when it does not stand there.

    A quote that runs on into the next turn, or that leaves words out with an ellipsis, becomes several pieces in the
    order of the source. Words of an interviewer are never found.

    Args:
        near: the passage cited for the quote. It decides between several places, and only around it may a quote
            deviate by a few letters.
    """
    index = index_of(source)
    wanted = fold(quote).text
    if not index.passages or not tokens(wanted):
        return ()
    rank = index.rank_of.get(near) if near is not None else None
    for words in dict.fromkeys((wanted, wanted.strip(_EDGES))):
        spans = _whole(index, words, quote, rank) or _flowing(index, words, rank)
        if spans:
            return _evidence(index, spans, quote)
    if spans := _stitched(index, quote, rank):
        return _evidence(index, spans, quote)
    if rank is not None and (found := near_span(index, wanted.strip(_EDGES), rank)):
        return _evidence(index, [found], quote, match="near")
    return ()


def numbers_stand(claim: str, evidence: Iterable[Evidence]) -> bool:
    """Tell whether every number in a claim, in digits or in words, also stands in its quotes.

    A wording in other words is the claimant's right; another number is another claim.
    """
    quoted = {number for piece in evidence for number in amounts(piece.quote)}
    return amounts(claim) <= quoted


def _evidence(
    index: Index, spans: Iterable[Span], quote: str, *, match: Literal["near"] | None = None
) -> tuple[Evidence, ...]:
    pieces = []
    for start, end in spans:
        passage = index.passages[index.number_at(start)]
        first, last = index.span(start, end)
        words = index.source.text[first:last]
        pieces.append(
            Evidence(
                source=index.source.id,
                passage=passage.id,
                start=first,
                end=last,
                quote=words,
                match=match or ("exact" if words in quote else "normalised"),
            )
        )
    return tuple(pieces)


def _whole(index: Index, wanted: str, quote: str, rank: int | None) -> list[Span]:
    """Find the words inside one passage: in the cited one, else the nearest to it, else as written, else the first."""
    if rank is not None and (cited := index.hit_in(wanted, rank)) is not None:
        return [(cited, cited + len(wanted))]
    hits = index.hits(wanted)
    if rank is None:
        best = next(_as_written_first(index, hits, len(wanted), quote), None)
    else:
        best = min(hits, key=lambda at: _distance(index, at, rank), default=None)
    return [] if best is None else [(best, best + len(wanted))]


def _as_written_first(index: Index, hits: Iterator[int], length: int, quote: str) -> Iterator[int]:
    folded_only = []
    for at in hits:
        first, last = index.span(at, at + length)
        if index.source.text[first:last] in quote:
            yield at
        else:
            folded_only.append(at)
    yield from folded_only


def _distance(index: Index, at: int, rank: int | None) -> int:
    return abs(index.ranks[index.number_at(at)] - rank) if rank is not None else 0


def _flowing(index: Index, wanted: str, rank: int | None) -> list[Span]:
    """Find the words running on over the end of a turn, and cut them there."""
    best = min(index.flowing_hits(wanted), key=lambda at: _distance(index, at, rank), default=None)
    if best is None:
        return []
    last = best + len(wanted)
    numbers = range(index.number_at(best), index.number_at(last - 1) + 1)
    return [(max(best, index.starts[n]), min(last, index.end(n))) for n in numbers]


def _stitched(index: Index, quote: str, rank: int | None) -> list[Span]:
    """Find the parts around ellipses in order, each in the passage of the one before or in the next passage."""
    parts = [part for text in _ELLIPSIS.split(quote) if (part := fold(text).text.strip(_EDGES))]
    if len(parts) < 2 or any(len(tokens(part)) < _LEAST_PART for part in parts):
        return []
    for at in sorted(index.hits(parts[0]), key=lambda at: _distance(index, at, rank)):
        if chain := _chain(index, parts, at):
            return chain
    return []


def _chain(index: Index, parts: list[str], at: int) -> list[Span]:
    spans = [(at, at + len(parts[0]))]
    for part in parts[1:]:
        end = spans[-1][1]
        number = index.number_at(end - 1)
        reach = index.end(min(number + 1, len(index.passages) - 1))
        after = next(index.hits(part, end, reach), None)
        if after is None or (after < index.end(number) and reverses(index.text[end:after])):
            return []
        spans.append((after, after + len(part)))
    return spans
