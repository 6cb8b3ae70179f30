"""What XML and the office formats need: only characters that they can hold, and bytes that depend on nothing else."""

from __future__ import annotations

import io
import re
import zipfile

_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufddf\ufffe\uffff]")
_STAMP = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def xml_text(text: str) -> str:
    r"""Return text without the characters that XML 1.0 cannot hold.

    >>> xml_text("a\x00b\ufffe")
    'ab'
    """
    return _UNSAFE.sub("", text)


def without_times(package: bytes) -> bytes:
    """Return an office file without the times at which it was written: the same journey gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(b"", content)
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()
