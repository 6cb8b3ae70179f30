"""Words as a web page shows them."""

from __future__ import annotations

from html import escape

from journey.exports.measuring import settled
from journey.exports.office import xml_text

AUTO = ' dir="auto"'
"""Lets a browser find the direction of words in any script."""


def words(text: str) -> str:
    r"""Return text as words of a page, whatever stands in it.

    >>> words("a < b\x00")
    'a &lt; b'
    """
    return escape(xml_text(settled(text)))
