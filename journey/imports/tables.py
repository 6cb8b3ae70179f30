"""A map from a table: what each label means, what each cell holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journey.exports.citations import LANE_TITLES
from journey.imports.draft import Claim, MapDraft, PhaseDraft, Said, StepDraft
from journey.imports.feelings import Scale, find_scale, in_words, read_feeling
from journey.imports.grid import Grid
from journey.imports.layouts import Table, find_table
from journey.imports.levels import with_one_feeling
from journey.imports.long_form import spread
from journey.imports.shared_cells import with_steps_apart
from journey.imports.tidy import is_tidy, read_tidy, seconds
from journey.imports.vocabulary import (
    ACTOR,
    CHANNEL,
    EMOTION,
    EXPECTATIONS,
    GOAL,
    PHASE,
    QUOTES,
    ROLE,
    SCENARIO,
    SCORE,
    STEP,
    TITLE,
    lane_of,
)
from journey.model import Origin

LONGEST_TITLE = 100

_NUMBERING = re.compile(r"^\W*$|\b(?:ids?|no|nr|num|number|include|index)\b|#", re.IGNORECASE)
"""Labels of columns that only count or name the rows."""

_BULLET = re.compile(r"^\s*(?:[•·‣▪●◦*]|[-–—](?=\s)|\d{1,2}[.)](?=\s))\s*")
_BULLETS = re.compile(r"\s*[•‣▪●◦]\s*")
_MARK = re.compile(r"\s*\((inferred|by the user|contradicted)\)$")
_CITED = re.compile(
    r"^[“\"„«「](?P<quote>.+?)[”\"“»」]\s*(?:\((?P<place>[^()]*)\)|[-–—,]\s*(?P<who>[^\"”]+))?$", re.DOTALL
)
_TURN = re.compile(r"^[tbq]\d+(?:-\d+)?$")
_PLACE_TIME = re.compile(r"^(?P<who>.*?)(?:,\s*)?(?P<time>\d+:\d\d(?::\d\d)?)?$")


def read_table(grid: Grid) -> MapDraft:
    """Read a map from a sheet, whatever its layout.

    Raises:
        JourneyFileError: there is none in it.
    """
    if is_tidy(grid):
        return read_tidy(grid)
    return _Reading(with_steps_apart(with_one_feeling(find_table(spread(grid) or grid)))).draft()


class _Reading:
    def __init__(self, table: Table) -> None:
        self._table = table
        felt = [
            record[place] for field in (SCORE, EMOTION) for place in table.places(field) for record in table.records
        ]
        self._scale: Scale = find_scale(felt)

    def draft(self) -> MapDraft:
        facts = dict(reversed(self._table.about))
        draft = MapDraft(
            title=facts.get(TITLE, "") or self._table.heading,
            actor=facts.get(ACTOR, ""),
            scenario=facts.get(SCENARIO, ""),
            goal=facts.get(GOAL, ""),
            expectations=[Claim(entry) for entry in _entries(facts.get(EXPECTATIONS, ""))],
            warnings=list(self._table.warnings),
        )
        for record in self._table.records:
            name = self._first(record, PHASE)
            if not draft.phases or draft.phases[-1].name != name:
                draft.phases.append(PhaseDraft(name))
            draft.phases[-1].steps.append(self._step(record))
        for phase in draft.phases:
            phase.name = phase.name or ("Journey" if len(draft.phases) == 1 else "")
        return draft

    def _step(self, record: tuple[str, ...]) -> StepDraft:
        step = StepDraft(Claim(self._step_title(record)), role=self._first(record, ROLE))
        for label, cell in zip(self._table.labels, record, strict=True):
            if cell and label:
                self._take(step, label, cell)
        self._feel(step, record)
        self._channels(step, record)
        return step

    def _step_title(self, record: tuple[str, ...]) -> str:
        """Return the step's name; where no row has any, its first action, or the phase it stands for."""
        for field in (STEP, "actions", "touchpoints", PHASE):
            lines = list(_entries(self._first(record, field)))
            if lines:
                return " ".join(lines) if field == STEP else lines[0][:LONGEST_TITLE]
        return ""

    def _take(self, step: StepDraft, label: str, cell: str) -> None:
        field = lane_of(label)
        if field in (PHASE, STEP, EMOTION, SCORE, CHANNEL, ROLE) or (field is None and _NUMBERING.search(label)):
            return
        if field == QUOTES:
            step.head.quotes += [said for said in map(read_quote, _entries(cell)) if said is not None]
            step.head.origin = Origin.QUOTED if step.head.quotes else step.head.origin
            return
        title = LANE_TITLES.get(field or "", label)
        for entry in _entries(cell):
            step.add(title, _claim(entry))

    def _feel(self, step: StepDraft, record: tuple[str, ...]) -> None:
        """Give the step its feeling: words and score may stand in two places; words without a score stay words."""
        words, number = self._first(record, EMOTION), self._first(record, SCORE)
        found = read_feeling(words, self._scale) if words else None
        rated = read_feeling(number, self._scale) if number else None
        if rated is not None and found is None:
            found = (rated[0], words or in_words(rated[0]))
        if found is not None:
            step.score, step.feeling = found[0], Claim(" ".join(_MARK.sub("", found[1]).split()))
        elif words:
            label = self._table.labels[self._table.places(EMOTION)[0]]
            for entry in _entries(words):
                step.add(label, Claim(entry))

    def _channels(self, step: StepDraft, record: tuple[str, ...]) -> None:
        channel = " ".join(self._first(record, CHANNEL).split())
        touchpoints = step.lanes.get(LANE_TITLES["touchpoints"], [])
        for claim in touchpoints:
            claim.channel = channel
        if channel and not touchpoints:
            step.add(LANE_TITLES["touchpoints"], Claim(channel, channel=channel))

    def _first(self, record: tuple[str, ...], field: str) -> str:
        return next((record[place] for place in self._table.places(field) if record[place]), "")


def _entries(cell: str) -> Iterator[str]:
    """Yield the entries of a cell: its lines, or what its bullets part."""
    for line in cell.splitlines():
        for part in _BULLETS.split(line):
            entry = _BULLET.sub("", part).strip()
            if entry:
                yield entry


def _claim(entry: str) -> Claim:
    mark = _MARK.search(entry)
    origin = Origin.INFERRED if mark and mark[1] == "inferred" else Origin.USER
    return Claim(_MARK.sub("", entry) or entry, origin)


def read_quote(entry: str) -> Said | None:
    """Return a quote with who said it and when, as far as the entry tells.

    >>> read_quote("“I waited” (Anna, 0:04)") == Said("I waited", speaker="Anna", time=4.0)
    True
    >>> read_quote('"So slow" - Ben'), read_quote("no marks at all")
    (Said(quote='So slow', speaker='Ben', time=None, source='', turn='', match='exact'), \
Said(quote='no marks at all', speaker='', time=None, source='', turn='', match='exact'))
    """
    found = _CITED.match(entry.strip())
    if found is None:
        return Said(entry.strip()) if entry.strip() else None
    place = (found["place"] or found["who"] or "").strip()
    if _TURN.match(place):
        return Said(found["quote"], turn=place)
    told = _PLACE_TIME.match(place)
    who, time = (told["who"], told["time"]) if told else (place, None)
    return Said(found["quote"], speaker=who.strip(" ,"), time=seconds(time) if time else None)
