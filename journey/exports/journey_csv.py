"""A journey as CSV: tidy (a row per claim and quote) for analysis, and as a matrix (lanes by steps) for slides.

No cell can be a formula when a spreadsheet opens the file (CWE-1236): such a cell gets an apostrophe in front, which
spreadsheets take for "this is text". Every cell is quoted, so that another list separator cannot cut one open.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from journey.exports.citations import ORIGIN_MARKS, Citation, Citations, clock, evidence_of, lane_titles, lanes, signed
from journey.model import Emotion, Evidence, Item, Journey, Note, Phase, Step, Touchpoint

TIDY_COLUMNS = (
    "phase",
    "step_no",
    "step",
    "lane",
    "item",
    "text",
    "kind",
    "role",
    "channel",
    "emotion",
    "origin",
    "quote",
    "stance",
    "participant",
    "source",
    "turn",
    "time",
    "region",
    "match",
)

MOMENT_OF_TRUTH = "moment of truth"

_FORMULA = re.compile(r"(?!-\d+(?:\.\d+)?$)'*\s*[=+\-@＝＋－＠]|[\t\r\n]")
"""Also with apostrophes in front: `'=` is told from a neutralised `=` by one more of them."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

Row = dict[str, str]
Column = tuple[Phase, Step | None]


def to_csv(journey: Journey) -> str:
    """Write a row for every claim and quote of it, under `TIDY_COLUMNS`; the `item` column tells claims apart."""
    rows = tidy_rows(journey)
    return _table([TIDY_COLUMNS, *([row.get(column, "") for column in TIDY_COLUMNS] for row in rows)])


def to_csv_matrix(journey: Journey) -> str:
    """Write a column for every step under its phase, and a row for every lane."""
    citations = Citations(journey)
    columns: list[Column] = [(phase, step) for phase in journey.phases for step in phase.steps or (None,)]
    rows = [
        ["Phase", *(phase.name for phase, _ in columns)],
        ["Step", *(step.title if step else "" for _, step in columns)],
        ["Feeling", *(_feeling(step) for _, step in columns)],
    ]
    rows += [[title, *(_cell(step, title) for _, step in columns)] for title in lane_titles(journey)]
    rows.append(["Quotes", *(_quotes(step, citations) for _, step in columns)])
    return _table(rows)


def as_text(cell: str) -> str:
    r"""Return a cell that no spreadsheet takes for a formula; a plain number may stay one.

    >>> as_text("=1+1"), as_text(" -a"), as_text("a=b"), as_text("-1.5")
    ("'=1+1", "' -a", 'a=b', '-1.5')
    """
    return _CONTROL.sub("", f"'{cell}" if _FORMULA.match(cell) else cell)


def _table(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([as_text(cell) for cell in row] for row in rows)
    return out.getvalue()


def tidy_rows(journey: Journey) -> Iterator[Row]:
    """Yield a row for every claim and quote of it; a column that says nothing there is left out."""
    citations = Citations(journey)
    for item in journey.expectations:
        yield from _claim({"lane": "Expectations"}, item, citations)
    number = 0
    for phase in journey.phases:
        if not phase.steps:
            yield {"phase": phase.name, "lane": "Phase", "origin": phase.origin}
        for step in phase.steps:
            number += 1
            place = {"phase": phase.name, "step_no": str(number), "step": step.title}
            yield from _step(place, step, citations)


def _step(place: Row, step: Step, citations: Citations) -> Iterator[Row]:
    own = {**place, "lane": "Step", "item": step.id, "text": step.title, "origin": step.origin}
    own |= {"kind": _kind(step), "role": step.role or ""}
    yield from _cited(own, step.evidence, (), citations)
    if step.emotion:
        yield from _emotion(place, step.emotion, citations)
    for title, items in lanes(step):
        for item in items:
            yield from _claim({**place, "lane": title}, item, citations)


def _kind(step: Step) -> str:
    kinds = [step.kind if step.kind != "action" else "", MOMENT_OF_TRUTH if step.moment_of_truth else ""]
    return ", ".join(kind for kind in kinds if kind)


def _emotion(place: Row, emotion: Emotion, citations: Citations) -> Iterator[Row]:
    own = {**place, "lane": "Feeling", "text": emotion.label, "emotion": f"{emotion.score:g}"}
    yield from _cited({**own, "origin": emotion.origin}, emotion.evidence, (), citations)


def _claim(place: Row, item: Item, citations: Citations) -> Iterator[Row]:
    channel = (item.channel or "") if isinstance(item, Touchpoint) else ""
    kind = item.kind if isinstance(item, Note) else ""
    own = {**place, "item": item.id, "text": item.text, "kind": kind, "channel": channel}
    yield from _cited({**own, "origin": item.origin}, item.evidence, item.counter, citations)


def _cited(
    row: Row, evidence: tuple[Evidence, ...], counter: tuple[Evidence, ...], citations: Citations
) -> Iterator[Row]:
    """Yield the row once for every quote, or alone."""
    if not evidence and not counter:
        yield row
    for stance, entries in (("supports", evidence), ("against", counter)):
        for entry in entries:
            yield {**row, "stance": stance, **_citation(citations.cite(entry))}


def _citation(citation: Citation) -> Row:
    return {
        "quote": citation.quote,
        "participant": citation.speaker,
        "source": citation.source,
        "turn": citation.passage,
        "time": "" if citation.time is None else clock(citation.time),
        "region": citation.region,
        "match": citation.match,
    }


def _feeling(step: Step | None) -> str:
    return f"{step.emotion.label} ({signed(step.emotion.score)})" if step and step.emotion else ""


def _cell(step: Step | None, lane: str) -> str:
    items = [item for title, found in lanes(step) if title == lane for item in found] if step else []
    return "\n".join(_marked(item) for item in items)


def _marked(item: Item) -> str:
    mark = ORIGIN_MARKS[item.origin]
    return f"{item.text} ({mark})" if mark else item.text


def _quotes(step: Step | None, citations: Citations) -> str:
    if step is None:
        return ""
    cited = dict.fromkeys(map(citations.cite, evidence_of(step)))
    # A passage without a speaker goes by its id and not in words, so that it is known again when the file comes back.
    return "\n".join(f"“{citation.quote}” ({citation.teller or citation.passage})" for citation in cited)
