"""Names of files that every system takes."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60
"""Characters of a name without its ending; and with accents and ideographs still under 255 bytes."""

_SEPARATING = re.compile(r"[^\w.-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
"""What Windows takes for a device, whatever its ending."""


def file_name(title: str, suffix: str) -> str:
    """Return a name for a file that any system takes, as near to the title as can be.

    >>> file_name("../Müller: moving?", ".md"), file_name("CON", ".md"), file_name("?", ".md")
    ('Müller-moving.md', 'journey-CON.md', 'journey.md')
    """
    plain = unicodedata.normalize("NFC", title)
    stem = _SEPARATING.sub("-", plain).strip(".-_ ")[:LONGEST].rstrip(".-_ ")
    if _RESERVED.match(stem):
        stem = f"journey-{stem}"
    return f"{stem or 'journey'}{suffix}"
