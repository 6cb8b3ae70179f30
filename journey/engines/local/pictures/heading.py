"""What stands around a map: its title, whose journey it is, the scenario, the goal and the expectations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journey.engines.local.pictures.axes import shared
from journey.engines.local.pictures.entries import Entry
from journey.engines.local.pictures.lane_titles import Heading, heading_of, is_attribute, is_placeholder
from journey.engines.local.pictures.persona import find_person, lines_of
from journey.engines.local.pictures.sheet import BULLET, Piece
from journey.model import Actor, Item, Origin

LABEL = re.compile(r"(?:(?<=^)|(?<=[.;,\w)]\s))([^\W\d_][\w'’-]*(?: [\w'’-]+){0,2}) ?:\s")
"""A label of up to three words with its colon, at the beginning or after another text."""
LEAST_TITLE = 6
"""Letters of a title of one word; shorter ones are mostly pieces of a logo."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a map, as far as it was found."""

    title: str | None = None
    actor: Actor | None = None
    scenario: str | None = None
    goal: str | None = None
    expectations: tuple[Item, ...] = ()


def read_surroundings(aside: Sequence[Piece], *, top: float) -> Surroundings:
    """Read what stands outside the cells.

    Args:
        top: where the grid begins, in pixels; the title stands above.
    """
    said = dict[Heading, list[Entry]]()
    for heading, entry in _labelled(aside):
        said.setdefault(heading, []).append(entry)
    expected = said.get("expectations", ())
    title = _title(aside, top)
    return Surroundings(
        title=title.text if title is not None else None,
        actor=_actor(aside, said, title),
        scenario=_first(said, "scenario"),
        goal=_first(said, "goal"),
        expectations=tuple(
            Item(id=f"expectation{number}", text=entry.text, origin=Origin.QUOTED, evidence=entry.evidence)
            for number, entry in enumerate(expected, start=1)
        ),
    )


def _first(said: dict[Heading, list[Entry]], heading: Heading) -> str | None:
    return said[heading][0].text if said.get(heading) else None


def _labelled(aside: Sequence[Piece]) -> Iterator[tuple[Heading, Entry]]:
    """Yield what follows a label, after its colon or in the next piece below it."""
    for piece in aside:
        hits = [(hit, _begin(hit)) for hit in LABEL.finditer(piece.text)]
        ends = [begin for _, begin in hits[1:]] + [len(piece.text)]
        for (hit, begin), end in zip(hits, ends, strict=False):
            heading = heading_of(piece.text[begin : hit.end(1)])
            part = piece.cut(hit.end(), end)
            if heading is not None and part.text and not is_placeholder(part.text):
                yield heading, Entry((part,))
        alone = heading_of(piece.text.rstrip(": ")) if not hits else None
        below = _below(piece, aside) if alone is not None else []
        if alone is not None and below:
            yield alone, Entry(tuple(below))


def _begin(hit: re.Match[str]) -> int:
    """Return where a label of several words begins: after another text its last words alone may be the label."""
    if hit.start() == 0:
        return 0
    words = list(re.finditer(r"\S+", hit[1]))
    known = [word.start() for word in words if _is_known_label(hit[1][word.start() :])]
    return hit.start(1) + (known[0] if known else 0)


def _is_known_label(words: str) -> bool:
    return heading_of(words) is not None or is_attribute(f"{words}: ")


def _below(label: Piece, aside: Sequence[Piece]) -> list[Piece]:
    """Return the piece that a label alone on its line introduces: the next one under it, or beside it."""
    line = label.rect.height
    for piece in aside:
        if piece is label or heading_of(piece.text.rstrip(": ")) is not None or is_placeholder(piece.text):
            continue
        under = -0.3 * line < piece.rect.top - label.rect.bottom < 1.2 * line
        beside = shared((piece.rect.top, piece.rect.bottom), (label.rect.top, label.rect.bottom)) > 0.5 * line
        near = 0 <= piece.rect.left - label.rect.right < 3 * line
        if (under and abs(piece.rect.left - label.rect.left) < 2 * line) or (beside and near):
            hit = BULLET.match(piece.text)
            return [piece.cut(hit.end() if hit else 0, len(piece.text))]
    return []


def _title(aside: Sequence[Piece], top: float) -> Piece | None:
    """Return the tallest writing above the grid that can be a title."""
    above = [
        piece for piece in aside if piece.rect.bottom <= top + 0.5 * piece.rect.height and _can_be_title(piece.text)
    ]
    return max(above, key=lambda piece: piece.rect.height / lines_of(piece), default=None)


def _can_be_title(text: str) -> bool:
    words = text.split()
    letters = sum(char.isalpha() for char in text)
    return (len(words) > 1 or letters >= LEAST_TITLE) and len(words) <= 16 and not is_labelled(text)


def _actor(aside: Sequence[Piece], said: dict[Heading, list[Entry]], title: Piece | None) -> Actor | None:
    """Return whose journey it is: who a label names, or who a panel about a person begins with."""
    role = _first(said, "role")
    if said.get("persona"):
        words = said["persona"][0].text
        name, _, rest = words.partition(",")
        return Actor(name=name.strip(), role=role or rest.strip() or None) if len(name.split()) <= 8 else None
    labels = [piece for piece in aside if is_label(piece.text)]
    return find_person([piece for piece in aside if piece is not title], labels, role)


def is_label(text: str) -> bool:
    """Whether a text is or begins with a label of what stands around a map.

    >>> is_label("Scenario"), is_label("Persona: Ann, baker"), is_label("Purchase")
    (True, True, False)
    """
    return is_labelled(text) or heading_of(text.rstrip(": ")) is not None


def is_labelled(text: str) -> bool:
    """Whether a text has a label with a colon that says what follows ("Persona: Ann")."""
    return any(heading_of(hit[1]) is not None for hit in LABEL.finditer(text))
