"""The sources below the map of a web page: every word, the quoted ones marked, each passage with a way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from journey.exports.appendix import Cited, cited
from journey.exports.citations import clock
from journey.exports.html_pictures import cut_html, picture_html, region_id
from journey.exports.html_words import AUTO, in_language, words
from journey.exports.illustrations import Pictures, Region, illustrations
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


@dataclass(frozen=True)
class Place:
    """Where on the page a quote stands; of a picture that is at hand, with the part it was read from."""

    anchor: str
    cut: str = ""


class Sources:
    """The sources of a journey, and the places in them to which the map leads."""

    def __init__(self, journey: Journey, pictures: Pictures) -> None:
        self._journey = journey
        self._quoted = {source.id: Quoted(number) for number, source in enumerate(journey.sources, start=1)}
        self._pictures = illustrations(journey, pictures, "WEBP")
        self._regions = {
            (source_id, picture.source.passages[region.index - 1].id): region
            for source_id, picture in self._pictures.items()
            for region in picture.regions
        }
        self.places: dict[Evidence, Place] = {}
        for claim in cited(journey):
            for evidence in claim.evidence:
                self._note(evidence, claim)

    def html(self) -> Iterator[str]:
        """Yield every source."""
        for source in self._journey.sources:
            quoted = self._quoted[source.id]
            yield f'<h2 id="source{quoted.number}"{AUTO}>{words(source.name)}</h2>'
            if source.kind == "image":
                yield from self._picture(source, quoted.number)
            yield '<div class="transcript">'
            yield from (_passage(source, passage, quoted) for passage in source.passages if passage.end > passage.start)
            yield "</div>"

    def _picture(self, source: Source, number: int) -> Iterator[str]:
        picture = self._pictures.get(source.id)
        if picture is None:
            yield '<p class="facts">A picture. It is not at hand here: below are the words read from it.</p>'
            return
        yield '<p class="facts">Each number is that of a card on the map and leads to it.</p>'
        yield from picture_html(picture, number)
        yield '<p class="facts">The words read from it:</p>'

    def _note(self, evidence: Evidence, claim: Cited) -> None:
        quoted = self._quoted.get(evidence.source)
        if quoted is None:
            return
        where = f"{claim.step} · {claim.lane}" if claim.step else claim.lane
        quoted.spans.add((evidence.start, evidence.end))
        quoted.uses.setdefault(evidence.passage, {})[claim.number] = where
        region = self._regions.get((evidence.source, evidence.passage))
        place = self._in_picture(evidence, quoted.number, region) if region else Place(quoted.anchor(evidence.start))
        self.places.setdefault(evidence, place)

    def _in_picture(self, evidence: Evidence, number: int, region: Region) -> Place:
        cut = cut_html(self._pictures[evidence.source], number, region)
        return Place(region_id(number, region.index), cut)


def _passage(source: Source, passage: Passage, quoted: Quoted) -> str:
    time = "" if passage.time is None else clock(passage.time)
    named = " · ".join(part for part in (passage.speaker, time) if part)
    cite = f"<cite>{words(named)}</cite>" if named else ""
    back = "".join(_back(number, where) for number, where in quoted.uses.get(passage.id, {}).items())
    backs = f'<span class="backs">{back}</span>' if back else ""
    return f"<p{in_language(source.language)}>{cite}{_marked(source, passage, quoted)}{backs}</p>"


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
