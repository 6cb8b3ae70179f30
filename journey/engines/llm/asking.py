"""Ask the model within a job: each finished call is a checkpoint, failures are tried again, one pause holds for all."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Generic, TypeVar

from pydantic import JsonValue, TypeAdapter

from journey.engines.llm import known, probe, prompt, sight
from journey.engines.llm.abilities import Abilities, Question, SentPicture
from journey.engines.llm.bill import Bill
from journey.engines.llm.chunks import estimated_tokens
from journey.engines.llm.client import ChatClient
from journey.engines.llm.faults import AnswerCutOff, AnswerUnusable, QuestionTooLong, Throttled
from journey.engines.llm.limits import Limits
from journey.engines.llm.pausing import Slots, sleep
from journey.engines.llm.replies import Reply
from journey.engines.llm.schema import Answer, read_answer, strict_schema
from journey.engines.llm.truncation import Reach
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

SHORT = 800
"""Tokens of material up to which an answer that was cut off needs more room: a model may think at length first."""
MORE_ROOM = 4
"""Times the room of an answer that was cut off."""
LEAST_HELD_BACK = 600
"""Tokens of material up to which a server that cuts is asked in any case: smaller sections cannot be made."""
FORM = 200
"""Tokens that a server may put around the messages."""

_REPLY = TypeAdapter(Reply)


@dataclass(frozen=True)
class Asked(Generic[T]):
    """A readable answer and what it took."""

    answer: T
    reply: Reply


class Asker:
    """Asks one model for one job; may be used by several threads."""

    def __init__(self, client: ChatClient, work: Work, bill: Bill, *, limits: Limits, instructions: str = "") -> None:
        self._client = client
        self._work = work
        self._bill = bill
        self._limits = limits
        self._instructions = instructions
        self._pause = client.pause
        self._slots = Slots(limits.at_once)
        self._reach = Reach()

    @property
    def host(self) -> str:
        """The host that is asked."""
        return self._client.host

    @property
    def reads(self) -> int | None:
        """Tokens that the server reads, where it was found to cut what is longer."""
        return self._reach.known

    def try_out(self) -> None:
        """Find out what the server takes, unless that is known from an earlier job of the month.

        Raises:
            EngineError: it cannot be asked at all.
        """
        client = self._client.newcomer()
        kept = self._work.step(
            probe.NAME,
            lambda: probe.try_out(client, self._persistently(client, probe.NAME)).model_dump(mode="json"),
            fingerprint=known.fingerprint("requests", url=self._client.url, model=self._client.model),
        )
        self._client.learn(Abilities.model_validate(kept))

    def sees(self) -> bool:
        """Tell whether the model sees pictures, unless that is known from an earlier job of the month.

        Raises:
            EngineError: it cannot be asked at all.
        """
        kept = self._work.step(
            sight.NAME,
            lambda: sight.is_there(self._persistently(self._client, sight.NAME)),
            fingerprint=known.fingerprint("pictures", url=self._client.url, model=self._client.model),
        )
        return kept is True

    def _persistently(self, client: ChatClient, name: str) -> Callable[[Question], Reply]:
        return lambda question: self._persist(name, question, client)

    def ask(
        self,
        name: str,
        task: str,
        material: str,
        kind: type[T],
        *,
        pictures: tuple[SentPicture, ...] = (),
        again: int = 0,
    ) -> Asked[T]:
        """Return the answer to a task about some material, from its checkpoint when it was asked before.

        Args:
            name: what the call is for, for people.
            pictures: shown with the material.
            again: raise it to ask the same once more.

        Raises:
            EngineError: what is left after all attempts.
        """
        question = self._question(task, material, kind, pictures)
        key = self._key(task, material, question, again=again)

        def compute() -> JsonValue:
            self._check_fits(task, material)
            return self._compute(name, question, material, kind)

        with self._slots.one(self._work):
            kept = self._work.step(name, compute, fingerprint=key)
        reply = _REPLY.validate_python(kept)
        return Asked(read_answer(kind, reply.content), reply)

    def _question(self, task: str, material: str, kind: type[T], pictures: tuple[SentPicture, ...]) -> Question:
        return Question(
            messages=prompt.messages(task, material, instructions=self._instructions),
            schema_name=kind.__name__.lower(),
            schema=strict_schema(kind, bounded=not self._client.is_default_service),
            room=self._room(task, material, pictures),
            pictures=pictures,
        )

    def _compute(self, name: str, question: Question, material: str, kind: type[T]) -> JsonValue:
        """Return a reply worth keeping: one that cannot be used is complained about once, and asked for by a retry."""
        reply = self._answer(name, question, material)
        self._check_read_whole(reply, question, material)
        try:
            read_answer(kind, reply.content)
        except EngineReplyInvalid as error:
            better = self._persist(f"{name}, corrected", _with_complaint(question, reply, str(error)))
            reply = _sum(reply, better)
            _check_usable(kind, reply)
        return asdict(reply)

    def _answer(self, name: str, question: Question, material: str) -> Reply:
        """Ask, and once more with more room where the answer to a text that is not worth halving was cut off."""
        try:
            return self._persist(name, question)
        except AnswerCutOff as cut:
            if estimated_tokens(material) > SHORT:
                raise
            try:
                return self._persist(f"{name}, with more room", replace(question, room=MORE_ROOM * question.room))
            except QuestionTooLong:  # it is the room that does not fit
                raise cut from None

    def _persist(self, name: str, question: Question, client: ChatClient | None = None) -> Reply:
        failures = 0
        while True:
            self._pause.wait(self._work)
            try:
                return self._request(name, question, client or self._client)
            except EngineUnavailable as error:
                failures += 1
                self._hold_back(error, failures)

    def _request(self, name: str, question: Question, client: ChatClient) -> Reply:
        with self._bill.paying(name, sent=_size(question), room=question.room) as sending:
            try:
                return self._work.call(lambda: client.ask(question, sending), timeout=CALL_TIMEOUT)
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
            sleep(delay, self._work)

    def _check_fits(self, task: str, material: str) -> None:
        """Refuse unsent what the server would cut; the answer takes about as much as the material."""
        if self._reach.known is None:
            return
        left = (self._reach.known - _likely_tokens(task + self._instructions)) // 2
        if _likely_tokens(material) > max(left, LEAST_HELD_BACK):
            raise _too_long(self._reach.known, material)

    def _check_read_whole(self, reply: Reply, question: Question, material: str) -> None:
        """Refuse an answer to half a question."""
        size = sum(len(message["content"].encode()) for message in question.messages)
        if self._reach.is_cut(reply.sent, material, size=size):
            raise _too_long(reply.sent, material)

    def _room(self, task: str, material: str, pictures: Sequence[SentPicture]) -> int:
        """Return the tokens an answer may take."""
        words = sum(map(estimated_tokens, (task, self._instructions, material)))
        return self._limits.room(words + sum(picture.tokens for picture in pictures))

    def _key(self, task: str, material: str, question: Question, *, again: int) -> str:
        """Return the fingerprint of a call: all that can change the answer, and nothing else."""
        parts: dict[str, JsonValue] = {
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
        if question.pictures:
            parts["pictures"] = [[picture.made_from, picture.detail] for picture in question.pictures]
        return _digest(json.dumps(parts, sort_keys=True))


def _check_usable(kind: type[Answer], reply: Reply) -> None:
    try:
        read_answer(kind, reply.content)
    except EngineReplyInvalid as error:
        raise AnswerUnusable(str(error)) from None


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
    shown = sum(picture.tokens for picture in question.pictures)
    return words + shown + estimated_tokens(json.dumps(question.schema)) + FORM


def _too_long(read: int, material: str) -> QuestionTooLong:
    return QuestionTooLong(
        f"The server read only {read:,} tokens of a text of about {estimated_tokens(material):,}: its context is set "
        "too small. Raise it."
    )


def _likely_tokens(text: str) -> int:
    """Estimate the tokens of a text neither from above nor from below."""
    return estimated_tokens(text) * 3 // 4


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
