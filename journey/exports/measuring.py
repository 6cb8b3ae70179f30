"""How wide words are when drawn, and where lines break: for pictures and slides, which do not flow text by themselves.

Widths are added up character by character (no kerning, no ligatures), which is never less than what is drawn by more
than a hair; scripts that other fonts are used for are taken as wide as their widest usual letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
FONT_FILES = sorted(FONTS.glob("*.ttf"), key=lambda path: ("Bold" in path.name, path.name))
"""Regular ones first: a painter takes the first that has a character."""

LINE_HEIGHT = 1.3
"""Of a line, in sizes of its type."""

_SHORT = 3
"""Characters, a hyphen included, that do not stand alone at the end of a line."""

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")

_EM = 100
"""Size at which characters are measured."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of text on one line, in the unit of the size.

    >>> width("iii", 10) < width("WWW", 10) < width("漢字漢", 10)
    True
    """
    return sum(_advance(character, bold) for character in text) * size / _EM


@lru_cache(maxsize=4096)
def wrap(text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    r"""Break text into lines that fit the room, a word that is longer than a line too.

    The white space at which a line was broken stays at its end: together the lines are the text.

    >>> wrap("to the bank", 40, 10)
    ('to the ', 'bank')
    >>> wrap("", 30, 10)
    ()
    """
    return tuple(line for part in text.splitlines(keepends=True) for line in _wrap_line(part, room, size, bold))


def cut(lines: tuple[str, ...], most: int) -> tuple[str, ...]:
    """Return at most so many lines, the last one ending in an ellipsis when something was left out."""
    if len(lines) <= most:
        return lines
    kept = lines[: max(most, 1)]
    return (*kept[:-1], f"{kept[-1].rstrip()[:-1].rstrip()}…")


def settled(text: str) -> str:
    r"""Return text without the marks that turn the direction of whatever follows (UAX 9, 2.1 to 2.4).

    >>> settled("\u202eabc\u2066d")
    'abcd'
    """
    return _TURNS.sub("", text)


def is_rtl(text: str) -> bool:
    """Tell whether text is read from right to left: by its first letter with a direction (UAX 9, P2 and P3).

    >>> is_rtl("12 مرحبا"), is_rtl("to مرحبا")
    (True, False)
    """
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((kind in {"R", "AL"} for kind in strong if kind in {"L", "R", "AL"}), False)


def _wrap_line(text: str, room: float, size: float, bold: bool) -> list[str]:
    lines, line, used = [], "", 0.0
    for piece in _pieces(text, room, size, bold):
        wide = width(piece, size, bold=bold)
        if line and used + width(piece.rstrip(), size, bold=bold) > room:
            lines.append(line)
            line, used = "", 0.0
        if line or piece.strip():
            line, used = line + piece, used + wide
    return [*lines, line] if line.strip() else lines


def _pieces(text: str, room: float, size: float, bold: bool) -> Iterator[str]:
    """Yield words with the space after them; ideographs one by one, and too long words in parts."""
    for word in re.findall(r"\S+\s*|^\s+", text):
        for part in _breakable(word):
            if width(part.rstrip(), size, bold=bold) <= room:
                yield part
            else:
                yield from _chopped(part, room, size, bold)


def _breakable(word: str) -> Iterator[str]:
    """Yield a word in the parts between which a line may end: around every wide character, and after a hyphen.

    >>> list(_breakable("Kfz-Haftpflicht")), list(_breakable("E-Mail"))
    (['Kfz-', 'Haftpflicht'], ['E-Mail'])
    """
    part = ""
    for character in word:
        is_after_wide = part and (_is_wide(character) or _is_wide(part[-1])) and not _clings(character)
        if is_after_wide or (len(part) > _SHORT and part[-1] in "-/" and character.isalpha()):
            yield part
            part = ""
        part += character
    yield part


def _clings(character: str) -> bool:
    """Whether a character must not begin a line: white space, marks, and closing punctuation."""
    return character.isspace() or unicodedata.category(character) in {"Mn", "Me", "Mc", "Pe", "Pf", "Po", "Cf"}


def _chopped(word: str, room: float, size: float, bold: bool) -> Iterator[str]:
    part, used = "", 0.0
    for character in word:
        wide = width(character, size, bold=bold)
        if part and used + wide > room and not _clings(character):
            yield part
            part, used = "", 0.0
        part, used = part + character, used + wide
    yield part


@cache
def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}


@cache
def _advance(character: str, bold: bool) -> float:
    """Return how far a character moves the pen at a size of `_EM`."""
    if unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc"} and character != "\t":
        return 0.0
    if _is_wide(character):
        return _EM * (1.3 if ord(character) > 0xFFFF else 1.0)
    if ord(character) < 0x590 or 0x1E00 <= ord(character) < 0x2070:
        return _font(bold).getlength(character)
    return _EM * 0.75


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    name = "NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf"
    return ImageFont.truetype(str(FONTS / name), _EM, layout_engine=ImageFont.Layout.BASIC)
