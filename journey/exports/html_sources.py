"""The sources below the map of a web page: every word, the quoted ones marked, each passage with a way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from journey.exports.board import against, claims, is_cited
from journey.exports.citations import Citation, Citations, clock
from journey.exports.html_map import AUTO, words
from journey.model import Evidence, Journey, Passage, Source

Span = tuple[int, int]


@dataclass
class Quoted:
    """What of one source stands on the map."""

    number: int
    """Of the source: its own id may be any text, and an address may not."""
    spans: set[Span] = field(default_factory=set)
    uses: dict[str, dict[int, str]] = field(default_factory=dict)
    """By passage: the numbers of the claims that it supports, and where on the map they stand."""

    def anchor(self, start: int) -> str:
        """Return the place of a quote that begins there."""
        return f"s{self.number}-{start}"


class Sources:
    """The sources of a journey, and the places in them to which the map leads."""

    def __init__(self, journey: Journey) -> None:
        self._journey = journey
        self._quoted = {source.id: Quoted(number) for number, source in enumerate(journey.sources, start=1)}
        self.anchors: dict[Citation, str] = {}
        citations = Citations(journey)
        cited = (found for found in claims(journey) if is_cited(found[2]))
        for number, (step, lane, claim) in enumerate(cited, start=1):
            for evidence in (*claim.evidence, *against(claim)):
                self._note(evidence, number, f"{step} · {lane}" if step else lane, citations)

    def html(self) -> Iterator[str]:
        """Yield every source."""
        for source in self._journey.sources:
            quoted = self._quoted[source.id]
            yield f'<h2 id="source{quoted.number}"{AUTO}>{words(source.name)}</h2>'
            if source.kind == "image":
                yield '<p class="facts">A picture: the words read from it; the picture itself is not here.</p>'
            yield '<div class="transcript">'
            yield from (_passage(source, passage, quoted) for passage in source.passages)
            yield "</div>"

    def _note(self, evidence: Evidence, number: int, where: str, citations: Citations) -> None:
        quoted = self._quoted.get(evidence.source)
        if quoted is None:
            return
        quoted.spans.add((evidence.start, evidence.end))
        quoted.uses.setdefault(evidence.passage, {})[number] = where
        self.anchors.setdefault(citations.cite(evidence), quoted.anchor(evidence.start))


def _passage(source: Source, passage: Passage, quoted: Quoted) -> str:
    time = "" if passage.time is None else clock(passage.time)
    named = " · ".join(part for part in (passage.speaker, time) if part)
    cite = f"<cite>{words(named)}</cite>" if named else ""
    back = "".join(_back(number, where) for number, where in quoted.uses.get(passage.id, {}).items())
    backs = f'<span class="backs">{back}</span>' if back else ""
    return f"<p{AUTO}>{cite}{_marked(source, passage, quoted)}{backs}</p>"


def _back(number: int, where: str) -> str:
    return f' <a class="back" href="#e{number}" title="{words(where)}">↑ E{number}</a>'


def _marked(source: Source, passage: Passage, quoted: Quoted) -> str:
    """Write the words with every quoted slice marked; slices overlap, so words are cut wherever one begins or ends."""
    inside = [(start, end) for start, end in quoted.spans if start < passage.end and passage.start < end]
    cuts = {passage.start, passage.end, *(at for one in inside for at in one if passage.start < at < passage.end)}
    pieces = []
    for start, end in pairwise(sorted(cuts)):
        said = words(source.text[start:end])
        is_quoted = any(first <= start < last for first, last in inside)
        pieces.append(f'<mark id="{quoted.anchor(start)}">{said}</mark>' if is_quoted else said)
    return "".join(pieces)
