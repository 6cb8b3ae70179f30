"""Feelings, pains, gains and needs voiced in German, Spanish and French, by the frequent words of each.

No grammar of these languages is known here: a piece of a sentence is judged by words, a negation close by and whom it
is about. What is only supposed shows nothing, and what no listed word says is not found. Precision goes before recall.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from journey.engines.local.emotion import LESS, MORE, TURNED, Feeling
from journey.engines.local.lanes import CUE, ENOUGH, FEWEST_WORDS, Finding, LaneName
from journey.engines.local.sentences import Sentence
from journey.engines.local.statements import LONGEST_TEXT, Statement, may_voice, pieces
from journey.engines.local.stopping import Checking, watched
from journey.engines.local.vocabulary import compiled
from journey.model import Role

NEAR = 4
"""Words before a phrase in which a negation turns it, and a "very" moves it."""
LONGEST_JUDGEMENT = 8
"""Words of a sentence that does nothing but judge or feel."""
TELLING = 1.0
"""From this strength on, what something was like is a pain or a gain."""

_FILE = Path(__file__).with_suffix(".toml")
_WORD = re.compile(r"[\w'’-]+")
_EDGES = re.compile(r"^[\s,;:.!?…–—¡¿-]+|[\s,;:.!?…–—-]+$")


@dataclass(frozen=True)
class Voiced:
    """What participants voice."""

    findings: Sequence[Finding]
    feelings: Sequence[Feeling]


@dataclass(frozen=True)
class _Hit:
    """A word of feeling or judgement in a piece, with its strength as it is meant there."""

    score: float
    start: int
    end: int
    label: str
    is_judged: bool


def is_known(language: str | None) -> bool:
    """Tell whether frequent words of a language, by its ISO 639-1 code, are listed.

    >>> is_known("de"), is_known("en"), is_known("fi")
    (True, False, False)
    """
    return language in _lists()


def small_words(language: str | None) -> frozenset[str]:
    """Return the words of a language that name nothing; none where they are not listed.

    >>> "gewesen" in small_words("de"), small_words("fi")
    (True, frozenset())
    """
    return frozenset(_lists()[language]["small"].split()) if language in _lists() else frozenset()


def opening(language: str | None) -> re.Pattern[str] | None:
    """Return what says nothing at the beginning of a sentence, where it is listed."""
    return _pattern(language, "opening") if language is not None and is_known(language) else None


def is_no_deed(said: str, language: str | None) -> bool:
    """Tell whether a sentence only wishes for something, or only says how something was or felt.

    >>> [is_no_deed(said, "de") for said in ("Ich war total genervt.", "Ich brauche eine App.", "Ich rief dort an.")]
    [True, True, False]
    """
    if language is None or not is_known(language):
        return False
    if _pattern(language, "need").search(said):
        return True
    is_short = len(_WORD.findall(said)) <= LONGEST_JUDGEMENT
    return is_short and bool(_hits(said, language)) and _pattern(language, "being").search(said) is not None


def find_voiced(sentences: Sequence[Sentence], language: str, work: Checking) -> Voiced:
    """Return what participants voice in a language that is known, in the order said."""
    said = _statements(sentences, language, work)
    findings = [found for one in said if (found := _finding(one, language)) is not None]
    return Voiced(findings, [felt for one in said if (felt := _feeling(one, language)) is not None])


def _statements(sentences: Sequence[Sentence], language: str, work: Checking) -> list[Statement]:
    """Cut what participants say; of a text that names nobody, only the turns that speak of oneself."""
    personal = {one.turn for one in sentences if _pattern(language, "own").search(one.text)}
    return [
        statement
        for index, one in enumerate(watched(sentences, work))
        if may_voice(one) and (one.role is Role.PARTICIPANT or one.turn in personal)
        for statement in _cut(index, one, language)
    ]


def _cut(index: int, one: Sentence, language: str) -> Iterator[Statement]:
    for start, end in pieces(one.text, _joint(language)):
        said = _EDGES.sub("", one.text[start:end])
        start = one.text.index(said, start)
        if said:
            yield Statement(index, one.start + start, one.start + start + len(said), said, _readable(said))


def _readable(said: str) -> str:
    words = said.split()
    text = " ".join(words[:LONGEST_TEXT]) + (" …" if len(words) > LONGEST_TEXT else "")
    return text[:1].upper() + text[1:]


def _finding(statement: Statement, language: str) -> Finding | None:
    said = statement.said
    if _is_bare(said, language):
        return None
    if _pattern(language, "need").search(said):
        return Finding(statement, "needs", ENOUGH)
    if _pattern(language, "supposed").search(said):
        return None
    judged = [hit.score for hit in _hits(said, language) if hit.is_judged]
    signs: Mapping[LaneName, int] = {
        "pains": _count(said, language, "trouble") + sum(score <= -TELLING for score in judged),
        "gains": _count(said, language, "ease") + sum(score >= TELLING for score in judged),
    }
    lane = next((lane for lane, number in signs.items() if number), None)
    return None if lane is None else Finding(statement, lane, ENOUGH + CUE * (signs[lane] - 1))


def _feeling(statement: Statement, language: str) -> Feeling | None:
    said = statement.said
    if _pattern(language, "supposed").search(said):
        return None
    hits = [hit for hit in _hits(said, language) if hit.is_judged or not _is_others(said[: hit.start], language)]
    if not hits:
        return None
    hit = max(hits, key=lambda one: abs(one.score))
    return Feeling(statement, hit.score, hit.label)


def _hits(said: str, language: str) -> list[_Hit]:
    """Return the words of feeling and judgement; one that stands right before another only strengthens it."""
    found = sorted(_all_hits(said, language), key=lambda hit: (hit.start, -hit.end))
    starts = {hit.start for hit in found}
    return [hit for hit in found if not any(said[hit.end : at].isspace() for at in starts if at > hit.end)]


def _all_hits(said: str, language: str) -> Iterator[_Hit]:
    for kind in ("felt", "judged"):
        for strength, listed in _lists()[language][kind].items():
            for match in _compiled(tuple(listed)).finditer(said):
                yield _moved(said, match, float(strength), language, is_judged=kind == "judged")


def _moved(said: str, match: re.Match[str], strength: float, language: str, *, is_judged: bool) -> _Hit:
    before = _last_words(said[: match.start()])
    denial = _denial_of(said, match, language)
    if denial is not None:
        strength *= TURNED
    if _pattern(language, "weaker").search(before):
        strength *= LESS
    elif _pattern(language, "stronger").search(before):
        strength *= MORE
    label = f"{denial or ''} {match.group()}".strip().lower()
    return _Hit(max(-2.0, min(2.0, round(strength, 1))), match.start(), match.end(), label, is_judged)


def _denial_of(said: str, match: re.Match[str], language: str) -> str | None:
    """Return the negation before or right after a phrase, "" for one within it; None where it is not denied."""
    denial = _pattern(language, "denial")
    if denial.search(match.group()):
        return ""
    before = [found.group() for found in denial.finditer(_last_words(said[: match.start()]))]
    after = denial.match(said[match.end() :].removeprefix(" "))
    return before[-1] if before else after.group() if after else None


def _count(said: str, language: str, kind: str) -> int:
    """Return how many phrases of a kind are said and not denied; one with a negation of its own is not denied twice."""
    denial = _pattern(language, "denial")
    return sum(
        denial.search(hit.group()) is not None or denial.search(_last_words(said[: hit.start()])) is None
        for hit in _pattern(language, kind).finditer(said)
    )


def _is_others(before: str, language: str) -> bool:
    """Tell whether the nearest person named before a feeling is someone else."""
    others = [match.start() for match in _pattern(language, "others").finditer(before)]
    own = [match.start() for match in _pattern(language, "own").finditer(before)]
    return bool(others) and max(others) > max(own, default=-1)


def _is_bare(said: str, language: str) -> bool:
    """Tell whether a piece is too short to say anything, or only polite."""
    words = _WORD.findall(_pattern(language, "courtesy").sub(" ", said))
    return len(words) < FEWEST_WORDS


def _last_words(before: str) -> str:
    return " ".join(before.split()[-NEAR:])


@cache
def _joint(language: str) -> re.Pattern[str]:
    """Return what parts one claim from the next."""
    turns, joins = (_pattern(language, name).pattern for name in ("turns", "joins"))
    return re.compile(rf"[;:–—]\s+|\s--?\s+|\.{{3}}\s*|…\s*|,?\s+(?={turns})|,\s+(?={joins})", re.IGNORECASE)


@cache
def _pattern(language: str, name: str) -> re.Pattern[str]:
    return compiled(_lists()[language][name])


@cache
def _compiled(listed: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of a list, compiled once."""
    return compiled(listed)


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
