"""Notice a server that cuts a long question and does not say so: it can be told from the tokens that it has read.

Ollama, for one, reads 4,096 tokens where nothing else was set, and answers as if it had read the whole question.
"""

from __future__ import annotations

from journey.engines.llm.chunks import estimated_tokens

_ROUND = 1024
"""Contexts are set in multiples of this."""
_OFF_BY = 1
"""Tokens by which a cut question may miss a context's size."""


def least_tokens(text: str) -> int:
    """Return fewer tokens than any tokenizer in use makes of a text.

    >>> least_tokens("I called the hotline, twice."), least_tokens("Я звонил дважды")
    (4, 2)
    """
    plain = sum(char.isascii() for char in text)
    return plain // 6 + (len(text.encode()) - plain) // 9


def is_cut(read: int, text: str) -> bool:
    """Tell whether a server that says it has read so many tokens cannot have read a text, or reached its own bound.

    A question that by chance has the very size of a context is halved for nothing, one in three hundred.

    >>> is_cut(4096, "I waited for it. " * 1200), is_cut(4321, "I waited for it. " * 1200), is_cut(0, "I waited")
    (True, False, False)
    """
    if not read:
        return False  # it does not say
    reaches = read >= 2 * _ROUND and (read + _OFF_BY) % _ROUND <= 2 * _OFF_BY
    return read < least_tokens(text) or (reaches and estimated_tokens(text) > read)
