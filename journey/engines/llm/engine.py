"""The engine that asks a language model: it copies words and groups them, code decides what stands."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from journey.engines.llm import prompt
from journey.engines.llm.asking import CALL_TIMEOUT, Asker
from journey.engines.llm.bill import Bill, too_small
from journey.engines.llm.chunks import Chunk, cut
from journey.engines.llm.client import ChatClient
from journey.engines.llm.draw import draw
from journey.engines.llm.estimate import merging_calls, observations_in
from journey.engines.llm.evidence import ground
from journey.engines.llm.faults import AnswerCutOff, BudgetReached, QuestionTooLong
from journey.engines.llm.limits import CORE, EARLIER, Limits, cap_of
from journey.engines.llm.merge import merge
from journey.engines.llm.parallel import in_parallel
from journey.engines.llm.prompt import Turn
from journey.engines.llm.schema import Drawing, Whole
from journey.engines.llm.sections import Section, joined, mended, observe
from journey.engines.llm.telling import Telling, about_server
from journey.errors import EngineRefused
from journey.model import Budget, Journey, Outcome, Run, Source
from journey.settings import Settings
from journey.work import Stage, Work

MOST_FOR_MERGING = 0.4
"""Share of the cap that is kept, while sections are read, for making one map of them."""


@dataclass(frozen=True)
class _Reading:
    """All that the model said about the sources."""

    drawing: Drawing
    found: Section


class LlmEngine:
    """Draws journeys with a model on an OpenAI-compatible server.

    Args:
        at_once: calls in flight, when the usual number for the server is not wanted.
    """

    name = "openai"

    def __init__(self, settings: Settings, *, at_once: int | None = None) -> None:
        self._client = ChatClient(settings, timeout=CALL_TIMEOUT)
        self._settings = settings
        self._limits = Limits.of(settings)
        self._at_once = at_once or self._limits.at_once

    @property
    def destination(self) -> str:
        """The host that the transcript is sent to."""
        return self._client.host

    def models(self) -> tuple[str, ...]:
        """Return the names of the server's models.

        Raises:
            EngineError: the server does not list them, or cannot be asked.
        """
        return asyncio.run(self._client.models())

    def extract(
        self,
        sources: Sequence[Source],
        work: Work,
        *,
        instructions: str = "",
        budget: Budget | None = None,
        thorough: bool = False,
    ) -> Journey:
        """Ask the model, section by section where the transcripts are long, and keep what the text supports."""
        turns = prompt.number_turns(sources)
        if not turns:
            return _nothing_said(sources, Run(engine=self.name, model=self._client.model))
        bill = Bill(work, price=self._limits.price, cap=cap_of(budget, self._settings))
        asker = Asker(self._client, work, bill, limits=self._limits, instructions=instructions)
        _try_out(asker, bill)
        reading = self._read(asker, turns, work, bill)
        findings = ground(reading.found.observations, turns)
        server = about_server(self._client.abilities, reading.found, asker.reads)
        telling = Telling(reading.found, findings, turns, bill, server)
        journey = draw(reading.drawing, findings.grounded, sources, telling.run(self.name, self._client.model))
        work.found([step.title for step in journey.steps()])
        return telling.labelled(journey)

    def _read(self, asker: Asker, turns: Sequence[Turn], work: Work, bill: Bill) -> _Reading:
        chunks = cut(turns, core=CORE, context=EARLIER)
        if len(chunks) > 1:
            return self._read_in_sections(asker, chunks, work, bill)
        work.progress(Stage.ASK, total=1)
        try:
            return _read_whole(asker, turns)
        except BudgetReached:
            raise too_small(bill) from None
        except (AnswerCutOff, QuestionTooLong):
            halves = chunks[0].halves()
            if not halves:
                raise
            return self._read_in_sections(asker, halves, work, bill)

    def _read_in_sections(self, asker: Asker, chunks: Sequence[Chunk], work: Work, bill: Bill) -> _Reading:
        progress = _Progress(work, len(chunks))
        bill.hold_back(_for_merging(chunks, bill, self._limits))
        sections = in_parallel([partial(progress.observed, asker, chunk) for chunk in chunks], limit=self._at_once)
        found = joined(sections)
        bill.hold_back(0)
        if not found.observations:
            if found.unread:
                raise too_small(bill)
            _check_not_all_refused(found, self.destination)
            return _Reading(_BLANK, found)
        work.progress(Stage.ASK, done=len(chunks), total=len(chunks), note="joining the sections")
        grounded = ground(found.observations, [turn for chunk in chunks for turn in chunk.core]).grounded
        standing = [one.observation for one in grounded.values()]
        drawing, replies = merge(asker, standing, at_once=self._at_once) if standing else (_BLANK, ())
        return _Reading(drawing, replace(found, replies=(*found.replies, *replies)))


class _Progress:
    """Says how many sections are done, and what was found in them so far."""

    def __init__(self, work: Work, total: int) -> None:
        self._work = work
        self._total = total
        self._done = 0
        self._titles: list[str] = []
        self._lock = threading.Lock()
        work.progress(Stage.ASK, total=total, note="section")

    def observed(self, asker: Asker, chunk: Chunk) -> Section:
        """Observe a chunk and count it."""
        section = observe(asker, chunk)
        with self._lock:
            self._done += 1
            self._titles += [one.text for one in section.observations if one.kind == "step"]
            self._work.progress(Stage.ASK, done=self._done, total=self._total, note="section")
            self._work.found(self._titles)
        return section


_BLANK = Drawing(title="", actor=None, actor_role=None, scenario=None, goal=None, phases=[], disagreements=[])


def _try_out(asker: Asker, bill: Bill) -> None:
    try:
        asker.try_out()
    except BudgetReached:
        raise too_small(bill) from None


def _read_whole(asker: Asker, turns: Sequence[Turn]) -> _Reading:
    asked = asker.ask("whole", prompt.WHOLE_TASK, prompt.as_lines(turns), Whole)
    observations, replies = mended(asker, asked.answer.observations, turns)
    return _Reading(asked.answer.journey, Section(tuple(observations), (asked.reply, *replies)))


def _check_not_all_refused(found: Section, host: str) -> None:
    if found.refused and not found.replies:
        raise EngineRefused(f"The model at {host}, or its content filter, refused to work on this transcript.")


def _for_merging(chunks: Sequence[Chunk], bill: Bill, limits: Limits) -> float:
    """Return what to keep of the cap for making one map of the sections, without leaving too little for them."""
    observed = observations_in([turn for chunk in chunks for turn in chunk.core])
    most = sum(bill.at_most(call.sent, limits.room(call.sent)) for call in merging_calls(observed))
    return min(most, bill.cap * MOST_FOR_MERGING)


def _nothing_said(sources: Sequence[Source], run: Run) -> Journey:
    return Journey(
        title="No journey",
        sources=tuple(sources),
        outcome=Outcome.NOT_ENOUGH,
        reason="There are no words in the sources that a journey could be drawn from.",
        run=run,
    )
