"""Cut numbered turns into chunks that a model reads well: its attention fades long before its context is full."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from journey.engines.llm.prompt import Turn

LEAST_HALVED = 400
"""Tokens below which a chunk is not halved."""
_LINE_TOKENS = 8
"""Tokens of a turn's number, speaker and role."""
_SENTENCE = re.compile(r"[^.!?]*[.!?]*\s*")


@dataclass(frozen=True)
class Chunk:
    """Turns to be analysed, and the turns before them that are there to be understood by."""

    core: tuple[Turn, ...]
    context: tuple[Turn, ...] = ()

    def halves(self) -> tuple[Chunk, ...]:
        """Return two smaller chunks, or nothing for one so small that its size cannot be what is wrong."""
        size = sum(tokens_of(turn) for turn in self.core)
        if size < LEAST_HALVED:
            return ()
        turns = self.core if len(self.core) > 1 else tuple(_pieces(self.core[0], size // 2 + 1))
        middle = len(turns) // 2
        return Chunk(turns[:middle], self.context), Chunk(turns[middle:], turns[:middle][-1:])


def estimated_tokens(text: str) -> int:
    """Estimate the tokens of a text from above: a token is about four bytes of most languages' text.

    >>> estimated_tokens("I called the hotline twice.")
    9
    """
    return len(text.encode()) // 3


def tokens_of(turn: Turn) -> int:
    """Estimate the tokens of a turn as it is sent."""
    return estimated_tokens(turn.words) + _LINE_TOKENS


def cut(turns: Sequence[Turn], *, core: int, context: int) -> list[Chunk]:
    """Cut turns into chunks of about equal size on the borders of turns and sources.

    Every turn is in the core of exactly one chunk; only a turn longer than a core is itself cut, between sentences
    where it has some, and its pieces keep its number.

    Args:
        core: tokens that a chunk's own turns may have.
        context: tokens of turns before them, of the same source, to repeat.
    """
    chunks: list[Chunk] = []
    for group in _by_source(turns):
        pieces = [piece for turn in group for piece in _pieces(turn, core)]
        before = 0
        for part in _evenly(pieces, core):
            chunks.append(Chunk(tuple(part), tuple(_last(pieces[:before], context))))
            before += len(part)
    return chunks


def _by_source(turns: Sequence[Turn]) -> Iterator[list[Turn]]:
    for source_id in dict.fromkeys(turn.source.id for turn in turns):
        yield [turn for turn in turns if turn.source.id == source_id]


def _evenly(pieces: Sequence[Turn], core: int) -> Iterator[list[Turn]]:
    """Yield runs of pieces near the size that makes all runs alike, none over `core` unless one piece is."""
    total = sum(tokens_of(piece) for piece in pieces)
    aim = total / -(-total // core) if total else core
    part: list[Turn] = []
    size = 0
    for piece in pieces:
        more = tokens_of(piece)
        if part and (size + more > core or size + more / 2 > aim):
            yield part
            part, size = [], 0
        part.append(piece)
        size += more
    if part:
        yield part


def _last(pieces: Sequence[Turn], tokens: int) -> list[Turn]:
    kept: list[Turn] = []
    for piece in reversed(pieces):
        tokens -= tokens_of(piece)
        if tokens < 0:
            break
        kept.insert(0, piece)
    return kept


def _pieces(turn: Turn, limit: int) -> Iterator[Turn]:
    """Yield a turn whole when it is within the limit, else in parts."""
    if tokens_of(turn) <= limit:
        yield turn
        return
    room = max(limit - _LINE_TOKENS, 1) * 3
    part = ""
    for sentence in _short_sentences(turn.words, room):
        if part and len((part + sentence).encode()) > room:
            yield replace(turn, part=part)
            part = ""
        part += sentence
    yield replace(turn, part=part)


def _short_sentences(text: str, room: int) -> Iterator[str]:
    """Yield sentences, cutting between words those that are longer than the room in bytes."""
    for sentence in _SENTENCE.findall(text):
        if len(sentence.encode()) <= room:
            yield sentence
        else:
            yield from re.findall(
                rf".{{1,{max(room // 4, 1)}}}(?:\s+|$)|.{{1,{max(room // 4, 1)}}}", sentence, re.DOTALL
            )
