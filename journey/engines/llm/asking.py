"""Ask the model within a job: each finished call is a checkpoint, failures are tried again, one pause holds for all."""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import threading
import time
from dataclasses import asdict, dataclass, replace
from typing import Generic, TypeVar

from pydantic import JsonValue, TypeAdapter

from journey.engines.llm import prompt
from journey.engines.llm.bill import Bill
from journey.engines.llm.chunks import estimated_tokens
from journey.engines.llm.client import ChatClient, Question, Reply
from journey.engines.llm.faults import QuestionTooLong, Throttled
from journey.engines.llm.limits import Limits
from journey.engines.llm.schema import Answer, read_answer, strict_schema
from journey.errors import EngineReplyInvalid, EngineUnavailable
from journey.work import Work

T = TypeVar("T", bound=Answer)

CALL_TIMEOUT = 300.0
"""Seconds for one call, from sending to the last byte: a slow local model writes for minutes."""
ATTEMPTS = 4
"""Requests for one answer before the job itself is put back to be tried later."""
FIRST_DELAY = 1.0
"""Seconds before the second attempt; doubled for each further one, and spread out."""
PATIENCE = 60.0
"""Seconds a worker will wait for a server; a job that must wait longer gives its worker free."""

FORM = 200
"""Tokens that a server may put around the messages."""

_REPLY = TypeAdapter(Reply)


@dataclass(frozen=True)
class Asked(Generic[T]):
    """A readable answer and what it took."""

    answer: T
    reply: Reply


class Pause:
    """A time before which nobody asks: a server that throttles one call would throttle the others too."""

    def __init__(self) -> None:
        self._until = 0.0
        self._lock = threading.Lock()

    def extend(self, seconds: float) -> None:
        """Ask nothing for this long from now, or as long as was already agreed."""
        with self._lock:
            self._until = max(self._until, time.monotonic() + seconds)

    def wait(self, work: Work) -> None:
        """Wait until asking is allowed; a stop interrupts it."""
        while (left := self._until - time.monotonic()) > 0:
            _sleep(left, work)


class Asker:
    """Asks one model for one job; may be used by several threads."""

    def __init__(self, client: ChatClient, work: Work, bill: Bill, *, limits: Limits, instructions: str = "") -> None:
        self._client = client
        self._work = work
        self._bill = bill
        self._limits = limits
        self._instructions = instructions
        self._pause = Pause()

    def ask(self, name: str, task: str, material: str, kind: type[T], *, again: int = 0) -> Asked[T]:
        """Return the answer to a task about some material, from its checkpoint when it was asked before.

        Args:
            name: what the call is for, for people.
            again: raise it to ask the same once more.

        Raises:
            EngineError: what is left after all attempts.
        """
        schema = strict_schema(kind, bounded=not self._client.is_default_service)
        messages = prompt.messages(task, material, instructions=self._instructions)
        question = Question(messages, kind.__name__.lower(), schema, self._room(task, material))
        key = self._key(task, material, question, again=again)
        kept = self._work.step(name, lambda: self._compute(name, question, material, kind), fingerprint=key)
        reply = _REPLY.validate_python(kept)
        return Asked(read_answer(kind, reply.content), reply)

    def _compute(self, name: str, question: Question, material: str, kind: type[T]) -> JsonValue:
        """Return a reply worth keeping: one that cannot be used is complained about once, and asked for by a retry."""
        reply = self._persist(name, question)
        _check_read_whole(reply, material)
        try:
            read_answer(kind, reply.content)
        except EngineReplyInvalid as error:
            better = self._persist(f"{name}, corrected", _with_complaint(question, reply, str(error)))
            reply = _sum(reply, better)
            read_answer(kind, reply.content)
        return asdict(reply)

    def _persist(self, name: str, question: Question) -> Reply:
        failures = 0
        while True:
            self._pause.wait(self._work)
            try:
                return self._request(name, question)
            except EngineUnavailable as error:
                failures += 1
                self._hold_back(error, failures)

    def _request(self, name: str, question: Question) -> Reply:
        with self._bill.paying(name, sent=_size(question), room=question.room) as sending:
            try:
                return self._work.call(lambda: self._client.ask(question, sending), timeout=CALL_TIMEOUT)
            except TimeoutError:
                raise EngineUnavailable(
                    f"{self._client.host} gave no complete answer within {CALL_TIMEOUT:g} s.", retry_after=PATIENCE + 1
                ) from None

    def _hold_back(self, error: EngineUnavailable, failures: int) -> None:
        """Wait before the next attempt.

        Raises:
            EngineUnavailable: the error itself, when there is no further attempt.
        """
        doubling = FIRST_DELAY * 2 ** (failures - 1) * random.uniform(0.75, 1.25)
        delay = max(error.retry_after or 0.0, doubling)
        if failures >= ATTEMPTS or delay > PATIENCE:
            raise error
        if isinstance(error, Throttled) or error.retry_after is not None:
            self._pause.extend(delay)
        else:
            _sleep(delay, self._work)

    def _room(self, task: str, material: str) -> int:
        """Return the tokens an answer may take."""
        return self._limits.room(sum(map(estimated_tokens, (task, self._instructions, material))))

    def _key(self, task: str, material: str, question: Question, *, again: int) -> str:
        """Return the fingerprint of a call: all that can change the answer, and nothing else."""
        parts = {
            "version": prompt.VERSION,
            "surface": "chat",
            "host": self._client.host,
            "model": self._client.model,
            "room": question.room,
            "schema": _digest(json.dumps(question.schema, sort_keys=True)),
            "task": _digest(task),
            "instructions": _digest(self._instructions),
            "text": _digest(material),
            "again": again,
        }
        return _digest(json.dumps(parts, sort_keys=True))


def _with_complaint(question: Question, reply: Reply, complaint: str) -> Question:
    told = [
        {"role": "assistant", "content": reply.content},
        {"role": "user", "content": f"{complaint} Answer the same again with one JSON object of the given form."},
    ]
    return replace(question, messages=[*question.messages, *told])


def _sum(first: Reply, second: Reply) -> Reply:
    """Return the second reply with what both took."""
    return replace(
        second,
        sent=first.sent + second.sent,
        received=first.received + second.received,
    )


def _size(question: Question) -> int:
    """Estimate from above the tokens that a server reads for a question, its form included."""
    words = sum(estimated_tokens(message["content"]) for message in question.messages)
    return words + estimated_tokens(json.dumps(question.schema)) + FORM


def _check_read_whole(reply: Reply, material: str) -> None:
    """Refuse an answer to half a question: some local servers cut what is too long and do not say so."""
    if 0 < reply.sent < len(material) // 6:
        raise QuestionTooLong(
            f"The server read only {reply.sent:,} tokens of a text of about {estimated_tokens(material):,}: its "
            "context is set too small. Raise it."
        )


def _sleep(seconds: float, work: Work) -> None:
    work.call(lambda: asyncio.sleep(seconds))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
