"""Have the model read transcripts: a short one in one call, a long one section by section, and draw what was found."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from journey.engines.llm import prompt
from journey.engines.llm.asking import Asker
from journey.engines.llm.bill import Bill, too_small
from journey.engines.llm.chunks import Chunk, cut
from journey.engines.llm.estimate import merging_calls, observations_in
from journey.engines.llm.evidence import Findings, ground
from journey.engines.llm.faults import AnswerCutOff, AnswerUnusable, BudgetReached, QuestionTooLong
from journey.engines.llm.limits import CORE, EARLIER, Limits
from journey.engines.llm.merge import Merged, merge
from journey.engines.llm.parallel import in_parallel
from journey.engines.llm.prompt import Turn
from journey.engines.llm.schema import Drawing, Whole
from journey.engines.llm.sections import Section, joined, mended, observe
from journey.errors import EngineRefused
from journey.work import Stage, Work

MOST_FOR_MERGING = 0.4
"""Share of the cap that is kept, while sections are read, for making one map of them."""

UNUSABLE_OF = 5
"""Of so many sections one may be left out because its answers had the wrong form: with more, the model is no use."""

USELESS = "The model does not answer in the form it is asked for. Try again, or choose another model."

_BLANK = Drawing(title="", actor=None, actor_role=None, scenario=None, goal=None, phases=[], disagreements=[])


@dataclass(frozen=True)
class Reading:
    """All that the model said about the sources."""

    drawing: Drawing
    found: Section
    findings: Findings
    """What is left of what was found."""


@dataclass(frozen=True)
class Reader:
    """Reads the transcripts of one job."""

    asker: Asker
    work: Work
    bill: Bill
    limits: Limits
    thorough: bool = False
    """Whether every section is looked at once more for what was missed."""

    def read(self, turns: Sequence[Turn]) -> Reading:
        """Return what the model found in the turns and how it arranged it.

        Raises:
            EngineError: nothing could be read.
        """
        chunks = cut(turns, core=CORE, context=EARLIER)
        if len(chunks) > 1 or self.thorough:
            return self._in_sections(chunks)
        self.work.progress(Stage.ASK, total=1)
        try:
            return self._at_once(turns)
        except BudgetReached:
            raise too_small(self.bill) from None
        except (AnswerCutOff, QuestionTooLong):
            halves = chunks[0].halves()
            if not halves:
                raise
            return self._in_sections(halves)

    def _at_once(self, turns: Sequence[Turn]) -> Reading:
        asked = self.asker.ask("whole", prompt.WHOLE_TASK, prompt.as_lines(turns), Whole)
        observations, replies = mended(self.asker, asked.answer.observations, turns)
        found = Section(tuple(observations), (asked.reply, *replies))
        return Reading(asked.answer.journey, found, ground(observations, turns))

    def _in_sections(self, chunks: Sequence[Chunk]) -> Reading:
        found = self._observed(chunks)
        if not found.observations:
            self._check_why_nothing(found)
            return Reading(_BLANK, found, Findings({}))
        self.work.progress(Stage.ASK, done=len(chunks), total=len(chunks), note="joining the sections")
        findings = ground(found.observations, [turn for chunk in chunks for turn in chunk.core])
        standing = [one.observation for one in findings.grounded.values()]
        at_once = self.limits.at_once
        merged = merge(self.asker, standing, at_once=at_once) if standing else Merged(_BLANK)
        found = replace(found, replies=(*found.replies, *merged.replies), is_unarranged=merged.was_refused)
        return Reading(merged.drawing, found, findings)

    def _observed(self, chunks: Sequence[Chunk]) -> Section:
        progress = _Progress(self.work, len(chunks))
        self.bill.hold_back(self._for_merging(chunks))
        look = partial(observe, self.asker, thorough=self.thorough)
        tasks = [partial(progress.observed, look, chunk) for chunk in chunks]
        found = joined(in_parallel(tasks, limit=self.limits.at_once))
        self.bill.hold_back(0)
        return found

    def _for_merging(self, chunks: Sequence[Chunk]) -> float:
        """Return what to keep of the cap for making one map of the sections, without leaving too little for them."""
        observed = observations_in([turn for chunk in chunks for turn in chunk.core])
        most = sum(self.bill.at_most(call.sent, self.limits.room(call.sent)) for call in merging_calls(observed))
        return min(most, self.bill.cap * MOST_FOR_MERGING)

    def _check_why_nothing(self, found: Section) -> None:
        if found.unread:
            raise too_small(self.bill)
        if found.refused and not found.replies:
            host = self.asker.host
            raise EngineRefused(f"The model at {host}, or its content filter, refused to work on this transcript.")


class _Progress:
    """Says how many sections are done, and what was found in them so far."""

    def __init__(self, work: Work, total: int) -> None:
        self._work = work
        self._total = total
        self._done = 0
        self._unusable = 0
        self._titles: list[str] = []
        self._lock = threading.Lock()
        work.progress(Stage.ASK, total=total, note="section")

    def observed(self, look: Callable[[Chunk], Section], chunk: Chunk) -> Section:
        """Look at a chunk and count it.

        Raises:
            AnswerUnusable: too many sections were answered in the wrong form.
        """
        section = look(chunk)
        with self._lock:
            self._unusable += bool(section.unusable)
            if self._unusable * UNUSABLE_OF > self._total:
                raise AnswerUnusable(USELESS)
            self._done += 1
            self._titles += [one.text for one in section.observations if one.kind == "step"]
            self._work.progress(Stage.ASK, done=self._done, total=self._total, note="section")
            self._work.found(self._titles)
        return section
