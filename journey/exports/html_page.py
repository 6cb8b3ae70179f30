"""A journey as one HTML page that opens anywhere: the map, each card leading to its words in the sources, and back.

The page holds no script and fetches nothing, pictures stand in it whole; its policy forbids both, so that words which
slipped through as markup would still do nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from journey.exports.board import TAKEN_IN, facts, is_taken_in, notice
from journey.exports.html_map import map_html
from journey.exports.html_sources import Sources
from journey.exports.html_words import AUTO, words
from journey.exports.illustrations import NO_PICTURES, Pictures
from journey.model import Journey, Link
from journey.model.bill import run_in_words

STYLE = Path(__file__).with_name("page.css")
A3 = (420, 297)
LANES, STEP = 56, 34
"""Millimetres of a printed map: its lanes' names with the margins, and a step."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def to_html(journey: Journey, pictures: Pictures = NO_PICTURES) -> str:
    """Write a journey as a page."""
    sources = Sources(journey, pictures)
    title = words(" ".join(journey.title.split())) or "Journey"
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>{STYLE.read_text(encoding='utf-8')}{_paper(journey)}</style>",
            "</head>",
            "<body>",
            f"<header><h1{AUTO}>{title}</h1>",
            *_head(journey),
            "</header><main>",
            *map_html(journey, sources.places),
            *_expectations(journey),
            *_links(journey),
            *sources.html(),
            "</main>",
            f'<footer class="facts">{words(_made(journey))}</footer>',
            "</body>",
            "</html>",
            "",
        ]
    )


def _paper(journey: Journey) -> str:
    """Return the rule for the page on which the map is printed: as wide as its steps need, A3 at least."""
    columns = sum(len(phase.steps) or 1 for phase in journey.phases)
    return f"@page map {{ size: {max(A3[0], LANES + columns * STEP)}mm {A3[1]}mm; margin: 12mm; }}\n"


def _head(journey: Journey) -> Iterator[str]:
    told = facts(journey)
    if told:
        yield f'<p class="facts"{AUTO}>{words(told)}</p>'
    state = notice(journey)
    if state:
        yield f'<p class="state"{AUTO}>{words(state)}</p>'
    places = [f'<a href="#source{number}">{words(one.name)}</a>' for number, one in enumerate(journey.sources, start=1)]
    if places:
        yield f'<nav class="facts" aria-label="Sources"{AUTO}>Sources: {" · ".join(places)}</nav>'


def _expectations(journey: Journey) -> Iterator[str]:
    if journey.expectations:
        yield '<h2>Expectations</h2><ul class="links">'
        yield from (f"<li{AUTO}>{words(item.text)}</li>" for item in journey.expectations)
        yield "</ul>"


def _links(journey: Journey) -> Iterator[str]:
    if journey.links:
        titles = {step.id: step.title for step in journey.steps()}
        yield '<h2>Links</h2><ul class="links">'
        yield from (f"<li{AUTO}>{words(_link(link, titles))}</li>" for link in journey.links)
        yield "</ul>"


def _link(link: Link, titles: dict[str, str]) -> str:
    kind = "" if link.kind == "next" else f" ({link.kind})"
    return f"{titles.get(link.before, link.before)} → {titles.get(link.after, link.after)}{kind} {link.label or ''}"


def _made(journey: Journey) -> str:
    run = journey.run
    if is_taken_in(journey):
        return " · ".join([TAKEN_IN, *run.warnings])
    facts = [f"Drawn by the {run.engine} engine", run.model or "", f"{run.seconds:.1f} s"]
    facts.append(run_in_words(run.calls, run.tokens, run.cost) if run.calls else "")
    return " · ".join([fact for fact in facts if fact] + list(run.warnings))
