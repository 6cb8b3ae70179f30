"""The engine that asks a language model: it copies words and groups them, code decides what stands."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from journey.engines.llm import prompt
from journey.engines.llm.asking import CALL_TIMEOUT, Asker
from journey.engines.llm.bill import Bill, too_small
from journey.engines.llm.client import ChatClient
from journey.engines.llm.draw import draw
from journey.engines.llm.faults import BudgetReached
from journey.engines.llm.limits import Limits, cap_of
from journey.engines.llm.reading import Reader
from journey.engines.llm.telling import Telling, about_server
from journey.engines.llm.vision.arranging import with_roles
from journey.engines.llm.vision.heights import with_heights
from journey.engines.llm.vision.reading import PictureReader
from journey.model import Budget, Journey, Outcome, Run, Source
from journey.settings import Settings
from journey.work import Work


class LlmEngine:
    """Draws journeys with a model on an OpenAI-compatible server.

    Args:
        at_once: calls in flight, when the usual number for the server is not wanted.
    """

    name = "openai"

    def __init__(self, settings: Settings, *, at_once: int | None = None) -> None:
        self._client = ChatClient(settings, timeout=CALL_TIMEOUT)
        self._settings = settings
        usual = Limits.of(settings)
        self._limits = replace(usual, at_once=at_once or usual.at_once)

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
        bill = Bill(work, price=self._limits.price, cap=cap_of(budget, self._settings))
        asker = Asker(self._client, work, bill, limits=self._limits, instructions=instructions)
        if any(source.kind == "image" for source in sources):
            return self._from_pictures(sources, PictureReader(asker, work, bill, self._limits, thorough=thorough))
        turns = prompt.number_turns(sources)
        if not turns:
            return _nothing_said(sources, Run(engine=self.name, model=self._client.model))
        _try_out(asker, bill)
        reading = Reader(asker, work, bill, self._limits, thorough=thorough).read(turns)
        server = about_server(self._client.abilities, reading.found, asker.reads)
        telling = Telling(reading.found, reading.findings, turns, bill, server)
        journey = draw(reading.drawing, reading.findings.grounded, sources, telling.run(self.name, self._client.model))
        work.found([step.title for step in journey.steps()])
        return telling.labelled(journey)

    def _from_pictures(self, sources: Sequence[Source], reader: PictureReader) -> Journey:
        """Show the model pictures where it sees them and they may go to it, else what was read in them."""
        _try_out(reader.asker, reader.bill)
        reading = reader.read(sources)
        if not reading.found.replies:
            return _nothing_said(
                sources, Run(engine=self.name, model=self._client.model, warnings=tuple(reading.warnings()))
            )
        server = (*about_server(self._client.abilities, reading.found, reader.asker.reads), *reading.warnings())
        turns = prompt.number_turns(reading.sources)
        found, findings = reading.found, reading.findings
        telling = Telling(found, findings, turns, reader.bill, server, noun="Block", missing=reading.missing)
        run = telling.run(self.name, self._client.model).model_copy(update={"dropped": reading.dropped})
        journey = draw(reading.drawing, reading.findings.grounded, reading.sources, run)
        reader.work.found([step.title for step in journey.steps()])
        return telling.labelled(with_heights(with_roles(journey, reading.seen)))


def _try_out(asker: Asker, bill: Bill) -> None:
    try:
        asker.try_out()
    except BudgetReached:
        raise too_small(bill) from None


def _nothing_said(sources: Sequence[Source], run: Run) -> Journey:
    return Journey(
        title="No journey",
        sources=tuple(sources),
        outcome=Outcome.NOT_ENOUGH,
        reason="There are no words in the sources that a journey could be drawn from.",
        run=run,
    )
