"""Words inside quotation marks that a sentence uses as a thing: 'typed "human"', 'the "Return item" button'."""

from __future__ import annotations

from collections.abc import Sequence

from journey.engines.local.phrases import Span, phrase_end
from journey.engines.local.tokens import PASSED_OVER, Tag, Token

LONGEST = 5
"""Words of a quotation that names a thing; a longer one is speech."""
MARKS = '"“”„«»'
_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«"}
_LEADING = (Tag.DETERMINER, Tag.POSSESSIVE, Tag.ADJECTIVE, Tag.NUMBER)


def quotation(tokens: Sequence[Token], start: int) -> Span | None:
    """Return the short quotation that begins at `start`, adverbs passed over, its marks inside.

    >>> from journey.engines.local.grammar import read
    >>> quotation(read('I typed "human" twice'), 2), quotation(read("I typed it"), 2)
    ((2, 5), None)
    """
    while start < len(tokens) and tokens[start].tag in PASSED_OVER:
        start += 1
    closing = _CLOSING.get(tokens[start].text) if start < len(tokens) else None
    if closing is None:
        return None
    last = next((j for j in range(start + 2, min(start + LONGEST + 2, len(tokens))) if tokens[j].text in closing), None)
    return None if last is None else (start, last + 1)


def with_quotation(tokens: Sequence[Token], span: Span) -> Span:
    """Return a noun phrase with the quotation inside or behind it ("the | "Send" button")."""
    start, end = span
    quoted = quotation(tokens, end)
    if quoted is None or quoted[0] != end:
        return span
    if tokens[end - 1].tag in _LEADING:
        return start, phrase_end(tokens, quoted[1]) or _named_so(tokens, quoted[1])
    return start, quoted[1]


def _named_so(tokens: Sequence[Token], end: int) -> int:
    """A noun behind the quotation may look like a verb ('the "Send" | button')."""
    return end + (end < len(tokens) and tokens[end].tag is Tag.VERB and "base" in tokens[end].forms)
