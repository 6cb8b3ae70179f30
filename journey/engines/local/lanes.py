"""Which statements of a participant are pains, gains, needs or thoughts.

Words that complain decide first, then the sentiment lexicon (VADER; Hutto and Gilbert 2014), then nearness in meaning
to model sentences, which tells a fact from a complaint. What is denied, asked or merely supposed is none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from journey.engines.local.embeddings import MiniLm, Vectors
from journey.engines.local.statements import Statement
from journey.engines.local.stopping import Checking, watched
from journey.engines.local.vocabulary import pattern

LaneName = Literal["thoughts", "pains", "gains", "needs"]

ENOUGH = 1.0
"""From this sum of signs on, a statement is a pain or a gain."""
CUE, SENTIMENT, MEANING = 0.8, 0.8, 4.0
"""What one sign adds: a complaining word, a whole point of the lexicon's -1 to 1, a whole point of cosine."""
UNKNOWN = 0.05
"""Stands for the cosine where there are no embeddings, so that one complaining word decides alone."""
SENTIMENT_COUNTS = 0.2
FEWEST_WORDS = 3
BEFORE = 5
"""Words before a complaint in which a denial counts."""
NEAREST = 2
"""Model sentences of each kind whose mean nearness counts."""

_NOT_ANY = re.compile(r"(?:n['’]t|\b(?:not|never|no|nobody))\b[^.;:]*\b(?:any|anything|ever)\b", re.IGNORECASE)
_FORCED = re.compile(r"(?<!don['’]t )(?<!didn['’]t )(?<!not )(?<!never )\b(?:had|have|has) to\b", re.IGNORECASE)
_BORNE = re.compile(r"\b(?:don|didn|wouldn)['’]?t (?:really )?mind\b|\bno(?:t a)? big deal\b", re.IGNORECASE)
_IDIOM = re.compile(r"\b(?:best|better) part of\b", re.IGNORECASE)
_WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True)
class Finding:
    """A statement and the lane it belongs in; `strength` is at least `ENOUGH`."""

    statement: Statement
    lane: LaneName
    strength: float


def find(statements: Sequence[Statement], minilm: MiniLm | None, *, work: Checking) -> list[Finding]:
    """Return what belongs in a lane, in the order said; without MiniLM by words alone."""
    margins = _margins(statements, minilm, work) if minilm is not None else {}
    found: list[Finding] = []
    for number, statement in enumerate(watched(statements, work)):
        pain_margin, gain_margin = margins.get(number, (0.0, 0.0) if minilm else (UNKNOWN, UNKNOWN))
        found += _judged(statement, pain_margin=pain_margin, gain_margin=gain_margin)
    return found


def _judged(statement: Statement, *, pain_margin: float, gain_margin: float) -> list[Finding]:
    said = _IDIOM.sub(" ", statement.said)
    if is_courtesy(said) or (len(_WORD.findall(said)) < FEWEST_WORDS and not pattern("trouble").fullmatch(said)):
        return []
    if pattern("need").search(said):
        return [Finding(statement, "needs", ENOUGH)]
    found = [Finding(statement, "thoughts", ENOUGH)] if pattern("thought").search(said) else []
    if is_supposed(said):
        return found
    if is_repair(said):
        return [*found, Finding(statement, "gains", ENOUGH + CUE)]
    mood = sentiment(said)
    pain = 0.0 if _BORNE.search(said) else _sum(complains(said), -mood, pain_margin)
    gain = 0.0 if found or _FORCED.search(said) else _sum(praises(said), mood, gain_margin)
    if pain >= ENOUGH and pain >= gain:
        found.append(Finding(statement, "pains", pain))
    elif gain >= ENOUGH:
        found.append(Finding(statement, "gains", gain))
    return found


def _sum(cue: float, mood: float, margin: float) -> float:
    return CUE * cue + SENTIMENT * max(mood, 0.0) + MEANING * max(margin, -0.1)


def complains(said: str) -> float:
    """Return how many signs of trouble are said and not denied, at most 2; a bodily complaint counts as two.

    >>> complains("nobody answered"), complains("it was no problem"), complains("I haven't had a fever")
    (1.0, 0.0, 0.0)
    """
    trouble = sum(not _is_denied(said, hit) for hit in pattern("trouble").finditer(said))
    ailments = sum(2 for hit in pattern("ailments").finditer(said) if not _is_denied(said, hit))
    return float(min(trouble + ailments, 2))


