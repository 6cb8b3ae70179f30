"""A journey as one HTML page that opens anywhere: the map, and every quote a link into the transcript below it.

The page holds no script and fetches nothing; its policy forbids both, so that words which slipped through as markup
would still do nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from pathlib import Path

from journey.exports.citations import ORIGIN_MARKS, Citations, clock, evidence_of, lane_titles, lanes, signed
from journey.model import Emotion, Evidence, Item, Journey, Link, Origin, Outcome, Passage, Source, Step, Touchpoint

STYLE = Path(__file__).with_name("page.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"

_AUTO = ' dir="auto"'
"""Lets a browser find the direction of words in any script."""


def to_html(journey: Journey) -> str:
    """Write a journey as a page."""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(journey.title) or 'Journey'}</title>",
            f"<style>{STYLE.read_text(encoding='utf-8')}</style>",
            "</head>",
            "<body>",
            *_head(journey),
            *_Map(journey).html(),
            *_links(journey),
            *_transcripts(journey),
            "</body>",
            "</html>",
            "",
        ]
    )


def _head(journey: Journey) -> Iterator[str]:
    actor = journey.actor
    named = ", ".join(part for part in (actor.name, actor.role) if part) if actor else ""
    facts = [named, journey.scenario, journey.goal, f"drawn by the {journey.run.engine} engine"]
    yield f"<h1{_AUTO}>{escape(journey.title) or 'Journey'}</h1>"
    yield f'<p class="facts"{_AUTO}>{escape(" · ".join(fact for fact in facts if fact))}</p>'
    if journey.outcome is not Outcome.COMPLETE:
        state = "Not enough to draw a journey." if journey.outcome is Outcome.NOT_ENOUGH else "This map is partial."
        yield f'<p class="state"{_AUTO}>{state} {escape(journey.reason or "")}</p>'


class _Map:
    """The table: phases across, steps under them, lanes down."""

    def __init__(self, journey: Journey) -> None:
        self._journey = journey
        self._citations = Citations(journey)
        self._source_ids = _source_ids(journey)
        self._steps = list(journey.steps())

    def html(self) -> Iterator[str]:
        if not self._steps:
            return
        yield '<h2>Map</h2><div class="map" tabindex="0" role="region" aria-label="Map"><table><thead>'
        yield f'<tr><th scope="row">Phase</th>{"".join(self._phases())}</tr>'
        yield f'<tr><th scope="row">Step</th>{"".join(self._titles())}</tr></thead><tbody>'
        if any(step.emotion for step in self._steps):
            yield self._row("Feeling", [self._feeling(step.emotion) for step in self._steps])
        for title in lane_titles(self._journey):
            yield self._row(title, [self._items(step, title) for step in self._steps])
        yield "</tbody></table></div>"

    def _phases(self) -> Iterator[str]:
        for phase in self._journey.phases:
            if phase.steps:
                yield f'<th scope="colgroup" colspan="{len(phase.steps)}"{_AUTO}>{escape(phase.name)}</th>'

    def _titles(self) -> Iterator[str]:
        for step in self._steps:
            marks = [ORIGIN_MARKS[step.origin], "moment of truth" if step.moment_of_truth else ""]
            shown = "".join(f' <span class="mark">{mark}</span>' for mark in marks if mark)
            yield f'<th scope="col"{_AUTO}>{escape(step.title)}{shown}{self._quotes(step.evidence)}</th>'

    def _row(self, title: str, cells: list[str]) -> str:
        return f'<tr><th scope="row"{_AUTO}>{escape(title)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'

    def _feeling(self, emotion: Emotion | None) -> str:
        if emotion is None:
            return ""
        words = f"{escape(emotion.label)} ({signed(emotion.score)}){_mark(emotion.origin)}"
        quotes = self._quotes(emotion.evidence)
        return f'<div class="feeling" style="--score:{emotion.score:g}"{_AUTO}>{words}{quotes}</div>'

    def _items(self, step: Step, lane: str) -> str:
        items = [item for title, found in lanes(step) if title == lane for item in found]
        return f"<ul>{''.join(self._item(item) for item in items)}</ul>" if items else ""

    def _item(self, item: Item) -> str:
        channel = f" ({escape(item.channel)})" if isinstance(item, Touchpoint) and item.channel else ""
        against = self._quotes(item.counter, label="against it")
        quotes = self._quotes(item.evidence)
        return f"<li{_AUTO}>{escape(item.text)}{channel}{_mark(item.origin)}{quotes}{against}</li>"

    def _quotes(self, evidence: tuple[Evidence, ...], *, label: str = "") -> str:
        if not evidence:
            return ""
        count = "1 quote" if len(evidence) == 1 else f"{len(evidence)} quotes"
        summary = f"{count} {label}".strip()
        return f"<details><summary>{summary}</summary>{''.join(map(self._quote, evidence))}</details>"

    def _quote(self, evidence: Evidence) -> str:
        cited = self._citations.cite(evidence)
        target = f"{self._source_ids.get(evidence.source, 's0')}-{evidence.start}"
        words = f"“{escape(cited.quote)}” <cite>{escape(cited.place)}</cite>"
        return f'<a class="quote" href="#{target}"{_AUTO}>{words}</a>'


def _mark(origin: Origin) -> str:
    return f' <span class="mark">{ORIGIN_MARKS[origin]}</span>' if ORIGIN_MARKS[origin] else ""


def _links(journey: Journey) -> Iterator[str]:
    if not journey.links:
        return
    titles = {step.id: step.title for step in journey.steps()}
    yield '<h2>Links</h2><ul class="links">'
    yield from (f"<li{_AUTO}>{escape(_link(link, titles))}</li>" for link in journey.links)
    yield "</ul>"


def _link(link: Link, titles: dict[str, str]) -> str:
    kind = "" if link.kind == "next" else f" ({link.kind})"
    return f"{titles.get(link.before, link.before)} → {titles.get(link.after, link.after)}{kind} {link.label or ''}"


def _source_ids(journey: Journey) -> dict[str, str]:
    """Return an id for every source that is safe in an address: a journey's own ids may be any text."""
    return {source.id: f"s{number}" for number, source in enumerate(journey.sources, start=1)}


