"""A model server on loopback with real sockets that answers as a script says: well, badly, or not at all."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from tests.faults import streams


@dataclass(frozen=True)
class Asked:
    """One request as it reached the server."""

    number: int
    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def text(self) -> str:
        """All words sent to the model."""
        contents = (message["content"] for message in self.body["messages"])
        return "\n".join(content if isinstance(content, str) else content[0]["text"] for content in contents)

    @property
    def is_trial(self) -> bool:
        """Whether it is one of the questions by which the engine finds out what a server takes."""
        messages: list[dict[str, Any]] = self.body.get("messages", [])
        return any(str(message["content"]).startswith(TRIAL) for message in messages)

    @property
    def room(self) -> int:
        """Tokens that the answer may take."""
        room: int = self.body.get("max_completion_tokens") or self.body["max_tokens"]
        return room


Answer = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]

TRIAL = "This is a test of a connection."
"""The first words of the questions by which the engine finds out what a server takes."""


class ModelServer:
    """Serves in a thread of its own; each request gets the next answer of the script, and the last one repeats.

    Args:
        is_known: questions that only try out what the server takes are answered well and do not count as requests;
            otherwise they get the script's answers like all others.
    """

    def __init__(self, *script: Answer, is_known: bool = True) -> None:
        self.requests: list[Asked] = []
        self.trials: list[Asked] = []
        self._is_known = is_known
        self.left = threading.Event()
        """Set when a client has closed its connection before it had its answer."""
        self._script = script
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="model server", daemon=True)
        self._answering: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    @property
    def answering(self) -> int:
        """Connections that are open now."""
        return len(self._answering)

    @property
    def url(self) -> str:
        """The base URL to configure."""
        return f"http://127.0.0.1:{self._port}/v1"

    def _serve(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._listen())

    async def _listen(self) -> None:
        self._stopping = asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self._port: int = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopping.wait()
        server.close()
        for task in list(self._answering):
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._answering.add(task)
        try:
            await self._answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went away, or the test is over
        finally:
            self._answering.discard(task)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await self._read(reader)
        if asked.is_trial and self._is_known:
            self.trials.append(asked)
            await _passes(asked, writer)
            return
        self.requests.append(asked)
        answer = self._script[min(asked.number, len(self._script)) - 1]
        answering = asyncio.ensure_future(answer(asked, writer))
        leaving = asyncio.ensure_future(reader.read(1))
        await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not answering.done():
            self.left.set()
            answering.cancel()
        leaving.cancel()
        await asyncio.gather(answering, leaving, return_exceptions=True)

    async def _read(self, reader: asyncio.StreamReader) -> Asked:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        return Asked(len(self.requests) + 1, head[0].split()[1], headers, json.loads(body or b"{}"))


async def send(writer: asyncio.StreamWriter, body: bytes, *, status: int = 200, **headers: str) -> None:
    """Write a whole response; a header `retry_after` is sent as `retry-after`."""
    lines = {"content-type": "application/json", "content-length": str(len(body)), "connection": "close"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = f"HTTP/1.1 {status} Any\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    writer.write(head.encode() + b"\r\n" + body)
    await writer.drain()


async def send_events(
    writer: asyncio.StreamWriter, events: Sequence[bytes], *, pause: float = 0.0, is_whole: bool = True
) -> None:
    """Write events as they come, in chunks; without `is_whole` the connection is closed before the last chunk."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
    for event in events:
        writer.write(b"%x\r\n%s\r\n" % (len(event), event))
        await writer.drain()
        if pause:
            await asyncio.sleep(pause)
    if is_whole:
        writer.write(b"0\r\n\r\n")
        await writer.drain()


COUNTED = {"prompt_tokens": 500, "completion_tokens": 50, "total_tokens": 550}


def completion(
    content: str | None,
    *,
    finish: str | None = "stop",
    refusal: str | None = None,
    usage: Any = (),
    model: str = "told-model",
) -> bytes:
    """Return the JSON of a chat completion; `usage` None leaves it out."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    whole = {"id": "c1", "object": "chat.completion", "created": 1, "model": model}
    whole |= {"usage": COUNTED if usage == () else usage}
    return json.dumps(whole | {"choices": [{"index": 0, "finish_reason": finish, "message": message}]}).encode()


def replies(body: bytes, *, content_type: str = "application/json") -> Answer:
    """Answer 200 with this body."""
    return lambda _, writer: send(writer, body, content_type=content_type)


def says(content: str | None, **parts: Any) -> Answer:
    """Answer with a completion, streamed to whoever asks for a stream."""
    return lambda asked, writer: complete(asked, writer, content, **parts)


async def complete(
    asked: Asked,
    writer: asyncio.StreamWriter,
    content: str | None,
    *,
    finish: str | None = "stop",
    refusal: str | None = None,
    usage: Any = (),
) -> None:
    """Write a completion in the way it was asked for."""
    if not asked.body.get("stream"):
        await send(writer, completion(content, finish=finish, refusal=refusal, usage=usage))
        return
    counted = COUNTED if usage == () else usage
    is_wanted = (asked.body.get("stream_options") or {}).get("include_usage")
    told = streams.whole(content, finish=finish, refusal=refusal, usage=counted if is_wanted else None)
    await send_events(writer, told)


async def _passes(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Answer a question that tries out the server as one does that takes everything."""
    usage = {"prompt_tokens": len(asked.text) // 4, "completion_tokens": min(asked.room, 10)}
    if "response_format" in asked.body:
        await complete(asked, writer, '{"colour": "violet"}', usage=usage)
    else:
        await complete(asked, writer, "One, two", finish="length", usage=usage)


def fails(status: int, code: str = "", *, message: str = "no", kind: str = "error", **headers: str) -> Answer:
    """Answer with an error as the default service words it."""
    body = json.dumps({"error": {"message": message, "type": kind, "code": code or None, "param": None}}).encode()
    return lambda _, writer: send(writer, body, status=status, **headers)


def breaks_off(body: bytes) -> Answer:
    """Promise more bytes than come, then close."""
    return lambda _, writer: send(writer, body, content_length=str(len(body) + 50))


def stays_silent(seconds: float) -> Answer:
    """Send nothing for a while, then close."""

    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)

    return answer


def drips(body: bytes, *, pause: float) -> Answer:
    """Send one byte at a time: each arrives in time, the whole never does."""

    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(
            f"HTTP/1.1 200 Any\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode()
        )
        for byte in body:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(pause)

    return answer


def hangs_up() -> Answer:
    """Close without a word."""

    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.close()

    return answer
