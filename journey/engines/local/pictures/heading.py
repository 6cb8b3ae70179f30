"""What stands around a map: its title, whose journey it is, the scenario, the goal and the expectations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journey.engines.local.pictures.axes import shared
from journey.engines.local.pictures.entries import Entry
from journey.engines.local.pictures.lane_titles import Heading, heading_of, is_attribute, is_placeholder
from journey.engines.local.pictures.sheet import BULLET, Piece, around
from journey.model import Actor, Item, Origin
from journey.sources.geometry import Rect

LABEL = re.compile(r"(?:(?<=^)|(?<=[.;,\w)]\s))([^\W\d_][\w'’-]*(?: [\w'’-]+){0,2}) ?:\s")
"""A label of up to three words with its colon, at the beginning or after another text."""
MOST_NAME = 4
"""Words of a persona's name."""
LEAST_TITLE = 6
"""Letters of a title of one word; shorter ones are mostly pieces of a logo."""
LEAST_FACTS = 2
"""Facts about a person that make a panel."""


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
    return Surroundings(
        title=_title(aside, top),
        actor=_actor(aside, said),
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
        hits = list(LABEL.finditer(piece.text))
        ends = [hit.start() for hit in hits[1:]] + [len(piece.text)]
        for hit, end in zip(hits, ends, strict=False):
            heading = heading_of(hit[1])
            part = piece.cut(hit.end(), end)
            if heading is not None and part.text and not is_placeholder(part.text):
                yield heading, Entry((part,))
        alone = heading_of(piece.text.rstrip(": ")) if not hits else None
        below = _below(piece, aside) if alone is not None else []
        if alone is not None and below:
            yield alone, Entry(tuple(below))


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


def _title(aside: Sequence[Piece], top: float) -> str | None:
    """Return the tallest writing above the grid that can be a title."""
    above = [
        piece for piece in aside if piece.rect.bottom <= top + 0.5 * piece.rect.height and _can_be_title(piece.text)
    ]
    tallest = max(above, key=lambda piece: piece.rect.height / _lines(piece), default=None)
    return tallest.text if tallest is not None else None


def _lines(piece: Piece) -> int:
    """Return how many lines a block of this form must have, for letters are not four times as high as wide."""
    letter = piece.rect.width / max(1, len(piece.text))
    return max(1, round(float((piece.rect.height / max(1.0, letter) / 2.6) ** 0.5)))


def _can_be_title(text: str) -> bool:
    words = text.split()
    letters = sum(char.isalpha() for char in text)
    return (len(words) > 1 or letters >= LEAST_TITLE) and len(words) <= 16 and not _is_labelled(text)


def _is_labelled(text: str) -> bool:
    return any(heading_of(hit[1]) is not None for hit in LABEL.finditer(text))


def _actor(aside: Sequence[Piece], said: dict[Heading, list[Entry]]) -> Actor | None:
    """Return whose journey it is: who a label names, or who a panel with facts about a person begins with."""
    role = _first(said, "role")
    if said.get("persona"):
        words = said["persona"][0].text
        name, _, rest = words.partition(",")
        return Actor(name=name.strip(), role=role or rest.strip() or None) if len(name.split()) <= 8 else None
    facts = [piece for piece in aside if is_attribute(BULLET.sub("", piece.text))]
    if len(facts) < LEAST_FACTS:
        return None
    place = around([fact.rect for fact in facts])
    panel = sorted((piece for piece in aside if _stands_over(piece, place)), key=lambda piece: piece.rect.top)
    names = [piece for piece in panel if _is_name(piece.text)]
    if not names:
        return None
    after = panel[panel.index(names[0]) + 1 :]
    tells = next((piece.text for piece in after if ":" not in piece.text and len(piece.text.split()) < 8), None)
    return Actor(name=names[0].text, role=tells or role)


def _stands_over(piece: Piece, place: Rect) -> bool:
    """Whether a piece stands above or beside the facts, in the same panel."""
    overlap = shared((piece.rect.left, piece.rect.right), (place.left, place.right))
    return overlap > 0.5 * piece.rect.width and piece.rect.top < place.top


def _is_name(text: str) -> bool:
    words = text.split()
    return 1 <= len(words) <= MOST_NAME and text[:1].isupper() and text.replace(" ", "").replace("-", "").isalpha()
