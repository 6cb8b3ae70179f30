"""One question to an OpenAI-compatible server over Chat Completions, the surface that all of them share.

Retries are not made here: the library's own would be paid for without being counted. It is imported only by what asks:
that takes half a second of computing, which whoever uses no model need not wait for.
"""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
import threading
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2
from pydantic import BaseModel, Field, ValidationError

from journey.engines.llm.abilities import Abilities, Question
from journey.engines.llm.faults import translated
from journey.engines.llm.limits import DEFAULT_URL, is_default_service
from journey.engines.llm.pausing import Pause
from journey.engines.llm.replies import Reply, finished, read_stream, read_whole
from journey.engines.llm.usage import Sending, is_free
from journey.errors import EngineRefused, EngineReplyInvalid
from journey.settings import Settings

if TYPE_CHECKING:
    import openai

CONNECT_TIMEOUT = 10.0
"""Seconds until a server must have picked up."""
LISTING_TIMEOUT = 15.0
"""Seconds for the list of models."""
MOST_MODELS = 500

log = logging.getLogger(__name__)


class _Model(BaseModel):
    id: str = Field(max_length=200)


class _Models(BaseModel):
    data: list[_Model]


class ChatClient:
    """Asks one model at one server."""

    def __init__(self, settings: Settings, *, timeout: float) -> None:
        self._settings = settings
        self._key = settings.api_key
        self._timeout = timeout
        self.host = settings.model_host
        self.model = settings.model
        self.is_default_service = is_default_service(settings)
        self.abilities = Abilities()
        """What this server is known to take."""
        self.pause = Pause()
        """Kept by the calls of all jobs: what throttles one would throttle the others too."""
        self._learning = threading.Lock()

    def newcomer(self) -> ChatClient:
        """Return a client of the same server that knows nothing about it yet."""
        return ChatClient(self._settings, timeout=self._timeout)

    @property
    def url(self) -> str:
        """The address that questions are sent to."""
        return self._settings.base_url or DEFAULT_URL

    def learn(self, abilities: Abilities) -> None:
        """Ask for no more than this from now on, nor for more than was known to be taken before."""
        with self._learning:
            known, self.abilities = self.abilities, self.abilities.both(abilities)
        if known != self.abilities:
            log.info("%s is asked for %s, without %s", self.host, self.abilities.form, self.abilities.unaccepted)

    async def ask(self, question: Question, sending: Sending) -> Reply:
        """Send a question and return its complete answer; leaving early, for whatever reason, closes the connection.

        Args:
            sending: is told what the bill must know, also when there is no answer.

        Raises:
            EngineError: in the words of `faults`, or of this module for an answer that is not complete.
        """
        self._check_settings()
        with translated(self.host, self.model, pictured=bool(question.pictures)):
            # A client for each call belongs to the loop that runs it, and its sockets never outlive a cancelled call.
            async with self._open() as client:
                return await self._ask_as_accepted(client, question, sending)

    async def models(self) -> tuple[str, ...]:
        """Return the names of the server's models, in order, at most `MOST_MODELS`.

        Raises:
            EngineError: the server does not list them, or cannot be asked.
        """
        import openai

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
        if urlsplit(self.url).scheme not in ("http", "https") or not urlsplit(self.url).hostname:
            raise EngineRefused("OPENAI_BASE_URL is not a web address. Correct it in the environment.")
        if self.is_default_service and not self._key.get_secret_value():
            raise EngineRefused("No key is set. Put it into OPENAI_API_KEY and start again.")
        if not re.fullmatch(r"[!-~]*", self._key.get_secret_value()):
            raise EngineRefused("OPENAI_API_KEY holds characters that no key has. Copy the key again.")

    def _open(self) -> openai.AsyncOpenAI:
        import openai

        wait = openai.Timeout(self._timeout, connect=CONNECT_TIMEOUT)
        return openai.AsyncOpenAI(
            api_key=self._key.get_secret_value() or "none",
            base_url=self.url,
            timeout=wait,
            max_retries=0,
            # The user was told one host's name: no redirect takes the transcript to another.
            http_client=openai.DefaultAsyncHttpxClient(timeout=wait, follow_redirects=False, verify=_trusted()),
        )

    async def _ask_as_accepted(self, client: openai.AsyncOpenAI, question: Question, sending: Sending) -> Reply:
        import openai

        while True:
            asked = self.abilities
            parameters = asked.parameters(question, self.model, is_default_service=self.is_default_service)
            sending.requests += 1
            sending.may_cost = True
            try:
                return await self._answer(client, parameters, asked, sending)
            except openai.APIStatusError as error:
                sending.may_cost = not is_free(error.status_code)
                left = asked.learned_from(error, parameters, ours=question.is_ours)
                if left is None:
                    raise
                self.learn(left)
            except openai.APIConnectionError as error:
                sending.may_cost = not isinstance(error.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout)
                raise

    async def _answer(
        self, client: openai.AsyncOpenAI, parameters: Mapping[str, Any], asked: Abilities, sending: Sending
    ) -> Reply:
        async with client.chat.completions.with_streaming_response.create(**parameters) as response:
            is_stream = response.headers.get("content-type", "").startswith("text/event-stream")
            read = read_stream if is_stream else read_whole  # some servers do not stream though asked to
            completion = await read(response.iter_bytes(), self.host)
        return finished(completion, self.host, self.model, sending, asked.form)


@cache
def _trusted() -> ssl.SSLContext:
    """Return the certificates to trust: reading them holds the loop up for 40 ms, which every call would wait for."""
    return httpx2.create_ssl_context()