def _transcripts(journey: Journey) -> Iterator[str]:
    ids, slices = _source_ids(journey), _slices(journey)
    for source in journey.sources:
        yield f'<h2{_AUTO}>{escape(source.name)}</h2><div class="transcript">'
        for passage in source.passages:
            words = _passage(source, passage, slices.get(source.id, []), ids[source.id])
            yield f"<p{_AUTO}>{_cite(passage)}{words}</p>"
        yield "</div>"


def _cite(passage: Passage) -> str:
    time = "" if passage.time is None else clock(passage.time)
    named = " · ".join(part for part in (passage.speaker, time) if part)
    return f"<cite>{escape(named)}</cite>" if named else ""


def _passage(source: Source, passage: Passage, slices: list[tuple[int, int]], source_id: str) -> str:
    """Write the words with every quoted slice marked; slices overlap, so words are cut wherever one begins or ends."""
    inside = [(start, end) for start, end in slices if start < passage.end and passage.start < end]
    cuts = {passage.start, passage.end, *(at for one in inside for at in one if passage.start < at < passage.end)}
    pieces = []
    for start, end in pairwise(sorted(cuts)):
        words = escape(source.text[start:end])
        is_quoted = any(first <= start < last for first, last in inside)
        pieces.append(f'<mark id="{source_id}-{start}">{words}</mark>' if is_quoted else words)
    return "".join(pieces)


def _slices(journey: Journey) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for step in journey.steps():
        for evidence in evidence_of(step):
            found.setdefault(evidence.source, []).append((evidence.start, evidence.end))
    return {source: sorted(set(slices)) for source, slices in found.items()}
