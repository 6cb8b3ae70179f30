"""One question to an OpenAI-compatible server over Chat Completions, the surface that all of them share.

Retries are not made here: the library's own would be paid for without being counted.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx2
import openai
from pydantic import BaseModel, Field, ValidationError

from journey.engines.llm.faults import AnswerCutOff, ContentRefused, translated
from journey.engines.llm.limits import DEFAULT_URL, is_default_service
from journey.engines.llm.usage import Sending, is_free, read_usage
from journey.errors import EngineError, EngineRefused, EngineReplyInvalid, EngineUnavailable
from journey.settings import Settings

CONNECT_TIMEOUT = 10.0
"""Seconds until a server must have picked up."""
LISTING_TIMEOUT = 15.0
"""Seconds for the list of models."""
MOST_MODELS = 500
LARGEST_ANSWER = 10_000_000
"""Bytes; a map is a thousand times smaller."""

# In quotation marks: a message may repeat a transcript, and people go to the store.
_NAMED = r"""['"`]{}['"`]"""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reply:
    """A complete answer and what it took."""

    content: str
    model: str
    sent: int
    """Tokens of the question, 0 when the server does not say."""
    received: int
    """Tokens of the answer, 0 when the server does not say."""
    was_held: bool = True
    """Whether the server held the model to the form that was asked for."""


@dataclass(frozen=True)
class Question:
    """What to ask, and the form that the answer must have."""

    messages: Sequence[Mapping[str, str]]
    schema_name: str
    schema: Mapping[str, Any]
    room: int
    """Tokens that the answer may take."""


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    finish_reason: str | None = None
    message: _Message


class _Model(BaseModel):
    id: str = Field(max_length=200)


class _Models(BaseModel):
    data: list[_Model]


class _Completion(BaseModel):
    """The part of the server's JSON that we rely on; the library itself checks none of it."""

    model: str = ""
    choices: list[_Choice]
    usage: Any = None


class ChatClient:
    """Asks one model at one server."""

    def __init__(self, settings: Settings, *, timeout: float) -> None:
        self._key = settings.api_key
        self._url = settings.base_url or DEFAULT_URL
        self._timeout = timeout
        self.host = settings.model_host
        self.model = settings.model
        self.is_default_service = is_default_service(settings)
        self._unaccepted: set[str] = set()
        """Parameters that this server refused: it is not asked with them again."""
        self._forms = ["json_schema", "json_object", "text"]
        """Ways to ask for a form, the strictest that this server takes first."""

    async def ask(self, question: Question, sending: Sending) -> Reply:
        """Send a question and return its complete answer; leaving early, for whatever reason, closes the connection.

        Args:
            sending: is told what the bill must know, also when there is no answer.

        Raises:
            EngineError: in the words of `faults`, or of this module for an answer that is not complete.
        """
        self._check_settings()
        with translated(self.host, self.model):
            # A client for each call belongs to the loop that runs it, and its sockets never outlive a cancelled call.
            async with self._open() as client:
                return await self._ask_as_accepted(client, question, sending)

    async def models(self) -> tuple[str, ...]:
        """Return the names of the server's models, in order, at most `MOST_MODELS`.

        Raises:
            EngineError: the server does not list them, or cannot be asked.
        """
        self._check_settings()
        with translated(self.host, self.model):
            async with asyncio.timeout(LISTING_TIMEOUT), self._open() as client:
                try:
                    raw = await client.models.with_raw_response.list()
                except (openai.NotFoundError, openai.BadRequestError):
                    raise EngineRefused(f"{self.host} does not list its models.") from None
        return self._read_models(raw.content)

    def _read_models(self, body: bytes) -> tuple[str, ...]:
        try:
            listed = _Models.model_validate_json(body)
        except ValidationError:
            raise EngineReplyInvalid(f"{self.host} answered with something that is not a list of models.") from None
        return tuple(sorted({one.id for one in listed.data if one.id.isprintable()})[:MOST_MODELS])

    def _check_settings(self) -> None:
        if urlsplit(self._url).scheme not in ("http", "https") or not urlsplit(self._url).hostname:
            raise EngineRefused("OPENAI_BASE_URL is not a web address. Correct it in the environment.")
        if self.is_default_service and not self._key.get_secret_value():
            raise EngineRefused("No key is set. Put it into OPENAI_API_KEY and start again.")
        if not re.fullmatch(r"[!-~]*", self._key.get_secret_value()):
            raise EngineRefused("OPENAI_API_KEY holds characters that no key has. Copy the key again.")

    def _open(self) -> openai.AsyncOpenAI:
        wait = openai.Timeout(self._timeout, connect=CONNECT_TIMEOUT)
        return openai.AsyncOpenAI(
            api_key=self._key.get_secret_value() or "none",
            base_url=self._url,
            timeout=wait,
            max_retries=0,
            # The user was told one host's name: no redirect takes the transcript to another.
            http_client=openai.DefaultAsyncHttpxClient(timeout=wait, follow_redirects=False, verify=_trusted()),
        )

    async def _ask_as_accepted(self, client: openai.AsyncOpenAI, question: Question, sending: Sending) -> Reply:
        while True:
            sending.requests += 1
            sending.may_cost = True
            parameters = self._parameters(question)
            try:
                raw = await client.chat.completions.with_raw_response.create(**parameters)
            except openai.APIStatusError as error:
                sending.may_cost = not is_free(error.status_code)
                if not self._learns_from(error, parameters):
                    raise
                continue
            except openai.APIConnectionError as error:
                sending.may_cost = not isinstance(error.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout)
                raise
            return self._complete(raw.content, sending)

    def _parameters(self, question: Question) -> dict[str, Any]:
        wished: dict[str, Any] = {
            "model": self.model,
            "messages": question.messages,
            "store": False,
            "max_completion_tokens": question.room,
        }
        wished |= {"reasoning_effort": "low"} if self.is_default_service else {"temperature": 0}
        if "max_completion_tokens" in self._unaccepted:
            wished["max_tokens"] = question.room
        return {name: value for name, value in wished.items() if name not in self._unaccepted} | self._form(question)

    def _form(self, question: Question) -> dict[str, Any]:
        """Return the parameters that ask for the answer's form, in words where the server takes no schema."""
        if self._forms[0] == "json_schema":
            form = {"name": question.schema_name, "strict": True, "schema": question.schema}
            return {"response_format": {"type": "json_schema", "json_schema": form}}
        words = f"Answer with one JSON object and nothing else. Its JSON schema: {json.dumps(question.schema)}"
        asked: dict[str, Any] = {"messages": [{"role": "system", "content": words}, *question.messages]}
        return asked | ({"response_format": {"type": "json_object"}} if self._forms[0] == "json_object" else {})

    def _learns_from(self, error: openai.APIStatusError, sent: Mapping[str, Any]) -> bool:
        """Remember what the server's refusal names; tell whether asking without it is worth a try."""
        named = f"{error.code} {error.message} '{error.param}'"
        if error.status_code in (400, 422, 500, 501) and re.search(r"response_format|json_(schema|object)", named):
            return self._asks_less_strictly(sent)
        if error.status_code not in (400, 422):
            return False
        for name in ("max_completion_tokens", "reasoning_effort", "temperature", "store"):
            if name in sent and re.search(_NAMED.format(name), named):
                self._unaccepted.add(name)
                log.info("%s does not accept %s: asking without it", self.host, name)
                return True
        return False

    def _asks_less_strictly(self, sent: Mapping[str, Any]) -> bool:
        refused: str = sent.get("response_format", {}).get("type", "text")
        if refused == self._forms[0] and len(self._forms) > 1:
            del self._forms[0]
            log.info("%s does not accept %s: asking for %s", self.host, refused, self._forms[0])
        return refused != "text"

    def _complete(self, body: bytes, sending: Sending) -> Reply:
        completion = self._read(body)
        sending.usage = read_usage(completion.usage)
        if not completion.choices:
            raise EngineReplyInvalid(f"{self.host} sent an answer without content. Retry.")
        choice = completion.choices[0]
        self._check_finish(choice)
        return Reply(
            content=choice.message.content or "",
            model=completion.model or self.model,
            sent=sending.usage.sent if sending.usage else 0,
            received=sending.usage.received if sending.usage else 0,
            was_held=self._forms[0] == "json_schema",
        )

    def _read(self, body: bytes) -> _Completion:
        if len(body) > LARGEST_ANSWER:
            raise EngineReplyInvalid(f"{self.host} sent more than a map can hold, {len(body):,} bytes.")
        try:
            return _Completion.model_validate_json(body)
        except ValidationError:
            raise _what_instead(body, self.host) from None

    def _check_finish(self, choice: _Choice) -> None:
        if choice.message.refusal:
            raise ContentRefused(f"The model {self.model!r} refused to work on this transcript.")
        if choice.finish_reason == "content_filter":
            raise ContentRefused(f"The content filter of {self.host} stopped the answer.")
        if choice.finish_reason == "length":
            raise AnswerCutOff("The model's answer was cut off at its length limit. Use a model with more room.")
        if choice.finish_reason != "stop" or not choice.message.content:
            raise EngineReplyInvalid(f"The answer of {self.host} broke off before its end. Retry.")


@cache
def _trusted() -> ssl.SSLContext:
    """Return the certificates to trust: reading them holds the loop up for 40 ms, which every call would wait for."""
    return httpx2.create_ssl_context()


def _what_instead(body: bytes, host: str) -> EngineError:
    if body.lstrip()[:1] == b"<":
        return EngineReplyInvalid(
            f"{host} answered with a web page, as a proxy or a login does. Check OPENAI_BASE_URL."
        )
    try:
        failed = "error" in json.loads(body)
    except (ValueError, TypeError):
        failed = False
    if failed:
        return EngineUnavailable(f"{host} reported a fault behind it instead of answering.")
    return EngineReplyInvalid(f"{host} answered with something that is not a model's answer. Check OPENAI_BASE_URL.")
