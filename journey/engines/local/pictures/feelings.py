"""What a column of a map says of feelings: the height of the curve, a face, and words, each a reading of its own.

Readings that disagree are all kept; none is ever averaged with another. The curve comes first where one is drawn, then
the face, then the words; the words are the label in any case, for they are what the map says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from journey.engines.local.lanes import word_strength
from journey.engines.local.pictures.entries import Entry
from journey.model import Emotion, EmotionReading, Origin

LEXICON_SCALE = 0.6
"""From the sentiment lexicon's -4 to 4 to our -2 to 2."""
NEUTRAL = 0.3
"""Up to this strength a feeling has no sign."""
FAR = 1.0
"""Difference from which two readings of one sign disagree all the same."""
TURNED, SOFTENED = -0.5, 0.6
_SMILEYS = ((re.compile(r"[:;=]-?[)D\]]"), 1.0), (re.compile(r"[:=]['’]?-?[(\[]"), -1.0), (re.compile(r":-?\|"), 0.0))


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a feeling, -2 to 2."""

    score: float
    label: str
    read_from: str

    def disagrees(self, other: Reading) -> bool:
        """Whether the signs differ, or the strengths by far."""
        return _sign(self.score) != _sign(other.score) or abs(self.score - other.score) >= FAR

    def kept(self) -> EmotionReading:
        """Return the record of it as one reading beside another."""
        return EmotionReading(score=self.score, label=self.label, read_from=self.read_from)


def felt(curves: Sequence[float], faces: Sequence[float], words: Sequence[Entry]) -> Emotion | None:
    """Return the feeling of one column, with every reading that disagrees; None where nothing tells one.

    Args:
        curves: heights of the drawn curves, -2 to 2, the main one first.
        faces: looks of the smileys, -2 to 2.
        words: what is written about it.
    """
    readings = [
        Reading(score, _height(score), "another curve" if at else "the curve") for at, score in enumerate(curves)
    ]
    readings += [Reading(score, _look(score), "a face") for score in faces]
    spoken = [(score_of(entry.text), entry.text) for entry in words]
    readings += [Reading(score, text, "the words") for score, text in spoken if score is not None]
    if not readings:
        return None
    main, *others = readings
    apart = tuple(other.kept() for other in others if other.disagrees(main))
    evidence = tuple(quote for entry in words for quote in entry.evidence)
    label = ", ".join(entry.text for entry in words) or main.label
    origin = Origin.QUOTED if evidence else Origin.INFERRED
    return Emotion(score=main.score, label=label, origin=origin, evidence=evidence, other_readings=apart)


def score_of(text: str) -> float | None:
    """Return how a few feeling words sound, -2 to 2; None where no word of them is known.

    >>> score_of("Slightly concerned about privacy"), score_of("Zufrieden"), score_of("not happy"), score_of("Tuesday")
    (-0.6, 1.0, -0.5, None)
    >>> score_of("Curious but skeptical"), score_of(":-)")
    (0.0, 1.0)
    """
    for smiley, score in _SMILEYS:
        if smiley.search(text):
            return score
    words = re.findall(r"[^\W\d_]+", text.casefold())
    known = [(at, strength) for at, word in enumerate(words) if (strength := _strength(word)) is not None]
    if not known:
        return None
    scores = [_moved(strength, words[max(0, at - 3) : at]) for at, strength in known]
    if _listed("pivots") & set(words) and max(scores) > 0 > min(scores):
        return 0.0
    return max(scores, key=abs)


def _moved(strength: float, before: Sequence[str]) -> float:
    if _listed("denials") & set(before):
        return strength * TURNED
    return round(strength * (SOFTENED if _listed("softeners") & set(before) else 1.0), 2)


def _strength(word: str) -> float | None:
    for score, exact, stems in _words():
        if word in exact or word.startswith(stems):
            return score
    value = word_strength(word)
    return None if value is None else max(-2.0, min(2.0, round(value * LEXICON_SCALE, 1)))


def _sign(score: float) -> int:
    return 0 if abs(score) <= NEUTRAL else 1 if score > 0 else -1


def _height(score: float) -> str:
    """Say how high a point of a curve lies.

    >>> _height(1.5), _height(0.1), _height(-0.8)
    ('high on the curve', 'middle of the curve', 'low on the curve')
    """
    return ("low on the curve", "middle of the curve", "high on the curve")[_sign(score) + 1]


def _look(score: float) -> str:
    return ("unhappy face", "neutral face", "happy face")[_sign(score) + 1]


@cache
def _words() -> tuple[tuple[float, frozenset[str], tuple[str, ...]], ...]:
    listed = []
    for score, text in _file()["words"].items():
        words = [word.replace("-", " ") for word in text.split()]
        stems = tuple(word[:-1] for word in words if word.endswith("~"))
        listed.append((float(score), frozenset(word for word in words if not word.endswith("~")), stems))
    return tuple(listed)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_file()["turning"][name].split())


@cache
def _file() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("feeling_words.toml").read_text(encoding="utf-8"))
