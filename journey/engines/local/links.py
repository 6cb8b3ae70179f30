"""How steps lead to one another: one after the other, parting under conditions, at the same time, or back again.

Steps are gathered into *strands*: runs of steps under one condition. Strands that exclude each other ("if ...",
"otherwise ...", "... or ...") or run side by side ("meanwhile") leave from the same place and meet again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from journey.engines.local.lexicon import words
from journey.engines.local.sentences import Sentence
from journey.engines.local.steps import FoundStep

Kind = Literal["next", "branch", "loop"]
FoundLink = tuple[int, int, Kind, str | None]
"""From, to (indices into the steps), kind, label."""

_NEAR = 30
"""Steps within which "again" finds what it repeats."""
_AGAIN = re.compile(r"\b(?:again|once more|back to|repeat(?:s|ed)?)\b", re.IGNORECASE)
_OR = re.compile(r"(?:^|[\s,])or\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Strand:
    """Steps that follow one another; `turn` is how it stands to the strand before."""

    steps: tuple[int, ...]
    turn: Literal["then", "instead", "beside"]
    label: str | None = None


def find_links(steps: Sequence[FoundStep], sentences: Sequence[Sentence]) -> list[FoundLink]:
    """Return the links between steps given in story order; none when they make one plain line."""
    if not steps:
        return []
    strands = _strands(steps, sentences)
    links = [link for strand in strands for link in _along(strand)]
    links += _between(strands)
    links += _loops(steps, sentences)
    if all(kind == "next" and after == before + 1 for before, after, kind, _ in links):
        return []
    return sorted(set(links), key=lambda link: (link[0], link[1]))


def _strands(steps: Sequence[FoundStep], sentences: Sequence[Sentence]) -> list[Strand]:
    strands: list[Strand] = []
    for at, step in enumerate(steps):
        turn = _turn(steps, sentences, at) if at else "then"
        if turn is None and strands[-1].turn == "beside" and step.sentence != steps[at - 1].sentence:
            turn = "then"
        if turn is None:
            strands[-1] = replace(strands[-1], steps=(*strands[-1].steps, at))
            continue
        if turn != "then":
            _part_from(strands, steps, alone=turn == "instead" and step.condition is None)
        strands.append(Strand((at,), turn, step.condition))
    return strands


def _part_from(strands: list[Strand], steps: Sequence[FoundStep], *, alone: bool) -> None:
    """Cut the last strand where the new one leaves: before its last step, or before the last sentence's steps."""
    last = strands[-1]
    cut = last.steps[-1]
    if not alone:
        cut = next(at for at in last.steps if steps[at].sentence == steps[cut].sentence)
    head, tail = tuple(at for at in last.steps if at < cut), tuple(at for at in last.steps if at >= cut)
    if head and (alone or last.label is None):
        strands[-1:] = [replace(last, steps=head), Strand(tail, "then", last.label)]


def _turn(
    steps: Sequence[FoundStep], sentences: Sequence[Sentence], at: int
) -> Literal["then", "instead", "beside"] | None:
    """How a step stands to the one before it; None when it simply goes on."""
    before, here = steps[at - 1], steps[at]
    between = _between_text(sentences, before, here)
    if between is not None and _OR.search(between):
        return "instead"
    if here.condition != before.condition or (here.condition and here.sentence != before.sentence):
        return "instead" if here.condition and before.condition else "then"
    if _is_while(sentences, before, here) or (before.sentence != here.sentence and _is_meanwhile(sentences, here)):
        return "beside"
    return None


def _between_text(sentences: Sequence[Sentence], before: FoundStep, here: FoundStep) -> str | None:
    """What stands between two steps of one sentence."""
    if before.sentence != here.sentence or here.start < before.start:
        return None
    sentence = sentences[here.sentence]
    return sentence.text[before.end - sentence.start : here.start - sentence.start]


def _is_while(sentences: Sequence[Sentence], before: FoundStep, here: FoundStep) -> bool:
    """Whether "while" ties two steps of one sentence, in front of either."""
    if before.sentence != here.sentence:
        return False
    sentence = sentences[here.sentence]
    starts = (sentence.text[step.start - sentence.start :].casefold() for step in (before, here))
    return any(start.startswith(("while ", "whilst ", "whereas ")) for start in starts)


def _is_meanwhile(sentences: Sequence[Sentence], step: FoundStep) -> bool:
    opening = sentences[step.sentence].text[:40].lower()
    return any(phrase in opening for phrase in words("time", "meanwhile"))


def _along(strand: Strand) -> Iterator[FoundLink]:
    for before, after in zip(strand.steps, strand.steps[1:], strict=False):
        yield before, after, "next", None


def _between(strands: Sequence[Strand]) -> Iterator[FoundLink]:
    """Join strands: those that stand instead of or beside one another leave together and meet again."""
    sources: list[int] = []
    ends: list[int] = []
    for number, strand in enumerate(strands):
        if strand.turn == "then":
            sources, ends = ends, []
        parts = strand.turn == "instead" or (number + 1 < len(strands) and strands[number + 1].turn == "instead")
        for source in sources:
            yield source, strand.steps[0], "branch" if parts else "next", strand.label
        ends.append(strand.steps[-1])


def _loops(steps: Sequence[FoundStep], sentences: Sequence[Sentence]) -> Iterator[FoundLink]:
    """'They are checked again', "goes back to the first check": back to the step that uses the same words."""
    for at, step in enumerate(steps):
        if not _AGAIN.search(sentences[step.sentence].text) or at == 0:
            continue
        same = [earlier for earlier in range(max(at - _NEAR, 0), at) if _same_words(steps[earlier], step)]
        if same:
            yield at, same[-1], "loop", None


def _same_words(one: FoundStep, other: FoundStep) -> bool:
    left, right = ({word.lower() for word in _WORD.findall(step.title)} for step in (one, other))
    return len(left & right) >= 2 and len(left & right) >= 0.6 * min(len(left), len(right))
