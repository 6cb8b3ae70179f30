"""What the row titles of a journey map mean: the field's vocabulary, its synonyms and its common misspellings.

The words stand in `lane_titles.toml`; likeness is the normalised edit distance (Levenshtein 1966, as RapidFuzz has it).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from rapidfuzz import fuzz

LaneKind = Literal[
    "phases",
    "steps",
    "actions",
    "touchpoints",
    "thoughts",
    "emotion",
    "pains",
    "gains",
    "needs",
    "opportunities",
    "goals",
]
Heading = Literal["persona", "scenario", "goal", "expectations", "role"]

MOST_WORDS = 6
"""More than this is a sentence, not a title."""
ALIKE, ALIKE_SHORT = 84.0, 100.0
"""Per cent of likeness from which a word is the listed one misspelt; short words must be right."""
SHORT = 5
_OPPOSED = ({"pains", "gains"}, {"pains", "opportunities"}, {"thoughts", "emotion"})
_PARTS = re.compile(r"\s*(?:[&/+,|]|\s[-–]\s)\s*")


def lane_of(title: str) -> LaneKind | None:
    """Return the lane that a row title names, or None where it names none, or two that must not be mixed.

    >>> lane_of("Paint Points"), lane_of("Goals & Experiences"), lane_of("KONTAKTPUNKTE:"), lane_of("Backstage")
    ('pains', 'goals', 'touchpoints', None)
    >>> lane_of("Pains & gains") is None, lane_of("Was denken die Nutzer?"), lane_of("Puntos de dolor")
    (True, 'thoughts', 'pains')
    """
    if len(title.split()) > MOST_WORDS:
        return None
    whole = _lane(title)
    if whole is not None:
        return whole
    found = list(dict.fromkeys(lane for part in _parts(title) if (lane := _lane(part)) is not None))
    if not found or any(pair <= set(found) for pair in _OPPOSED[:2]):
        return None
    return found[0]


def is_blueprint_lane(title: str) -> bool:
    """Whether a row title is one of a service blueprint's that the map keeps as a lane of its own.

    >>> is_blueprint_lane("Front-Stage"), is_blueprint_lane("Support processes"), is_blueprint_lane("Touchpoints")
    (True, True, False)
    """
    return len(title.split()) <= MOST_WORDS and any(_is_alike(plain(title), name) for name in _blueprint("lanes"))


def is_blueprint_line(text: str) -> bool:
    """Whether a text names one of the lines that part a service blueprint, and says nothing of any cell.

    >>> is_blueprint_line("LINE OF VISIBILITY"), is_blueprint_line("Linie der Sichtbarkeit"), is_blueprint_line("Line")
    (True, True, False)
    """
    return any(_is_alike(plain(text), name) for name in _blueprint("lines"))


def heading_of(label: str) -> Heading | None:
    """Return what a label outside the grid introduces.

    >>> heading_of("Scenario"), heading_of("User expectations"), heading_of("Szenario:"), heading_of("Touchpoints")
    ('scenario', 'expectations', 'scenario', None)
    """
    if len(label.split()) > 3:
        return None
    for heading, names in _headings().items():
        if any(_is_alike(plain(label), name) or _is_alike(_without_people(label), name) for name in names):
            return heading
    return None


def level_of(word: str) -> float | None:
    """Return the height, -2 to 2, that a word at the side of an emotion curve stands for.

    >>> level_of("Positive"), level_of("neutral"), level_of("–"), level_of("Emotions")
    (2.0, 0.0, -2.0, None)
    """
    key = word.strip().casefold().replace(" ", "-")
    for score, name in ((2.0, "high"), (0.0, "middle"), (-2.0, "low")):
        if key in _file()["levels"][name].split():
            return score
    return None


def is_placeholder(text: str) -> bool:
    """Whether a text only says that something is to be written here.

    >>> is_placeholder("Lorem ipsum dolor sit amet"), is_placeholder("Insert text..."), is_placeholder("Add to cart")
    (True, True, False)
    """
    said = plain(text)
    if not said:
        return True
    return any(said == phrase or (len(phrase) > 8 and said.startswith(phrase)) for phrase in _placeholders())


def is_attribute(text: str) -> bool:
    """Whether a text gives a fact about a person ("Age: 23").

    >>> is_attribute("Age: 23"), is_attribute("Beruf: Lehrerin"), is_attribute("Scenario: a move")
    (True, True, False)
    """
    label, colon, _ = text.partition(":")
    return bool(colon) and plain(label) in {plain(word) for word in _file()["facts"]["labels"].split()}


def is_canvas_field(title: str) -> bool:
    """Whether a title is one of a field of a SWOT analysis, an empathy map or a business canvas, and of no lane.

    >>> is_canvas_field("Threats"), is_canvas_field("Hears"), is_canvas_field("Touchpoints")
    (True, True, False)
    """
    return len(title.split()) <= MOST_WORDS and any(_is_alike(plain(title), name) for name in _fields())


def is_map_word(word: str) -> bool:
    """Whether a word is one of those that titles of maps, lanes and labels are made of, and of no person's name.

    >>> is_map_word("Journey"), is_map_word("Szenario"), is_map_word("Elena")
    (True, True, False)
    """
    return plain(word) in _map_words()


@lru_cache(maxsize=4_000)
def plain(text: str) -> str:
    """Return text without case, accents, numbering and punctuation.

    >>> plain("2. Éмotions:"), plain("Pain-Points")
    ('eмotions', 'pain points')
    """
    spread = unicodedata.normalize("NFD", text.casefold().replace("ß", "ss"))
    letters = "".join(char for char in spread if not unicodedata.combining(char))
    words = re.sub(r"[^\w]+|_", " ", letters).split()
    return " ".join(word for word in words if not word.isdigit())


def hangs(word: str) -> bool:
    """Whether a word cannot be the last of an entry.

    >>> hangs("the"), hangs("Und"), hangs("calendar")
    (True, True, False)
    """
    return word.casefold() in _listed("hanging")


def _parts(title: str) -> Iterator[str]:
    for part in _PARTS.split(title):
        words = part.split()
        start = 0
        for at, word in enumerate([*words, "and"]):
            if plain(word) in _listed("joiners"):
                if at > start:
                    yield " ".join(words[start:at])
                start = at + 1


@lru_cache(maxsize=4_000)
def _lane(title: str) -> LaneKind | None:
    said, bare = plain(title), _without_people(title)
    best: tuple[float, LaneKind | None] = (0.0, None)
    for lane, names in _lanes().items():
        for name in names:
            likeness = max(_likeness(said, name), _likeness(bare, name))
            if likeness > best[0]:
                best = likeness, lane
    return best[1]


def _is_alike(said: str, name: str) -> bool:
    return _likeness(said, name) > 0


def _likeness(said: str, name: str) -> float:
    """Return how alike two plain titles are, in per cent; 0 where they are not."""
    if not said:
        return 0.0
    least = ALIKE_SHORT if min(len(said), len(name)) <= SHORT else ALIKE
    if said.replace(" ", "") == name.replace(" ", ""):
        return 100.0
    return fuzz.ratio(said, name, score_cutoff=least)


def _without_people(title: str) -> str:
    """Return a plain title without the words for whose journey it is, and without question words."""
    return " ".join(word for word in plain(title).split() if word not in _people())


@cache
def _lanes() -> dict[LaneKind, tuple[str, ...]]:
    named = _file()["lanes"]
    return {lane: tuple(dict.fromkeys(plain(name) for name in named[lane])) for lane in get_args(LaneKind)}


@cache
def _headings() -> dict[Heading, tuple[str, ...]]:
    named = _file()["headings"]
    return {heading: tuple(dict.fromkeys(plain(name) for name in named[heading])) for heading in get_args(Heading)}


@cache
def _fields() -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(words) for words in _file()["canvas"]["fields"]))


@cache
def _map_words() -> frozenset[str]:
    names = [name for named in (*_lanes().values(), *_headings().values()) for name in named]
    return frozenset(word for name in names for word in name.split()) | _people() | {"map", "experience", "mapping"}


@cache
def _blueprint(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(words) for words in _file()["blueprint"][name]))


@cache
def _people() -> frozenset[str]:
    return frozenset(plain(word) for word in _listed("people") | _listed("asking"))


@cache
def _listed(name: str) -> frozenset[str]:
    words: str = _file()[name]
    return frozenset(words.split())


@cache
def _placeholders() -> tuple[str, ...]:
    return tuple(plain(phrase) for phrase in _file()["placeholders"]["phrases"].split(";"))


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("lane_titles.toml").read_text(encoding="utf-8"))
