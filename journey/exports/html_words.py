"""Words as a web page shows them."""

from __future__ import annotations

from html import escape

from journey.exports.measuring import settled
from journey.exports.office import xml_text

AUTO = ' dir="auto"'
"""Lets a browser find the direction of words in any script."""


def in_language(language: str | None) -> str:
    """Return the attributes of words in their own direction and, where it is known, of their own language.

    >>> in_language("ar"), in_language(None)
    (' dir="auto" lang="ar"', ' dir="auto"')
    """
    return f'{AUTO} lang="{escape(language)}"' if language else AUTO


def words(text: str) -> str:
    r"""Return text as words of a page, whatever stands in it.

    >>> words("a < b\x00")
    'a &lt; b'
    """
    return escape(xml_text(settled(text)))
