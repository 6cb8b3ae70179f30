"""What a journey is called for which its source says no title: the source's own name, as people write one."""

from __future__ import annotations

import re

from journey.model import Source

UNNAMED = "Journey"

_ENDING = re.compile(r"(?<=.)\.[A-Za-z][A-Za-z0-9]{0,4}$")


def name_as_title(source: Source) -> str:
    """Return the name of a source without its ending, its words parted by spaces.

    >>> from journey.sources import read
    >>> [name_as_title(read(name, b"Anna: I paid.")) for name in ("call_with Anna.txt", "Interview 3.2", "_.md")]
    ['call with Anna', 'Interview 3.2', 'Journey']
    """
    return " ".join(_ENDING.sub("", source.name).replace("_", " ").split()) or UNNAMED
