"""The engine that asks a language model: it copies words and groups them, code decides what stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version

from pydantic import JsonValue, TypeAdapter

from journey.engines.llm import prompt
from journey.engines.llm.client import ChatClient, Question, Reply
from journey.engines.llm.draw import draw
from journey.engines.llm.evidence import Findings, ground
from journey.engines.llm.prompt import Turn
from journey.engines.llm.schema import Whole, read_answer, strict_schema
from journey.errors import EngineRefused, EngineUnavailable
from journey.model import Journey, Outcome, Run, Source
from journey.settings import Settings
from journey.work import Stage, Work

CALL_TIMEOUT = 600.0
"""Seconds for one call, from sending to the last byte: a slow local model writes a map in minutes."""
DEFAULT_CONTEXT = 128_000
"""Tokens that the default service's models read at once, less than they advertise."""
OTHER_CONTEXT = 8_192
"""Tokens assumed of any other server, which does not say."""

_REPLY = TypeAdapter(Reply)


@dataclass(frozen=True)
class _Draft:
    """A readable answer with the turns it is about."""

    turns: Sequence[Turn]
    answer: Whole
    reply: Reply


class LlmEngine:
    """Draws journeys with a model on an OpenAI-compatible server."""

    name = "openai"

    def __init__(self, settings: Settings) -> None:
        self._client = ChatClient(settings, timeout=CALL_TIMEOUT)
        self._context = DEFAULT_CONTEXT if self._client.is_default_service else OTHER_CONTEXT

    @property
    def destination(self) -> str:
        """The host that the transcript is sent to."""
        return self._client.host

    def extract(self, sources: Sequence[Source], work: Work, *, instructions: str = "") -> Journey:
        """Ask the model once about transcripts that fit its context, and keep what the text supports.

        Raises:
            EngineRefused: also for a transcript that does not fit; it is never cut.
            EngineError: the server or its answer failed, in the words of `client`.
        """
        turns = prompt.number_turns(sources)
        if not turns:
            return _nothing_said(sources, Run(engine=self.name, model=self._client.model))
        material = prompt.as_lines(turns)
        room = self._room(material)
        work.progress(Stage.ASK, total=1)
        kept = work.step(
            "ask",
            lambda: self._ask(material, instructions, room, work),
            fingerprint=self._key(material, instructions, room),
        )
        reply = _REPLY.validate_python(kept)
        _check_read_whole(reply, material)
        draft = _Draft(turns, read_answer(Whole, reply.content), reply)
        findings = ground(draft.answer.observations, turns)
        journey = draw(draft.answer.journey, findings.grounded, sources, self._run(draft, findings))
        work.found([step.title for step in journey.steps()])
        return journey

    def _room(self, material: str) -> int:
        """Return the tokens left for the answer.

        Raises:
            EngineRefused: too few are left.
        """
        needed = estimated_tokens(prompt.TASK) + estimated_tokens(material)
        room = min(self._context - needed, self._context // 2)
        if room >= max(needed // 2, 1000):
            return room
        words, limit = len(material.split()), (self._context * 2 // 3 - estimated_tokens(prompt.TASK)) // 2
        raise EngineRefused(
            f"The transcript has about {words:,} words, and the model {self._client.model!r} at {self.destination} is "
            f"taken to read about {limit:,} at once. Split the transcript, or use the local engine."
        )

    def _ask(self, material: str, instructions: str, room: int, work: Work) -> JsonValue:
        question = Question(
            messages=prompt.messages(material, instructions=instructions),
            schema_name="journey_draft",
            schema=self._schema(),
            room=room,
        )
        try:
            reply = work.call(lambda: self._client.ask(question), timeout=CALL_TIMEOUT)
        except TimeoutError:
            raise EngineUnavailable(
                f"{self.destination} gave no complete answer within {CALL_TIMEOUT:.0f} s."
            ) from None
        read_answer(Whole, reply.content)  # only what can be used is kept: a retry asks again
        _check_read_whole(reply, material)
        return asdict(reply)

    def _schema(self) -> dict[str, JsonValue]:
        return strict_schema(Whole, bounded=not self._client.is_default_service)

    def _key(self, material: str, instructions: str, room: int) -> str:
        """Return the fingerprint of the call: all that can change the answer, and nothing else."""
        parts = {
            "stage": "ask",
            "version": prompt.VERSION,
            "task": _digest(prompt.TASK),
            "instructions": _digest(instructions),
            "schema": _digest(json.dumps(self._schema(), sort_keys=True)),
            "model": self._client.model,
            "host": self.destination,
            "surface": "chat",
            "room": room,
            "text": _digest(material),
        }
        return _digest(json.dumps(parts, sort_keys=True))

    def _run(self, draft: _Draft, findings: Findings) -> Run:
        addressed = [turn.number for turn in draft.turns if turn.addresses_assistant]
        return Run(
            engine=self.name,
            model=draft.reply.model,
            versions={"openai": version("openai"), "prompt": str(prompt.VERSION)},
            calls=draft.reply.calls,
            tokens=draft.reply.sent + draft.reply.received,
            dropped=findings.dropped,
            warnings=(*findings.warnings(), *_flagged(addressed)),
        )


def estimated_tokens(text: str) -> int:
    """Estimate the tokens of a text from above: a token is about four bytes of most languages' text.

    >>> estimated_tokens("I called the hotline twice.")
    9
    """
    return len(text.encode()) // 3


def _check_read_whole(reply: Reply, material: str) -> None:
    """Refuse an answer to half a question: some local servers cut what is too long and do not say so."""
    if 0 < reply.sent < len(material) // 6:
        raise EngineRefused(
            f"The server read only {reply.sent:,} tokens of a text of about {estimated_tokens(material):,}: its "
            "context is set too small. Raise it, or split the transcript."
        )


def _flagged(numbers: Sequence[int]) -> tuple[str, ...]:
    if not numbers:
        return ()
    listed = ", ".join(str(number) for number in numbers[:5]) + (", ..." if len(numbers) > 5 else "")
    return (f"Turn(s) {listed} seem to address the assistant; they were read as plain text and not followed.",)


def _nothing_said(sources: Sequence[Source], run: Run) -> Journey:
    return Journey(
        title="No journey",
        sources=tuple(sources),
        outcome=Outcome.NOT_ENOUGH,
        reason="There are no words in the sources that a journey could be drawn from.",
        run=run,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
