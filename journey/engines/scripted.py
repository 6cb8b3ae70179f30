"""An engine that does as it is told: one step per passage, at a set pace, with set failures. For tests and demos."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator, Sequence

from journey.engines import ON_THIS_MACHINE
from journey.errors import EngineError
from journey.model import Budget, Evidence, Journey, Origin, Outcome, Passage, Phase, Role, Run, Source, Step
from journey.work import Stage, Work

TITLE_WORDS = 9


class ScriptedEngine:
    """Makes every passage a step, each behind a checkpoint, as a model engine makes its calls.

    Args:
        pace: seconds each call takes.
        failures: raised one by one, a call each, before any call succeeds.
    """

    name = "scripted"
    destination: str = ON_THIS_MACHINE

    def __init__(self, *, pace: float = 0.0, failures: Sequence[EngineError] = ()) -> None:
        self.pace = pace
        self.calls = 0
        self._failures = list(failures)

    def extract(
        self,
        sources: Sequence[Source],
        work: Work,
        *,
        instructions: str = "",
        budget: Budget | None = None,
        thorough: bool = False,
    ) -> Journey:
        """Draw one phase per source. Instructions are taken as the scenario, so that a test can see them arrive."""
        spoken = [(source, passage) for source in sources for passage in _spoken(source)]
        titles: dict[str, list[Step]] = {source.id: [] for source in sources}
        for number, (source, passage) in enumerate(spoken, start=1):
            step = self._step(source, passage, work)
            titles[source.id].append(step)
            work.progress(Stage.FIND, done=number, total=len(spoken), note="section")
            work.found([found.title for steps in titles.values() for found in steps])
        return _journey(sources, titles, scenario=instructions or None, calls=self.calls)

    def _step(self, source: Source, passage: Passage, work: Work) -> Step:
        words = source.slice(passage)
        title = work.step(
            f"{source.id}/{passage.id}",
            lambda: work.call(lambda: self._answer(words)),
            fingerprint=hashlib.sha256(f"scripted/1/{words}".encode()).hexdigest(),
        )
        evidence = Evidence(source=source.id, passage=passage.id, start=passage.start, end=passage.end, quote=words)
        return Step(id=f"{source.id}.{passage.id}", title=str(title), origin=Origin.QUOTED, evidence=(evidence,))

    async def _answer(self, words: str) -> str:
        self.calls += 1
        await asyncio.sleep(self.pace)
        if self._failures:
            raise self._failures.pop(0)
        return " ".join(words.split()[:TITLE_WORDS])


def _spoken(source: Source) -> Iterator[Passage]:
    for passage in source.passages:
        if passage.role is not Role.INTERVIEWER and source.slice(passage).strip():
            yield passage


def _journey(sources: Sequence[Source], steps: dict[str, list[Step]], *, scenario: str | None, calls: int) -> Journey:
    phases = tuple(
        Phase(id=f"phase-{source.id}", name=source.name, origin=Origin.INFERRED, steps=tuple(steps[source.id]))
        for source in sources
        if steps[source.id]
    )
    return Journey(
        title="Scripted journey",
        scenario=scenario,
        phases=phases,
        sources=tuple(sources),
        outcome=Outcome.COMPLETE if phases else Outcome.NOT_ENOUGH,
        reason=None if phases else "Nobody but an interviewer says anything here.",
        run=Run(engine=ScriptedEngine.name, calls=calls),
    )
