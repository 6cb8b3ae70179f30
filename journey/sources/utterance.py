"""What every parser yields: who said what, and when; free of anything that belongs to a file format."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Utterance:
    """Words in one breath of the file: a turn, a paragraph, a caption."""

    text: str
    speaker: str | None = None
    time: float | None = None
    """Seconds from the start of the recording."""
    said: bool = True
    """False for headings and notes about the recording: kept in the text, never evidence."""


SENTENCE_END = re.compile(r"[.!?…。！？؟]['\"”’»)\]]*$")
"""Matches at the end of words that end a sentence, closing quotation marks and brackets included."""

_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Thai, Lao, Burmese, Khmer, kana and Han."""
_SPACES = re.compile(r"[ \t]+")


def count_words(text: str) -> int:
    """Return about how many words there are; two characters make one in scripts that put no spaces between words.

    >>> count_words("I went home."), count_words("昨日はどうでしたか")
    (3, 5)
    """
    spaced = len(text.split())
    return spaced if text.isascii() else spaced + len(_UNSPACED.findall(text)) // 2


def even_lines(text: str) -> str:
    r"""Return the text with every line break as `\n` and without what no file can hold or no screen can show.

    >>> even_lines("one\r\ntwo\rthree\u2028four\x00")
    'one\ntwo\nthree\nfour'
    """
    return _UNPRINTABLE.sub("", _LINE_BREAK.sub("\n", text))


def join_lines(lines: list[str]) -> str:
    """Return the words of several lines on one, without doubled spaces.

    >>> join_lines(["  wrapped ", "", "over  lines"])
    'wrapped over lines'
    """
    return " ".join(stripped for line in lines if (stripped := _SPACES.sub(" ", line).strip()))
