"""English sentences as words with the part each plays.

Closed classes go by list, the rest by what stands around, in the manner of Brill (1992), "A simple rule-based part of
speech tagger", but with rules written by hand: they need no training text, and only the questions "where are the
verbs?" and "where do noun phrases end?" must come out right.
"""

from __future__ import annotations

from journey.engines.local.context import Context
from journey.engines.local.lexicon import forms
from journey.engines.local.open_words import open_word
from journey.engines.local.small_words import small_word
from journey.engines.local.tokens import AUXILIARIES, Tag, Token, closed, cut, lowered


def read(text: str) -> list[Token]:
    """Return the tagged tokens of one sentence.

    >>> [str(token.tag) for token in read("The sales department reports the order.")]
    ['det', 'noun', 'noun', 'verb', 'det', 'noun', 'point']
    >>> [token.text for token in read("They couldn't check orders.") if token.tag is Tag.VERB]
    ['check']
    """
    pieces = cut(text)
    context = Context([lowered(word) for word, _, _ in pieces], [word for word, _, _ in pieces])
    for index in range(len(pieces)):
        context.given.append(_tag(context, index))
    return [
        Token(word, start, end, tag, forms(lowered(word)) if tag is Tag.VERB or tag in AUXILIARIES else frozenset())
        for (word, start, end), tag in zip(pieces, context.given, strict=True)
    ]


def _tag(context: Context, i: int) -> Tag:
    word = context.words[i]
    if not word[0].isalnum() and word[0] not in "'’$€£":
        return Tag.CONJUNCTION if word == "&" else Tag.POINT
    if word[-1].isdigit():
        return Tag.NUMBER
    return small_word(context, i) or (None if _is_code(context, i) else closed(word)) or open_word(context, i)


def _is_code(context: Context, i: int) -> bool:
    """Whether a closed-class spelling is a code such as "IT" or "US"."""
    shouted = all(word.isupper() for word in context.spelt if len(word) > 1)
    return len(context.words[i]) > 1 and context.spelt[i].isupper() and not shouted
