"""The evidence behind a map as a numbered list: every claim that has quotes, each with who said it, when and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from journey.exports.board import against, claims, is_cited
from journey.exports.citations import Citation, Citations
from journey.model import Emotion, Item, Journey, Step


@dataclass(frozen=True)
class Proof:
    """A quote, and whether it speaks against the claim."""

    citation: Citation
    is_against: bool = False

    @property
    def place(self) -> str:
        """Who said it, when, and in which source."""
        near = "nearly verbatim" if self.citation.match == "near" else ""
        stance = "against it" if self.is_against else ""
        return ", ".join(part for part in (self.citation.place, self.citation.source, near, stance) if part)


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
    cited = (found for found in claims(journey) if is_cited(found[2]))
    for number, (step, lane, claim) in enumerate(cited, start=1):
        proofs = [Proof(citations.cite(quote)) for quote in claim.evidence]
        proofs += [Proof(citations.cite(quote), is_against=True) for quote in against(claim)]
        yield Entry(number, step, lane, _text(claim), tuple(proofs))


def _text(claim: Item | Step | Emotion) -> str:
    match claim:
        case Step():
            return claim.title
        case Emotion():
            return claim.label
    return claim.text
