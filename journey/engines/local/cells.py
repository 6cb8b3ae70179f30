"""Findings as the records of a map: steps with their lanes, each item with the slice that says it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from journey.engines.local.arrangement import Stretch, nearest_step, steps_by_stretch
from journey.engines.local.emotion import Feeling, strongest
from journey.engines.local.lanes import Finding, LaneName
from journey.engines.local.opportunities import ask
from journey.engines.local.sentences import Sentence
from journey.engines.local.statements import cite
from journey.engines.local.steps import FoundStep
from journey.engines.local.touchpoints import Meeting
from journey.engines.local.vocabulary import pattern
from journey.model import Emotion, Evidence, Item, Origin, Step, Touchpoint

MOST_ITEMS = 6
"""In one cell; the strongest are kept."""


@dataclass
class Cells:
    """What belongs to one step."""

    found: dict[LaneName, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    feelings: list[Feeling] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    opportunities: list[Finding] = field(default_factory=list)


class Homes:
    """Tells which step a finding belongs to: the nearest one told in the same stretch."""

    def __init__(self, sentences: Sequence[Sentence], steps: Sequence[FoundStep], stretches: Sequence[Stretch]) -> None:
        self._sentences, self._steps = sentences, steps
        self._firsts = [stretch.first for stretch in stretches]
        self._lasts = [stretch.last for stretch in stretches]
        self._told = steps_by_stretch(steps, stretches)
        turns = [one.turn for one in sentences]
        self._goes_on = [first > 0 and turns[first - 1] == turns[first] for first in self._firsts]

    def of(self, sentence: int, start: int) -> int | None:
        """Return the index of the step; None for a sentence of a source without steps."""
        at = bisect_right(self._firsts, sentence) - 1
        if at < 0 or sentence > self._lasts[at]:
            return None
        told = [*(self._told[at - 1] if self._goes_on[at] else ()), *self._told[at]]
        return nearest_step(self._sentences, self._steps, told, sentence=sentence, start=start)

    def in_turn(self, sentence: int, start: int) -> int | None:
        """Return the index of the step if it is told in the same turn."""
        step = self.of(sentence, start)
        if step is None or self._sentences[self._steps[step].sentence].turn != self._sentences[sentence].turn:
            return None
        return step


def fill(
    homes: Homes,
    count: int,
    *,
    findings: Sequence[Finding],
    feelings: Sequence[Feeling],
    meetings: Sequence[Meeting],
) -> list[Cells]:
    """Give every finding to the step it belongs to, of `count`; a touchpoint only to a step of its own turn."""
    cells = [Cells() for _ in range(count)]
    for finding in findings:
        if (at := homes.of(finding.statement.sentence, finding.statement.start)) is not None:
            cells[at].found[finding.lane].append(finding)
    for feeling in feelings:
        if (at := homes.of(feeling.statement.sentence, feeling.statement.start)) is not None:
            cells[at].feelings.append(feeling)
    for meeting in meetings:
        if (at := homes.in_turn(meeting.sentence, meeting.start)) is not None:
            cells[at].meetings.append(meeting)
    return cells


def to_step(step_id: str, deeds: Sequence[FoundStep], cells: Cells, sentences: Sequence[Sentence]) -> Step:
    """Build the record of one step: the first deed names it, the others are its actions."""
    step, *others = deeds
    said = sentences[step.sentence]
    return Step(
        id=step_id,
        title=step.title,
        kind=step.kind,
        origin=Origin.QUOTED,
        role=step.role,
        evidence=(cite(said, step.start, step.end),),
        actions=tuple(_actions(step_id, others, sentences)),
        touchpoints=tuple(_touchpoints(step_id, cells.meetings, sentences)),
        thoughts=tuple(_items(step_id, "thoughts", cells, sentences)),
        emotion=_emotion(cells.feelings, sentences),
        pains=tuple(_items(step_id, "pains", cells, sentences)),
        gains=tuple(_items(step_id, "gains", cells, sentences)),
        needs=tuple(_items(step_id, "needs", cells, sentences)),
        opportunities=tuple(_opportunities(step_id, deeds, cells.opportunities, sentences)),
        moment_of_truth=_is_turning_point(step, cells, sentences),
    )


def _actions(step_id: str, deeds: Sequence[FoundStep], sentences: Sequence[Sentence]) -> Iterator[Item]:
    for number, deed in enumerate(deeds, start=1):
        quote = cite(sentences[deed.sentence], deed.start, deed.end)
        yield Item(id=f"{step_id}.actions{number}", text=deed.title, origin=Origin.QUOTED, evidence=(quote,))


def _items(step_id: str, lane: LaneName, cells: Cells, sentences: Sequence[Sentence]) -> Iterator[Item]:
    """Yield the strongest items of a lane in the order said; one said twice keeps both quotes."""
    strong = sorted(cells.found[lane], key=lambda finding: -finding.strength)[:MOST_ITEMS]
    quotes: dict[str, list[Evidence]] = {}
    for finding in cells.found[lane]:
        if finding in strong:
            quotes.setdefault(finding.statement.text, []).append(_quote(finding, sentences))
    for number, (text, evidence) in enumerate(quotes.items(), start=1):
        yield Item(id=f"{step_id}.{lane}{number}", text=text, origin=Origin.QUOTED, evidence=tuple(evidence))


def _quote(found: Finding | Feeling, sentences: Sequence[Sentence]) -> Evidence:
    said = found.statement
    return cite(sentences[said.sentence], said.start, said.end)


def _touchpoints(step_id: str, meetings: Sequence[Meeting], sentences: Sequence[Sentence]) -> Iterator[Touchpoint]:
    """Yield the touchpoints of a step, each channel once."""
    by_channel: dict[str, Meeting] = {}
    for meeting in meetings:
        by_channel.setdefault(meeting.channel, meeting)
    for number, (channel, meeting) in enumerate(by_channel.items(), start=1):
        yield Touchpoint(
            id=f"{step_id}.touchpoints{number}",
            text=meeting.text,
            channel=channel,
            origin=Origin.QUOTED,
            evidence=(cite(sentences[meeting.sentence], meeting.start, meeting.end),),
        )


def _emotion(feelings: Sequence[Feeling], sentences: Sequence[Sentence]) -> Emotion | None:
    if not feelings:
        return None
    felt = strongest(feelings)
    return Emotion(score=felt.score, label=felt.label, origin=Origin.QUOTED, evidence=(_quote(felt, sentences),))


def _opportunities(
    step_id: str, deeds: Sequence[FoundStep], pains: Sequence[Finding], sentences: Sequence[Sentence]
) -> Iterator[Item]:
    for number, pain in enumerate(pains, start=1):
        nearest = min(deeds, key=lambda deed: abs(deed.start - pain.statement.start))
        doing = "" if nearest.is_others else nearest.title
        yield Item(
            id=f"{step_id}.opportunities{number}",
            text=ask(pain.statement.text, doing=doing),
            origin=Origin.INFERRED,
            evidence=(_quote(pain, sentences),),
        )


def _is_turning_point(step: FoundStep, cells: Cells, sentences: Sequence[Sentence]) -> bool:
    """Whether the participant says so, at this step; a strong feeling alone does not make one."""
    said = [
        sentences[step.sentence].text,
        *(finding.statement.said for lane in cells.found.values() for finding in lane),
    ]
    return any(pattern("turning_point").search(text) for text in said)
