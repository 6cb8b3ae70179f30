"""The evidence behind a map as a numbered list: every claim that has quotes, each with who said it, when and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from journey.exports.board import against, claims, is_cited
from journey.exports.citations import Citation, Citations
from journey.exports.measuring import is_rtl
from journey.model import Emotion, Evidence, Item, Journey, Step

LRM = "\u200e"
"""Round the parts of a line: a name in Arabic must not turn round the time and the file that stand after it."""


@dataclass(frozen=True)
class Cited:
    """A claim that has quotes, for or against it, under the number that its card shows."""

    number: int
    step: str
    lane: str
    claim: Item | Step | Emotion

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Its quotes, those against it last."""
        return (*self.claim.evidence, *against(self.claim))


def cited(journey: Journey) -> Iterator[Cited]:
    """Yield every claim that has quotes, in the order of the map."""
    found = (one for one in claims(journey) if is_cited(one[2]))
    for number, (step, lane, claim) in enumerate(found, start=1):
        yield Cited(number, step, lane, claim)


@dataclass(frozen=True)
class Proof:
    """A quote, and whether it speaks against the claim."""

    citation: Citation
    evidence: Evidence
    is_against: bool = False

    @property
    def place(self) -> str:
        """Who said it, when, and in which source."""
        near = "nearly verbatim" if self.citation.match == "near" else ""
        stance = "against it" if self.is_against else ""
        told = [*self.citation.places, near, stance]
        if any(map(is_rtl, told)):
            told = [f"{LRM}{part}{LRM}" if part else "" for part in told]
        return ", ".join(part for part in told if part)


@dataclass(frozen=True)
class Entry:
    """A claim under the number that its card shows."""

    number: int
    step: str
    lane: str
    text: str
    proofs: tuple[Proof, ...]

    @property
    def where(self) -> str:
        """The claim's place on the map."""
        return " · ".join(part for part in (self.step, self.lane if self.lane != "Step" else "") if part)


def entries(journey: Journey) -> Iterator[Entry]:
    """Yield every claim that has quotes, in the order of the map."""
    citations = Citations(journey)
    for one in cited(journey):
        proofs = [Proof(citations.cite(quote), quote) for quote in one.claim.evidence]
        proofs += [Proof(citations.cite(quote), quote, is_against=True) for quote in against(one.claim)]
        yield Entry(one.number, one.step, one.lane, _text(one.claim), tuple(proofs))


def _text(claim: Item | Step | Emotion) -> str:
    match claim:
        case Step():
            return claim.title
        case Emotion():
            return claim.label
    return claim.text
