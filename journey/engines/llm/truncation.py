"""Notice a server that cuts a long question and does not say so: it can be told from the tokens that it has read.

Ollama, for one, reads 4,096 tokens where nothing else was set, and answers as if it had read the whole question.
"""

from __future__ import annotations

_ROUND = 1024
"""Contexts are set in multiples of this."""
_BYTES_PER_TOKEN = 4.2
"""Of numbered English turns, as tokenizers in use read them; other languages have fewer."""


class Reach:
    """How much a server was found to read of a question."""

    def __init__(self) -> None:
        self.known: int | None = None
        """Tokens that it reads at most, where it was found to cut what is longer."""
        self._suspected: set[int] = set()

    def is_cut(self, read: int, text: str, *, size: int) -> bool:
        """Tell whether a server that says it has read so many tokens of a question has not read all of this text.

        A number of tokens that is the very size of a context may be chance: the text had better be asked about in
        halves, but only when it comes a second time is it taken for what the server reads at most.

        Args:
            size: bytes of the whole question, the text included.

        >>> told = "I waited for it. " * 1200
        >>> reach = Reach()
        >>> [reach.is_cut(read, told, size=len(told)) for read in (4321, 4096, 4096)], reach.known
        ([False, True, True], 4096)
        """
        if read and read < least_tokens(text):
            self._learn(read)
            return True
        if read < 2 * _ROUND or read % _ROUND or read * _BYTES_PER_TOKEN > size:
            return False
        if read in self._suspected:
            self._learn(read)
        self._suspected.add(read)
        return True

    def _learn(self, read: int) -> None:
        self.known = min(read, self.known or read)


def least_tokens(text: str) -> int:
    """Return fewer tokens than any tokenizer in use makes of a text.

    >>> least_tokens("I called the hotline, twice."), least_tokens("Я звонил дважды")
    (4, 2)
    """
    plain = sum(char.isascii() for char in text)
    return plain // 6 + (len(text.encode()) - plain) // 9
