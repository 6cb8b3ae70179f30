"""The person a panel beside a map is about: the name that facts, a quotation or the scenario stand below."""

from __future__ import annotations

from collections.abc import Sequence

from journey.engines.local.pictures.axes import shared
from journey.engines.local.pictures.lane_titles import is_attribute, is_map_word
from journey.engines.local.pictures.sheet import BULLET, Piece, around
from journey.model import Actor
from journey.sources.geometry import Rect

MOST_NAME = 4
"""Words of a persona's name."""
LEAST_FACTS = 2
"""Facts about a person that make a panel."""
NEAR = 5.0
"""Line heights from a name to what is said of the person."""
_PARTICLES = frozenset({"de", "la", "le", "du", "da", "dos", "van", "von", "den", "der", "del", "di", "el", "y", "e"})
_QUOTES = "\"“„«‚‘'"


def find_person(aside: Sequence[Piece], labels: Sequence[Piece], role: str | None) -> Actor | None:
    """Return who a panel is about; None where there is no panel, or no name in it.

    Args:
        aside: what stands outside the cells, without the title.
        labels: those that say what follows them, such as the scenario.
        role: what a label says the person is.
    """
    facts = [piece for piece in aside if is_attribute(BULLET.sub("", piece.text))]
    if len(facts) >= LEAST_FACTS:
        place = around([fact.rect for fact in facts])
        panel = sorted((piece for piece in aside if _stands_over(piece, place)), key=lambda piece: piece.rect.top)
        found = next((pair for piece in panel if (pair := _name_and_role(piece.text, lines_of(piece)))), None)
        if found is None:
            return None
        rest = [piece.text for piece in panel if ":" not in piece.text and len(piece.text.split()) < 8]
        below = rest[1] if len(rest) > 1 and rest[0].startswith(found[0]) else None
        return Actor(name=found[0], role=found[1] or below or role)
    said = [*facts, *labels, *(piece for piece in aside if piece.text[:1] in _QUOTES)]
    for piece in aside:
        named = _name_and_role(piece.text, lines_of(piece))
        if named is not None and " " in named[0] and any(_follows(piece, other) for other in said):
            return Actor(name=named[0], role=named[1] or role)
    return None


def lines_of(piece: Piece) -> int:
    """Return how many lines a block of this form must have, for letters are not four times as high as wide."""
    letter = piece.rect.width / max(1, len(piece.text))
    return max(1, round(float((piece.rect.height / max(1.0, letter) / 2.6) ** 0.5)))


def _stands_over(piece: Piece, place: Rect) -> bool:
    """Whether a piece stands above or beside the facts, in the same panel."""
    overlap = shared((piece.rect.left, piece.rect.right), (place.left, place.right))
    return overlap > 0.3 * min(piece.rect.width, place.width) and piece.rect.top < place.top


def _follows(name: Piece, other: Piece) -> bool:
    """Whether something is said right below a name."""
    room = other.rect.top - name.rect.bottom
    line = name.rect.height / lines_of(name)
    across = shared((name.rect.left, name.rect.right), (other.rect.left, other.rect.right))
    return other is not name and across > 0 and -0.3 * line < room < NEAR * line


def _name_and_role(text: str, lines: int) -> tuple[str, str | None] | None:
    """Return the name a text is, and what its second line says the person is; None where it is no name.

    >>> _name_and_role("Elena Prieto", 1), _name_and_role("Helen Frost Retired nurse, 63", 2)
    (('Elena Prieto', None), ('Helen Frost', 'Retired nurse, 63'))
    >>> _name_and_role("Customer Journey", 1), _name_and_role("Pays by card", 1)
    (None, None)
    """
    words = text.split()
    if lines < 2 or len(words) < 3:
        return (text, None) if _is_name(words) else None
    parts = [(words[:at], words[at:]) for at in range(1, MOST_NAME + 1) if words[at : at + 1]]
    parts = [(name, rest) for name, rest in parts if _is_name(name) and rest[0][:1].isupper()]
    if not parts:
        return None
    name, rest = min(parts, key=lambda part: abs(len(" ".join(part[0])) - len(" ".join(part[1]))))
    return " ".join(name), " ".join(rest)


def _is_name(words: Sequence[str]) -> bool:
    """Whether words can be a person's name: capitalised, and none of those that maps are made of."""
    letters = "".join(words).replace("-", "").replace("'", "").replace("’", "").replace(".", "")
    named = all(word[:1].isupper() or word in _PARTICLES for word in words)
    return 1 <= len(words) <= MOST_NAME and named and letters.isalpha() and not any(is_map_word(word) for word in words)
