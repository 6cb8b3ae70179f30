"""Times of a recording as transcripts write them."""

from __future__ import annotations

import re

CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
"""Pattern of `1:08`, `00:01:02`, `01:02.345` and `00:01:02,345`."""

_WHOLE = re.compile(r"\s*(\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,9})?)\s*")
"""Where nothing but a time can stand, `0:0:3.5` is one too."""


def seconds(clock: str) -> float | None:
    """Return the seconds from the start of the recording, or None when this is no time.

    >>> seconds("1:08")
    68.0
    >>> seconds("00:01:02,500")
    62.5
    >>> seconds("00:00:1d.890") is None
    True
    """
    match = _WHOLE.fullmatch(clock)
    if match is None:
        return None
    total = 0.0
    for part in match[1].replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)
