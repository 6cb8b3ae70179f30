"""The engine that asks a language model: it copies words and groups them, code decides what stands."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version

from journey.engines.llm import prompt
from journey.engines.llm.asking import CALL_TIMEOUT, Asker
from journey.engines.llm.chunks import Chunk, cut
from journey.engines.llm.client import ChatClient
from journey.engines.llm.draw import draw
from journey.engines.llm.evidence import Findings, ground
from journey.engines.llm.faults import AnswerCutOff, QuestionTooLong
from journey.engines.llm.merge import merge
from journey.engines.llm.parallel import in_parallel
from journey.engines.llm.prompt import Turn
from journey.engines.llm.schema import Drawing, Whole
from journey.engines.llm.sections import Section, joined, mended, observe
from journey.errors import EngineRefused
from journey.model import Journey, Outcome, Run, Source
from journey.settings import Settings
from journey.work import Stage, Work

DEFAULT_CONTEXT = 128_000
"""Tokens that the default service's models read at once, less than they advertise."""
OTHER_CONTEXT = 8_192
"""Tokens assumed of any other server; one that has fewer is found out by what it says it has read."""
CORE = 3_200
"""Tokens of a section, by an estimate from above; a transcript of no more is read in one call."""
EARLIER = 300
"""Tokens of the turns before a section that are repeated with it."""
AT_ONCE = 4
"""Calls in flight; a server on the user's own network is asked one at a time."""
NOT_HELD = "The server does not hold its model to a form of answer: more may be missing than with one that does."


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
        self._context = DEFAULT_CONTEXT if self._client.is_default_service else OTHER_CONTEXT
        self._at_once = at_once or (1 if is_near(self._client.host) else AT_ONCE)

    @property
    def destination(self) -> str:
        """The host that the transcript is sent to."""
        return self._client.host

    def extract(self, sources: Sequence[Source], work: Work, *, instructions: str = "") -> Journey:
        """Ask the model, section by section where the transcripts are long, and keep what the text supports."""
        turns = prompt.number_turns(sources)
        if not turns:
            return _nothing_said(sources, Run(engine=self.name, model=self._client.model))
        asker = Asker(self._client, work, context=self._context, instructions=instructions)
        reading = self._read(asker, turns, work)
        findings = ground(reading.found.observations, turns)
        journey = draw(reading.drawing, findings.grounded, sources, self._run(reading.found, turns, findings))
        work.found([step.title for step in journey.steps()])
        return _partial(journey, reading.found)

    def _read(self, asker: Asker, turns: Sequence[Turn], work: Work) -> _Reading:
        chunks = cut(turns, core=CORE, context=EARLIER)
        if len(chunks) > 1:
            return self._read_in_sections(asker, chunks, work)
        work.progress(Stage.ASK, total=1)
        try:
            return _read_whole(asker, turns)
        except (AnswerCutOff, QuestionTooLong):
            halves = chunks[0].halves()
            if not halves:
                raise
            return self._read_in_sections(asker, halves, work)

    def _read_in_sections(self, asker: Asker, chunks: Sequence[Chunk], work: Work) -> _Reading:
        progress = _Progress(work, len(chunks))
        sections = in_parallel([partial(progress.observed, asker, chunk) for chunk in chunks], limit=self._at_once)
        found = joined(sections)
        if not found.observations:
            _check_not_all_refused(found, self.destination)
            return _Reading(_BLANK, found)
        work.progress(Stage.ASK, done=len(chunks), total=len(chunks), note="joining the sections")
        grounded = ground(found.observations, [turn for chunk in chunks for turn in chunk.core]).grounded
        standing = [one.observation for one in grounded.values()]
        drawing, replies = merge(asker, standing, at_once=self._at_once) if standing else (_BLANK, ())
        return _Reading(drawing, replace(found, replies=(*found.replies, *replies)))

    def _run(self, found: Section, turns: Sequence[Turn], findings: Findings) -> Run:
        replies = found.replies
        addressed = [turn for turn in turns if turn.addresses_assistant]
        return Run(
            engine=self.name,
            model=replies[-1].model if replies else self._client.model,
            versions={"openai": version("openai"), "prompt": str(prompt.VERSION)},
            calls=sum(reply.calls for reply in replies),
            tokens=sum(reply.sent + reply.received for reply in replies),
            dropped=findings.dropped,
            warnings=(
                *findings.warnings(),
                *([] if all(reply.was_held for reply in replies) else [NOT_HELD]),
                *_about(found.refused, "were refused by the model and are missing"),
                *_about(found.silent, "gave the model nothing to note, though it was asked twice"),
                *_about(addressed, "seem to address the assistant; they were read as plain text and not followed"),
            ),
        )


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


def _read_whole(asker: Asker, turns: Sequence[Turn]) -> _Reading:
    asked = asker.ask("whole", prompt.WHOLE_TASK, prompt.as_lines(turns), Whole)
    observations, replies = mended(asker, asked.answer.observations, turns)
    return _Reading(asked.answer.journey, Section(tuple(observations), (asked.reply, *replies)))


def is_near(host: str) -> bool:
    """Tell whether a host is this machine or one on the user's own network.

    >>> is_near("localhost"), is_near("192.168.1.7"), is_near("api.openai.com")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith(".local")


def _check_not_all_refused(found: Section, host: str) -> None:
    if found.refused and not found.replies:
        raise EngineRefused(f"The model at {host}, or its content filter, refused to work on this transcript.")


def _about(turns: Sequence[Turn], what: str) -> tuple[str, ...]:
    numbers = list(dict.fromkeys(turn.number for turn in turns))
    if not numbers:
        return ()
    listed = ", ".join(str(number) for number in numbers[:5]) + (", ..." if len(numbers) > 5 else "")
    return (f"Turn(s) {listed} {what}.",)


def _partial(journey: Journey, found: Section) -> Journey:
    """Say so when sections are missing from a journey."""
    if not found.refused or journey.outcome is not Outcome.COMPLETE:
        return journey
    reason = "The model refused to work on some sections of the transcript; the map shows the others."
    return journey.model_copy(update={"outcome": Outcome.PARTIAL, "reason": reason})


def _nothing_said(sources: Sequence[Source], run: Run) -> Journey:
    return Journey(
        title="No journey",
        sources=tuple(sources),
        outcome=Outcome.NOT_ENOUGH,
        reason="There are no words in the sources that a journey could be drawn from.",
        run=run,
    )
