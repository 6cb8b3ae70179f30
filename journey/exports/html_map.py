"""The map of a web page: a table of phases over steps over lanes, whose cards open on the quotes they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from journey.exports.appendix import Entry, Proof, entries
from journey.exports.board import FORM_WORDS, Board, Card, Column, to_board
from journey.exports.citations import LANE_TITLES, signed
from journey.exports.html_sources import Place
from journey.exports.html_words import AUTO, in_language, words
from journey.model import Evidence, Journey

LANES = {title: name for name, title in LANE_TITLES.items()}
"""What the style sheet calls the usual lanes."""


def map_html(journey: Journey, places: Mapping[Evidence, Place]) -> Iterator[str]:
    """Yield the table and its legend; `places` are those of quotes in the sources below."""
    board = to_board(journey)
    if any(column.step for column in board.columns):
        yield from _Map(board, {entry.number: entry for entry in entries(journey)}, places).html()


class _Map:
    def __init__(self, board: Board, evidence: dict[int, Entry], places: Mapping[Evidence, Place]) -> None:
        self._board = board
        self._evidence = evidence
        self._places = places

    def html(self) -> Iterator[str]:
        count = len(self._board.columns)
        yield '<h2 id="map">Map</h2>'
        yield f'<div class="map" tabindex="0" role="region" aria-label="Map" style="--steps:{count}"><table>'
        yield f'<colgroup><col class="lanes">{"<col>" * count}</colgroup><thead>'
        yield f'<tr><th scope="row">Phase</th>{"".join(self._phases())}</tr>'
        yield f'<tr><th scope="row">Step</th>{"".join(map(self._step, self._board.columns))}</tr></thead><tbody>'
        for row in self._board.rows:
            name = f'<th scope="row"{AUTO}>{words(row.title)}</th>'
            cells = self._curve() if row.is_curve else self._lane(row.title)
            yield f'<tr class="{"feelings" if row.is_curve else LANES.get(row.title, "other")}">{name}{cells}</tr>'
        yield "</tbody></table></div>"
        yield '<p class="legend">'
        yield from (f'<span class="card {form}">{said}</span>' for form, said in FORM_WORDS.items())
        yield "</p>"

    def _phases(self) -> Iterator[str]:
        for band in self._board.bands:
            span = f' colspan="{len(band.columns)}"'
            yield f'<th scope="colgroup" class="phase"{span}{AUTO}><b>{band.number}</b> {words(band.name)}</th>'

    def _step(self, column: Column) -> str:
        if not column.step:
            return f'<th scope="col" class="step">{words(column.head.text)}</th>'
        remark = f'<span class="remark">{words(column.remark)}</span>' if column.remark else ""
        head = f'<span class="number {column.head.standing.form}">{column.number}</span>'
        title = f"<span{AUTO}>{words(column.head.text)}</span>"
        told = f"{head}{title}{remark}{self._foot(column.head)}"
        return f'<th scope="col" class="step"{self._id(column.head)}>{told}</th>'

    def _lane(self, lane: str) -> str:
        columns = (column.cells.get(lane, ()) for column in self._board.columns)
        return "".join(f"<td>{self._cards(cards)}</td>" for cards in columns)

    def _cards(self, cards: tuple[Card, ...]) -> str:
        return f"<ul>{''.join(map(self._card, cards))}</ul>" if cards else ""

    def _card(self, card: Card) -> str:
        text = f"<span{AUTO}>{words(card.text)}</span>"
        return f'<li class="card {card.standing.form}"{self._id(card)}>{text}{self._foot(card)}</li>'

    def _curve(self) -> str:
        """Draw the line in one picture behind the points, a cell for each step; a cell without a point is a gap."""
        count = len(self._board.columns)
        scores = [column.score for column in self._board.columns]
        lines = "".join(_segments(scores))
        line = f'<svg viewBox="0 0 {100 * count} 100" preserveAspectRatio="none" aria-hidden="true">{lines}</svg>'
        points = "".join(map(self._point, self._board.columns))
        return f'<td colspan="{count}"><div class="curve">{line}{points}</div></td>'

    def _point(self, column: Column) -> str:
        if column.score is None or column.feeling is None:
            return f'<div class="silent">{"not voiced" if column.step else ""}</div>'
        place = f'style="--score:{column.score:g}"'
        form, sign = column.feeling.standing.form, "good" if column.score > 0 else "bad"
        label = f"<b{AUTO}>{words(column.feeling.text)} ({signed(column.score)})</b>"
        inside = f'<i class="dot {form}"></i><div class="said">{label}{self._foot(column.feeling)}</div>'
        return f'<div class="point {sign}" {place}{self._id(column.feeling)}>{inside}</div>'

    def _id(self, card: Card) -> str:
        return f' id="e{card.reference}"' if card.reference else ""

    def _foot(self, card: Card) -> str:
        """Say what a claim rests on; where there are quotes, it opens on them."""
        said = words(card.standing.words())
        entry = self._evidence.get(card.reference)
        if entry is None:
            return f'<span class="mark">{said}</span>' if said else ""
        quotes = "".join(map(self._quote, entry.proofs))
        return f"<details><summary>{said}</summary>{quotes}</details>"

    def _quote(self, proof: Proof) -> str:
        """Write a quote, led by the part of a picture that it was read from, as a link to where it stands."""
        place = self._places.get(proof.evidence)
        cited = proof.citation
        said_at = cited.source if place and place.cut else cited.place
        quote = f"<span{in_language(cited.language)}>“{words(cited.quote)}”</span>"
        told = f"{quote} <cite>{words(said_at)}{' · against it' if proof.is_against else ''}</cite>"
        if place is None:
            return f'<span class="quote"{AUTO}>{told}</span>'
        return f'<a class="quote" href="#{place.anchor}"{AUTO}>{place.cut}{told}</a>'


def _segments(scores: list[float | None]) -> Iterator[str]:
    """Yield a line for every run of neighbouring steps that have a feeling."""
    run: list[str] = []
    for at, score in enumerate([*scores, None]):
        if score is not None:
            run.append(f"{100 * at + 50},{(2 - score) * 25:g}")
            continue
        if len(run) > 1:
            yield f'<polyline points="{" ".join(run)}"/>'
        run = []
