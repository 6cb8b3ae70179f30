"""Whether lines that stand close under each other are one paragraph or points of a list, by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DOTS = "•·∙◦▪●○■□▸►✓✔ "
_BULLET = re.compile(r"[•·∙◦▪●○■□▸►✓✔]\s*\S|[-–—*+>]\s*[\w\"'“”‘’]|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s")
_GOES_ON = re.compile(r"[,;:&+/(–—-]$")
_OPENING = "\"'“”‘’(¿¡"
_SENTENCE_CASE = 0.6
"""Share of the words inside lines that are in lower case where a capital says that a line begins anew."""

_SMALL_WORDS = frozenset(
    """
    a an the to of for with and or in on at by from as than that my your our their her his its is are be was not no
    der die das den dem des ein eine einen einem einer und oder mit für zu zum zur von vom im in am an auf bei aus
    el la los las un una unos de del y o con para por en al su sus que
    le les des du et ou avec pour à au aux sur dans son sa ses que qui
    het een van met voor op te bij naar uit
    os as um uma do da dos das e com em no na ao
    """.split()  # noqa: SIM905 - a table of words by language reads better than a list
)
"""Words after which a line cannot end a point."""


def first_of_points(lines: Sequence[str]) -> list[bool]:
    """Return for each line of a column whether it begins a point of its own.

    >>> first_of_points(["Searches the web", "Reads reviews", "Asks a friend"])
    [True, True, True]
    >>> first_of_points(["Looks for a chair on the", "Web and asks"])
    [True, False]
    >>> first_of_points(["• Calls the", "shop", "• Waits"])
    [True, False, True]
    >>> first_of_points(["• Opens the letter", "Reads the bill"])
    [True, True]
    """
    if any(_BULLET.match(line) for line in lines[1:]):
        return [number == 0 or bool(_BULLET.match(line)) for number, line in enumerate(lines)]
    if not _is_list(lines):
        return [number == 0 for number in range(len(lines))]
    return [number == 0 or not _leads_on(lines[number - 1]) for number in range(len(lines))]


def begins_with_capital(line: str) -> bool:
    """Whether a line begins as a sentence does; an English "I" does not tell.

    >>> begins_with_capital('"Where is it?"'), begins_with_capital("I'm late")
    (True, False)
    """
    words = line.lstrip(_OPENING + _DOTS)
    return words[:1].isupper() and not re.match(r"I\b", words)


def _is_list(lines: Sequence[str]) -> bool:
    """Whether every line begins with a capital although the words within are in lower case."""
    if len(lines) < 2 or not all(map(begins_with_capital, lines)):
        return False
    inside = [word for line in lines for word in line.split()[1:] if word[:1].isalpha()]
    return bool(inside) and sum(word[:1].islower() for word in inside) >= _SENTENCE_CASE * len(inside)


def _leads_on(line: str) -> bool:
    """Whether a line cannot be the end of a point: after a small word, or within a name, which has capitals."""
    _, space, last = line.rpartition(" ")
    return bool(_GOES_ON.search(line)) or last.casefold() in _SMALL_WORDS or (bool(space) and last[:1].isupper())
