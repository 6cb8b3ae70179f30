"""A table with a row for every claim and quote, as our own CSV and workbooks have it."""

from __future__ import annotations

from journey.exports.citations import LANE_TITLES
from journey.exports.journey_csv import MOMENT_OF_TRUTH, TIDY_COLUMNS
from journey.imports.draft import Claim, Kind, LinkDraft, MapDraft, Match, NoteKind, PhaseDraft, Said, StepDraft
from journey.imports.grid import Grid
from journey.model import Origin

NEEDED = ("phase", "step", "lane", "text")
"""The columns without which a table is not tidy."""

_FEELING, _STEP, _PHASE, _EXPECTATIONS = "feeling", "step", "phase", "expectations"
_MATCHES: dict[str, Match] = {"exact": "exact", "normalised": "normalised", "near": "near"}
_KINDS: dict[str, Kind] = {"start": "start", "end": "end", "decision": "decision"}
_TITLES = {title.casefold(): title for title in LANE_TITLES.values()}

Row = dict[str, str]


def is_tidy(grid: Grid) -> bool:
    """Whether the first row names the columns of a tidy table."""
    return bool(grid) and set(NEEDED) <= {name.casefold() for name in grid[0]}


def read_tidy(grid: Grid) -> MapDraft:
    """Read a tidy table; columns may stand in any order and those not needed may be missing."""
    names = [name.casefold() for name in grid[0]]
    reading = _Reading()
    for cells in grid[1:]:
        row = {name: cell for name, cell in zip(names, cells, strict=True) if name in TIDY_COLUMNS}
        if any(row.values()):
            reading.take({**dict.fromkeys(TIDY_COLUMNS, ""), **row})
    return reading.draft


class _Reading:
    """Rows of one claim follow each other, as do the claims of a step and the steps of a phase."""

    def __init__(self) -> None:
        self.draft = MapDraft()
        self._step_key = ("", "", "")
        self._claim_key: tuple[str, ...] = ()
        self._claim = Claim("")

    def take(self, row: Row) -> None:
        lane = row["lane"].casefold()
        if lane == _EXPECTATIONS:
            self._add(row, self.draft.expectations)
            return
        if lane == _PHASE:
            self.draft.phases.append(PhaseDraft(row["phase"], origin=_origin(row)))
            return
        step = self._step(row)
        if lane == _STEP:
            self._take_step(row, step)
        elif lane == _FEELING:
            self._take_feeling(row, step)
        elif row["text"]:
            title = _TITLES.get(lane, row["lane"])
            self._add(row, step.lanes.setdefault(title, []))

    def _step(self, row: Row) -> StepDraft:
        key = (row["phase"], row["step_no"], row["step"])
        if key != self._step_key or not self.draft.phases or not self.draft.phases[-1].steps:
            phases = self.draft.phases
            if not phases or phases[-1].name != row["phase"] or not phases[-1].steps:
                phases.append(PhaseDraft(row["phase"]))
            phases[-1].steps.append(StepDraft(Claim(row["step"])))
            self._step_key = key
        return self.draft.phases[-1].steps[-1]

    def _take_step(self, row: Row, step: StepDraft) -> None:
        step.head.origin, step.role = _origin(row), row["role"]
        kinds = [kind.strip() for kind in row["kind"].split(",")]
        step.kind = next((_KINDS[kind] for kind in kinds if kind in _KINDS), "action")
        step.moment_of_truth = MOMENT_OF_TRUTH in kinds
        _cite(row, step.head)

    def _take_feeling(self, row: Row, step: StepDraft) -> None:
        try:
            score = float(row["emotion"].replace(",", "."))
        except ValueError:
            return
        if step.feeling is None:
            step.feeling, step.score = Claim(row["text"], _origin(row)), max(-2.0, min(2.0, score))
        _cite(row, step.feeling)

    def _add(self, row: Row, claims: list[Claim]) -> None:
        """Add the row's claim to a lane, or its quote to the claim that the row before was about."""
        key = (*self._step_key, row["lane"], row["item"], row["text"])
        if not row["item"] or key != self._claim_key or not claims:
            self._claim = Claim(row["text"], _origin(row), channel=row["channel"], kind=_note_kind(row))
            claims.append(self._claim)
        self._claim_key = key
        _cite(row, self._claim)


def _cite(row: Row, claim: Claim) -> None:
    if not row["quote"].strip():
        return
    said = Said(
        row["quote"],
        speaker=row["participant"],
        time=seconds(row["time"]),
        source=row["source"],
        turn=row["turn"],
        match=_MATCHES.get(row["match"], "exact"),
    )
    (claim.against if row["stance"].casefold() == "against" else claim.quotes).append(said)


def _note_kind(row: Row) -> NoteKind:
    return "warning" if row["kind"] == "warning" else "other" if row["kind"] == "other" else "info"


def _origin(row: Row) -> Origin:
    return Origin(row["origin"]) if row["origin"] in set(Origin) else Origin.QUOTED if row["quote"] else Origin.USER


def read_links(grid: Grid, draft: MapDraft) -> None:
    """Read the sheet of links of a workbook of ours into a draft whose steps are known."""
    names = [name.casefold() for name in grid[0]] if grid else []
    kinds = {"branch": "branch", "loop": "loop"}
    for cells in grid[1:]:
        row = dict(zip(names, cells, strict=True))
        before, after = row.get("from_no", ""), row.get("to_no", "")
        if not (before.isdecimal() and after.isdecimal() and int(before) and int(after)):
            continue
        link = LinkDraft(
            int(before) - 1, int(after) - 1, label=row.get("label", ""), origin=_origin({"quote": "", **row})
        )
        link.kind = kinds.get(row.get("kind", ""), "next")  # type: ignore[assignment]
        if row.get("quote"):
            link.quotes.append(Said(row["quote"], speaker=row.get("participant", ""), source=row.get("source", "")))
        _merge(link, draft.links)


def _merge(link: LinkDraft, links: list[LinkDraft]) -> None:
    """Add a link, or its quote to the one that the row before was about."""
    last = links[-1] if links else None
    same = last and (last.before, last.after, last.kind, last.label) == (link.before, link.after, link.kind, link.label)
    if last and same and link.quotes:
        last.quotes += link.quotes
    else:
        links.append(link)


def seconds(text: str) -> float | None:
    """Return the seconds of a clock's time.

    >>> seconds("1:02"), seconds("1:02:05"), seconds("soon")
    (62.0, 3725.0, None)
    """
    parts = text.strip().split(":")
    if not all(part.isdecimal() and part.isascii() for part in parts) or not 2 <= len(parts) <= 3:
        return None
    total = 0.0
    for part in parts:
        total = 60 * total + int(part)
    return total
