"""Read a server's answer, whole or as a stream of events; what did not come to its end is not an answer.

The library is not asked to parse: it takes a stream that was cut for one that ended, and raises bare errors of `json`
or Unicode for others.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from journey.engines.llm.abilities import Form
from journey.engines.llm.faults import AnswerCutOff, ContentRefused
from journey.engines.llm.schema import well_formed
from journey.engines.llm.usage import Sending, read_usage
from journey.errors import EngineError, EngineReplyInvalid, EngineUnavailable

LARGEST_ANSWER = 10_000_000
"""Bytes; a map is a thousand times smaller."""
LARGEST_STREAM = 8 * LARGEST_ANSWER
"""Bytes of a stream, in which every few letters come in an envelope of their own."""
FIRST_TIMEOUT = 240.0
"""Seconds until an answer must begin: a slow machine takes minutes to read a question."""
IDLE_TIMEOUT = 60.0
"""Seconds without a further word of an answer, after which its stream is given up; signs of life are no words."""

_DONE = b"[DONE]"


@dataclass(frozen=True)
class Reply:
    """A complete answer and what it took."""

    content: str
    model: str
    sent: int
    """Tokens of the question, 0 when the server does not say."""
    received: int
    """Tokens of the answer, 0 when the server does not say."""
    form: Form = "json_schema"
    """How the server was asked for the answer's form."""


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    finish_reason: str | None = None
    message: _Message


class _Completion(BaseModel):
    """The part of the server's JSON that we rely on; the library itself checks none of it."""

    model: str = ""
    choices: list[_Choice]
    usage: Any = None


async def read_whole(chunks: AsyncIterator[bytes], host: str) -> _Completion:
    """Read an answer that comes in one piece.

    Raises:
        EngineError: it is not an answer.
    """
    body = b"".join([chunk async for chunk in _bounded(chunks, LARGEST_ANSWER, host)])
    try:
        return _Completion.model_validate_json(body)
    except ValidationError:
        raise _what_instead(body, host) from None


async def read_stream(chunks: AsyncIterator[bytes], host: str) -> _Completion:
    """Read an answer that comes as server-sent events.

    Raises:
        EngineError: it did not come to its end, or is not an answer.
    """
    stream = _Stream(host)
    try:
        async with asyncio.timeout(FIRST_TIMEOUT) as clock:
            async for line in _lines(_bounded(chunks, LARGEST_STREAM, host)):
                if stream.take(line):
                    clock.reschedule(asyncio.get_running_loop().time() + IDLE_TIMEOUT)
                if stream.is_over:
                    break
    except TimeoutError:
        raise EngineUnavailable(f"{host} fell silent in the middle of its answer. Retry.") from None
    return stream.completion()


def finished(completion: _Completion, host: str, model: str, sending: Sending, form: Form) -> Reply:
    """Return the reply that a completion holds, after telling the bill what it took.

    Raises:
        EngineError: the answer is not complete.
    """
    sending.usage = read_usage(completion.usage)
    if not completion.choices:
        raise EngineReplyInvalid(f"{host} sent an answer without content. Retry.")
    choice = completion.choices[0]
    _check_finish(choice, host, model)
    return Reply(
        content=well_formed(choice.message.content or ""),
        model=well_formed(completion.model) or model,
        sent=sending.usage.sent if sending.usage else 0,
        received=sending.usage.received if sending.usage else 0,
        form=form,
    )


@dataclass
class _Stream:
    """The answer as far as it has come."""

    host: str
    is_over: bool = False
    model: str = ""
    finish: str | None = None
    usage: Any = None
    content: list[str] = field(default_factory=list)
    refusal: list[str] = field(default_factory=list)

    def take(self, line: bytes) -> bool:
        """Take in one line; tell whether it held something of the answer."""
        if not line.startswith(b"data:"):
            return False  # a comment that keeps the connection alive, the name of an event, an empty line
        told = line.removeprefix(b"data:").strip()
        if told == _DONE:
            self.is_over = True
            return False
        return self._take_event(self._read(told))

    def completion(self) -> _Completion:
        """Return the whole answer.

        Raises:
            EngineUnavailable: it did not come to its end: without a reason for the end, the connection was cut.
        """
        if self.finish is None:
            raise EngineUnavailable(f"{self.host} broke off in the middle of its answer. Retry.")
        message = _Message(content="".join(self.content), refusal="".join(self.refusal) or None)
        return _Completion(
            model=self.model, choices=[_Choice(finish_reason=self.finish, message=message)], usage=self.usage
        )

    def _read(self, told: bytes) -> Mapping[str, Any]:
        try:
            event = json.loads(told)
        except (ValueError, RecursionError):
            event = None
        if not isinstance(event, dict):
            raise EngineUnavailable(f"{self.host} sent a stream that cannot be read. Retry.")
        if "error" in event:
            raise _fault_behind(self.host)
        return event

    def _take_event(self, event: Mapping[str, Any]) -> bool:
        self.usage = event.get("usage") or self.usage
        self.model = event["model"] if isinstance(event.get("model"), str) else self.model
        choices = event.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        if not isinstance(choice, dict) or choice.get("index", 0) != 0:
            return False
        delta = choice.get("delta")
        words = _words(delta) if isinstance(delta, dict) else {}
        self.content.append(words.get("content", ""))
        self.refusal.append(words.get("refusal", ""))
        if isinstance(choice.get("finish_reason"), str):
            self.finish = choice["finish_reason"]
        return bool(words)


def _words(delta: Mapping[str, Any]) -> dict[str, str]:
    """Return what a piece of an answer adds; thoughts, by whatever name, are words too, though not of the answer."""
    return {name: text for name, text in delta.items() if name != "role" and isinstance(text, str) and text}


async def _lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    left = b""
    async for chunk in chunks:
        *lines, left = (left + chunk).split(b"\n")
        for line in lines:
            yield line.rstrip(b"\r")
    yield left


async def _bounded(chunks: AsyncIterator[bytes], most: int, host: str) -> AsyncIterator[bytes]:
    read = 0
    async for chunk in chunks:
        read += len(chunk)
        if read > most:
            raise EngineReplyInvalid(f"{host} sent more than a map can hold, over {most:,} bytes.")
        yield chunk


def _check_finish(choice: _Choice, host: str, model: str) -> None:
    if choice.message.refusal:
        raise ContentRefused(f"The model {model!r} refused to work on this transcript.")
    if choice.finish_reason == "content_filter":
        raise ContentRefused(f"The content filter of {host} stopped the answer.")
    if choice.finish_reason == "length":
        raise AnswerCutOff("The model's answer was cut off at its length limit. Use a model with more room.")
    if choice.finish_reason != "stop" or not choice.message.content:
        raise EngineReplyInvalid(f"The answer of {host} broke off before its end. Retry.")


def _what_instead(body: bytes, host: str) -> EngineError:
    if body.lstrip()[:1] == b"<":
        return EngineReplyInvalid(
            f"{host} answered with a web page, as a proxy or a login does. Check OPENAI_BASE_URL."
        )
    try:
        failed = "error" in json.loads(body)
    except (ValueError, TypeError, RecursionError):
        failed = False
    if failed:
        return _fault_behind(host)
    return EngineReplyInvalid(f"{host} answered with something that is not a model's answer. Check OPENAI_BASE_URL.")


def _fault_behind(host: str) -> EngineUnavailable:
    return EngineUnavailable(f"{host} reported a fault behind it instead of answering.")
