"""Find journeys by the words of their titles, steps, cards and quotes.

The index is derived from the kept journeys and may be deleted at any time: what is missing in it is read anew. The
words are held as they are and searched as substrings, because word boundaries say nothing in Chinese or Japanese and
half a word is what people type; SQLite goes through some 100 MB of them in a second.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from pydantic import JsonValue

from journey.jobs.disk import translated

SHOWN = frozenset({"title", "name", "text", "quote", "label", "scenario", "goal"})
"""The keys of a kept journey whose strings are shown on its map."""

BUSY = 10.0
"""Seconds to wait for another process that is writing."""

BATCH = 500
"""Journeys added between two commits, so that a search that is broken off was not for nothing."""

Read = Callable[[str], bytes]


class WordIndex:
    """The words of every kept journey, under the journey's digest; one may serve many threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "words.sqlite"

    def find(self, words: Sequence[str], *, among: Collection[str], read: Read) -> dict[str, frozenset[str]]:
        """Return for each word the digests of the journeys that hold it, in any case.

        Args:
            among: the digests of all journeys there are; others are forgotten.
            read: returns the bytes kept under a digest.

        Raises:
            StoreError: the disk does not allow it.
        """
        try:
            return self._find(words, among, read=read)
        except (OSError, sqlite3.OperationalError) as exc:  # busy, or no room: the index is not to blame
            raise translated(exc, self._folder) from exc
        except sqlite3.DatabaseError:  # damaged, and worth nothing by itself
            self._path.unlink(missing_ok=True)
            return self._find(words, among, read=read)

    def _find(self, words: Sequence[str], among: Collection[str], *, read: Read) -> dict[str, frozenset[str]]:
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=BUSY)) as index:
            index.execute("CREATE TABLE IF NOT EXISTS words (digest TEXT PRIMARY KEY, held TEXT NOT NULL)")
            _bring_up_to_date(index, among, read=read)
            return {word: frozenset(_holding(index, word.casefold())) for word in words}


def _bring_up_to_date(index: sqlite3.Connection, among: Collection[str], *, read: Read) -> None:
    known = {digest for (digest,) in index.execute("SELECT digest FROM words")}
    wanted = frozenset(among)
    index.executemany("DELETE FROM words WHERE digest = ?", [(digest,) for digest in known - wanted])
    for number, digest in enumerate(wanted - known, start=1):
        index.execute("INSERT OR IGNORE INTO words VALUES (?, ?)", (digest, _held(read(digest))))
        if number % BATCH == 0:
            index.commit()
    index.commit()


def _holding(index: sqlite3.Connection, word: str) -> Iterator[str]:
    yield from (digest for (digest,) in index.execute("SELECT digest FROM words WHERE instr(held, ?)", (word,)))


def _held(kept: bytes) -> str:
    """The shown words of a kept journey; the transcripts themselves are left out, or every search would find them."""
    journey = json.loads(kept)
    journey.pop("sources", None)
    return "\n".join(dict.fromkeys(_shown(journey))).casefold()


def _shown(node: JsonValue, key: str = "") -> Iterable[str]:
    if isinstance(node, str):
        return [node] if key in SHOWN else []
    if isinstance(node, dict):
        return [words for name, inner in node.items() for words in _shown(inner, name)]
    if isinstance(node, list):
        return [words for inner in node for words in _shown(inner, key)]
    return []