def praises(said: str) -> float:
    """Return how many signs of ease are said and not denied, at most 2."""
    return float(min(sum(not _is_denied(said, hit) for hit in pattern("ease").finditer(said)), 2))


def is_telling(said: str) -> bool:
    """Whether words alone say that a statement may be a pain or a gain."""
    return complains(said) > 0 or praises(said) > 0 or abs(sentiment(said)) > SENTIMENT_COUNTS


def is_repair(said: str) -> bool:
    """Whether somebody puts right what had gone wrong: a gain, though it names the trouble.

    >>> is_repair("he saw the mistake at once"), is_repair("they never fixed it"), is_repair("I made a mistake")
    (True, False, False)
    """
    return pattern("repair").search(said) is not None and not pattern("unrepaired").search(said)


def is_supposed(said: str) -> bool:
    """Whether a statement supposes instead of telling ("if it broke, I would ...").

    >>> is_supposed("if it broke I would be lost"), is_supposed("it wouldn't load")
    (True, False)
    """
    without = pattern("wouldnt_happen").sub(" ", said)
    return pattern("hypothetical").search(without) is not None


def is_courtesy(said: str) -> bool:
    """Whether a statement is only polite ("great, thank you").

    >>> is_courtesy("that's great, thank you"), is_courtesy("the tutor was great and I liked the videos")
    (True, False)
    """
    rest = pattern("courtesy").sub(" ", said)
    return rest != said and len(_WORD.findall(rest)) < FEWEST_WORDS + 1


def sentiment(said: str) -> float:
    """Return the sentiment lexicon's compound value, -1 to 1."""
    compound: float = _lexicon().polarity_scores(said)["compound"]
    return compound


def word_strength(word: str) -> float | None:
    """Return the sentiment lexicon's value of one word, -4 to 4."""
    value: float | None = _lexicon().lexicon.get(word.lower())
    return value


def _is_denied(said: str, hit: re.Match[str]) -> bool:
    """Whether "no" or "not" stands shortly before, or with an "any" at any distance; a cue's own negation is none."""
    if _NOT_ANY.search(said[: hit.start()].rpartition(",")[2]):
        return True
    before = " ".join(said[: hit.start()].split()[-BEFORE:])
    last = max((denial.end() for denial in pattern("denial").finditer(before)), default=None)
    return last is not None and not re.search(r"[.;:]|\b(?:but|and|so)\b", before[last:])


def _margins(statements: Sequence[Statement], minilm: MiniLm, work: Checking) -> dict[int, tuple[float, float]]:
    """Return how much nearer a statement is to pains, and to gains, than to the nearest other kind.

    Only those whose words give a first sign are embedded: meaning alone would have to be nearly identical to decide.
    """
    telling = [number for number, one in enumerate(watched(statements, work)) if is_telling(one.said)]
    vectors = minilm.embed([statements[number].said for number in telling], work)
    near = {kind: _nearness(vectors, models) for kind, models in _model_vectors(minilm).items()}
    pain = near["pain"] - np.maximum(near["gain"], near["plain"])
    gain = near["gain"] - np.maximum(near["pain"], near["plain"])
    return {number: (float(pain[row]), float(gain[row])) for row, number in enumerate(telling)}


@lru_cache(maxsize=2)
def _model_vectors(minilm: MiniLm) -> dict[str, Vectors]:
    """Return the model sentences as vectors, embedded once for all jobs: half the time of the lanes otherwise."""
    return {kind: minilm.embed(texts, _Unstopped()) for kind, texts in prototypes().items()}


class _Unstopped:
    """Work that goes on: what every job shares is not stopped with one of them."""

    def check(self) -> None:
        """Return at once."""


def _nearness(vectors: Vectors, models: Vectors) -> NDArray[np.float64]:
    cosines = np.sort((vectors @ models.T).astype(np.float64), axis=1)
    nearness: NDArray[np.float64] = cosines[:, -NEAREST:].mean(axis=1)
    return nearness


@cache
def prototypes() -> dict[str, list[str]]:
    """Return the model sentences by kind: pain, gain, plain, small_talk."""
    return tomllib.loads(Path(__file__).with_name("prototypes.toml").read_text(encoding="utf-8"))


@cache
def _lexicon() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()
